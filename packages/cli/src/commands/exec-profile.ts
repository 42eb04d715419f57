/** A profile as a program is given it: its settings, its credentials, and what a shell says of a missing program. */

import { findOuterProfile, withoutOuterSettings } from '../delivery/variables.ts'
import type { Machine } from '../machine/machine.ts'
import type { ExportedCredentials } from '../role-credentials/formats.ts'
import { getRoleCredentials } from '../role-credentials/role-credentials.ts'
import { getSsoProfile, isSsoProfile, type SsoProfile } from '../shared-config/profile.ts'
import type { Settings } from '../shared-config/settings.ts'
import { SignInRequired } from '../sign-in/sign-in-required.ts'
import { findOption, type OptionValues } from './command.ts'
import { getCredentials } from './configure/export-credentials.ts'
import { signInAndGet } from './credentials.ts'
import { loadProfileSettings } from './profile-settings.ts'

/** The settings of the profile, as if no Mayfly stood around this one. */
export async function loadDelivered(
  machine: Machine,
  options: OptionValues,
  typed: string | undefined,
): Promise<{ readonly inner: Machine; readonly settings: Settings }> {
  const named = typed ?? findOption(options, 'profile') ?? findOuterProfile(machine.env)
  const inner = named === undefined ? machine : { ...machine, env: withoutOuterSettings(machine.env) }
  return { inner, settings: await loadProfileSettings(inner, options, named) }
}

/** A profile's credentials, after a sign-in where that is needed and allowed; and its sign-in, if it has one. */
export async function getDelivered(
  machine: Machine,
  settings: Settings,
  options: OptionValues,
  role?: SsoProfile,
): Promise<{ readonly access: ExportedCredentials; readonly sso?: SsoProfile; readonly profileName?: string }> {
  const asked = role ? getRoleCredentials(machine, settings, role) : getCredentials(machine, settings)
  const access = await asked.catch((error: unknown) => {
    if (maySignIn(machine, options) && error instanceof SignInRequired)
      return signInAndGet(machine, settings, role, error)
    throw error
  })
  const profile = settings.config.profiles.get(settings.profileName)
  // Keys of the environment are nobody's profile.
  const isOfProfile = settings.profileSource === '--profile' || !machine.env['AWS_ACCESS_KEY_ID']
  return {
    access,
    ...(isOfProfile && { profileName: settings.profileName }),
    ...(isOfProfile && isSsoProfile(profile) && { sso: getSsoProfile(settings.config, settings.profileName) }),
  }
}

export const maySignIn = ({ env }: Machine, options: OptionValues): boolean =>
  options['no-sign-in'] !== true && env['MAYFLY_SIGN_IN'] !== 'never'

/** What a shell answers for a program that is not there, and for one that cannot be run. */
export const PROGRAM_EXIT = { nothing: 127, 'not-executable': 126 } as const

/** Without control characters: somebody else's words must not move the cursor. */
export const printable = (text: string): string => text.replace(/\p{Cc}/gu, '')

export function tellMissing({ terminal }: Machine, program: string, found: keyof typeof PROGRAM_EXIT): number {
  const why = found === 'nothing' ? 'There is no such program' : 'This may not be run as a program'
  terminal.writeError(`\nmayfly: [ERROR]: ${why}: ${printable(program)}\n`)
  return PROGRAM_EXIT[found]
}
