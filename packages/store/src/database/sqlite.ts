/** SQLite: embedded, the default. One writer, many readers, and one commit for all who wait for one. */

import { closeSync, openSync } from 'node:fs'
import { systemClock } from '@mayfly/identity-center/clock'
import { milliseconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import Sqlite from 'better-sqlite3'
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Engine, Run } from './connection.ts'
import { StoreFault } from './fault.ts'
import type { Schema } from './schema.ts'

/** How long the process stands still for another process's lock before it tries again later. */
const BUSY_TIMEOUT = milliseconds(100)
/** How often it tries: 12 seconds in all, when the other never lets go. */
const BUSY_TRIES = 60
/** So that no one waits long behind a great many others. */
const LARGEST_BATCH = 500
/** Turns of the event loop, each some microseconds when nothing happens in it: together less than one commit. */
const MOST_TURNS = 24

interface Job {
  /** Whether it must be undone alone when it fails in the middle. One statement needs no such care. */
  readonly several: boolean
  readonly work: (run: Run) => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

type Outcome = { readonly value: unknown } | { readonly error: unknown }

/**
 * SQLite plans a join anew each time a value is bound straight to it, which costs five times what the join does. It
 * plans once when each value of a query comes as a subquery of its own, and uses the same indexes.
 */
class PlannedOnce extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return this.nodeStack[0]?.kind === 'SelectQueryNode' ? '(select ?)' : '?'
  }
}

class SqliteEngine implements Engine {
  readonly name = 'sqlite'
  readonly builder = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new PlannedOnce(),
    },
  })
  readonly #writer: Sqlite.Database
  /** Absent for a database in memory, which one connection alone can see: then reads queue with the writes. */
  readonly #reader: Sqlite.Database | undefined
  readonly #write: Run
  /** What is committed, past a batch that is not. */
  readonly #readBeside: Run
  #writing = false
  #reading = false
  #queue: Job[] = []
  /** How many shared the last commit: as many are likely to come again, and a commit costs more than to wait for them. */
  #expected = 1
  #running: Promise<void> | undefined

  constructor(writer: Sqlite.Database, reader: Sqlite.Database | undefined) {
    this.#writer = writer
    this.#reader = reader
    this.#write = runOn(writer)
    this.#readBeside = reader === undefined ? this.write.bind(this) : runOn(reader)
  }

  /**
   * Reads on the writer, which has its own pages in memory; the reader fetches them anew after each commit. All that is
   * read in one turn of the event loop is read in one transaction: to begin one costs as much as to read a row.
   */
  async read(sql: string, parameters: unknown[]): Promise<unknown[]> {
    if (this.#writing) return this.#readBeside(sql, parameters)
    if (!this.#reading) {
      this.#writer.exec('begin')
      this.#reading = true
      setImmediate(() => this.#endReading())
    }
    return this.#write(sql, parameters)
  }

  #endReading(): void {
    if (!this.#reading) return
    this.#reading = false
    // A disk that failed has ended it already.
    if (this.#writer.inTransaction) this.#writer.exec('commit')
  }

  write(sql: string, parameters: unknown[]): Promise<unknown[]> {
    return this.#enqueue(false, (run) => run(sql, parameters))
  }

  transaction<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return this.#enqueue(true, work)
  }

  migration<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return this.#enqueue(true, work)
  }

  async ready(): Promise<void> {
    await this.read('select 1', [])
  }

  async close(): Promise<void> {
    while (this.#running !== undefined) await this.#running
    this.#endReading()
    this.#reader?.close()
    this.#writer.close()
  }

  #enqueue<T>(several: boolean, work: (run: Run) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ several, work, resolve: resolve as (value: unknown) => void, reject })
      this.#running ??= this.#commitAll()
    })
  }

  /** Takes whatever waits, batch after batch, until nothing does. */
  async #commitAll(): Promise<void> {
    while (this.#queue.length > 0) {
      await this.#gather()
      await this.#commitBatch()
    }
    this.#running = undefined
  }

  /**
   * Requests that arrived together are read in one turn of the event loop; the next turn has them all. Those who shared
   * the last commit have just been answered and may be back in a few more, so that one commit serves them again.
   */
  async #gather(): Promise<void> {
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve))
      if (this.#queue.length >= this.#expected) return
    }
  }

  /**
   * One BEGIN IMMEDIATE, many jobs one after another, one COMMIT, and only then the answers: what is acknowledged is
   * on the disk. A job that comes while the batch runs still joins it.
   */
  async #commitBatch(): Promise<void> {
    const done: { job: Job; outcome: Outcome }[] = []
    try {
      await whenFree(() => this.#beginWriting())
      while (done.length < LARGEST_BATCH) {
        const job = this.#queue.shift()
        if (job === undefined) break
        done.push({ job, outcome: { error: undefined } })
        const outcome = await this.#perform(job)
        done[done.length - 1] = { job, outcome }
        // A full disk or an I/O error undoes the whole transaction, jobs of others included.
        if (!this.#writer.inTransaction) throw 'error' in outcome ? outcome.error : new Error('The transaction ended.')
      }
      this.#writer.exec('commit')
      this.#writing = false
      this.#expected = done.length
    } catch (error) {
      this.#undo()
      if (done.length === 0) done.push(...this.#queue.splice(0).map((job) => ({ job, outcome: { error } })))
      for (const { job } of done) job.reject(translated(error))
      return
    }
    for (const { job, outcome } of done) {
      if ('value' in outcome) job.resolve(outcome.value)
      else job.reject(outcome.error)
    }
  }

  #beginWriting(): void {
    this.#endReading()
    this.#writer.exec('begin immediate')
    this.#writing = true
  }

  /** As far as SQLite has not done so by itself. */
  #undo(): void {
    this.#writing = false
    this.#reading = false
    try {
      if (this.#writer.inTransaction) this.#writer.exec('rollback')
    } catch {
      // The file is in trouble, and the error that brought us here says so; the next BEGIN tells whether it still is.
    }
  }

  async #perform({ several, work }: Job): Promise<Outcome> {
    if (several) this.#writer.exec('savepoint job')
    try {
      const value = await work(this.#write)
      if (several) this.#writer.exec('release job')
      return { value }
    } catch (error) {
      if (several && this.#writer.inTransaction) this.#writer.exec('rollback to job; release job')
      return { error }
    }
  }
}

/** Tries again while another process is in the way. */
async function whenFree<T>(work: () => T): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error) || tries >= BUSY_TRIES) throw error
      await systemClock.sleep(BUSY_TIMEOUT)
    }
  }
}

