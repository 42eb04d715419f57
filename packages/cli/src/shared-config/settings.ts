/** What a command line, the environment and the profile say together. */

import { seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { HttpSettings } from '../machine/http.ts'
import type { Machine } from '../machine/machine.ts'
import { expandPath } from './paths.ts'
import { findText, loadSharedConfig, type Section, type SharedConfig } from './shared-config.ts'

/** What was typed, by the option's name without its dashes. */
export type TypedOptions = Readonly<Record<string, string | true | undefined>>

export type ProfileSource = '--profile' | 'AWS_PROFILE' | 'AWS_DEFAULT_PROFILE' | 'default'

export interface Settings {
  readonly config: SharedConfig
  readonly profileName: string
  /** Where the name came from. */
  readonly profileSource: ProfileSource
  readonly region: string | undefined
  /** `--endpoint-url`, for the service that the command itself asks. */
  readonly endpointUrl: string | undefined
  readonly http: HttpSettings
  /** What to propose when the profile is missing. */
  readonly missingHint?: string
}

/** Reads the shared config and picks the profile. An unknown profile is refused only when its keys are asked for. */
export async function loadSettings(machine: Machine, options: TypedOptions): Promise<Settings> {
  return createSettings(machine, options, {
    config: await loadSharedConfig(machine),
    ...chooseProfile(machine.env, options),
  })
}

/** The same, from a config that was read already: for a command that uses many profiles. */
export function createSettings(
  machine: Machine,
  options: TypedOptions,
  { config, name, source }: { readonly config: SharedConfig; readonly name: string; readonly source: ProfileSource },
): Settings {
  const profile = config.profiles.get(name)
  return {
    config,
    profileName: name,
    profileSource: source,
    region: text(options['region']) ?? findRegion(machine.env, profile)?.region,
    endpointUrl: text(options['endpoint-url']),
    http: createHttpSettings(machine, options, profile),
  }
}

const text = (value: string | true | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

/** `--profile`, then AWS_PROFILE, then AWS_DEFAULT_PROFILE, then `default`. */
function chooseProfile(
  env: Machine['env'],
  options: TypedOptions,
): { readonly name: string; readonly source: ProfileSource } {
  const typed = text(options['profile'])
  if (typed !== undefined) return { name: typed, source: '--profile' }
  for (const source of ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'] as const) {
    const name = env[source]
    if (name !== undefined) return { name, source }
  }
  return { name: 'default', source: 'default' }
}

/** AWS_REGION, then AWS_DEFAULT_REGION, then the profile's own; an empty one does not count. */
export function findRegion(
  env: Machine['env'],
  profile: Section | undefined,
): { readonly region: string; readonly source: 'AWS_REGION' | 'AWS_DEFAULT_REGION' | 'profile' } | undefined {
  for (const source of ['AWS_REGION', 'AWS_DEFAULT_REGION'] as const) {
    const region = env[source]
    if (region) return { region, source }
  }
  const region = findText(profile, 'region')
  return region ? { region, source: 'profile' } : undefined
}

/** The chosen profile's keys. A profile that was asked for by name must be there; `default` may be missing. */
export function getProfile(settings: Settings): Section {
  const { config, profileName, profileSource, missingHint } = settings
  const profile = config.profiles.get(profileName)
  if (profile || profileSource === 'default') return profile ?? new Map()
  throw new Refusal('not-found', `The config profile (${profileName}) could not be found`, {
    hint:
      missingHint ??
      (config.profiles.size === 0
        ? findCredentialsHint(settings)
        : 'See which there are: mayfly configure list-profiles'),
  })
}

/** What to do where the profile has no credentials: there may be none at all, none named, or one that says nothing of them. */
export function findCredentialsHint({ config, profileName }: Settings): string {
  if (config.profiles.size === 0) return 'Set up every account and role that you reach: mayfly setup'
  return config.profiles.has(profileName)
    ? 'Set up a profile that signs in: mayfly configure sso'
    : 'No profile is named, and none is called default. Name one with --profile; see them all: mayfly profiles'
}

function createHttpSettings(machine: Machine, options: TypedOptions, profile: Section | undefined): HttpSettings {
  const bundle =
    text(options['ca-bundle']) ??
    (machine.env['AWS_CA_BUNDLE'] || findText(profile, 'ca_bundle') || machine.env['REQUESTS_CA_BUNDLE'] || undefined)
  const connect = parseTimeout(options['cli-connect-timeout'])
  const read = parseTimeout(options['cli-read-timeout'])
  const attempts = Number(machine.env['AWS_MAX_ATTEMPTS'] ?? findText(profile, 'max_attempts') ?? '')
  return {
    ...(bundle !== undefined && { caBundle: expandPath(bundle, machine) }),
    ...(options['no-verify-ssl'] === true && { verify: false }),
    ...(connect !== undefined && { connectTimeout: seconds(connect) }),
    ...(read !== undefined && { readTimeout: seconds(read) }),
    ...(Number.isInteger(attempts) && attempts > 0 && { attempts }),
  }
}

function parseTimeout(typed: string | true | undefined): number | undefined {
  const count = Number(text(typed) ?? Number.NaN)
  return Number.isFinite(count) && count >= 0 ? count : undefined
}
