/** The changes of files as a person reads them: a diff with secrets hidden, and what is left to do by hand. */

import type { ByHand, EditPlan, FileEdit } from '../../../long-term-keys/edits/file-edit.ts'
import { formatPlace, shortenHome } from '../find/place-words.ts'
import { cutText, wrapAdvice, wrapText } from './wrapped-text.ts'

export interface PlanSurroundings {
  readonly home: string
  readonly columns: number
  readonly styled: boolean
  readonly now: Date
  /** Shows what machines are to paste in full; headings alone without. */
  readonly withSnippets?: boolean
}

/** More than these lines of one file are counted. */
const MOST_LINES = 40
/** More than these places for one piece of advice are counted. */
const MOST_PLACES = 5

export function formatEdits({ edits, byHand }: EditPlan, where: PlanSurroundings): string {
  const changes = edits.length === 0 ? '' : `\n  Changes (${plural(edits.length, 'file')})\n`
  const hands = byHand.length === 0 ? '' : `\n  By hand (${plural(byHand.length, 'place')})\n`
  return [
    changes,
    ...edits.map((edit) => formatEdit(edit, where)),
    hands,
    ...groupByAdvice(byHand).map((group) => formatByHand(group, where)),
  ].join('')
}

function formatEdit({ path, foundAs, before, diff, notes }: FileEdit, where: PlanSurroundings): string {
  const { home, columns, styled } = where
  const link = path === foundAs ? '' : ` → ${shortenHome(path, home)}`
  const made = before === null ? ' (new)' : ''
  const head = `    ${cutText(`${shortenHome(foundAs, home)}${link}${made}`, columns - 4)}\n`
  const lines = diff.slice(0, MOST_LINES).map(({ sign, line, text }) => {
    const shown = cutText(`${sign} ${String(line).padStart(4)}  ${text}`, columns - 6)
    return `      ${styled ? `${COLOURS[sign]}${shown}\u001b[0m` : shown}\n`
  })
  const more = diff.length - MOST_LINES
  return [
    head,
    ...lines,
    more > 0 ? `      … and ${plural(more, 'more line')}\n` : '',
    ...notes.map((note) => wrapText(note, columns, '      Note: ')),
  ].join('')
}

const COLOURS = { '-': '\u001b[31m', '+': '\u001b[32m' } as const

/** Places for which the same is to be done, together. */
const groupByAdvice = (byHand: readonly ByHand[]): readonly (readonly ByHand[])[] => [
  ...Map.groupBy(byHand, ({ why, advice }) => `${why}\n${advice}`).values(),
]

function formatByHand(group: readonly ByHand[], { home, columns }: PlanSurroundings): string {
  const [first] = group
  if (!first) return ''
  const more = group.length - MOST_PLACES
  return [
    ...group.slice(0, MOST_PLACES).map(({ place }) => `    ${cutText(formatPlace(place, home), columns - 4)}\n`),
    more > 0 ? `    … and ${plural(more, 'more place')}\n` : '',
    wrapText(first.why, columns, '      '),
    wrapAdvice(first.advice, columns, '      '),
  ].join('')
}

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
