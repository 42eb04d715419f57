/** Profiles that take a further role with the credentials of another one. */

import type { IniSection } from '../../../shared-config/ini.ts'

interface ProfileSections {
  readonly name: string
  readonly config: readonly IniSection[]
  readonly credentials: readonly IniSection[]
}

/** What changes for them when that profile gets a role in the place of a user's key. Sentences. */
export function dependentNotes(profiles: readonly ProfileSections[], source: string): readonly string[] {
  const textOf = ({ config, credentials }: ProfileSections, name: string): string | undefined =>
    [...config, ...credentials].flatMap(({ options }) => options).findLast((option) => option.name === name)?.value
  const dependents = profiles.filter(
    (profile) => textOf(profile, 'source_profile') === source && profile.name !== source,
  )
  const withMfa = dependents.filter((profile) => textOf(profile, 'mfa_serial') !== undefined)
  const own = profiles.find(({ name }) => name === source)
  const notes: string[] = []
  if (dependents.length > 0)
    notes.push(
      `${listNames(dependents)} take${dependents.length === 1 ? 's' : ''} a further role from [${source}]: its trust policy must allow the permission set's role, not the user alone.`,
    )
  if (withMfa.length > 0)
    notes.push(
      `${listNames(withMfa)} say${withMfa.length === 1 ? 's' : ''} mfa_serial: a role cannot show a user's device. The second factor is asked for at sign-in instead; take the line and the condition of the trust policy out.`,
    )
  if (own && textOf(own, 'mfa_serial') !== undefined)
    notes.push(`[${source}] says mfa_serial, which nothing reads any more; it stays.`)
  return notes
}

/** Names that are shown; the rest is counted. */
const MOST_NAMES = 6

function listNames(profiles: readonly ProfileSections[]): string {
  const names = profiles.map(({ name }) => `[${name}]`)
  if (names.length <= MOST_NAMES + 1) return names.join(', ')
  return `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more`
}
