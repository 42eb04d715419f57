/** Which colour a profile is shown in, and what it is tagged with: rules of `~/.mayfly/tags`, decided as values. */

import { compileGlob } from './glob.ts'

export type TagColour = 'red' | 'yellow' | 'green' | 'blue' | 'magenta' | 'cyan'

/** `none` takes away what an earlier rule, or the name itself, says. */
export const TAG_COLOURS: readonly (TagColour | 'none')[] = [
  'red',
  'yellow',
  'green',
  'blue',
  'magenta',
  'cyan',
  'none',
]

/** What one section of the file says of the profiles that it names. */
export interface TagRule {
  /** `prod-*`, `{dev,test}-*`; see glob.ts. */
  readonly pattern: string
  readonly tags: readonly string[]
  readonly colour?: TagColour | 'none'
  /** Whether `mayfly use` asks before it goes there. */
  readonly confirms?: boolean
}

/** What all rules say of one profile together. */
export interface ProfileTags {
  readonly tags: readonly string[]
  readonly colour: TagColour | undefined
  readonly confirms: boolean
}

/** Words by which people call the places that hurt; those of a place before it (`pre-prod`) take them back. */
const BY_NAME: readonly (readonly [TagColour, RegExp])[] = [
  ['red', /(?<!(?:^|[^a-z])(?:non|pre|not)[^a-z]?)(?<![a-z])(?:prod|production|prd|live)(?![a-z])/i],
  ['yellow', /(?<![a-z])(?:pre-?prod|stag|stage|staging|uat)(?![a-z])/i],
]

/** The rules that fit, one after the other: tags add up, the last colour and the last answer count. */
export function findProfileTags(rules: readonly TagRule[], profileName: string): ProfileTags {
  const fitting = rules.filter(({ pattern }) => compileGlob(pattern)(profileName))
  const said = fitting.findLast(({ colour }) => colour !== undefined)?.colour
  const colour = said ?? BY_NAME.find(([, words]) => words.test(profileName))?.[0]
  return {
    tags: [...new Set(fitting.flatMap(({ tags }) => tags))],
    colour: colour === 'none' ? undefined : colour,
    confirms: fitting.findLast(({ confirms }) => confirms !== undefined)?.confirms ?? false,
  }
}

export const parseTags = (value: string): readonly string[] => value.split(/[\s,]+/).filter((tag) => tag !== '')
