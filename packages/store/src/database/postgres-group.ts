/** Small transactions that come at the same time, as one: one BEGIN, one COMMIT, one wait for the disk. */

import type { Run } from './connection.ts'
import { StoreFault } from './fault.ts'
import { insertsOneRow, insertText } from './postgres-inserts.ts'
import type { KnownStatements } from './postgres-link.ts'
import { PipelinedTransaction } from './postgres-transaction.ts'

/** So that no one waits long behind a great many others. */
const LARGEST_GROUP = 64
/** While one waits for PostgreSQL, the other prepares. */
const GROUPS_AT_ONCE = 2
/**
 * A group holds the locks of all its members, so it does not wait long for anybody else's: two groups could wait for
 * each other. When it would have to, each member goes alone.
 */
const BEGIN = "begin isolation level read committed; set local lock_timeout = '50ms'"

type Work<T> = (run: Run) => Promise<T>

interface Parts {
  readonly connect: ConstructorParameters<typeof PipelinedTransaction>[0]['connect']
  readonly statements: KnownStatements
  /** For what a member reads before it writes anything. */
  readonly readAhead: Run
  /** Runs a member by itself, when its group came to nothing. */
  readonly alone: <T>(work: Work<T>) => Promise<T>
}

/** Few groups at once; whoever comes while they are at work joins the next. */
export class Groups {
  readonly #parts: Parts
  #forming: Group | undefined
  #atWork = 0
  readonly #waiting: (() => void)[] = []

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /**
   * All or nothing, on the disk when it resolves. Members do not wait for each other's rows: each write must be a
   * compare-and-set. When one fails, all that the group did is undone, and each member is run again by itself.
   */
  async transaction<T>(work: Work<T>): Promise<T> {
    const { statements, readAhead, alone } = this.#parts
    let group: Group | undefined
    const run: Run = async (sql, parameters) => {
      if (group === undefined && statements.get(sql).reads) return readAhead(sql, parameters)
      group ??= this.#join()
      await group.opened
      return group.run(sql, parameters)
    }
    const outcome = await work(run).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    )
    const committed = await (group as Group | undefined)?.leave('value' in outcome)
    if (committed === false && !('error' in outcome && outcome.error instanceof StoreFault)) return await alone(work)
    if ('error' in outcome) throw outcome.error
    return outcome.value
  }

  #join(): Group {
    if (this.#forming === undefined || this.#forming.isFull) this.#forming = this.#form()
    this.#forming.join()
    return this.#forming
  }

  #form(): Group {
    const { connect, statements } = this.#parts
    const group = new Group(new PipelinedTransaction({ connect, statements, begin: BEGIN }))
    void this.#start(group)
    return group
  }

  async #start(group: Group): Promise<void> {
    // Requests that arrived together are read in one turn of the event loop; the next turn has them all.
    await new Promise((resolve) => setImmediate(resolve))
    if (this.#atWork >= GROUPS_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#atWork += 1
    if (this.#forming === group) this.#forming = undefined
    await group.open()
    // Whoever waits longest takes over the place.
    const next = this.#waiting.shift()
    if (next) next()
    else this.#atWork -= 1
  }
}

class Group {
  readonly #transaction: PipelinedTransaction
  readonly #opened = Promise.withResolvers<void>()
  readonly #ended = Promise.withResolvers<boolean>()
  /** Rows that nobody waits for, by the statement that inserts one. */
  readonly #rows = new Map<string, unknown[][]>()
  #members = 0
  #succeeded = true

  constructor(transaction: PipelinedTransaction) {
    this.#transaction = transaction
    this.#ended.promise.catch(() => {})
  }

  get isFull(): boolean {
    return this.#members >= LARGEST_GROUP
  }

  /** Resolves when its members may begin. */
  get opened(): Promise<void> {
    return this.#opened.promise
  }

  join(): void {
    this.#members += 1
  }

  /** Lets the members begin, and resolves when the last one has left and the end is known. */
  async open(): Promise<void> {
    this.#opened.resolve()
    await this.#ended.promise.catch(() => {})
  }

  /** True when all was committed, false when all was undone; rejects when the database is in trouble. */
  async leave(succeeded: boolean): Promise<boolean> {
    this.#succeeded &&= succeeded
    this.#members -= 1
    if (this.#members === 0) this.#end().then(this.#ended.resolve, this.#ended.reject)
    return await this.#ended.promise
  }

  /** Rows for one table wait for those of the other members, up to the next statement of another kind. */
  readonly run: Run = async (sql, parameters) => {
    if (!insertsOneRow(sql)) {
      await this.#insertRows()
      return this.#transaction.run(sql, parameters)
    }
    const rows = this.#rows.get(sql)
    if (rows === undefined) this.#rows.set(sql, [parameters])
    else rows.push(parameters)
    return []
  }

  async #insertRows(): Promise<void> {
    if (this.#rows.size === 0) return
    const inserts = [...this.#rows]
    this.#rows.clear()
    await Promise.all(
      inserts.flatMap(([sql, rows]) =>
        inParts(rows).map((part) => this.#transaction.run(insertText(sql, part.length), part.flat())),
      ),
    )
  }

  async #end(): Promise<boolean> {
    try {
      if (this.#succeeded) {
        await this.#insertRows()
        await this.#transaction.commit()
        return true
      }
    } catch (error) {
      if (error instanceof StoreFault) throw error
    } finally {
      await this.#transaction.rollback()
    }
    return false
  }
}

/** By powers of two, so that each connection has few sizes to prepare: 23 rows are 16, 4, 2 and 1. */
function inParts<Row>(rows: readonly Row[]): Row[][] {
  const parts: Row[][] = []
  let from = 0
  for (let size = LARGEST_GROUP; size >= 1; size /= 2) {
    for (; rows.length - from >= size; from += size) parts.push(rows.slice(from, from + size))
  }
  return parts
}
