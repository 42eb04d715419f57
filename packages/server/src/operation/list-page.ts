/** One page of a list: the model's MaxResults and NextToken become a page of the store, and its cursor a page token. */

import type { Page, PageRequest } from '@mayfly/store'
import type { OperationContext } from './operation-context.ts'
import { createPageToken, type PageQuery, parsePageToken } from './page-token.ts'

/** As most services have it (§1.4). */
const LARGEST_PAGE = 100

/** The members with which the published lists ask for a page. */
interface PageInput {
  readonly MaxResults?: number | undefined
  readonly NextToken?: string | undefined
}

export interface ListedPage<T> {
  readonly items: readonly T[]
  /** To be spread into the output: empty on the last page. */
  readonly next: { readonly NextToken?: string }
}

export interface Listing {
  readonly operation: string
  readonly input: PageInput
  /** What else of the input the list depends on: a page token is good for the same values alone. */
  readonly filters?: readonly (string | undefined)[]
  /** Items in a page when the caller names no number, and at most; 100 by default. */
  readonly largestPage?: number
}

/** Reads one page. Refuses with `invalid` a page token that is stale or was made for another list or another caller. */
export async function listPage<T>(
  { operation, input, filters = [], largestPage = LARGEST_PAGE }: Listing,
  context: OperationContext,
  read: (page: PageRequest) => Promise<Page<T>>,
): Promise<ListedPage<T>> {
  const query: PageQuery = { operation, caller: callerOf(context), filters: filters.map((filter) => filter ?? '') }
  const limit = Math.min(input.MaxResults ?? largestPage, largestPage)
  // An empty token is what some clients send for the first page.
  const { items, nextToken } = await read(
    input.NextToken ? { limit, after: parsePageToken(query, input.NextToken, context) } : { limit },
  )
  return { items, next: nextToken === undefined ? {} : { NextToken: createPageToken(query, nextToken, context) } }
}

/** A page of what is held in memory whole, by its keys: what goes while somebody pages makes nothing else be missed. */
export function pageByKey<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { limit, after = '' }: PageRequest,
): Page<T> {
  const rest = items.filter((item) => keyOf(item) > after).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const shown = rest.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown, ...(rest.length > limit && last !== undefined ? { nextToken: keyOf(last) } : {}) }
}

/** A token goes from one session of a role to its next. */
function callerOf({ caller }: OperationContext): string {
  if (caller.type === 'user') return caller.user.id
  if (caller.type === 'iam-user') return `${caller.accountId}/user/${caller.iamUserId}`
  return caller.type === 'role' ? `${caller.accountId}/${caller.roleName}` : ''
}
