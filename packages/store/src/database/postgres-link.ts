/** One connection to PostgreSQL, on which nothing waits for the answer to what was sent before. */

import type pg from 'pg'
import { translated } from './postgres-fault.ts'

/** What is known of a statement by its text. */
interface KnownStatement {
  /** Under which it is prepared on each connection. Absent: it is not worth keeping. */
  readonly name?: string
  /** A `select`, which changes nothing. */
  readonly reads: boolean
  /** Whether its caller may look at rows. */
  readonly answers: boolean
}

const MOST_NAMES = 1000

/** The statements that were seen; the same text has the same name on every connection. */
export class KnownStatements {
  readonly #known = new Map<string, KnownStatement>()

  get(sql: string): KnownStatement {
    const known = this.#known.get(sql)
    if (known !== undefined) return known
    const reads = sql.startsWith('select ')
    const statement = { reads, answers: reads || !/^(insert|update|delete) (?!.* returning )/s.test(sql) }
    if (this.#known.size >= MOST_NAMES || !/^(select|insert|update|delete|with) /.test(sql)) return statement
    const named = { ...statement, name: `q${this.#known.size}` }
    this.#known.set(sql, named)
    return named
  }
}

export class Link {
  readonly #client: pg.PoolClient
  readonly #statements: KnownStatements
  #gathers = false

  constructor(client: pg.PoolClient, statements: KnownStatements) {
    this.#client = client
    this.#statements = statements
  }

  /** Runs a statement after all that were sent before, failed or not. Rejects with what the store's callers may see. */
  async send(text: string, values: unknown[]): Promise<pg.QueryResult> {
    this.#gather()
    const { name } = this.#statements.get(text)
    try {
      return await this.#client.query({ ...(name === undefined ? {} : { name }), text, values })
    } catch (error) {
      throw translated(error)
    }
  }

  /** What one turn of the event loop sends leaves as one packet: both sides then work it off in one go. */
  #gather(): void {
    if (this.#gathers) return
    this.#gathers = true
    const { stream } = this.#client.connection
    stream.cork()
    setImmediate(() => {
      this.#gathers = false
      stream.uncork()
    })
  }
}
