/** The database of a measured server: the SQLite file in its data folder, or a PostgreSQL of its own. */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { startPostgres } from '../packages/store/src/testing/postgres-server.ts'

export interface BenchDatabase {
  /** For `--database`; absent for SQLite. */
  readonly url?: string
  /** How many audit records of one operation it holds. */
  countAudit(eventName: string): Promise<number>
  close(): Promise<void>
}

const COUNT = 'select count(*) as count from audit_events where event_name = '

export const sqliteIn = (data: string): BenchDatabase => ({
  async countAudit(eventName) {
    const file = readdirSync(data).find((name) => /\.(db|sqlite3?)$/.test(name))
    if (!file) throw new Error(`there is no database in ${data}`)
    const database = new DatabaseSync(join(data, file), { readOnly: true })
    try {
      return Number(database.prepare(`${COUNT}?`).get(eventName)?.['count'] ?? 0)
    } finally {
      database.close()
    }
  },
  close: async () => {},
})

/** As durable as PostgreSQL is by itself: `fsync` and `synchronous_commit` are on. */
export async function openPostgres(): Promise<BenchDatabase> {
  const server = await startPostgres()
  const pool = new pg.Pool({ connectionString: server.url, max: 1 })
  return {
    url: server.url,
    async countAudit(eventName) {
      const { rows } = await pool.query<{ count: string }>(`${COUNT}$1`, [eventName])
      return Number(rows[0]?.count ?? 0)
    },
    async close() {
      await pool.end()
      await server.stop()
    },
  }
}
