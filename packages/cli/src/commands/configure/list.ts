/** configure list: profile, keys and region in use, and where each comes from. */

import type { Machine } from '../../machine/machine.ts'
import { findCredentialSource } from '../../role-credentials/credential-chain.ts'
import { findRegion, getProfile, loadSettings, type Settings } from '../../shared-config/settings.ts'
import { findText, type Section } from '../../shared-config/shared-config.ts'
import { type Command, jsonOption } from '../command.ts'

interface Row {
  readonly value: string
  readonly type: string
  readonly location: string
}

const NOT_SET: Row = { value: '<not set>', type: 'None', location: 'None' }

export const configureList: Command = {
  words: 'configure list',
  summary: 'show the configuration in use, and where each value comes from',
  options: [jsonOption('{ profile, access_key, secret_key, region }, each { value, type, location }')],
  example: 'mayfly configure list --profile default',
  async run(options, machine) {
    const settings = await loadSettings(machine, options)
    const profile = getProfile(settings)
    const [accessKey, secretKey] = await findKeyRows(machine, settings)
    const rows = {
      profile: profileRow(settings),
      access_key: accessKey,
      secret_key: secretKey,
      region: regionRow(machine, profile),
    }
    machine.terminal.write(options['json'] === true ? `${JSON.stringify(rows, undefined, 2)}\n` : formatRows(rows))
    return 0
  },
}

function formatRows(rows: Readonly<Record<string, Row>>): string {
  const line = (name: string, { value, type, location }: Row): string =>
    `${name.padEnd(10)} : ${value.padEnd(24)} : ${type.padEnd(16)} : ${location}`.trimEnd()
  const head = line('NAME', { value: 'VALUE', type: 'TYPE', location: 'LOCATION' })
  return `${[head, ...Object.entries(rows).map(([name, row]) => line(name, row))].join('\n')}\n`
}

function profileRow({ profileName, profileSource }: Settings): Row {
  if (profileSource === 'default') return NOT_SET
  return {
    value: profileName,
    type: profileSource === '--profile' ? 'manual' : 'env',
    location: profileSourceText(profileSource),
  }
}

// The AWS CLI shows both variables, whichever was set.
const profileSourceText = (source: Settings['profileSource']): string =>
  source === '--profile' ? source : "['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']"

async function findKeyRows(machine: Machine, settings: Settings): Promise<readonly [Row, Row]> {
  const source = await findCredentialSource(machine, settings)
  if (!source) return [NOT_SET, NOT_SET]
  const { accessKeyId, secretAccessKey } = await source.get()
  // The AWS CLI leaves their location open, whatever it is.
  const row = (value: string): Row => ({ value: mask(value), type: source.method, location: '' })
  return [row(accessKeyId), row(secretAccessKey)]
}

const mask = (value: string): string => `${'*'.repeat(16)}${value.slice(-4)}`

/** `--region` changes nothing here: the AWS CLI shows what is configured. */
function regionRow({ env }: Machine, profile: Section): Row {
  const found = findRegion(env, profile)
  if (!found) return NOT_SET
  if (found.source !== 'profile')
    return { value: found.region, type: 'env', location: "['AWS_REGION', 'AWS_DEFAULT_REGION']" }
  const file = env['AWS_CONFIG_FILE']
  return { value: findText(profile, 'region') ?? '', type: 'config-file', location: file || '~/.aws/config' }
}
