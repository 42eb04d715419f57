/** Queries that are built and compiled once, and then only bound. */

import type { Compilable, CompiledQuery, Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** Builds and compiles queries; runs none. */
export type Builder = Kysely<Schema>

/**
 * A query with named arguments. `build` runs once an engine and must not look at the arguments' values:
 * it is handed a placeholder for each.
 */
export interface Prepared<Args, Row> {
  readonly build: (builder: Builder, args: Args) => Compilable<Row>
}

/** Declares a query: `prepare((db, { id }: { id: string }) => db.selectFrom(…))`. */
export const prepare = <Args, Row>(build: (builder: Builder, args: Args) => Compilable<Row>): Prepared<Args, Row> => ({
  build,
})

/** The columns of a row, each as its placeholder: what an insert takes. */
export function row<Row>(args: Row, columns: readonly (keyof Row & string)[]): Row {
  const placeholders: Partial<Row> = {}
  for (const column of columns) placeholders[column] = args[column]
  return placeholders as Row
}

class Placeholder {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** A compiled query whose parameters are still names. */
export interface Statement {
  readonly sql: string
  readonly reads: boolean
  readonly bind: (args: Readonly<Record<string, unknown>>) => unknown[]
}

/** Compiles with placeholders in place of values. */
export function compilePrepared<Args, Row>(builder: Builder, prepared: Prepared<Args, Row>): Statement {
  const placeholders = new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as Args
  const compiled = prepared.build(builder, placeholders).compile()
  const parameters = compiled.parameters
  return {
    sql: compiled.sql,
    reads: isRead(compiled),
    bind: (args) =>
      parameters.map((parameter) => (parameter instanceof Placeholder ? args[parameter.name] : parameter)),
  }
}

/** Whether a query changes nothing. */
export const isRead = (compiled: CompiledQuery<unknown>): boolean => compiled.query.kind === 'SelectQueryNode'
