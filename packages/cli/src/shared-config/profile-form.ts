/** The two forms of a profile: AWS's `sso_*` keys, or a credential_process of ours and none of them. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { splitCommand } from '../machine/command-words.ts'
import type { Machine, Platform } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'
import type { StorageMode } from '../sealed/storage-mode.ts'
import { findText, type Section } from './section.ts'

/** Whose credentials a profile is for: through a sso-session, or through a start URL of its own (the legacy form). */
export type ProfileRole = {
  readonly accountId: string
  readonly roleName: string
} & (
  | { readonly sessionName: string; readonly startUrl?: never; readonly region?: never }
  | { readonly sessionName?: never; readonly startUrl: string; readonly region: string }
)

/** New values of a profile, in the order in which they are to stand; undefined deletes. */
export type ProfileValues = Readonly<Record<string, string | undefined>>

/**
 * Every key that makes an SDK take a profile for one that signs in by AWS's own files. One left beside a
 * credential_process is enough for the SDKs to pass the process over.
 */
export const SSO_KEYS = [
  'sso_session',
  'sso_account_id',
  'sso_role_name',
  'sso_start_url',
  'sso_region',
  'sso_registration_scopes',
] as const

/** The program that sealed profiles name: a path that stays when Node or Mayfly are upgraded. */
export const helperPath = (machine: Pick<Machine, 'platform' | 'home'>): string =>
  joinPath(
    machine,
    ownFolder(machine),
    'bin',
    machine.platform === 'win32' ? 'mayfly-credentials.exe' : 'mayfly-credentials',
  )

/**
 * What a profile holds of its role in a mode. `former` is what it holds now: a credential_process of somebody else's is
 * theirs, and stays when the `shared` form is written. Refuses what no quoting carries through every shell.
 */
export function profileValues(
  machine: Pick<Machine, 'platform' | 'home'>,
  mode: StorageMode,
  role: ProfileRole,
  former?: Section,
): ProfileValues {
  if (mode === 'sealed') {
    const gone = Object.fromEntries(SSO_KEYS.map((key) => [key, undefined]))
    return { credential_process: formatOwnProcess(machine, role), ...gone }
  }
  const command = findText(former, 'credential_process')
  const isOwn = command !== undefined && parseOwnProcess(command, machine.platform) !== undefined
  const where =
    role.sessionName === undefined
      ? { sso_start_url: role.startUrl, sso_region: role.region }
      : { sso_session: role.sessionName }
  return {
    ...where,
    sso_account_id: role.accountId,
    sso_role_name: role.roleName,
    ...(isOwn && { credential_process: undefined }),
  }
}

/** The command line of a sealed profile. */
export function formatOwnProcess(machine: Pick<Machine, 'platform' | 'home'>, role: ProfileRole): string {
  const where =
    role.sessionName === undefined
      ? ['--sso-start-url', role.startUrl, '--sso-region', role.region]
      : ['--sso-session', role.sessionName]
  const options = [...where, '--account-id', role.accountId, '--role-name', role.roleName]
  const words = [helperPath(machine), ...attachDashes(options)]
  return words.map((word) => quoteForEveryTool(word, machine.platform)).join(' ')
}

/** `--role-name=--help`: a name that begins with a dash is no option. */
const attachDashes = (options: readonly string[]): readonly string[] =>
  options.flatMap((word, index) => {
    if (index % 2 === 1) return word.startsWith('-') ? [] : [word]
    const value = options[index + 1] ?? ''
    return [value.startsWith('-') ? `${word}=${value}` : word]
  })

/**
 * A word as botocore's shlex, `sh -c` and the INI readers of all SDKs take it (POSIX), or as cmd and the C runtime do
 * (Windows). A backslash before each odd character, because JavaScript's and Go's readers cut a value off at ` #` and
 * ` ;`, even inside of quotes.
 */
function quoteForEveryTool(word: string, platform: Platform): string {
  const isRisky = platform === 'win32' ? /["%\p{Cc}]|[\\]$/u : /\p{Cc}/u
  if (word === '' || isRisky.test(word)) {
    throw new Refusal('invalid', `The name ${JSON.stringify(word)} cannot stand in a credential_process.`, {
      hint: 'Give it a name without control characters (on Windows also without " and %), or keep to: mayfly storage shared',
    })
  }
  if (platform === 'win32') return /^[\w@+=:,./\\-]+$/.test(word) ? word : `"${word}"`
  return word.replaceAll(/[^\w@%+=:,./\u0080-\u{10ffff}-]/gu, '\\$&')
}

/** A command that is Mayfly's own; undefined for one of anybody else's, and for one that names no role. */
export function parseOwnProcess(command: string, platform: Platform): ProfileRole | undefined {
  const words = splitCommand(command, platform) ?? []
  const helper = words.findIndex((word) => /(^|[\\/])mayfly-credentials(\.exe|\.cmd)?$/i.test(word))
  const whole = words.findIndex((word) => /(^|[\\/])mayfly(\.cjs|\.exe|\.cmd)?$/i.test(word))
  if (helper === 0) return parseRole(words.slice(1))
  // `mayfly credentials …`, and `node …/mayfly.cjs credentials …`.
  return (whole === 0 || whole === 1) && words[whole + 1] === 'credentials'
    ? parseRole(words.slice(whole + 2))
    : undefined
}

const ROLE_OPTIONS = /^--(sso-session|sso-start-url|sso-region|account-id|role-name)(?:=([\s\S]*))?$/

function parseRole(words: readonly string[]): ProfileRole | undefined {
  const found = new Map<string, string>()
  for (let index = 0; index < words.length; index += 1) {
    const [, name, attached] = ROLE_OPTIONS.exec(words[index] ?? '') ?? []
    if (name === undefined) continue
    if (attached === undefined) index += 1
    const value = attached ?? words[index]
    if (value !== undefined) found.set(name, value)
  }
  const [accountId, roleName] = [found.get('account-id'), found.get('role-name')]
  if (!accountId || !roleName) return undefined
  const sessionName = found.get('sso-session')
  if (sessionName) return { sessionName, accountId, roleName }
  const [startUrl, region] = [found.get('sso-start-url'), found.get('sso-region')]
  return startUrl && region ? { startUrl, region, accountId, roleName } : undefined
}

/**
 * A profile as it reads once its credential_process is understood: with the `sso_*` keys that the process stands for.
 * Undefined for a profile that has such keys itself (they win, as in the SDKs), and for a process of anybody else's.
 */
export function openSealedProfile(profile: Section, platform: Platform): Section | undefined {
  if (SSO_KEYS.some((key) => profile.has(key))) return undefined
  const command = findText(profile, 'credential_process')
  const role = command === undefined ? undefined : parseOwnProcess(command, platform)
  if (!role) return undefined
  const where: readonly (readonly [string, string])[] =
    role.sessionName === undefined
      ? [
          ['sso_start_url', role.startUrl],
          ['sso_region', role.region],
        ]
      : [['sso_session', role.sessionName]]
  return new Map([...profile, ...where, ['sso_account_id', role.accountId], ['sso_role_name', role.roleName]])
}
