/** A browser in which a user has signed in before: it is told from strangers who guess at the same user's password. */

import { days } from '@mayfly/identity-center/duration'
import type { UserId } from '@mayfly/identity-center/identifiers'
import { placeOf } from '@mayfly/identity-center/network'
import { randomUuid } from '@mayfly/identity-center/random'
import type { Context } from '../context/context.ts'

export interface KnownBrowser {
  /** A uuid. */
  readonly id: string
  readonly userId: UserId
  /** Where in the network it was when the user signed in. */
  readonly place?: string
}

export const KNOWN_BROWSER_LIFETIME = days(90)

const AAD = 'known-browser'

/** What its cookie holds. It proves no identity: all it gives is a count of its own. */
export function sealKnownBrowser(
  userId: UserId,
  { keys, random, requester }: Pick<Context, 'keys' | 'random' | 'requester'>,
): string {
  const browser: KnownBrowser = { id: randomUuid(random), userId, place: placeOf(requester.address) }
  return keys.seal('sealing', AAD, Buffer.from(JSON.stringify(browser)))
}

/** Whether this user has signed in with this browser before, from the same place in the network. */
export const isAtHome = (
  browser: KnownBrowser | undefined,
  userId: UserId,
  { requester }: Pick<Context, 'requester'>,
): boolean => browser?.userId === userId && browser.place === placeOf(requester.address)

/** The browser that a cookie names, or undefined when we did not seal it. */
export function openKnownBrowser(
  cookie: string | undefined,
  { keys }: Pick<Context, 'keys'>,
): KnownBrowser | undefined {
  const bytes = cookie === undefined ? undefined : keys.open('sealing', AAD, cookie)
  return bytes && JSON.parse(Buffer.from(bytes).toString())
}
