/** The matrix accounts × permission sets: which cells are filled, and where each lies in the picture. */
import type { AccessMatrix } from '../admin/operations/mayfly.ts'

export interface MatrixCell {
  /** Index among the rows that are shown. */
  row: number
  column: number
  users: number
  groups: number
}

export interface Matrix {
  rows: AccessMatrix['Accounts']
  columns: AccessMatrix['PermissionSets']
  /** By row; within a row by column. */
  cells: readonly (readonly MatrixCell[])[]
  /** How many are filled. */
  count: number
  find(row: number, column: number): MatrixCell | undefined
}

/** The part of a matrix whose account and permission set match the texts. Linear in what is filled, not in its area. */
export function filterMatrix(whole: AccessMatrix, accountText: string, setText: string): Matrix {
  const rowOf = numbersOf(whole.Accounts, ({ Id, Name, OrganizationalUnitPath = '' }) =>
    holds(`${Name}\n${Id}\n${OrganizationalUnitPath}`, accountText),
  )
  const columnOf = numbersOf(whole.PermissionSets, ({ Name }) => holds(Name, setText))
  const rows = whole.Accounts.filter((_, at) => rowOf[at] !== -1)
  const columns = whole.PermissionSets.filter((_, at) => columnOf[at] !== -1)
  const cells: MatrixCell[][] = rows.map(() => [])
  let count = 0
  for (const { AccountIndex, PermissionSetIndex, Users, Groups } of whole.Cells) {
    const row = rowOf[AccountIndex] ?? -1
    const column = columnOf[PermissionSetIndex] ?? -1
    if (row === -1 || column === -1) continue
    cells[row]?.push({ row, column, users: Users, groups: Groups })
    count += 1
  }
  return {
    rows,
    columns,
    cells,
    count,
    find: (row, column) => cells[row]?.find((cell) => cell.column === column),
  }
}

export interface Layout {
  /** Pixels of a cell's side. */
  cell: number
  /** Pixels of the names at the left and at the top. */
  left: number
  top: number
}

/** Names are shown only where a line is high enough to read them. */
const READABLE = 12
export const ZOOMS: readonly number[] = [2, 4, 8, 14, 20, 28]

/** On a narrow screen the names take less room. */
export function layoutOf(cell: number, width: number): Layout {
  return cell >= READABLE ? { cell, left: Math.min(220, Math.floor(width / 3)), top: 130 } : { cell, left: 0, top: 0 }
}

export interface Range {
  firstRow: number
  endRow: number
  firstColumn: number
  endColumn: number
}

/** Which rows and columns a scrolled viewport shows; only these are drawn. */
export function visibleRange(
  matrix: Pick<Matrix, 'rows' | 'columns'>,
  { cell, left, top }: Layout,
  view: { x: number; y: number; width: number; height: number },
): Range {
  return {
    firstRow: Math.max(0, Math.floor(view.y / cell)),
    endRow: Math.min(matrix.rows.length, Math.ceil((view.y + view.height - top) / cell)),
    firstColumn: Math.max(0, Math.floor(view.x / cell)),
    endColumn: Math.min(matrix.columns.length, Math.ceil((view.x + view.width - left) / cell)),
  }
}

function numbersOf<T>(items: readonly T[], matches: (item: T) => boolean): number[] {
  let next = 0
  return items.map((item) => {
    if (!matches(item)) return -1
    next += 1
    return next - 1
  })
}

function holds(text: string, wanted: string): boolean {
  return text.toLowerCase().includes(wanted.trim().toLowerCase())
}
