/** One transaction on one connection, in as few round trips as its work allows. */

import type { Run } from './connection.ts'
import type { KnownStatements, Link } from './postgres-link.ts'

/** No statement had an error before this one. */
const NONE = Symbol('none')

/**
 * A write that gives no rows is sent and not waited for. When it fails, PostgreSQL fails everything after it and turns
 * the commit into a rollback, and we tell its error at the next statement that is waited for, at the latest at the commit.
 */
export class PipelinedTransaction {
  readonly #link: Link
  readonly #statements: KnownStatements
  readonly #begun: Promise<unknown>
  readonly #unanswered = new Set<Promise<unknown>>()
  #failure: unknown = NONE

  constructor(link: Link, statements: KnownStatements, begin: string) {
    this.#link = link
    this.#statements = statements
    this.#begun = this.#watched(link.send(begin, []))
  }

  readonly run: Run = async (sql, parameters) => {
    const { reads, answers } = this.#statements.get(sql)
    // A read may leave together with BEGIN. A write may not: if BEGIN failed, it would be a transaction of its own.
    if (!reads) await this.#begun
    this.#throwFailure()
    const sent = this.#watched(this.#link.send(sql, parameters))
    if (!answers) return []
    const result = await sent
    this.#throwFailure()
    return (result as { readonly rows: unknown[] }).rows
  }

  /** Resolves when it is on the disk; rejects with the first error of any statement, and then nothing was changed. */
  async commit(): Promise<void> {
    await this.#begun
    this.#throwFailure()
    const committed = this.#watched(this.#link.send('commit', []))
    await Promise.all(this.#unanswered)
    this.#throwFailure()
    const { command } = (await committed) as { readonly command: string }
    if (command !== 'COMMIT') throw new Error(`PostgreSQL answered ${command} to a commit.`)
  }

  /** Rejects when the connection is of no more use. */
  async rollback(): Promise<void> {
    await this.#link.send('rollback', [])
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
