/** How a value of the domain lies in a row: snake case, times as UTC text, lists as JSON, booleans as 0 and 1. */

/** How one member is kept. With a question mark it may be absent, and then it is null. */
export type Kind = 'text' | 'text?' | 'number' | 'boolean' | 'time' | 'time?' | 'json' | 'json?'

type Plain<V> = V extends Date
  ? 'time'
  : V extends boolean
    ? 'boolean'
    : V extends number
      ? 'number'
      : V extends string
        ? 'text'
        : 'json'
type KindOf<T, K extends keyof T> =
  Partial<Pick<T, K>> extends Pick<T, K> ? `${Plain<Exclude<T[K], undefined>>}?` & Kind : Plain<T[K]> & Kind

/** The kind of every member of `T`: leave one out, or take the wrong kind, and it does not compile. */
export type Fields<T> = { readonly [K in keyof T]-?: KindOf<T, K> }

type SnakeCase<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${SnakeCase<Rest>}`
    : `_${Lowercase<First>}${SnakeCase<Rest>}`
  : Text

type Column<K> = K extends 'number' | 'boolean' ? number : K extends `${string}?` ? string | null : string

/** A row as both engines give it. */
export type RowOf<T> = { [K in keyof T & string as SnakeCase<K>]: Column<KindOf<T, K>> }

/** Turns values into rows and rows into values. */
export interface Codec<T> {
  readonly columns: readonly (keyof RowOf<T> & string)[]
  encode(value: T): RowOf<T>
  decode(row: RowOf<T>): T
}

/** UTC text of a fixed width, so that it sorts as the time does. */
export const timeText = (time: Date): string => time.toISOString()

const toRow: Readonly<Record<string, (value: never) => unknown>> = {
  time: timeText,
  boolean: (value: boolean) => (value ? 1 : 0),
  json: (value: unknown) => JSON.stringify(value),
}
const fromRow: Readonly<Record<string, (value: never) => unknown>> = {
  time: (text: string) => new Date(text),
  boolean: (number: number) => number === 1,
  json: (text: string) => JSON.parse(text),
}

const same = (value: unknown): unknown => value

/** Makes the codec of a flat value. */
export function createCodec<T extends object>(fields: Fields<T>): Codec<T> {
  const members = Object.entries<string>(fields as Record<string, string>).map(([name, kind]) => ({
    name,
    column: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    encode: (toRow[kind.replace('?', '')] ?? same) as (value: unknown) => unknown,
    decode: (fromRow[kind.replace('?', '')] ?? same) as (value: unknown) => unknown,
  }))
  return {
    columns: members.map(({ column }) => column) as (keyof RowOf<T> & string)[],
    encode(value) {
      const row: Record<string, unknown> = {}
      for (const { name, column, encode } of members) {
        const member = (value as Record<string, unknown>)[name]
        row[column] = member === undefined ? null : encode(member)
      }
      return row as RowOf<T>
    },
    decode(row) {
      const value: Record<string, unknown> = {}
      for (const { name, column, decode } of members) {
        const field = (row as Record<string, unknown>)[column]
        if (field !== null && field !== undefined) value[name] = decode(field)
      }
      return value as T
    },
  }
}
