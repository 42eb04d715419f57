/** How one list of statements becomes that of either engine. */

import type { EngineName } from '../database/connection.ts'

/**
 * `%text` sorts by its bytes on both engines: that is SQLite's way, and the "C" collation of PostgreSQL.
 * `bigint` is 64 bits on both. `%keyed` tables are small-rowed and lie in their primary key, which spares SQLite a tree.
 */
export function statementsFor(engine: EngineName, statements: readonly string[]): readonly string[] {
  const text = engine === 'postgres' ? 'text collate "C"' : 'text'
  const keyed = engine === 'sqlite' ? ' without rowid' : ''
  return statements.map((statement) => statement.replaceAll('%text', text).replace(' %keyed', keyed))
}
