/** Single inserts that come at the same time, committed together: one statement of many rows, one wait for the disk. */

import type { Run } from './connection.ts'
import { StoreFault } from './fault.ts'

/** So that no one waits long behind a great many others, and each size is worth preparing. */
const LARGEST_BATCH = 64

const ONE_ROW = /^insert into "\w+" \([^()]*\) values \((\$\d+(?:, \$\d+)*)\)$/

/** Whether it inserts one row and nothing else: such statements can become one. */
export const insertsOneRow = (sql: string): boolean => ONE_ROW.test(sql)

/** The same statement for several rows, whose parameters follow each other. */
export function insertText(sql: string, rows: number): string {
  const columns = ONE_ROW.exec(sql)?.[1]?.split(', ').length ?? 0
  const tuples = Array.from({ length: rows }, (_, row) => {
    const places = Array.from({ length: columns }, (_place, column) => `$${row * columns + column + 1}`)
    return `(${places.join(', ')})`
  })
  return `${sql.slice(0, sql.lastIndexOf(' values ') + ' values '.length)}${tuples.join(', ')}`
}

interface Job {
  readonly parameters: unknown[]
  readonly resolve: (rows: unknown[]) => void
  readonly reject: (error: unknown) => void
}

/** All the inserts of one text. Each resolves when its row is on the disk. */
export class GatheredInserts {
  readonly #sql: string
  readonly #run: Run
  #queue: Job[] = []
  #running = false

  constructor(sql: string, run: Run) {
    this.#sql = sql
    this.#run = run
  }

  insert(parameters: unknown[]): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ parameters, resolve, reject })
      if (!this.#running) void this.#insertAll()
    })
  }

  async #insertAll(): Promise<void> {
    this.#running = true
    // Requests that arrived together are read in one turn of the event loop; the next turn has them all.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#queue.length > 0) await this.#insertBatch(this.#queue.splice(0, LARGEST_BATCH))
    this.#running = false
  }

  async #insertBatch(batch: readonly Job[]): Promise<void> {
    try {
      await this.#run(
        insertText(this.#sql, batch.length),
        batch.flatMap(({ parameters }) => parameters),
      )
    } catch (error) {
      // A fault is everybody's, and whether anything was written is unknown.
      if (batch.length === 1 || error instanceof StoreFault) for (const { reject } of batch) reject(error)
      // Otherwise nothing was: whoever is to blame shall fail alone.
      else await Promise.all(batch.map((job) => this.#run(this.#sql, job.parameters).then(job.resolve, job.reject)))
      return
    }
    for (const { resolve } of batch) resolve([])
  }
}
