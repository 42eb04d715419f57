/** A profile as a row of columns, as many as fit. */

import type { Piece } from '../machine/picker.ts'
import { cutText, textWidth } from '../machine/screen.ts'
import { formatTimeLeft } from '../role-credentials/time-left.ts'
import type { ProfileRow } from './profile-rows.ts'

interface Column {
  /** The least columns of the terminal that it is worth. */
  readonly least: number
  readonly most: number
  text(row: ProfileRow, now: Date): string
}

/** In the order in which they are shown. */
const COLUMNS = {
  account: { least: 6, most: 28, text: (row) => row.accountName ?? row.accountId ?? '' },
  role: { least: 6, most: 26, text: (row) => row.roleName ?? '' },
  session: { least: 4, most: 16, text: ({ session = '' }) => session.replace(/^https?:\/\//, '') },
  left: { least: 6, most: 12, text: ({ expiresAt }, now) => (expiresAt ? formatTimeLeft(expiresAt, now) : '') },
  tags: { least: 4, most: 24, text: ({ tags }) => tags.join(' ') },
} as const satisfies Readonly<Record<string, Column>>

type ColumnName = keyof typeof COLUMNS

/** In a narrow terminal the last of these go first. */
const BY_WORTH: readonly ColumnName[] = ['tags', 'left', 'account', 'role', 'session']
const GAP = 2
const LONGEST_NAME = 60

/** Formats rows so that their columns stand below each other. */
export function createRowFormatter(
  rows: readonly ProfileRow[],
  now: Date,
): (row: ProfileRow, width: number) => Piece[] {
  const widthOf = (text: (row: ProfileRow) => string, most: number): number =>
    Math.min(
      most,
      rows.reduce((widest, row) => Math.max(widest, textWidth(printable(text(row)))), 0),
    )
  const names = widthOf(({ name }) => name, LONGEST_NAME)
  const natural = new Map(
    BY_WORTH.map((column) => [column, widthOf((row) => COLUMNS[column].text(row, now), COLUMNS[column].most)]),
  )
  let layout: { readonly width: number; readonly name: number; readonly columns: ReadonlyMap<ColumnName, number> }
  return (row, width) => {
    if (layout?.width !== width) layout = { width, ...layOut(names, natural, width) }
    const shown = (Object.keys(COLUMNS) as ColumnName[]).filter((column) => layout.columns.has(column))
    return [
      { text: fit(row.name, layout.name), colour: row.colour },
      ...shown.map((column) => ({
        text: `${' '.repeat(GAP)}${fit(COLUMNS[column].text(row, now), layout.columns.get(column) ?? 0)}`,
        ...(column === 'tags' ? { colour: row.colour } : { style: 'faint' as const }),
      })),
    ]
  }
}

/** The name gets what it needs up to two thirds; the rest goes to the columns that are worth most. */
function layOut(names: number, natural: ReadonlyMap<ColumnName, number>, width: number) {
  const name = Math.min(names, Math.max(Math.floor((width * 2) / 3), 12), width)
  let left = width - name
  const columns = new Map<ColumnName, number>()
  for (const column of BY_WORTH) {
    const wanted = natural.get(column) ?? 0
    const given = Math.min(wanted, left - GAP)
    if (wanted === 0 || given < Math.min(wanted, COLUMNS[column].least)) continue
    columns.set(column, given)
    left -= given + GAP
  }
  return { name, columns }
}

/** Names come from files and from a portal: nothing in them may move the cursor. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '')

/** Exactly so many columns: filled up, or cut with an ellipsis. */
function fit(text: string, columns: number): string {
  const plain = printable(text)
  const width = textWidth(plain)
  if (width <= columns) return plain + ' '.repeat(columns - width)
  const cut = `${cutText(plain, columns - 1)}…`
  return cut + ' '.repeat(Math.max(0, columns - textWidth(cut)))
}
