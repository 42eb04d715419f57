/** Finding by a part of a name, in SQL, where there are a few thousand at most and all of them may be looked at. */

import { sql } from 'kysely'
import type { Connection } from './database/connection.ts'
import { prepare } from './database/query.ts'

interface Sought {
  /** For `like`, with `\` before what is meant as it stands. */
  readonly pattern: string
  readonly limit: number
}

/** Capitals beyond ASCII count: neither engine knows them by itself. */
const holds = (column: string, pattern: string) =>
  sql<boolean>`lower(${sql.ref(column)}) like lower(${pattern}) escape '\\'`

const accounts = prepare((db, { pattern, limit }: Sought) =>
  db
    .selectFrom('accounts')
    .select(['id', 'name', 'email'])
    .where(({ or }) => or([holds('name', pattern), holds('id', pattern), holds('email', pattern)]))
    .orderBy('name')
    .orderBy('id')
    .limit(limit),
)
const permissionSets = prepare((db, { pattern, limit }: Sought) =>
  db.selectFrom('permission_sets').select(['arn', 'name']).where(holds('name', pattern)).orderBy('name').limit(limit),
)
const applications = prepare((db, { pattern, limit }: Sought) =>
  db
    .selectFrom('applications')
    .select(['arn', 'name'])
    .where(holds('name', pattern))
    .orderBy('name')
    .orderBy('arn')
    .limit(limit),
)

export class Search {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** By name, number or e-mail address. */
  accounts(text: string, limit: number): Promise<{ id: string; name: string; email: string }[]> {
    return this.#connection.all(accounts, { pattern: patternOf(text), limit })
  }

  permissionSets(text: string, limit: number): Promise<{ arn: string; name: string }[]> {
    return this.#connection.all(permissionSets, { pattern: patternOf(text), limit })
  }

  applications(text: string, limit: number): Promise<{ arn: string; name: string }[]> {
    return this.#connection.all(applications, { pattern: patternOf(text), limit })
  }
}

const patternOf = (text: string): string => `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`
