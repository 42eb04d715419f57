/** Which of a file's variables become AWS_PROFILE and which go, whatever the syntax is that sets them. */

import type { Splice } from '../text/splice.ts'
import { type FormatAnswer, type FormatQuestion, NOTHING } from './format.ts'

/** A variable that a file sets. */
export interface Assignment {
  readonly name: string
  /** Without quotes; undefined where it is known only when the file is run. */
  readonly value: string | undefined
  /** Those of one scope are set for the same programs. */
  readonly scope: number
  /** Sets another variable in its place, in the syntax of the file. */
  readonly become: (name: string, value: string) => readonly Splice[]
  /** Takes it out; several are given at once, for they may share a line or a list. */
  readonly removal: Removal
}

/** How assignments are taken out: each by itself, or together with others of the same group. */
export type Removal = readonly Splice[] | { readonly group: object; readonly member: number }

/** Takes members out of their groups, all at once. */
export type RemoveTogether = (groups: ReadonlyMap<object, readonly number[]>) => readonly Splice[]

const IDS: ReadonlySet<string> = new Set(['AWS_ACCESS_KEY_ID', 'AWS_ACCESS_KEY'])
const SECRETS: ReadonlySet<string> = new Set([
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
])
const PROFILES: ReadonlySet<string> = new Set(['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'])

/** True for a variable that this file is about: others are passed over by the readers of formats. */
export const isKeyVariable = (name: string): boolean => IDS.has(name) || SECRETS.has(name) || PROFILES.has(name)

/**
 * The id becomes AWS_PROFILE, the secret and a session token go. Where AWS_PROFILE is set already, all of them go. With
 * two keys in one scope the secret that was found with this one goes; where that cannot be told, nothing is changed.
 */
export function replaceVariables(
  question: FormatQuestion,
  assignments: readonly Assignment[],
  options: { readonly isOnce?: boolean; readonly removeTogether?: RemoveTogether } = {},
): FormatAnswer {
  const scopes = new Map<number, Assignment[]>()
  for (const assignment of assignments) {
    const scope = scopes.get(assignment.scope) ?? []
    scopes.set(assignment.scope, scope)
    scope.push(assignment)
  }
  const answers = [...scopes.values()].map((scope) => replaceInScope(question, scope, options))
  const leaves = answers.find((answer) => answer.leaves !== undefined)?.leaves
  return {
    splices: answers.flatMap(({ splices }) => splices),
    notes: [...new Set(answers.flatMap(({ notes }) => notes))],
    ...(leaves !== undefined && { leaves }),
  }
}

function replaceInScope(
  question: FormatQuestion,
  scope: readonly Assignment[],
  { isOnce = false, removeTogether = () => [] }: Parameters<typeof replaceVariables>[2] & object,
): FormatAnswer {
  const ids = scope.filter(({ name }) => IDS.has(name))
  const own = ids.filter(({ value }) => value === question.accessKeyId)
  const secrets = secretsOf(question, scope, ids)
  if (secrets === 'unclear')
    return { ...NOTHING, leaves: 'Two keys are set here, and which secret belongs to which cannot be told.' }
  if (own.length === 0 && secrets.length === 0) return NOTHING
  const profile = scope.find(({ name }) => PROFILES.has(name))
  const becoming = profile ? [] : isOnce ? own.slice(0, 1) : own
  const going = [...own.filter((assignment) => !becoming.includes(assignment)), ...secrets]
  return {
    splices: [
      ...becoming.flatMap(({ become }) => become('AWS_PROFILE', question.profileName)),
      ...removeAll(going, removeTogether),
    ],
    notes:
      profile && own.length > 0 && profile.value !== question.profileName
        ? [
            `${profile.name} is set here already (${profile.value ?? 'when it runs'}) and stays: it counts once the key is gone.`,
          ]
        : [],
  }
}

/** What goes with the id: all secrets of a scope with one key; with two keys those that are known to be this one's. */
function secretsOf(
  { accessKeyId, secrets }: FormatQuestion,
  scope: readonly Assignment[],
  ids: readonly Assignment[],
): readonly Assignment[] | 'unclear' {
  const all = scope.filter(({ name }) => SECRETS.has(name))
  const known = all.filter(({ value }) => value !== undefined && secrets.includes(value))
  const isOwn = ids.some(({ value }) => value === accessKeyId)
  const isAlone = ids.every(({ value }) => value === accessKeyId)
  if (isOwn && isAlone) return all
  if (isOwn && known.length === 0 && all.length > 0) return 'unclear'
  return known
}

function removeAll(going: readonly Assignment[], removeTogether: RemoveTogether): readonly Splice[] {
  const groups = new Map<object, number[]>()
  const alone: Splice[] = []
  for (const { removal } of going) {
    if ('group' in removal) groups.set(removal.group, [...(groups.get(removal.group) ?? []), removal.member])
    else alone.push(...removal)
  }
  return [...alone, ...removeTogether(groups)]
}
