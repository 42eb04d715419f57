/** Looks into, and tampers with, a client's token cache. */

import { createHash } from 'node:crypto'
import type { Home } from './home.ts'

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex')

export const tokenFile = (session = 'acme'): string => `.aws/sso/cache/${sha1(session)}.json`

export interface CachedToken {
  readonly startUrl: string
  readonly region: string
  readonly accessToken: string
  readonly expiresAt: string
  readonly clientId?: string
  readonly clientSecret?: string
  readonly registrationExpiresAt?: string
  readonly refreshToken?: string
}

export function readToken(home: Home, session = 'acme'): CachedToken | undefined {
  const text = home.read(tokenFile(session))
  return text === undefined ? undefined : (JSON.parse(text) as CachedToken)
}

/** Lets the cached token seem to end in `seconds` (past when negative): clients then refresh it. */
export function makeTokenExpireIn(home: Home, seconds: number, session = 'acme'): void {
  const token = readToken(home, session)
  if (!token) throw new Error('there is no token to age')
  const expiresAt = new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
  home.write(tokenFile(session), JSON.stringify({ ...token, expiresAt }))
}
