/** The way to the database: alone, or inside one transaction. */

import { AsyncLocalStorage } from 'node:async_hooks'
import type { Compilable } from 'kysely'
import { type Builder, compilePrepared, isRead, type Prepared, type Statement } from './query.ts'

export type EngineName = 'sqlite' | 'postgres'

/**
 * How strictly PostgreSQL keeps transactions apart; on SQLite every transaction runs alone. `compare-and-set`: each write
 * says by itself what it depends on, so several such transactions may be committed as one.
 */
export type Isolation = 'compare-and-set' | 'read-committed' | 'repeatable-read'

/** Runs one statement and gives its rows. */
export type Run = (sql: string, parameters: unknown[]) => Promise<unknown[]>

/** What differs between SQLite and PostgreSQL. */
export interface Engine {
  readonly name: EngineName
  readonly builder: Builder
  /** Outside of transactions: one statement that only reads. */
  readonly read: Run
  /** Outside of transactions: one statement, which is a transaction of its own. */
  readonly write: Run
  /** All or nothing. `work` may be run again when it lost a race. */
  transaction<T>(work: (run: Run) => Promise<T>, isolation: Isolation): Promise<T>
  /** A transaction that no other process runs at the same time, for migrations. */
  migration<T>(work: (run: Run) => Promise<T>): Promise<T>
  /** Resolves when the database answers. */
  ready(): Promise<void>
  close(): Promise<void>
}

/** What a table class works with. */
export interface Connection {
  readonly engine: EngineName
  /** Runs a query that was compiled before. */
  all<Args extends object, Row>(query: Prepared<Args, Row>, args: Args): Promise<Row[]>
  /** The first row of it. */
  first<Args extends object, Row>(query: Prepared<Args, Row>, args: Args): Promise<Row | undefined>
  /** Builds, compiles and runs: for queries whose shape depends on what is asked. */
  query<Row>(build: (builder: Builder) => Compilable<Row>): Promise<Row[]>
  /** Several statements as one: in the transaction that runs, or in one of their own. */
  atomically<T>(work: (connection: Connection) => Promise<T>, isolation?: Isolation): Promise<T>
}

/** Compiles each prepared query once an engine. */
export class Statements {
  readonly #builder: Builder
  readonly #statements = new Map<object, Statement>()

  constructor(builder: Builder) {
    this.#builder = builder
  }

  get(query: Prepared<never, unknown>): Statement {
    const known = this.#statements.get(query)
    if (known !== undefined) return known
    const statement = compilePrepared(this.#builder, query)
    this.#statements.set(query, statement)
    return statement
  }
}

abstract class AnyConnection {
  readonly engine: EngineName
  readonly #builder: Builder
  readonly #statements: Statements

  constructor(engine: Engine, statements: Statements) {
    this.engine = engine.name
    this.#builder = engine.builder
    this.#statements = statements
  }

  protected abstract run(reads: boolean, sql: string, parameters: unknown[]): Promise<unknown[]>

  all<Args extends object, Row>(query: Prepared<Args, Row>, args: Args): Promise<Row[]> {
    const { sql, reads, bind } = this.#statements.get(query)
    return this.run(reads, sql, bind(args as Record<string, unknown>)) as Promise<Row[]>
  }

  async first<Args extends object, Row>(query: Prepared<Args, Row>, args: Args): Promise<Row | undefined> {
    return (await this.all(query, args))[0]
  }

  query<Row>(build: (builder: Builder) => Compilable<Row>): Promise<Row[]> {
    const compiled = build(this.#builder).compile()
    return this.run(isRead(compiled), compiled.sql, [...compiled.parameters]) as Promise<Row[]>
  }
}

/** Each statement by itself. */
export class OpenConnection extends AnyConnection implements Connection {
  readonly #engine: Engine
  readonly #statements: Statements
  /** Whether the running code is inside a transaction already: a second one there would wait for the first. */
  readonly #inside = new AsyncLocalStorage<true>()

  constructor(engine: Engine) {
    const statements = new Statements(engine.builder)
    super(engine, statements)
    this.#engine = engine
    this.#statements = statements
  }

  protected run(reads: boolean, sql: string, parameters: unknown[]): Promise<unknown[]> {
    this.#refuseInside()
    return reads ? this.#engine.read(sql, parameters) : this.#engine.write(sql, parameters)
  }

  async atomically<T>(
    work: (connection: Connection) => Promise<T>,
    isolation: Isolation = 'repeatable-read',
  ): Promise<T> {
    this.#refuseInside()
    return this.#engine.transaction(async (run) => {
      const connection = new TransactionConnection(this.#engine, this.#statements, run)
      try {
        return await this.#inside.run(true, work, connection)
      } finally {
        connection.end()
      }
    }, isolation)
  }

  #refuseInside(): void {
    if (this.#inside.getStore() === true)
      throw new Error('Inside a transaction only its own tables may be used: take them from `tx`, not from `store`.')
  }
}

/** Everything in one transaction. */
class TransactionConnection extends AnyConnection implements Connection {
  readonly #run: Run
  #ended = false

  constructor(engine: Engine, statements: Statements, run: Run) {
    super(engine, statements)
    this.#run = run
  }

  protected async run(_reads: boolean, sql: string, parameters: unknown[]): Promise<unknown[]> {
    if (this.#ended) throw new Error('This transaction has ended: await everything that it does.')
    return this.#run(sql, parameters)
  }

  atomically<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return work(this)
  }

  end(): void {
    this.#ended = true
  }
}
