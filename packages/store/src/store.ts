/** The store: one member a table, one transaction. */

import type { Clock } from '@mayfly/identity-center/clock'
import { type Random, systemRandom } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { type Engine, type EngineName, type Isolation, OpenConnection } from './database/connection.ts'
import { migrate } from './migrations/migrations.ts'
import { Tables } from './tables.ts'

export type { AssignmentFilter } from './account-access/account-assignments.ts'
export { type AuditFilter, canonicalFields, type EventText, type PositionedEvent, userIdOf } from './audit-events.ts'
export { backupLines, parseBackupHead, restoreLines } from './backup/backup.ts'
export { StoreFault } from './database/fault.ts'
export type { Page, PageRequest } from './database/page.ts'

declare const transaction: unique symbol
/** The tables inside one transaction. Only `store.transaction` makes one. */
export type Transaction = Tables & { readonly [transaction]: true }

export class Store extends Tables {
  readonly engine: EngineName
  readonly #engine: Engine
  readonly #connection: OpenConnection
  readonly #random: Random

  constructor(engine: Engine, random: Random) {
    const connection = new OpenConnection(engine)
    super(connection, random)
    this.engine = engine.name
    this.#engine = engine
    this.#connection = connection
    this.#random = random
  }

  /**
   * All or nothing, committed when it resolves. `work` touches nothing but `tx` and may be run again when PostgreSQL
   * finds that it lost a race; it waits for nothing else, because on SQLite every other write waits for it.
   * A refusal thrown in it undoes what it did.
   *
   * By default nobody overwrites what it has read. With `compare-and-set`, which is quicker on PostgreSQL, others may
   * write between its statements, and each write that depends on what was read must say so by itself.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, isolation: Isolation = 'repeatable-read'): Promise<T> {
    return this.#connection.atomically(
      (connection) => work(new Tables(connection, this.#random) as Transaction),
      isolation,
    )
  }

  /** Resolves when the database answers; else rejects with a `StoreFault` that says what is wrong. */
  ready(): Promise<void> {
    return this.#engine.ready()
  }

  /** Waits for what runs, then lets go of the files or the connections. */
  close(): Promise<void> {
    return this.#engine.close()
  }
}

export interface StoreOptions {
  /** `sqlite::memory:`, `sqlite:/path/file.db` or `postgres://…` */
  readonly url: string
  readonly clock: Clock
  readonly random?: Random
}

/** Opens the database and brings it to the newest migration. */
export async function openStore({ url, clock, random = systemRandom }: StoreOptions): Promise<Store> {
  const engine = await openEngine(url)
  try {
    await migrate(engine, clock.now())
    return new Store(engine, random)
  } catch (error) {
    await engine.close()
    throw error
  }
}

/** Makes the tables of a database as they were at one step, for a backup of that time. */
export async function prepareDatabase(url: string, now: Date, schema: number): Promise<void> {
  const engine = await openEngine(url)
  try {
    await migrate(engine, now, schema)
  } finally {
    await engine.close()
  }
}

/** Loads the one driver that is wanted: the other would lengthen every start. */
async function openEngine(url: string): Promise<Engine> {
  if (url.startsWith('sqlite:')) {
    const { openSqlite } = await import('./database/sqlite.ts')
    return openSqlite(url.slice('sqlite:'.length))
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./database/postgres.ts')
    return openPostgres(url)
  }
  throw new Refusal('invalid', 'The database is neither sqlite:FILE nor postgres://….')
}
