/** The values of one section of a shared config file. */

import type { IniValue } from './ini.ts'

/** A section's values: text, or one level of names below an empty value. */
export type Section = ReadonlyMap<string, IniValue>

/** A section's text value; nothing when it is missing or a nested block. */
export function findText(section: Section | undefined, name: string): string | undefined {
  const value = section?.get(name)
  return typeof value === 'string' ? value : undefined
}