/** Runs statements on one connection; each text is prepared once. */
function runOn(database: Sqlite.Database): Run {
  const statements = new Map<string, Sqlite.Statement>()
  return async (sql, parameters) => {
    try {
      let statement = statements.get(sql)
      if (statement === undefined) {
        statement = database.prepare(sql)
        if (statements.size < 1000) statements.set(sql, statement)
      }
      if (statement.reader) return statement.all(parameters)
      statement.run(parameters)
      return []
    } catch (error) {
      throw translated(error)
    }
  }
}

const codeOf = (error: unknown): string => (error instanceof Sqlite.SqliteError ? error.code : '')
const isBusy = (error: unknown): boolean => /^SQLITE_(BUSY|LOCKED)/.test(codeOf(error))

const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^SQLITE_FULL/, 'The disk that holds the database is full. Nothing was changed; make room and try again.'],
  [/^SQLITE_READONLY/, 'The database file may not be written. Check its owner and its mode, and those of its folder.'],
  [/^SQLITE_CANTOPEN/, 'The database file cannot be opened. Check that its folder is there and may be written.'],
  [/^SQLITE_(CORRUPT|NOTADB)/, 'The database file is damaged or is no database. Restore it from a backup.'],
  [/^SQLITE_IOERR/, 'The disk that holds the database failed. Nothing was changed.'],
  [/^SQLITE_(BUSY|LOCKED)/, 'Another process holds the database and does not let go of it.'],
]

/** A unique violation becomes a refusal, a trouble of the file becomes a fault; anything else stays as it is. */
function translated(error: unknown): unknown {
  const code = codeOf(error)
  if (/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|FOREIGNKEY)/.test(code))
    return new Refusal('conflict', 'It exists already, or something else depends on it.', { cause: error })
  const fault = FAULTS.find(([pattern]) => pattern.test(code))
  return fault === undefined ? error : new StoreFault(fault[1], error)
}

/** Opens or makes the file; `:memory:` lives as long as the store. */
export async function openSqlite(path: string): Promise<Engine> {
  if (path !== ':memory:') createFile(path)
  try {
    const writer = await openDatabase(path)
    const reader = path === ':memory:' ? undefined : await openDatabase(path)
    reader?.pragma('query_only = on')
    return new SqliteEngine(writer, reader)
  } catch (error) {
    throw translated(error)
  }
}

/** Before SQLite does, so that nobody else may read it: its journal and its index take over the mode. */
function createFile(path: string): void {
  try {
    closeSync(openSync(path, 'a', 0o600))
  } catch (error) {
    throw new StoreFault(
      'The database file cannot be opened. Check that its folder is there and may be written.',
      error,
    )
  }
}

async function openDatabase(path: string): Promise<Sqlite.Database> {
  const database = new Sqlite(path, { timeout: BUSY_TIMEOUT })
  try {
    // The first who opens a new file changes its mode, which nobody else may be reading through.
    await whenFree(() => database.pragma('journal_mode = wal'))
    database.pragma('synchronous = full')
    database.pragma('foreign_keys = on')
    database.pragma('cache_size = -32768')
    // The journal is copied into the file less often: pages that many commits touch are copied once.
    database.pragma('wal_autocheckpoint = 8000')
    database.pragma('temp_store = memory')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
