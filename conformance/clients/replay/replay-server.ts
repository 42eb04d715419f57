/** Answers a client as the recorded server answered the recorded client. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext, TLSSocket } from 'node:tls'
import { createCertificates } from '../../../packages/cli/src/testing/certificates.ts'
import type { Exchange } from './recording.ts'

/** The recorded hosts. */
const HOSTS = [
  'localhost',
  'sso.corp.example',
  ...['us-east-1', 'eu-west-1'].flatMap((region) => [
    `*.${region}.amazonaws.com`,
    `portal.sso.${region}.amazonaws.com`,
  ]),
]

export interface ReplayOptions {
  /** Where `HEAD` on the start URL leads; the recordings do not hold it. */
  readonly location?: string
  /** How an OAuth error is named: in the header, or in the body alone, as it was recorded. */
  readonly errorType?: 'header' | 'body'
  /** Whether a start URL's own host says that it is an Identity Center. */
  readonly isIdentityCenter?: boolean
}

/** A server on 127.0.0.1 that is every host at once: directly, or as a proxy that ends TLS itself. */
export class ReplayServer {
  /** What was asked, but for a person's browser. */
  readonly asked: Exchange[] = []
  /** Requests that the recorded client did not send. */
  readonly unexpected: string[] = []
  #exchanges: Exchange[] = []
  #options: ReplayOptions = {}
  readonly #server: Server
  readonly #folder = mkdtempSync(join(tmpdir(), 'mayfly-replay-'))
  /** The authority that the replayed hosts are trusted by. */
  readonly caBundle: string

  private constructor() {
    const certificates = createCertificates(
      this.#folder,
      HOSTS.map((host) => `DNS:${host}`),
    )
    this.caBundle = certificates.authority
    this.#server = createServer((request, response) => {
      void this.#answer(request, response)
    })
    const secureContext = createSecureContext({
      cert: readFileSync(certificates.server),
      key: readFileSync(certificates.serverKey),
    })
    this.#server.on('connect', (_, socket) => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      const secure = new TLSSocket(socket, { isServer: true, secureContext })
      secure.on('error', () => socket.destroy())
      this.#server.emit('connection', secure)
    })
  }

  static start(): Promise<ReplayServer> {
    const replay = new ReplayServer()
    return new Promise((resolve) => replay.#server.listen(0, '127.0.0.1', () => resolve(replay)))
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Answers from now on as it did to one recorded command. */
  replay(exchanges: readonly Exchange[], options: ReplayOptions = {}): void {
    this.#exchanges = [...exchanges]
    this.#options = options
    this.asked.length = 0
    this.unexpected.length = 0
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    rmSync(this.#folder, { recursive: true, force: true })
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const method = request.method ?? ''
    const target = (request.url ?? '').replace(/^http:\/\/[^/]+/, '')
    const path = target.split('?')[0] ?? ''
    if (path === '/authorize') return this.#authorize(target, response)
    const isProbe = path === '/assignment/accounts' && request.headers['x-amz-sso_bearer_token'] === undefined
    const index = isProbe
      ? -1
      : this.#exchanges.findIndex((each) => each.method === method && isSameTarget(each.target, target))
    const exchange = this.#exchanges[index]
    const isPerson = path === '/device'
    if (!isPerson) {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      const answered = { status: exchange?.status ?? 404, answer: exchange?.answer ?? '' }
      this.asked.push({ method, target, headers, body, ...answered })
    }
    if (!exchange) return this.#answerUnrecorded(method, target, response)
    this.#exchanges.splice(index, 1)
    const headers: Record<string, string> = { 'content-type': 'application/json', 'x-amzn-requestid': 'r' }
    if (exchange.status === 302 && this.#options.location) headers['location'] = this.#options.location
    const name = /stub (\w+Exception)/.exec(exchange.answer)?.[1]
    if (name && this.#options.errorType !== 'body') headers['x-amzn-errortype'] = name
    response.writeHead(exchange.status, headers).end(this.#inOurTime(exchange.answer))
  }

  /** The page where a person says yes: the recorded code goes back to the address in the query. */
  #authorize(target: string, response: ServerResponse): void {
    const query = new URL(target, this.origin).searchParams
    const redemption = this.#exchanges.find(({ body }) => body.includes('"authorization_code", "clientId"'))
    const code = /"code": "(\w+)"/.exec(redemption?.body ?? '')?.[1] ?? ''
    const location = `${query.get('redirect_uri')}?code=${code}&state=${query.get('state')}`
    response.writeHead(302, { location }).end()
  }

  #answerUnrecorded(method: string, target: string, response: ServerResponse): void {
    if (target === '/assignment/accounts' && this.#options.isIdentityCenter) {
      response.writeHead(401, { 'x-amzn-errortype': 'UnauthorizedException' }).end('{"message": "no token"}')
      return
    }
    this.unexpected.push(`${method} ${target}`)
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"message": "no such path in stub"}')
  }

  /** The recorded moments, moved to now; the recorded port, replaced by this one's. */
  #inOurTime(answer: string): string {
    const now = Math.floor(Date.now() / 1000)
    return answer
      .replace(/"clientIdIssuedAt": \d+/, `"clientIdIssuedAt": ${now}`)
      .replace(/"clientSecretExpiresAt": \d+/, `"clientSecretExpiresAt": ${now + 90 * 86_400}`)
      .replace(/"expiration": \d+/, `"expiration": ${(now + 3600) * 1000}`)
      .replace(/http:\/\/127\.0\.0\.1:1808\d/g, this.origin)
  }
}

function isSameTarget(recorded: string, asked: string): boolean {
  const [one, other] = [recorded, asked].map((target) => new URL(target, 'http://replay'))
  const query = (url: URL | undefined): string => [...(url?.searchParams ?? [])].sort().join('&')
  return one?.pathname === other?.pathname && query(one) === query(other)
}
