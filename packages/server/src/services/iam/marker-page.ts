/** One page of a list as IAM asks for it: Marker and MaxItems in, IsTruncated and Marker out. */

import type { Page, PageRequest } from '@mayfly/store'
import type { OperationContext } from '../../operation/operation-context.ts'
import { createPageToken, type PageQuery, parsePageToken } from '../../operation/page-token.ts'
import { accountOf } from './change.ts'

/** When the caller names no number. */
const USUAL_PAGE = 100

export interface MarkerListing {
  readonly operation: string
  readonly input: { readonly Marker?: string | undefined; readonly MaxItems?: number | undefined }
  /** What else of the input the list depends on. */
  readonly filters?: readonly (string | undefined)[]
}

/** Refuses with `invalid` a marker that is stale or was made for another list. */
export async function listByMarker<T>(
  { operation, input: { Marker, MaxItems }, filters = [] }: MarkerListing,
  context: OperationContext,
  read: (page: PageRequest) => Promise<Page<T>>,
): Promise<{
  readonly items: readonly T[]
  readonly next: { readonly IsTruncated: boolean; readonly Marker?: string }
}> {
  const query: PageQuery = { operation, caller: accountOf(context), filters: filters.map((filter) => filter ?? '') }
  const limit = MaxItems ?? USUAL_PAGE
  const { items, nextToken } = await read(
    Marker === undefined ? { limit } : { limit, after: parsePageToken(query, Marker, context) },
  )
  const next =
    nextToken === undefined
      ? { IsTruncated: false }
      : { IsTruncated: true, Marker: createPageToken(query, nextToken, context) }
  return { items, next }
}

type Source<T> = (page: PageRequest) => Promise<Page<T>>

/** One list after the other, as one list. */
export function concatenated<T>(sources: readonly Source<T>[]): Source<T> {
  return async ({ limit, after }) => {
    const [start, cursor]: [number, string] = after === undefined ? [0, ''] : JSON.parse(after)
    const items: T[] = []
    for (const [index, source] of sources.entries()) {
      if (index < start) continue
      const room = limit - items.length
      const from = index === start && cursor !== '' ? { after: cursor } : {}
      const page = await source({ limit: Math.max(room, 1), ...from })
      if (room === 0 && page.items.length > 0) return { items, nextToken: JSON.stringify([index, '']) }
      items.push(...page.items)
      if (page.nextToken !== undefined) return { items, nextToken: JSON.stringify([index, page.nextToken]) }
    }
    return { items }
  }
}
