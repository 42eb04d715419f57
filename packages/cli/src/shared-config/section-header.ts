/** What a section's header names, and how a name is written into one. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { splitWords } from '../machine/command-words.ts'

export type SectionType = 'profile' | 'sso-session' | 'services'

export interface SectionName {
  readonly type: SectionType
  readonly name: string
}

const SECTION_TYPES: readonly SectionType[] = ['profile', 'sso-session', 'services']

/**
 * What a header of the config file names, as botocore reads it: the beginning tells the type (`[profiles x]` is profile
 * x), the words are split as a shell does, and there are exactly two. Anything else names nothing of ours.
 */
export function parseHeader(header: string): SectionName | undefined {
  if (header === 'default') return { type: 'profile', name: 'default' }
  const type = SECTION_TYPES.find((candidate) => header.startsWith(candidate))
  if (type === undefined) return undefined
  const words = splitWords(header)
  const name = words?.[1]
  return words?.length === 2 && name !== undefined ? { type, name } : undefined
}

/** The header's text for a name, without brackets: `default`, `profile dev`, `sso-session corp`, `profile 'x y'`. */
export function formatHeader({ type, name }: SectionName): string {
  if (name === '' || hasLineBreak(name)) {
    throw new Refusal('invalid', `A name in the config file must be one line of text: ${JSON.stringify(name)}`)
  }
  if (type === 'profile' && name === 'default') return 'default'
  return `${type} ${isPlainWord(name) ? name : quoteWord(name)}`
}

/** True for a name that every tool reads: JavaScript's and Go's SDKs do not find names that need quotes. */
export const isReadableByEveryTool = (name: string): boolean => /^[\w\-@+.%:/]+$/.test(name)

/** True when the text holds a line end of any platform. */
export const hasLineBreak = (text: string): boolean => /[\r\n]/.test(text)

const isPlainWord = (name: string): boolean => {
  const words = splitWords(name)
  return words?.length === 1 && words[0] === name
}

/** A word in single quotes, as a POSIX shell wants it. */
export const quoteWord = (word: string): string => `'${word.replaceAll("'", `'"'"'`)}'`
