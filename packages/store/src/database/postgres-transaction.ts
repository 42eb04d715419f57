/** One transaction on one connection, in as few round trips as its work allows. */

import type pg from 'pg'
import type { Run } from './connection.ts'
import { type KnownStatements, Link } from './postgres-link.ts'

interface Parts {
  readonly connect: () => Promise<pg.PoolClient>
  readonly statements: KnownStatements
  readonly begin: string
  /**
   * Where its first reads go, up to the first write, when each statement sees what is committed by then anyway
   * (`read committed`): to a connection that others share. Absent: they belong to the transaction.
   */
  readonly readAhead?: Run
}

/** No statement has failed. */
const NONE = Symbol('none')

/**
 * A write that gives no rows is sent and not waited for. When it fails, PostgreSQL fails everything after it and turns
 * the commit into a rollback, and we tell its error at the next statement that is waited for, at the latest at the commit.
 */
export class PipelinedTransaction {
  readonly #parts: Parts
  readonly #unanswered = new Set<Promise<unknown>>()
  #client: pg.PoolClient | undefined
  #link: Promise<Link> | undefined
  #begun: Promise<unknown> | undefined
  #failure: unknown = NONE
  #ended = false

  constructor(parts: Parts) {
    this.#parts = parts
  }

  readonly run: Run = async (sql, parameters) => {
    const { statements, readAhead } = this.#parts
    const { reads, answers } = statements.get(sql)
    if (reads && readAhead !== undefined && this.#link === undefined) return readAhead(sql, parameters)
    this.#link ??= this.#begin()
    const link = await this.#link
    // A read may leave together with BEGIN. A write may not: if BEGIN failed, it would be a transaction of its own.
    if (!reads) await this.#begun
    this.#throwFailure()
    const sent = this.#watched(link.send(sql, parameters))
    if (!answers) return []
    const result = await sent
    this.#throwFailure()
    return (result as pg.QueryResult).rows
  }

  /** Resolves when it is on the disk; rejects with the first error of any statement, and then nothing was changed. */
  async commit(): Promise<void> {
    if (this.#link === undefined) return
    const link = await this.#link
    await this.#begun
    this.#throwFailure()
    const committed = this.#watched(link.send('commit', []))
    await Promise.all(this.#unanswered)
    this.#throwFailure()
    const { command } = (await committed) as pg.QueryResult
    if (command !== 'COMMIT') throw new Error(`PostgreSQL answered ${command} to a commit.`)
    this.#ended = true
    this.#client?.release()
  }

  /**
   * Undoes what is not committed, and gives the connection back, or away when it is of no more use. After a commit it
   * does nothing.
   */
  async rollback(): Promise<void> {
    const link = await this.#link?.catch(() => undefined)
    if (link === undefined || this.#ended) return
    this.#ended = true
    try {
      await link.send('rollback', [])
      this.#client?.release()
    } catch (failure) {
      this.#client?.release(failure instanceof Error ? failure : true)
    }
  }

  async #begin(): Promise<Link> {
    const { connect, statements, begin } = this.#parts
    this.#client = await connect()
    const link = new Link(this.#client, statements)
    this.#begun = this.#watched(link.send(begin, []))
    return link
  }

  /** Never rejects: its error is kept, when it is the first. */
  #watched(sent: Promise<unknown>): Promise<unknown> {
    const watched = sent.catch((error: unknown) => {
      if (this.#failure === NONE) this.#failure = error
    })
    this.#unanswered.add(watched)
    void watched.then(() => this.#unanswered.delete(watched))
    return watched
  }

  #throwFailure(): void {
    if (this.#failure !== NONE) throw this.#failure
  }
}
