/** Keyset pages: the cursor is the key of the last item, so deleting and inserting moves nothing. */

import { Refusal } from '@mayfly/identity-center/refusal'

export interface Page<T> {
  readonly items: T[]
  /** The key of the last item, when there is more. */
  readonly nextToken?: string
}

export interface PageRequest {
  /** At most this many items, at least one. */
  readonly limit: number
  /** The `nextToken` of the page before. */
  readonly after?: string
}

/** Makes a page from up to `limit + 1` rows: the one too many says that there is more. */
export function pageOf<Row, T>(
  rows: readonly Row[],
  { limit }: PageRequest,
  read: { decode: (row: Row) => T; keyOf: (row: Row) => readonly string[] },
): Page<T> {
  const items = rows.slice(0, limit).map(read.decode)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return last === undefined ? { items } : { items, nextToken: JSON.stringify(read.keyOf(last)) }
}

/** The key in a cursor of `size` members; empty texts, which sort before every key, when there is none. */
export function keyOf({ after }: PageRequest, size: number): string[] {
  if (after === undefined) return Array.from({ length: size }, () => '')
  const key = parseKey(after)
  if (key?.length !== size) throw new Refusal('invalid', 'The pagination token is not valid.')
  return key
}

function parseKey(text: string): string[] | undefined {
  try {
    const key: unknown = JSON.parse(text)
    return Array.isArray(key) && key.every((member) => typeof member === 'string') ? key : undefined
  } catch {
    return undefined
  }
}
