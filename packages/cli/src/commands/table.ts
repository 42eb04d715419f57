/** Columns of text, as wide as a terminal lets them be. */

/** How a table that is too wide becomes narrower. */
export interface TableFit {
  readonly columns: number
  /** The column whose cells are cut, with `…` at their end. */
  readonly cuts: number
}

/** Cells are never cut to less. */
const LEAST = 8
const GAP = '  '

/**
 * Columns below their titles. Where they do not fit, one is cut; where that is not enough, each row takes two lines: its
 * first cell, which people copy, is never cut.
 */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[], fit?: TableFit): string {
  const all = [head, ...rows.map((row) => row.map(printable))]
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const excess = fit ? widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1)) - fit.columns : 0
  if (!fit || excess <= 0) return formatLines(all, widths)
  const left = (widths[fit.cuts] ?? 0) - excess
  if (left >= LEAST) return formatLines(all, widths.with(fit.cuts, left))
  return all
    .slice(1)
    .map(([first = '', ...more]) => `${first}\n${GAP}${more.filter((cell) => cell !== '').join(GAP)}\n`)
    .join('')
}

/** A name in a config file that somebody else has written moves no cursor. */
const printable = (cell: string): string => cell.replace(/\p{Cc}/gu, '')

const formatLines = (rows: readonly (readonly string[])[], widths: readonly number[]): string =>
  rows
    .map(
      (row) =>
        `${widths
          .map((width, column) => cut(row[column] ?? '', width).padEnd(width))
          .join(GAP)
          .trimEnd()}\n`,
    )
    .join('')

const cut = (cell: string, width: number): string => (cell.length > width ? `${cell.slice(0, width - 1)}…` : cell)
