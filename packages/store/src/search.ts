/** Finding by a part of a name, in SQL, where there are a few thousand at most and all of them may be looked at. */

import { sql } from 'kysely'
import type { Connection, EngineName } from './database/connection.ts'
import { prepare } from './database/query.ts'

interface Sought {
  /** For `like`, with `\` before what is meant as it stands. */
  readonly pattern: string
  readonly limit: number
}

/** Capitals beyond ASCII count: neither engine knows them by itself. `like` passes over the others on SQLite alone. */
const holds = (column: string, pattern: string, engine: EngineName) =>
  sql<boolean>`${sql.ref(column)} ${sql.raw(engine === 'sqlite' ? 'like' : 'ilike')} ${pattern} escape '\\'`

const searchesOn = (engine: EngineName) => ({
  accounts: prepare((db, { pattern, limit }: Sought) =>
    db
      .selectFrom('accounts')
      .select(['id', 'name', 'email'])
      .where(({ or }) => or(['name', 'id', 'email'].map((column) => holds(column, pattern, engine))))
      .orderBy('name')
      .orderBy('id')
      .limit(limit),
  ),
  permissionSets: prepare((db, { pattern, limit }: Sought) =>
    db
      .selectFrom('permission_sets')
      .select(['arn', 'name'])
      .where(holds('name', pattern, engine))
      .orderBy('name')
      .limit(limit),
  ),
  applications: prepare((db, { pattern, limit }: Sought) =>
    db
      .selectFrom('applications')
      .select(['arn', 'name'])
      .where(holds('name', pattern, engine))
      .orderBy('name')
      .orderBy('arn')
      .limit(limit),
  ),
})
const searches = { sqlite: searchesOn('sqlite'), postgres: searchesOn('postgres') }

export class Search {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** By name, number or e-mail address. */
  accounts(text: string, limit: number): Promise<{ id: string; name: string; email: string }[]> {
    return this.#connection.all(searches[this.#connection.engine].accounts, { pattern: patternOf(text), limit })
  }

  permissionSets(text: string, limit: number): Promise<{ arn: string; name: string }[]> {
    return this.#connection.all(searches[this.#connection.engine].permissionSets, { pattern: patternOf(text), limit })
  }

  applications(text: string, limit: number): Promise<{ arn: string; name: string }[]> {
    return this.#connection.all(searches[this.#connection.engine].applications, { pattern: patternOf(text), limit })
  }
}

const patternOf = (text: string): string => `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
