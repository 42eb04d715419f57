/** PostgreSQL: for more than one node. */

import { systemClock } from '@mayfly/identity-center/clock'
import { milliseconds } from '@mayfly/identity-center/duration'
import { systemRandom } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import pg from 'pg'
import type { Engine, Isolation, Run } from './connection.ts'
import { StoreFault } from './fault.ts'
import type { Schema } from './schema.ts'

const CONNECTIONS = 10
/** A transaction that keeps losing races is run this often before its caller hears of it. */
const TRIES = 50
/** Any number, the same on every node. */
const MIGRATION_LOCK = 7_265_329
/** The type id of int8, which pg gives as text: all our numbers fit a double. */
const INT8 = 20

const BEGIN: Readonly<Record<Isolation, string>> = {
  'read-committed': 'begin isolation level read committed',
  'repeatable-read': 'begin isolation level repeatable read',
}

class PostgresEngine implements Engine {
  readonly name = 'postgres'
  readonly builder = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  readonly #pool: pg.Pool
  /** The name under which a text is prepared on each connection. */
  readonly #names = new Map<string, string>()
  /** What runs now: a pool that is closed forgets those who still wait for a connection. */
  readonly #running = new Set<Promise<unknown>>()
  readonly read: Run = (sql, parameters) => this.#alone(sql, parameters)
  readonly write: Run = (sql, parameters) => this.#alone(sql, parameters)

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  async transaction<T>(work: (run: Run) => Promise<T>, isolation: Isolation): Promise<T> {
    return this.#retried(() => this.#transaction(BEGIN[isolation], work))
  }

  async migration<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return this.#retried(() =>
      this.#transaction(BEGIN['read-committed'], async (run) => {
        await run(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`, [])
        return work(run)
      }),
    )
  }

  async ready(): Promise<void> {
    await this.read('select 1', [])
  }

  async close(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running)
    await this.#pool.end()
  }

  async #retried<T>(work: () => Promise<T>): Promise<T> {
    const running = retried(work)
    this.#running.add(running)
    try {
      return await running
    } finally {
      this.#running.delete(running)
    }
  }

  #alone(sql: string, parameters: unknown[]): Promise<unknown[]> {
    return this.#retried(async () => {
      try {
        return (await this.#pool.query(this.#named(sql, parameters))).rows
      } catch (error) {
        throw translated(error)
      }
    })
  }

  async #transaction<T>(begin: string, work: (run: Run) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw translated(error)
    })
    let broken: Error | undefined
    const run: Run = async (sql, parameters) => {
      try {
        return (await client.query(this.#named(sql, parameters))).rows
      } catch (error) {
        throw translated(error)
      }
    }
    try {
      await run(begin, [])
      const value = await work(run)
      await run('commit', [])
      return value
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => {
        broken = failure
      })
      throw error
    } finally {
      client.release(broken)
    }
  }

  #named(sql: string, values: unknown[]): pg.QueryConfig {
    const known = this.#names.get(sql)
    if (known !== undefined) return { name: known, text: sql, values }
    if (this.#names.size >= 500) return { text: sql, values }
    const name = `q${this.#names.size}`
    this.#names.set(sql, name)
    return { name, text: sql, values }
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Serialization failures and deadlocks: someone else won, and a second try sees what they wrote. */
const lostARace = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error))

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (!lostARace(error) || tries >= TRIES) throw error
      // A different wait for each, so that those who met do not meet again.
      const share = (systemRandom.bytes(1)[0] ?? 0) / 255
      await systemClock.sleep(milliseconds(share * Math.min(tries, 10) * 5))
    }
  }
}

const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^53100$/, 'The disk of the PostgreSQL server is full. Nothing was changed; make room and try again.'],
  [/^53300$/, 'The PostgreSQL server has no connection left for this server.'],
  [/^25006$/, 'PostgreSQL is read-only: this is a standby, or it was told so.'],
  [/^(28...|3D000)$/, 'PostgreSQL refuses the user, the password or the database of --database.'],
  [/^(ECONNREFUSED|ENOENT|ENOTFOUND|ETIMEDOUT|ECONNRESET|EPIPE|57P0.|08...)$/, 'PostgreSQL does not answer.'],
]

/** A unique violation becomes a refusal, a trouble of the server becomes a fault; anything else stays as it is. */
function translated(error: unknown): unknown {
  const code = codeOf(error)
  if (code === '23505' || code === '23503')
    return new Refusal('conflict', 'It exists already, or something else depends on it.', { cause: error })
  const fault = FAULTS.find(([pattern]) => pattern.test(code))
  return fault === undefined ? error : new StoreFault(fault[1], error)
}

/** Connects when the first query comes. `url` may hold a password: it stays out of every message. */
export function openPostgres(url: string): Engine {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    application_name: 'mayfly',
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  })
  // A connection that breaks while nobody uses it is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  return new PostgresEngine(pool)
}
