/** Whether a request to the container-credentials endpoint gets credentials, and why not. */

import { createHash, timingSafeEqual } from 'node:crypto'
import type { WebRequest } from '../machine/web-server.ts'

/** A client as the endpoint knows it: by where it asks, and by what it carries. */
export interface KnownClient {
  readonly name: string
  /** `/credentials/dev`. */
  readonly path: string
  readonly token: string
}

export type Verdict<Client extends KnownClient> =
  | { readonly verdict: 'granted'; readonly client: Client }
  | { readonly verdict: 'refused'; readonly status: 401 | 403 | 405; readonly code: string; readonly message: string }

/**
 * Decides about one request. What a web page can send is refused before its token is looked at: a page reaches this
 * address by a name of its own (DNS rebinding, so the Host is foreign), or across origins (then its browser says so). A
 * wrong path and a wrong token get the same answer.
 */
export function judgeRequest<Client extends KnownClient>(
  { method, target, headers }: WebRequest,
  known: { readonly authorities: ReadonlySet<string>; readonly clients: readonly Client[] },
): Verdict<Client> {
  if (method !== 'GET') return refused(405, 'MethodNotAllowed', 'Only GET is answered here.')
  const [host, ...more] = headers['host'] ?? []
  if (host === undefined || more.length > 0 || !known.authorities.has(host.toLowerCase()))
    return refused(403, 'ForeignHost', 'The Host header names another server than this one.')
  if (comesFromBrowser(headers)) return refused(403, 'BrowserRefused', 'Web pages get no credentials here.')
  const carried = headers['authorization'] ?? []
  const client = known.clients.find(({ path }) => path === target)
  // Without such a client a token is compared all the same, so that time does not tell which paths there are.
  const isRight = isSameSecret(carried[0] ?? '', client?.token ?? NOBODY)
  if (client && isRight && carried.length === 1) return { verdict: 'granted', client }
  const message =
    carried.length === 0
      ? 'The Authorization header is missing: is AWS_CONTAINER_AUTHORIZATION_TOKEN set?'
      : 'The Authorization header does not hold the token of this client: it changes when mayfly serve starts anew.'
  return refused(401, 'InvalidToken', message)
}

/**
 * A browser sends `Sec-Fetch-Site` and `Sec-Fetch-Dest` with every `Sec-Fetch-Mode` (Fetch Metadata §2), and a page can
 * keep none of them back. The mode `cors` by itself is what `fetch` of Node sends, as a program.
 */
function comesFromBrowser(headers: WebRequest['headers']): boolean {
  const isNode = headers['sec-fetch-mode']?.join() === 'cors'
  return Object.keys(headers).some(
    (name) => TELLTALES.has(name) || (name.startsWith('sec-') && !(isNode && name === 'sec-fetch-mode')),
  )
}

const TELLTALES: ReadonlySet<string> = new Set(['origin', 'referer', 'cookie', 'upgrade'])
const NOBODY = ''

/** In constant time, whatever the lengths. */
function isSameSecret(given: string, expected: string): boolean {
  const [one, other] = [given, expected].map((text) => createHash('sha256').update(text).digest())
  return one !== undefined && other !== undefined && expected !== NOBODY && timingSafeEqual(one, other)
}

const refused = (
  status: 401 | 403 | 405,
  code: string,
  message: string,
): { verdict: 'refused'; status: 401 | 403 | 405; code: string; message: string } => ({
  verdict: 'refused',
  status,
  code,
  message,
})
