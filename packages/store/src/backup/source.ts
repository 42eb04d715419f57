/** What a backup reads from and a restore writes to, whichever engine it is. */

/** A value as both engines have it. */
export type Value = string | number | null
export type Row = readonly Value[]

/** A table as it is; its columns in an order of their own. */
export interface TableShape {
  readonly table: string
  readonly columns: readonly string[]
}

/** A database at one moment: nothing that is committed later is seen. */
export interface Snapshot {
  readonly tables: readonly TableShape[]
  /** The number of the last migration. */
  readonly schema: number
  /** All rows, a part at a time. */
  rows(shape: TableShape): AsyncIterable<readonly Row[]>
  close(): Promise<void>
}

/** A database that is filled in one transaction. */
export interface Target {
  readonly tables: readonly TableShape[]
  isEmpty(table: string): Promise<boolean>
  /** Takes every row out. */
  clear(table: string): Promise<void>
  insert(shape: TableShape, rows: readonly Row[]): Promise<void>
  /** Checks every reference between tables, and makes all of it stay. Throws when one leads nowhere. */
  commit(): Promise<void>
  /** Leaves the database as it was. Does nothing after a commit. */
  close(): Promise<void>
}

/** Tables that say something of the database itself, or of who works on it now. */
export const NOT_BACKED_UP: ReadonlySet<string> = new Set(['migrations', 'leases'])

/** A name of a table or a column, which is one of ours. */
export function quoted(name: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`${name} is no name of ours.`)
  return `"${name}"`
}
