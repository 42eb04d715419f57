/** What a program's environment says so that it acts as one profile and as nobody else. */

import { SHADOWING_VARIABLES } from '../credential-server/environment.ts'
import type { Environment, Platform } from '../machine/machine.ts'
import { type ExportedCredentials, formatExpiration } from '../role-credentials/formats.ts'

/** Variables to set, and variables that must not be there. */
export interface Variables {
  readonly set: Readonly<Record<string, string>>
  readonly unset: readonly string[]
}

/** Every variable by which an SDK finds credentials, or a profile that names some. */
const CREDENTIAL_VARIABLES: readonly string[] = [
  ...SHADOWING_VARIABLES,
  'AWS_ROLE_SESSION_NAME',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  '_AWS_CLI_PROFILE_CHAIN',
]

/** The profile that a program runs as. A prompt shows it, and a Mayfly inside of the program goes on with it. */
export const PROFILE_VARIABLE = 'MAYFLY_PROFILE'
/** What was set beside the credentials, so that a Mayfly inside does not take it for the person's own words. */
export const ALSO_SET = 'MAYFLY_ALSO_SET'

export interface VariablesQuestion {
  /** The credentials themselves, or what leads to an endpoint that hands them out. */
  readonly access: ExportedCredentials | Readonly<Record<`AWS_${string}`, string>>
  readonly region?: string | undefined
  /** The profile's further settings, as variables. */
  readonly settings?: Readonly<Record<string, string>>
  /** The profile's name; an account and a role without one have none. */
  readonly profileName?: string | undefined
}

/** All variables for a program. What is in the environment already is not looked at: see `applyVariables`. */
export function createVariables({ access, region, settings = {}, profileName }: VariablesQuestion): Variables {
  const beside = {
    // boto3 reads AWS_DEFAULT_REGION alone, the other SDKs AWS_REGION.
    ...(region !== undefined && { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
    ...settings,
  }
  const set = {
    ...(isCredentials(access) ? listCredentials(access) : access),
    ...beside,
    ...(profileName !== undefined && { [PROFILE_VARIABLE]: profileName }),
    ...(Object.keys(beside).length > 0 && { [ALSO_SET]: new URLSearchParams(beside).toString() }),
  }
  const ours = [...CREDENTIAL_VARIABLES, PROFILE_VARIABLE, ALSO_SET]
  return { set, unset: ours.filter((name) => !(name in set)) }
}

const isCredentials = (access: VariablesQuestion['access']): access is ExportedCredentials => 'accessKeyId' in access

function listCredentials({ accessKeyId, secretAccessKey, sessionToken, expiration }: ExportedCredentials) {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
    ...(expiration && { AWS_CREDENTIAL_EXPIRATION: formatExpiration(expiration) }),
  }
}

/** Names of all that `createVariables` has set in this environment; what was changed since is the person's own. */
export const listOwnVariables = (env: Environment): readonly string[] => [
  ...CREDENTIAL_VARIABLES.filter((name) => !NEVER_SET.has(name)),
  ...Object.entries(readAlsoSet(env)).flatMap(([name, value]) => (env[name] === value ? [name] : [])),
  PROFILE_VARIABLE,
  ALSO_SET,
]

const NEVER_SET: ReadonlySet<string> = new Set(['_AWS_CLI_PROFILE_CHAIN', 'AWS_ROLE_SESSION_NAME'])

/** An environment with these variables. On Windows a name in other letters is the same variable. */
export function applyVariables(env: Environment, { set, unset }: Variables, platform: Platform): Environment {
  const keyOf = (name: string): string => (platform === 'win32' ? name.toUpperCase() : name)
  const gone = new Set([...unset, ...Object.keys(set)].map(keyOf))
  const kept = Object.entries(env).filter(([name]) => !gone.has(keyOf(name)))
  return { ...Object.fromEntries(kept), ...set }
}

/** The environment without what an outer Mayfly set beside the credentials; what was changed since stays. */
export function withoutOuterSettings(env: Environment): Environment {
  const set = readAlsoSet(env)
  return Object.fromEntries(
    Object.entries(env).filter(([name, value]) => set[name] === undefined || set[name] !== value),
  )
}

function readAlsoSet(env: Environment): Readonly<Record<string, string>> {
  const pairs = [...new URLSearchParams(env[ALSO_SET] ?? '')]
  return Object.fromEntries(pairs.filter(([name]) => /^AWS_[A-Z0-9_]+$/.test(name)))
}

/**
 * Which profile is meant where none was typed: inside of a program that Mayfly started, the outer one's, although keys in
 * the environment would win otherwise; they are its keys, and may have run out.
 */
export function findOuterProfile(env: Environment): string | undefined {
  const outer = env[PROFILE_VARIABLE]
  return outer ? env['AWS_PROFILE'] || outer : undefined
}
