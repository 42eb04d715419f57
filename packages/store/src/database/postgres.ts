/** PostgreSQL: for more than one node. */

import { systemClock } from '@mayfly/identity-center/clock'
import { milliseconds, seconds } from '@mayfly/identity-center/duration'
import { systemRandom } from '@mayfly/identity-center/random'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import pg from 'pg'
import type { Engine, Isolation, Run } from './connection.ts'
import { lostARace, translated } from './postgres-fault.ts'
import { Groups } from './postgres-group.ts'
import { GatheredInserts, insertsOneRow } from './postgres-inserts.ts'
import { Lane } from './postgres-lane.ts'
import { KnownStatements, Link } from './postgres-link.ts'
import { PipelinedTransaction } from './postgres-transaction.ts'
import type { Schema } from './schema.ts'

const CONNECTIONS = 10
/** Whoever gets no connection in this time is told so. Without a limit the system's own counts: minutes. */
const CONNECTION_TIMEOUT = seconds(10)
/** How many of them are shared by all who read, so that one long read does not keep everybody. */
const READING = 2
/** A transaction that keeps losing races is run this often before its caller hears of it. */
const TRIES = 50
/** Any number, the same on every node. */
const MIGRATION_LOCK = 7_265_329
/** The type id of int8, which pg gives as text: all our numbers fit a double. */
const INT8 = 20

const BEGIN: Readonly<Record<Isolation, string>> = {
  'compare-and-set': 'begin isolation level read committed',
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
  readonly #statements = new KnownStatements()
  readonly #reading: readonly Lane[]
  readonly #inserting: Lane
  readonly #groups: Groups
  /** By their text; undefined for a statement that is not a plain insert. */
  readonly #inserts = new Map<string, GatheredInserts | undefined>()
  /** What runs now: a pool that is closed forgets those who still wait for a connection. */
  readonly #running = new Set<Promise<unknown>>()

  constructor(pool: pg.Pool) {
    this.#pool = pool
    this.#reading = Array.from({ length: READING }, () => new Lane(pool, this.#statements))
    this.#inserting = new Lane(pool, this.#statements)
    this.#groups = new Groups({
      connect: this.#connect,
      statements: this.#statements,
      readAhead: this.#readAhead,
      alone: (work) => this.#byItself(work, 'compare-and-set'),
    })
  }

  readonly #readAhead: Run = (sql, parameters) => this.#leastBusy().run(sql, parameters)

  readonly read: Run = (sql, parameters) => this.#watched(this.#readAhead(sql, parameters))

  readonly write: Run = (sql, parameters) => {
    const inserts = this.#insertsOf(sql)
    return inserts === undefined
      ? this.#retried(() => this.#alone(sql, parameters))
      : this.#watched(inserts.insert(parameters))
  }

  async transaction<T>(work: (run: Run) => Promise<T>, isolation: Isolation): Promise<T> {
    if (isolation === 'compare-and-set') return this.#watched(this.#groups.transaction(work))
    return this.#byItself(work, isolation)
  }

  #byItself<T>(work: (run: Run) => Promise<T>, isolation: Isolation): Promise<T> {
    // When each statement sees what is committed by then, reads before the first write need no transaction.
    const ahead = isolation === 'repeatable-read' ? {} : { readAhead: this.#readAhead }
    return this.#retried(() => this.#transaction(work, { begin: BEGIN[isolation], ...ahead }))
  }

  async migration<T>(work: (run: Run) => Promise<T>): Promise<T> {
    const locked = async (run: Run): Promise<T> => {
      await run(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`, [])
      return work(run)
    }
    return this.#retried(() => this.#transaction(locked, { begin: BEGIN['read-committed'] }))
  }

  async ready(): Promise<void> {
    await this.read('select 1', [])
  }

  async close(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running)
    for (const lane of [...this.#reading, this.#inserting]) lane.close()
    await this.#pool.end()
  }

  #leastBusy(): Lane {
    return this.#reading.reduce((best, lane) => (lane.waiting < best.waiting ? lane : best), this.#reading[0] as Lane)
  }

  #insertsOf(sql: string): GatheredInserts | undefined {
    if (!this.#inserts.has(sql)) {
      const run: Run = (text, parameters) => retried(() => this.#inserting.run(text, parameters))
      this.#inserts.set(sql, insertsOneRow(sql) ? new GatheredInserts(sql, run) : undefined)
    }
    return this.#inserts.get(sql)
  }

  #retried<T>(work: () => Promise<T>): Promise<T> {
    return this.#watched(retried(work))
  }

  async #watched<T>(running: Promise<T>): Promise<T> {
    this.#running.add(running)
    try {
      return await running
    } finally {
      this.#running.delete(running)
    }
  }

  async #alone(sql: string, parameters: unknown[]): Promise<unknown[]> {
    const client = await this.#connect()
    try {
      return (await new Link(client, this.#statements).send(sql, parameters)).rows
    } finally {
      client.release()
    }
  }

  async #transaction<T>(
    work: (run: Run) => Promise<T>,
    how: { readonly begin: string; readonly readAhead?: Run },
  ): Promise<T> {
    const transaction = new PipelinedTransaction({ ...how, connect: this.#connect, statements: this.#statements })
    try {
      const value = await work(transaction.run)
      await transaction.commit()
      return value
    } catch (error) {
      await transaction.rollback()
      throw error
    }
  }

  readonly #connect = async (): Promise<pg.PoolClient> => {
    try {
      return await this.#pool.connect()
    } catch (error) {
      throw translated(error)
    }
  }
}

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

/** Connects when the first query comes. `url` may hold a password: it stays out of every message. */
export function openPostgres(url: string): Engine {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT,
    pipeline: true,
    keepAlive: true,
    application_name: 'mayfly',
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  })
  // A connection that breaks is replaced by the pool, and those who used it are told; without listeners, for when it is
  // idle and for when it is in use, it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return new PostgresEngine(pool)
}
