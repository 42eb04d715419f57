/** A profile that `setup` wrote, as it stands now: unchanged, edited by hand, or gone. */

import type { Machine } from '../machine/machine.ts'
import type { StorageMode } from '../sealed/storage-mode.ts'
import { formatOwnProcess, type ProfileValues, profileValues, SSO_KEYS } from '../shared-config/profile-form.ts'
import { findText, type Section, type SharedConfig } from '../shared-config/shared-config.ts'
import type { ExtraValues, WrittenProfile } from './setup-record.ts'

/** What a profile is for. */
export interface ProfilePlace {
  readonly sessionName: string
  readonly accountId: string
  readonly roleName: string
}

/** True for a profile that takes its credentials for this role from this session, in either form. */
export const isFor = (profile: Section | undefined, place: ProfilePlace): boolean =>
  findText(profile, 'sso_session') === place.sessionName &&
  findText(profile, 'sso_account_id') === place.accountId &&
  findText(profile, 'sso_role_name') === place.roleName

/** Whether the person has put a hand to a profile since it was written. */
export function isEdited(config: SharedConfig, written: WrittenProfile): boolean {
  const profile = config.profiles.get(written.name) ?? new Map()
  if (config.credentials.has(written.name)) return true
  const form: ReadonlySet<string> = new Set([
    ...['sso_session', 'sso_account_id', 'sso_role_name'],
    ...(config.sealedProfiles.has(written.name) ? ['credential_process'] : []),
  ])
  const keys = new Set([...profile.keys(), ...Object.keys(written.extra), ...Object.keys(written.formerExtra ?? {})])
  return [...keys].some((key) => !form.has(key) && isEditedKey(profile, key, written))
}

function isEditedKey(profile: Section, key: string, { extra, formerExtra }: WrittenProfile): boolean {
  const value = profile.get(key)
  return value !== extra[key] && !(formerExtra && value === formerExtra[key])
}

/**
 * What is to change in a profile that setup wrote: its form where the home has another mode, and those further keys that
 * are still as they were written. Empty when it stands as it should.
 */
export function findChanges(
  machine: Pick<Machine, 'platform' | 'home'>,
  config: SharedConfig,
  {
    written,
    place,
    mode,
    extra,
  }: { written: WrittenProfile; place: ProfilePlace; mode: StorageMode; extra: ExtraValues },
): ProfileValues {
  const profile = config.profiles.get(written.name) ?? new Map()
  const changes: Record<string, string | undefined> = {}
  const isSealed = config.sealedProfiles.has(written.name)
  const process = mode === 'sealed' ? formatOwnProcess(machine, place) : undefined
  const hasForm = mode === 'sealed' ? isSealed && profile.get('credential_process') === process : !isSealed
  if (!hasForm) {
    for (const [key, value] of Object.entries(profileValues(machine, mode, place, profile)))
      if (value !== undefined || profile.has(key)) changes[key] = value
  }
  for (const key of new Set([...Object.keys(written.extra), ...Object.keys(extra)])) {
    if (!isEditedKey(profile, key, written) && profile.get(key) !== extra[key]) changes[key] = extra[key]
  }
  return changes
}

/** The further keys as setup last left them in the file; for one that was edited since, as setup meant it. */
export function findLastWritten(config: SharedConfig, written: WrittenProfile): ExtraValues {
  const profile = config.profiles.get(written.name) ?? new Map()
  const keys = new Set([...Object.keys(written.extra), ...Object.keys(written.formerExtra ?? {})])
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const value = isEditedKey(profile, key, written) ? written.extra[key] : profile.get(key)
      return typeof value === 'string' ? [[key, value]] : []
    }),
  )
}

/** Keys that say whose credentials a profile has: none of them is anybody's to add. */
export const FORM_KEYS: readonly string[] = [...SSO_KEYS, 'credential_process', 'credential_source', 'source_profile']
