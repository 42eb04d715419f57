/** A SQLite file, read at one moment and filled in one transaction, on a connection of its own. */

import { existsSync } from 'node:fs'
import { Refusal } from '@mayfly/identity-center/refusal'
import Sqlite from 'better-sqlite3'
import { NOT_BACKED_UP, quoted, type Row, type Snapshot, type TableShape, type Target } from './source.ts'

const ROWS_AT_ONCE = 500
/** While a server checkpoints its journal. */
const PATIENCE = 10_000

export async function openSqliteSnapshot(path: string): Promise<Snapshot> {
  const database = open(path)
  database.pragma('query_only = on')
  database.exec('begin')
  // A transaction begins to see when it first reads.
  const schema = database.prepare<[], { number: number }>('select max(number) as number from migrations').get()
  return {
    tables: tablesOf(database),
    schema: schema?.number ?? 0,
    async *rows({ table, columns }) {
      const sql = `select ${columns.map(quoted).join(', ')} from ${quoted(table)}`
      let part: Row[] = []
      for (const row of database.prepare<[], Row>(sql).raw().iterate()) {
        part.push(row)
        if (part.length < ROWS_AT_ONCE) continue
        yield part
        part = []
      }
      if (part.length > 0) yield part
    },
    async close() {
      database.close()
    },
  }
}

export async function openSqliteTarget(path: string): Promise<Target> {
  const database = open(path)
  database.pragma('foreign_keys = off')
  database.pragma('synchronous = full')
  database.exec('begin immediate')
  return {
    tables: tablesOf(database),
    async isEmpty(table) {
      return database.prepare(`select 1 from ${quoted(table)} limit 1`).get() === undefined
    },
    async clear(table) {
      database.exec(`delete from ${quoted(table)}`)
    },
    async insert({ table, columns }, rows) {
      const places = columns.map(() => '?').join(', ')
      const statement = database.prepare(
        `insert into ${quoted(table)} (${columns.map(quoted).join(', ')}) values (${places})`,
      )
      for (const row of rows) statement.run(row)
    },
    async commit() {
      const [broken] = database.pragma('foreign_key_check') as { table: string }[]
      if (broken) throw new Refusal('invalid', `The backup is not whole: ${broken.table} refers to what is not in it.`)
      database.exec('commit')
    },
    async close() {
      if (database.inTransaction) database.exec('rollback')
      database.close()
    },
  }
}

function open(path: string): Sqlite.Database {
  if (path === ':memory:' || !existsSync(path)) throw new Refusal('not-found', `There is no database ${path}.`)
  return new Sqlite(path, { timeout: PATIENCE })
}

function tablesOf(database: Sqlite.Database): TableShape[] {
  const names = database
    .prepare<[], { name: string }>(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name",
    )
    .all()
  return names
    .filter(({ name }) => !NOT_BACKED_UP.has(name))
    .map(({ name }) => ({
      table: name,
      columns: database
        .prepare<[string], { name: string }>('select name from pragma_table_info(?) order by cid')
        .all(name)
        .map((column) => column.name),
    }))
}
