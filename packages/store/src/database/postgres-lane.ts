/** A connection that many share: for single statements, one after another, without waiting in between. */

import type pg from 'pg'
import { translated } from './postgres-fault.ts'
import { type KnownStatements, Link } from './postgres-link.ts'

export class Lane {
  readonly #pool: pg.Pool
  readonly #statements: KnownStatements
  #link: Promise<Link> | undefined
  #letGo: (() => void) | undefined
  #waiting = 0

  constructor(pool: pg.Pool, statements: KnownStatements) {
    this.#pool = pool
    this.#statements = statements
  }

  /** How many wait for an answer. */
  get waiting(): number {
    return this.#waiting
  }

  async run(sql: string, parameters: unknown[]): Promise<unknown[]> {
    this.#waiting += 1
    try {
      this.#link ??= this.#open()
      const link = await this.#link
      return (await link.send(sql, parameters)).rows
    } finally {
      this.#waiting -= 1
    }
  }

  close(): void {
    this.#letGo?.()
  }

  /** A connection that breaks is given up, and whoever comes next opens another. */
  async #open(): Promise<Link> {
    try {
      const client = await this.#pool.connect()
      let held = true
      const letGo = (broken: boolean) => (): void => {
        if (!held) return
        held = false
        this.#link = undefined
        client.release(broken)
      }
      client.once('error', letGo(true)).once('end', letGo(true))
      this.#letGo = letGo(false)
      return new Link(client, this.#statements)
    } catch (error) {
      this.#link = undefined
      throw translated(error)
    }
  }
}
