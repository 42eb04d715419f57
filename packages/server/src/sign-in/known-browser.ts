/** A browser in which a user has signed in before: it is told from strangers who guess at the same user's password. */

import { days } from '@mayfly/identity-center/duration'
import type { UserId } from '@mayfly/identity-center/identifiers'
import { randomUuid } from '@mayfly/identity-center/random'
import type { Context } from '../context/context.ts'

export interface KnownBrowser {
  /** A uuid. */
  readonly id: string
  readonly userId: UserId
}

export const KNOWN_BROWSER_LIFETIME = days(90)

const AAD = 'known-browser'

/** What its cookie holds. It proves no identity: all it gives is a count of its own. */
export const sealKnownBrowser = (userId: UserId, { keys, random }: Pick<Context, 'keys' | 'random'>): string =>
  keys.seal('sealing', AAD, Buffer.from(JSON.stringify({ id: randomUuid(random), userId } satisfies KnownBrowser)))

/** The browser that a cookie names, or undefined when we did not seal it. */
export function openKnownBrowser(
  cookie: string | undefined,
  { keys }: Pick<Context, 'keys'>,
): KnownBrowser | undefined {
  const bytes = cookie === undefined ? undefined : keys.open('sealing', AAD, cookie)
  return bytes && JSON.parse(Buffer.from(bytes).toString())
}
