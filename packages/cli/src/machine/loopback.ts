/** Listens once, on 127.0.0.1, for the browser to come back from the sign-in page. */

import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { findCaller } from './caller.ts'

/** What the browser brought back. `description` is the server's own sentence, if it gave one. */
export type Callback =
  | { readonly answer: 'code'; readonly code: string }
  | { readonly answer: 'error'; readonly error: string; readonly description?: string }

export interface CallbackListener {
  /** `http://127.0.0.1:<port><path>`. */
  readonly redirectUri: string
  /** The first request with the right path and state; everything else is answered and forgotten. */
  readonly callback: Promise<Callback>
  /** Stops listening; `callback` then stays open for ever. */
  close(): Promise<void>
}

export interface Loopback {
  /**
   * Binds a port that the system picks, on 127.0.0.1 alone, and only then resolves: the caller opens the browser
   * afterwards, so that a browser which is signed in already cannot come back too early. Throws the system's error
   * when nothing can be bound.
   */
  listen(expected: { readonly path: string; readonly state: string }): Promise<CallbackListener>
}

/** What to tell the browser about a request, and the callback that it brought, if it brought one. */
export interface CallbackAnswer {
  readonly status: 200 | 400 | 403 | 404 | 405
  readonly page: string
  readonly callback?: Callback
}

/**
 * Decides about one request to the loopback address. An `error` counts only with the right state: any page in the
 * browser can send requests here, and must not be able to end the sign-in (RFC 6749 §10.12).
 */
export function answerCallback(
  request: { readonly method: string; readonly target: string },
  expected: { readonly path: string; readonly state: string },
): CallbackAnswer {
  // `GET //` is a request that any page can make, and no address.
  const url = URL.parse(request.target, 'http://127.0.0.1')
  if (url?.pathname !== expected.path) return { status: 404, page: page('Nothing here', 'This address has no page.') }
  if (request.method !== 'GET') return { status: 405, page: page('Not like this', 'Only GET is answered here.') }
  const query = url.searchParams
  if (!isSame(query.get('state') ?? '', expected.state)) {
    return { status: 400, page: page('Not this sign-in', 'The sign-in that waits in the terminal is another one.') }
  }
  const error = query.get('error')
  if (error) {
    const description = query.get('error_description')
    const callback: Callback = { answer: 'error', error, ...(description ? { description } : {}) }
    return { status: 200, page: page('Not signed in', 'You can close this page. The terminal says more.'), callback }
  }
  const code = query.get('code')
  if (!code) return { status: 400, page: page('Something is missing', 'The address holds no authorization code.') }
  const callback: Callback = { answer: 'code', code }
  return { status: 200, page: page('Request approved', 'You can close this page and go on in the terminal.'), callback }
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function page(title: string, sentence: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Mayfly</title>
<style>
:root { color-scheme: light dark; font-family: system-ui, sans-serif }
body { display: grid; place-content: center; min-height: 90vh; margin: 0 1rem; text-align: center }
</style>
<h1>${title}</h1>
<p>${sentence}</p>
</html>
`
}

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  Connection: 'close',
}

/** The loopback of this machine. */
export const systemLoopback: Loopback = {
  async listen(expected) {
    const { promise: callback, resolve } = Promise.withResolvers<Callback>()
    const server = createServer(async (request, response) => {
      const answer = answerCallback({ method: request.method ?? '', target: request.url ?? '/' }, expected)
      const found = answer.callback
      const isTaken = found !== undefined && (await mayAnswer(request.socket))
      send(request, response, found === undefined || isTaken ? answer : FOREIGN)
      if (!isTaken) return
      // The page goes out before the port closes, and the command goes on even if the browser never reads it.
      response.once('close', () => void close(server))
      server.close()
      resolve(found)
    })
    server.headersTimeout = 10_000
    server.requestTimeout = 10_000
    await bind(server)
    const { port } = server.address() as AddressInfo
    return { redirectUri: `http://127.0.0.1:${port}${expected.path}`, callback, close: () => close(server) }
  },
}

/**
 * The address with the state in it stands on the browser's command line, where every user of this computer can read it:
 * another's code would sign this person in as somebody else. Root has whatever it likes, and its browser may be a
 * person's: in a container on the network of its host, or behind sudo.
 */
const mayAnswer = async (socket: Socket): Promise<boolean> =>
  process.getuid?.() === 0 || (await findCaller(socket)) !== 'other'

const FOREIGN: CallbackAnswer = {
  status: 403,
  page: page(
    'This browser is another user’s',
    'The sign-in was begun by another user of this computer. If that is you, paste the address of this page into the terminal.',
  ),
}

function send(request: IncomingMessage, response: ServerResponse, { status, page: body }: CallbackAnswer): void {
  request.resume()
  response.writeHead(status, { ...HEADERS, 'Content-Length': Buffer.byteLength(body) })
  response.end(request.method === 'HEAD' ? '' : body)
}

function bind(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, resolve)
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
