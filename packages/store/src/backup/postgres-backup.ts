/** A PostgreSQL database, read at one moment and filled in one transaction, on a connection of its own. */

import { Refusal } from '@mayfly/identity-center/refusal'
import pg from 'pg'
import { translated } from '../database/postgres-fault.ts'
import { NOT_BACKED_UP, quoted, type Snapshot, type TableShape, type Target, type Value } from './source.ts'

const ROWS_AT_ONCE = 500
const INT8 = 20

export async function openPostgresSnapshot(url: string): Promise<Snapshot> {
  const client = await connect(url)
  await client.query('begin isolation level repeatable read, read only')
  const { rows } = await client.query<{ number: number }>('select max(number) as number from migrations')
  return {
    tables: await tablesOf(client),
    schema: rows[0]?.number ?? 0,
    async *rows({ table, columns }) {
      const select = `select ${columns.map(quoted).join(', ')} from ${quoted(table)}`
      await client.query(`declare backup_rows no scroll cursor for ${select}`)
      for (;;) {
        const part = await client.query<Value[]>({ text: `fetch ${ROWS_AT_ONCE} from backup_rows`, rowMode: 'array' })
        if (part.rows.length > 0) yield part.rows
        if (part.rows.length < ROWS_AT_ONCE) break
      }
      await client.query('close backup_rows')
    },
    close: () => client.end(),
  }
}

export async function openPostgresTarget(url: string): Promise<Target> {
  const client = await connect(url)
  await client.query('begin')
  const references = await takeReferences(client)
  let done = false
  return {
    tables: await tablesOf(client),
    async isEmpty(table) {
      return (await client.query(`select 1 from ${quoted(table)} limit 1`)).rows.length === 0
    },
    async clear(table) {
      await client.query(`delete from ${quoted(table)}`)
    },
    async insert({ table, columns }, rows) {
      const values: unknown[] = rows.flat()
      const tuples = rows.map(
        (_, row) => `(${columns.map((_column, column) => `$${row * columns.length + column + 1}`).join(', ')})`,
      )
      const names = columns.map(quoted).join(', ')
      await client.query(`insert into ${quoted(table)} (${names}) values ${tuples.join(', ')}`, values)
    },
    async commit() {
      await putReferencesBack(client, references)
      await moveCounters(client)
      await client.query('commit')
      done = true
      // Else the first minutes are planned for empty tables.
      await client.query('analyze')
    },
    async close() {
      if (!done) await client.query('rollback')
      await client.end()
    },
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  })
  try {
    await client.connect()
  } catch (error) {
    throw translated(error)
  }
  return client
}

async function tablesOf(client: pg.Client): Promise<TableShape[]> {
  const { rows } = await client.query<{ table_name: string; column_name: string }>(
    `select c.table_name, c.column_name from information_schema.columns c
       join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
      where c.table_schema = current_schema() and t.table_type = 'BASE TABLE'
      order by c.table_name, c.ordinal_position`,
  )
  const columns = Map.groupBy(rows, ({ table_name }) => table_name)
  return [...columns]
    .filter(([table]) => !NOT_BACKED_UP.has(table))
    .map(([table, its]) => ({ table, columns: its.map(({ column_name }) => column_name) }))
}

interface Reference {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/** While rows come in any order, none could be checked. */
async function takeReferences(client: pg.Client): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace`,
  )
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${quoted(name)}`)
  return rows
}

async function putReferencesBack(client: pg.Client, references: readonly Reference[]): Promise<void> {
  for (const { table, name, definition } of references) {
    try {
      await client.query(`alter table ${table} add constraint ${quoted(name)} ${definition}`)
    } catch (error) {
      throw new Refusal('invalid', `The backup is not whole: ${table} refers to what is not in it.`, { cause: error })
    }
  }
}

/** A column that counts by itself goes on behind what it holds now. */
async function moveCounters(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ table_name: string; column_name: string }>(
    `select table_name, column_name from information_schema.columns
      where table_schema = current_schema() and is_identity = 'YES'`,
  )
  for (const { table_name: table, column_name: column } of rows) {
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', '${column}'),
         greatest(1, coalesce(max(${quoted(column)}), 0)), max(${quoted(column)}) is not null) from ${quoted(table)}`,
    )
  }
}
