/** Does anything go before the profile's sign-in: keys in the environment or beside it, another profile's name? */

import type { Machine } from '../machine/machine.ts'
import { isSsoProfile } from '../shared-config/profile.ts'
import { findText, type Section } from '../shared-config/shared-config.ts'
import { type Finding, fault, warning } from './causes.ts'
import { findCredentialsPlace, findPlace } from './config-text.ts'
import type { Inquiry, Step } from './inquiry.ts'

export function checkPrecedence(inquiry: Inquiry): Step {
  const profile: Section = inquiry.settings.config.profiles.get(inquiry.settings.profileName) ?? new Map()
  const findings = [
    ...checkEnvironment(inquiry),
    ...checkProfileName(inquiry),
    ...(isSsoProfile(profile) ? [...checkKeysBeside(inquiry, profile), ...checkProcessBeside(inquiry, profile)] : []),
  ]
  return { step: 'precedence', seen: 'nothing goes before the profile', findings }
}

/** Keys in the environment win, unless a tool is told `--profile`. */
function checkEnvironment({ machine, settings }: Inquiry): readonly Finding[] {
  const { env, platform } = machine
  const finding = settings.profileSource === '--profile' ? warning : fault
  const found: Finding[] = []
  const key = env['AWS_ACCESS_KEY_ID']
  if (key) {
    found.push(
      finding(
        'environment-keys-win',
        'Keys in the environment go before every profile that is not named with --profile.',
        [`AWS_ACCESS_KEY_ID=${maskKey(key)} in the environment`],
        unset(platform, ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']),
      ),
    )
  }
  const tokenFile = env['AWS_WEB_IDENTITY_TOKEN_FILE']
  if (tokenFile) {
    found.push(
      finding(
        'environment-keys-win',
        'A web identity in the environment goes before every profile that is not named with --profile.',
        [`AWS_WEB_IDENTITY_TOKEN_FILE=${tokenFile} in the environment`],
        unset(platform, ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN']),
      ),
    )
  }
  return found
}

/** `AKIA…3XQR`: enough to tell keys apart. */
export const maskKey = (key: string): string =>
  key.length < 12 ? '…' : `${key.slice(0, 4)}…${key.slice(-4)}`.replaceAll(/[^\w…]/g, '')

/** The command that takes variables out of the shell. */
export const unset = (platform: Machine['platform'], names: readonly string[]): string =>
  platform === 'win32' ? `Remove-Item ${names.map((name) => `Env:${name}`).join(', ')}` : `unset ${names.join(' ')}`

function checkProfileName({ machine, settings }: Inquiry): readonly Finding[] {
  const { env, platform } = machine
  if (settings.profileSource !== '--profile') return []
  const name = (['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'] as const).find((each) => env[each] !== undefined)
  const value = name && env[name]
  if (name === undefined || value === settings.profileName) return []
  return [
    warning(
      'other-profile-in-environment',
      `Tools that are not told --profile use ${value}.`,
      [`${name}=${value} in the environment`],
      unset(platform, [name]),
    ),
  ]
}

/** The AWS CLI and boto3 take the sign-in, the SDKs for Go and JavaScript the keys. */
function checkKeysBeside({ machine, settings, texts }: Inquiry, profile: Section): readonly Finding[] {
  const { profileName } = settings
  const key = findText(profile, 'aws_access_key_id')
  if (key === undefined) return []
  const place =
    findCredentialsPlace(machine, texts, profileName, 'aws_access_key_id') ??
    findPlace(machine, texts, { type: 'profile', name: profileName, key: 'aws_access_key_id' }) ??
    profileName
  return [
    fault(
      'long-term-keys-win',
      `The profile ${profileName} has long-term access keys beside its sign-in; the SDKs for Go and JavaScript take them.`,
      [`${place}: aws_access_key_id = ${maskKey(key)}`],
      `Delete aws_access_key_id and its companions at ${place}`,
    ),
  ]
}

function checkProcessBeside({ machine, settings, texts }: Inquiry, profile: Section): readonly Finding[] {
  const { profileName } = settings
  const [process, ...keys] = ['credential_process', 'sso_session', 'sso_account_id', 'sso_role_name', 'sso_start_url']
  const beside = keys.filter((key) => profile.has(key))
  if (process === undefined || !profile.has(process) || beside.length === 0) return []
  const place = (key: string): string =>
    findPlace(machine, texts, { type: 'profile', name: profileName, key }) ?? profileName
  return [
    fault(
      'process-beside-sign-in',
      `The credential_process of ${profileName} is never run: its sso_ keys go before it.`,
      [`${place(process)}: ${process}`, ...beside.slice(0, 2).map((key) => `${place(key)}: ${key}`)],
      `Delete either the credential_process or ${beside.join(', ')}`,
    ),
  ]
}
