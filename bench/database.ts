/** The database of a measured server: the SQLite file in its data folder, or a PostgreSQL of its own. */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { startPostgres } from '../packages/store/src/testing/postgres-server.ts'
import { cpuSecondsOfTree, parentOf } from './processes.ts'

export interface BenchDatabase {
  /** For `--database`; absent for SQLite. */
  readonly url?: string
  /** How many audit records of one operation it holds. */
  countAudit(eventName: string): Promise<number>
  /** Resolves when the server has sealed every audit event. */
  sealed(): Promise<void>
  /** What the database does by itself a minute after so much was written: takes stock of its tables. */
  settled(): Promise<void>
  /** CPU seconds that it has used in processes of its own. */
  cpuSeconds(): number
  close(): Promise<void>
}

const COUNT = 'select count(*) as count from audit_events where event_name = '
const UNSEALED = `select (select max(position) from audit_events)
  - coalesce((select position from audit_checkpoints where name = 'head'), 0) as count`

export const sqliteIn = (data: string): BenchDatabase => ({
  countAudit: async (eventName) => askSqlite(data, `${COUNT}?`, eventName),
  sealed: () => untilNone(async () => askSqlite(data, UNSEALED)),
  settled: async () => {},
  cpuSeconds: () => 0,
  close: async () => {},
})

function askSqlite(data: string, sql: string, ...parameters: readonly string[]): number {
  const file = readdirSync(data).find((name) => /\.(db|sqlite3?)$/.test(name))
  if (!file) throw new Error(`there is no database in ${data}`)
  const database = new DatabaseSync(join(data, file), { readOnly: true })
  try {
    return Number(database.prepare(sql).get(...parameters)?.['count'] ?? 0)
  } finally {
    database.close()
  }
}

async function untilNone(count: () => Promise<number>): Promise<void> {
  while ((await count()) > 0) await new Promise((resolve) => setTimeout(resolve, 200))
}

/** As durable as PostgreSQL is by itself: `fsync` and `synchronous_commit` are on. */
export async function openPostgres(): Promise<BenchDatabase> {
  const server = await startPostgres()
  const pool = new pg.Pool({ connectionString: server.url, max: 1 })
  const ask = async (sql: string, parameters: readonly string[] = []): Promise<number> => {
    const { rows } = await pool.query<{ count: string }>(sql, [...parameters])
    return Number(rows[0]?.count ?? 0)
  }
  const postmaster = parentOf(await ask('select pg_backend_pid() as count'))
  return {
    url: server.url,
    countAudit: (eventName) => ask(`${COUNT}$1`, [eventName]),
    sealed: () => untilNone(() => ask(UNSEALED)),
    settled: async () => void (await pool.query('vacuum analyze')),
    cpuSeconds: () => cpuSecondsOfTree(postmaster),
    async close() {
      await pool.end()
      await server.stop()
    },
  }
}
