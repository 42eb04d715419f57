/** Settings that lead AWS's tools to other credentials than a profile promises, or leave a secret in plain text. */

import type { Environment, Platform } from '../machine/machine.ts'
import type { StorageMode } from '../sealed/storage-mode.ts'
import { helperPath, parseOwnProcess, SSO_KEYS } from './profile-form.ts'
import { findText, type Section, type SharedConfig } from './shared-config.ts'

export type TrapKind =
  | 'sso-beside-process'
  | 'keys-in-credentials-file'
  | 'keys-in-profile'
  | 'keys-in-environment'
  | 'web-identity-in-environment'
  | 'profile-missing'
  | 'two-profiles-in-environment'
  | 'config-file-elsewhere'
  | 'credentials-file-elsewhere'
  | 'unsealed-profile'
  | 'helper-elsewhere'
  | 'plain-text-file'

export interface Trap {
  readonly kind: TrapKind
  /** `wrong`: other credentials come out, or none; `exposed`: a secret lies in plain text; `note`: good to know. */
  readonly weight: 'wrong' | 'exposed' | 'note'
  /** The profile that it is about; nothing when it is about all of them. */
  readonly profile?: string
  /** What happens. */
  readonly message: string
  /** The variable or the file in which it was seen. */
  readonly evidence: string
  readonly hint: string
}

export interface TrapSituation {
  readonly env: Environment
  readonly platform: Platform
  readonly home: string
  readonly mode: StorageMode
  readonly config: SharedConfig
  /** This profile alone; every one when left out. */
  readonly profileName?: string
  /** Files of AWS's caches that hold secrets in plain text, where the mode is `sealed`. */
  readonly plainFiles?: readonly string[]
}

/** Every trap of the situation: those of the environment first, then profile by profile. */
export function listTraps(situation: TrapSituation): readonly Trap[] {
  const { config, profileName, plainFiles = [] } = situation
  const names = profileName === undefined ? [...config.profiles.keys()] : [profileName]
  return [
    ...environmentTraps(situation),
    ...names.flatMap((name) => profileTraps(situation, name, config.profiles.get(name) ?? new Map())),
    ...(situation.mode === 'sealed' ? plainFiles.map(plainFileTrap) : []),
  ]
}

function environmentTraps({ env, config }: TrapSituation): readonly Trap[] {
  const traps: Trap[] = []
  const add = (kind: TrapKind, weight: Trap['weight'], variable: string, message: string, hint: string): void =>
    void traps.push({ kind, weight, message, evidence: `${variable} in the environment`, hint })
  if (env['AWS_ACCESS_KEY_ID']) {
    const message = 'Keys in the environment are used in place of every profile that AWS_PROFILE names.'
    const hint = 'Unset AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.'
    add('keys-in-environment', 'wrong', 'AWS_ACCESS_KEY_ID', message, hint)
  }
  if (env['AWS_WEB_IDENTITY_TOKEN_FILE']) {
    const message = 'A web identity in the environment is used before the sign-in of a profile.'
    const hint = 'Unset AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN.'
    add('web-identity-in-environment', 'wrong', 'AWS_WEB_IDENTITY_TOKEN_FILE', message, hint)
  }
  const [profile, fallback] = [env['AWS_PROFILE'], env['AWS_DEFAULT_PROFILE']]
  if (profile && fallback && profile !== fallback) {
    const message = `AWS_PROFILE (${profile}) and AWS_DEFAULT_PROFILE (${fallback}) differ, and tools choose differently between them.`
    add('two-profiles-in-environment', 'wrong', 'AWS_DEFAULT_PROFILE', message, 'Unset AWS_DEFAULT_PROFILE.')
  }
  if (profile && !config.profiles.has(profile)) {
    const message = `There is no profile "${profile}".`
    const hint = 'See which there are: mayfly configure list-profiles'
    add('profile-missing', 'wrong', 'AWS_PROFILE', message, hint)
  }
  const elsewhere = [
    ['AWS_CONFIG_FILE', 'config-file-elsewhere', config.configPath],
    ['AWS_SHARED_CREDENTIALS_FILE', 'credentials-file-elsewhere', config.credentialsPath],
  ] as const
  for (const [variable, kind, path] of elsewhere) {
    if (env[variable] === undefined) continue
    const message = `Profiles are read from ${path === '' ? 'no file' : path}. Programs without this variable read others.`
    add(kind, 'note', variable, message, `Set ${variable} for every program, or for none.`)
  }
  return traps
}

