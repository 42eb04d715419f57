/** whoami: whose credentials these are, asked of STS. */

import { createServiceClient } from '../endpoints/service-client.ts'
import type { Machine } from '../machine/machine.ts'
import { type CredentialSource, findCredentialSource } from '../role-credentials/credential-chain.ts'
import { formatTimeLeft } from '../role-credentials/time-left.ts'
import { ConfigurationRefusal } from '../shared-config/configuration-refusal.ts'
import { getSsoProfile } from '../shared-config/profile.ts'
import { findCredentialsHint, type Settings } from '../shared-config/settings.ts'
import { findIdentity, noteIdentity } from '../sign-in/session-record.ts'
import { formatInstant } from '../sign-in/token-cache.ts'
import { type Command, jsonOption } from './command.ts'
import { askAgentInstead } from './configure/export-credentials.ts'
import { loadProfileSettings } from './profile-settings.ts'

export const whoami: Command = {
  words: 'whoami',
  summary: 'ask AWS whose credentials these are',
  options: [jsonOption('{ profile, account, arn, userId, expiration }')],
  example: 'mayfly whoami --profile default',
  async run(options, machine) {
    const settings = await loadProfileSettings(machine, options)
    const source = await findCredentialSource(machine, settings)
    if (!source) {
      throw new ConfigurationRefusal('Unable to locate credentials.', {
        problem: 'NoCredentials',
        hint: findCredentialsHint(settings),
      })
    }
    const identity = await askIdentity(machine, settings, source)
    machine.terminal.write(options['json'] === true ? formatJson(identity) : formatLines(identity, machine.clock.now()))
    return 0
  },
}

interface Identity {
  readonly profile: string
  readonly account: string
  readonly arn: string
  readonly userId: string
  readonly expiration: Date | undefined
}

async function askIdentity(machine: Machine, settings: Settings, source: CredentialSource): Promise<Identity> {
  const credentials = await source.get().catch((error: unknown) => askAgentInstead(machine, settings, error))
  const sso = source.method === 'sso' ? getSsoProfile(settings.config, settings.profileName) : undefined
  // The AWS CLI asks for a region here; the sign-in's region answers as well.
  const region = settings.region ?? sso?.region
  if (region === undefined) {
    throw new ConfigurationRefusal('You must specify a region.', {
      problem: 'NoRegion',
      hint: 'Add --region, set AWS_REGION, or write region into the profile.',
    })
  }
  const client = await createServiceClient(machine, settings, 'sts', {
    region,
    credentials,
    takesEndpointOption: true,
    ...(sso && { startUrl: sso.startUrl }),
  })
  const output = await client.call('GetCallerIdentity', {})
  const name = findIdentity(String(output['Arn']))
  // For `status`, which asks nobody.
  if (sso && name !== undefined) await noteIdentity(machine, sso, name)
  return {
    profile: settings.profileName,
    account: String(output['Account'] ?? ''),
    arn: String(output['Arn'] ?? ''),
    userId: String(output['UserId'] ?? ''),
    expiration: credentials.expiration,
  }
}

function formatLines({ account, arn, userId, expiration }: Identity, now: Date): string {
  const left = expiration ? `${formatInstant(expiration)} (${formatTimeLeft(expiration, now)} left)` : 'never'
  return `Account  ${account}\nARN      ${arn}\nUser ID  ${userId}\nExpires  ${left}\n`
}

const formatJson = ({ profile, account, arn, userId, expiration }: Identity): string =>
  `${JSON.stringify({ profile, account, arn, userId, expiration: expiration ? formatInstant(expiration) : null }, undefined, 2)}\n`
