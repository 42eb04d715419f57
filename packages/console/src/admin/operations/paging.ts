/** What every list of AWS's JSON services has in common. */

export interface Paged {
  MaxResults?: number
  NextToken?: string
}

/** An answer whose list is called `Member`. */
export type Page<Member extends string, Item> = { [K in Member]: Item[] } & { NextToken?: string }

/** An answer in which nothing is read. */
export type Nothing = Record<never, never>

export interface Tag {
  Key: string
  Value: string
}