function profileTraps(situation: TrapSituation, profile: string, section: Section): readonly Trap[] {
  const { config, platform, mode } = situation
  const isSealed = config.sealedProfiles.has(profile)
  const ssoKey = isSealed ? undefined : SSO_KEYS.find((key) => section.has(key))
  if (!isSealed && ssoKey === undefined) return []
  const command = findText(section, 'credential_process')
  const inConfig = `[${profile}] in ${config.configPath}`
  const traps: Trap[] = []
  if (ssoKey !== undefined && command !== undefined) {
    const isOwn = parseOwnProcess(command, platform) !== undefined
    traps.push({
      kind: 'sso-beside-process',
      weight: 'wrong',
      profile,
      message: `SDKs take the sign-in of "${profile}" and never run its credential_process.`,
      evidence: `${ssoKey} beside credential_process, ${inConfig}`,
      hint: isOwn
        ? 'Delete the sso_* keys of the profile.'
        : 'Delete the sso_* keys of the profile, or its credential_process.',
    })
  }
  const inCredentials = config.credentials.get(profile)?.has('aws_access_key_id') === true
  if (inCredentials || section.has('aws_access_key_id')) {
    const where = inCredentials ? `[${profile}] in ${config.credentialsPath}` : inConfig
    traps.push({
      kind: inCredentials ? 'keys-in-credentials-file' : 'keys-in-profile',
      weight: 'wrong',
      profile,
      message: `Long-term keys of "${profile}" are used in place of its sign-in by ${whoTakesKeys(isSealed, inCredentials)}.`,
      evidence: `aws_access_key_id, ${where}`,
      hint: 'Delete aws_access_key_id and aws_secret_access_key there.',
    })
  }
  if (isSealed && command !== undefined && !command.includes(lastWords(helperPath(situation)))) {
    traps.push({
      kind: 'helper-elsewhere',
      weight: 'note',
      profile,
      message: `The credential_process of "${profile}" is Mayfly's, but does not run ${helperPath(situation)}.`,
      evidence: inConfig,
      hint: 'To write it anew: mayfly storage sealed',
    })
  }
  if (mode === 'sealed' && ssoKey !== undefined) {
    traps.push({
      kind: 'unsealed-profile',
      weight: 'wrong',
      profile,
      message: `SDKs look for the token of "${profile}" in ~/.aws/sso/cache, which the sealed mode leaves empty.`,
      evidence: `${ssoKey}, ${inConfig}`,
      hint: 'To seal it, or see what stands against that: mayfly storage sealed',
    })
  }
  return traps
}

/** Who passes a sign-in over for keys: the SDKs differ (botocore's order, and that of JavaScript and Go). */
function whoTakesKeys(isSealed: boolean, inCredentials: boolean): string {
  return isSealed && inCredentials ? 'every SDK' : 'the SDKs for JavaScript and Go, and others'
}

/** The end of the helper's path, as it stands in a command however the folder above is quoted. */
const lastWords = (path: string): string => path.slice(path.lastIndexOf('.mayfly'))

const plainFileTrap = (path: string): Trap => ({
  kind: 'plain-text-file',
  weight: 'exposed',
  message: 'A secret lies in plain text, of another tool or of a session that the config file does not name.',
  evidence: path,
  hint: 'Delete the file when no other tool needs it.',
})
