/** Does anything go before the profile's sign-in: keys in the environment or beside it, another profile's name? */

import type { Platform } from '../machine/machine.ts'
import { readStorageMode } from '../sealed/storage-mode.ts'
import { listTraps, type Trap, type TrapKind } from '../shared-config/precedence-traps.ts'
import { findText } from '../shared-config/section.ts'
import { type CauseName, type Finding, fault, warning } from './causes.ts'
import { findCredentialsPlace, findPlace, shorten } from './config-text.ts'
import type { Inquiry, Step } from './inquiry.ts'

/** The traps that explain why a profile gives other credentials, or none. */
const CAUSE_OF: Readonly<Partial<Record<TrapKind, CauseName>>> = {
  'keys-in-environment': 'environment-keys-win',
  'web-identity-in-environment': 'environment-keys-win',
  'two-profiles-in-environment': 'other-profile-in-environment',
  'sso-beside-process': 'process-beside-sign-in',
  'keys-in-credentials-file': 'long-term-keys-win',
  'keys-in-profile': 'long-term-keys-win',
  'unsealed-profile': 'profile-not-sealed',
}

export async function checkPrecedence(inquiry: Inquiry): Promise<Step> {
  const { machine, settings } = inquiry
  const { config, profileName } = settings
  // What cannot be read is told where the tokens are looked for.
  const mode = await readStorageMode(machine).catch(() => 'shared' as const)
  const { env, platform, home } = machine
  const traps = listTraps({ env, platform, home, mode, config, profileName })
  const findings = [...traps.flatMap((trap) => describeTrap(inquiry, trap)), ...checkProfileName(inquiry)]
  return { step: 'precedence', seen: 'nothing goes before the profile', findings }
}

function describeTrap(inquiry: Inquiry, { kind, message, evidence, hint }: Trap): readonly Finding[] {
  const cause = CAUSE_OF[kind]
  if (cause === undefined) return []
  const { machine, settings } = inquiry
  const { platform } = machine
  const told = (seen: readonly string[]): readonly string[] => [...seen, shorten(machine, evidence)]
  if (cause === 'environment-keys-win') {
    // A tool that is told --profile leaves the environment's keys alone.
    const finding = settings.profileSource === '--profile' ? warning : fault
    return [finding(cause, message, seenInEnvironment(inquiry, kind), unset(platform, VARIABLES[kind] ?? []))]
  }
  if (cause === 'other-profile-in-environment')
    return [warning(cause, message, [evidence], unset(platform, ['AWS_DEFAULT_PROFILE']))]
  return [fault(cause, message, told(placesOf(inquiry, cause)), hint)]
}

const VARIABLES: Readonly<Partial<Record<TrapKind, readonly string[]>>> = {
  'keys-in-environment': ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  'web-identity-in-environment': ['AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'],
}

function seenInEnvironment({ machine: { env } }: Inquiry, kind: TrapKind): readonly string[] {
  const name = VARIABLES[kind]?.[0] ?? ''
  const value = env[name] ?? ''
  return [`${name}=${kind === 'keys-in-environment' ? maskKey(value) : value} in the environment`]
}

/** Where the keys stand that one must change. */
function placesOf({ machine, settings, texts }: Inquiry, cause: CauseName): readonly string[] {
  const { config, profileName } = settings
  const place = (key: string): string | undefined =>
    findCredentialsPlace(machine, texts, profileName, key) ??
    findPlace(machine, texts, { type: 'profile', name: profileName, key })
  if (cause === 'long-term-keys-win') {
    const key = maskKey(findText(config.profiles.get(profileName), 'aws_access_key_id') ?? '')
    return [`${place('aws_access_key_id') ?? profileName}: aws_access_key_id = ${key}`]
  }
  const keys = cause === 'process-beside-sign-in' ? ['credential_process', 'sso_session'] : ['sso_session']
  return keys.flatMap((key) => (place(key) === undefined ? [] : [`${place(key)}: ${key}`]))
}

/** `AKIA…3XQR`: enough to tell keys apart. */
export const maskKey = (key: string): string =>
  key.length < 12 ? '…' : `${key.slice(0, 4)}…${key.slice(-4)}`.replaceAll(/[^\w…]/g, '')

/** The command that takes variables out of the shell. */
export const unset = (platform: Platform, names: readonly string[]): string =>
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
