/** Which profiles fit what was typed, and how well. */

import fuzzysort from 'fuzzysort'
import type { ProfileRow } from './profile-rows.ts'

/** Below this a match is letters that happen to stand in the right order. */
const LEAST = 0.25
/** What frequent use adds at most: enough to decide between two that fit alike, too little to hide a better match. */
const MOST_FOR_USE = 0.15
/** For a name that begins with the word: `prod-read` before `non-prod`. */
const FOR_BEGINNING = 0.1

/** Finds the indexes of the rows that fit, the best first. */
export type FindRows = (query: string) => readonly number[]

/**
 * Words typed with blanks between them must all fit, in any order: each in name, account, role, session or tags. An
 * empty query keeps the order of the rows.
 */
export function createRowFinder(rows: readonly ProfileRow[]): FindRows {
  const places = new Map(rows.map((row, index) => [row, index]))
  const targets = fuzzysort.snapshot(rows, {
    keys: [
      ({ name }: ProfileRow) => name,
      ({ accountName = '' }: ProfileRow) => accountName,
      ({ accountId = '' }: ProfileRow) => accountId,
      ({ roleName = '' }: ProfileRow) => roleName,
      ({ session = '' }: ProfileRow) => session,
      ({ tags }: ProfileRow) => tags.join(' '),
    ],
  })
  return (query) => {
    const words = [...new Set(query.split(/\s+/).filter((word) => word !== ''))]
    if (words.length === 0) return rows.map((_, index) => index)
    const [first, ...others] = words.map((word) => scoreWord(targets, word))
    return [...(first ?? [])]
      .filter(([row]) => others.every((scores) => scores.has(row)))
      .map(([row, score]) => {
        const sum = others.reduce((total, scores) => total + (scores.get(row) ?? 0), score)
        const forUse = MOST_FOR_USE * (1 - 1 / (1 + row.uses))
        return { index: places.get(row) ?? 0, score: sum / words.length + forUse }
      })
      .sort((one, other) => other.score - one.score || one.index - other.index)
      .map(({ index }) => index)
  }
}

type Targets = ReturnType<typeof fuzzysort.snapshot<ProfileRow>>

const scoreWord = (targets: Targets, word: string): ReadonlyMap<ProfileRow, number> =>
  new Map(
    fuzzysort
      .go(word, targets, { limit: 0, threshold: LEAST })
      .map(({ obj, score }) => [obj, score + (beginsWith(obj, word) ? FOR_BEGINNING : 0)]),
  )

const beginsWith = ({ name }: ProfileRow, word: string): boolean => name.toLowerCase().startsWith(word.toLowerCase())
