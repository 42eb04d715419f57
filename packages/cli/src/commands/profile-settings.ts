/** The settings of the profile that a command is to use: named in words, by option, by the environment, or chosen. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../machine/machine.ts'
import { getSsoProfile, type SsoProfile } from '../shared-config/profile.ts'
import { loadSettings, type Settings } from '../shared-config/settings.ts'
import { shellWord } from '../shared-config/shell-word.ts'
import type { OptionValues } from './command.ts'

export interface ProfileWish {
  /** The profile typed as a word (`mayfly exec prod -- …`); it counts as if it came with `--profile`. */
  readonly named?: string | undefined
  /**
   * Nobody is asked unless standard output is a terminal too: for commands that other programs run to read it. Some
   * leave them a terminal on standard error (Go's SDK does so for a credential_process).
   */
  readonly isReadByPrograms?: true
}

/**
 * Reads the settings. Where no profile is named and none is called `default`, and where there is none of the name, a
 * person at a terminal chooses one; without a terminal the command says what is missing.
 */
export async function loadProfileSettings(
  machine: Machine,
  options: OptionValues,
  wish: ProfileWish | string | undefined = {},
): Promise<Settings> {
  const whole = typeof wish === 'string' ? { named: wish } : wish
  const settings = await findSettings(machine, options, whole)
  if (machine.terminal.watched && machine.terminal.interactive && !whole.isReadByPrograms) await warn(machine, settings)
  return settings
}

/** A word before the session ends on which the profile rests. */
async function warn(machine: Machine, { config, profileName }: Settings): Promise<void> {
  const { warnBeforeEnd } = await import('../sign-in/session-ending.ts')
  const sso = tryProfile(config, profileName)
  if (sso) await warnBeforeEnd(machine, sso, profileName)
}

/** Nothing for a profile that does not sign in, or lacks something. */
function tryProfile(config: Settings['config'], profileName: string): SsoProfile | undefined {
  try {
    return getSsoProfile(config, profileName)
  } catch {
    return undefined
  }
}

async function findSettings(machine: Machine, options: OptionValues, wish: ProfileWish): Promise<Settings> {
  const { named, isReadByPrograms } = wish
  const typed = named === undefined ? options : { ...options, profile: named }
  const settings = await loadSettings(machine, typed)
  const { profiles } = settings.config
  if (profiles.has(settings.profileName)) {
    if (named !== undefined) await remember(machine, named)
    return settings
  }
  if (profiles.size === 0) return settings
  if (settings.profileSource === 'default' && OTHER_CREDENTIALS.some((name) => machine.env[name])) return settings
  const { chooseProfile, mayChoose } = await import('../finding/choose-profile.ts')
  if (!mayChoose(machine) || (isReadByPrograms && !machine.terminal.shown)) return withNearest(machine, settings)
  const isUnknown = settings.profileSource !== 'default'
  const chosen = await chooseProfile(machine, settings.config, {
    title: isUnknown ? `There is no profile ${settings.profileName}. Which one?` : 'Which profile?',
    ...(isUnknown && { like: settings.profileName }),
  })
  await remember(machine, chosen)
  return loadSettings(machine, { ...typed, profile: chosen })
}

/** The profile that a person chooses where none is named and none is the default; nothing where there is no need. */
export async function chooseMissingProfile(machine: Machine, options: OptionValues): Promise<string | undefined> {
  if (options['profile'] !== undefined || machine.env['AWS_PROFILE'] || machine.env['AWS_DEFAULT_PROFILE'])
    return undefined
  try {
    const { profileName, config } = await findSettings(machine, options, {})
    return config.profiles.has(profileName) ? profileName : undefined
  } catch (error) {
    // A config that cannot be read is what the command is about.
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Where else AWS's tools would find credentials: whoever has these has not forgotten to name a profile. */
const OTHER_CREDENTIALS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
]

async function remember(machine: Machine, profileName: string): Promise<void> {
  const { recordUse } = await import('../finding/frecency.ts')
  await recordUse(machine, profileName)
}

/** The settings with what the refusal is to propose, should the command need the profile. */
async function withNearest(machine: Machine, settings: Settings): Promise<Settings> {
  if (settings.profileSource === 'default') return settings
  const { listNearest } = await import('../finding/nearest-names.ts')
  const near = listNearest([...settings.config.profiles.keys()], settings.profileName)
  if (near.length === 0) return settings
  const names = near.map((name) => shellWord(name, machine.platform)).join(', ')
  return { ...settings, missingHint: `Did you mean: ${names}? See all: mayfly profiles` }
}
