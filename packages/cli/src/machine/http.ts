/** One request, one answer, through the proxy and under the certificates that the environment names. */

import type { Agent, IncomingMessage, RequestOptions } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '@mayfly/identity-center/clock'
import { type Duration, milliseconds, seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { type Connection, ConnectionRefusal, describeFailure, startRequest, startTimer } from './connection.ts'
import { findProxy, proxyAuthorization } from './proxy.ts'
import { openTunnel } from './tunnel.ts'

export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export interface HttpResponse {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface HttpSettings {
  /** PEM file to trust instead of the built-in authorities: `--ca-bundle`, AWS_CA_BUNDLE, or the profile's `ca_bundle`. */
  readonly caBundle?: string
  /** false only for `--no-verify-ssl`. */
  readonly verify?: boolean
  /** 60 s when not said; 0 waits forever. */
  readonly connectTimeout?: Duration
  readonly readTimeout?: Duration
  /** Attempts in total (3 when not said, as botocore's standard mode). */
  readonly attempts?: number
}

export interface Http {
  /**
   * Sends a request, again after a connection error, 429, 500, 502, 503 or 504. Follows no redirect.
   * Rejects with a ConnectionRefusal when there is no answer.
   */
  send(request: HttpRequest, settings?: HttpSettings): Promise<HttpResponse>
}

export interface HttpSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: Clock
  /** 0 up to 1, for pauses that do not fall together. */
  readonly chance: () => number
  /** A certificate file's bytes; nothing when there is none. */
  readonly readFile: (path: string) => Promise<Uint8Array | undefined>
}

const TIMEOUT = seconds(60)
const ATTEMPTS = 3
const LONGEST_PAUSE = seconds(20)
// botocore's standard mode: throttling and what may pass by itself.
const AGAIN: ReadonlySet<number> = new Set([429, 500, 502, 503, 504])
// An answer of ours is a few kilobytes; whatever is longer is not from an Identity Center.
const LONGEST_BODY = 8 * 1024 * 1024

/** Requests of this computer, over node:http and node:https themselves. */
export function createHttp(surroundings: HttpSurroundings): Http {
  const agents = new Map<string, Agent>()
  const certificates = new Map<string, Promise<string>>()
  return {
    async send(request, settings = {}) {
      const attempts = settings.attempts ?? ATTEMPTS
      for (let attempt = 1; ; attempt += 1) {
        try {
          const connection = await prepare(request.url, settings, surroundings, certificates)
          const response = await sendOnce(request, connection, agents)
          if (!AGAIN.has(response.status) || attempt >= attempts) return response
        } catch (error) {
          if (!(error instanceof ConnectionRefusal) || attempt >= attempts || isFinal(error)) throw error
        }
        const pause = Math.min(surroundings.chance() * 1000 * 2 ** (attempt - 1), LONGEST_PAUSE)
        await surroundings.clock.sleep(milliseconds(pause))
      }
    },
  }
}

/** A certificate that is not trusted stays so at the next attempt. */
const isFinal = (error: ConnectionRefusal): boolean => error.message.startsWith('SSL validation failed')

async function prepare(
  address: string,
  settings: HttpSettings,
  { env, readFile }: HttpSurroundings,
  certificates: Map<string, Promise<string>>,
): Promise<Connection> {
  const url = new URL(address)
  const { caBundle, verify = true } = settings
  let ca: string | undefined
  if (caBundle !== undefined && verify) {
    const reading = certificates.get(caBundle) ?? readBundle(caBundle, readFile)
    certificates.set(caBundle, reading)
    ca = await reading
  }
  return {
    url,
    proxy: findProxy(url, env),
    tls: { rejectUnauthorized: verify, ...(ca !== undefined && { ca }) },
    connectTimeout: settings.connectTimeout ?? TIMEOUT,
    readTimeout: settings.readTimeout ?? TIMEOUT,
  }
}

async function readBundle(path: string, readFile: HttpSurroundings['readFile']): Promise<string> {
  const bytes = await readFile(path)
  const text = bytes && Buffer.from(bytes).toString('latin1')
  // Node would pass over a file without certificates, and then trust nobody.
  if (text !== undefined && !/-----BEGIN (X509 |TRUSTED )?CERTIFICATE-----/.test(text)) {
    throw new Refusal('invalid', `There is no certificate in the TLS CA certificate bundle ${path}`, {
      hint: 'It holds lines that begin with -----BEGIN CERTIFICATE----- (PEM).',
    })
  }
  if (text !== undefined) return text
  throw new Refusal('not-found', `Could not find a suitable TLS CA certificate bundle, invalid path: ${path}`, {
    hint: 'Look at AWS_CA_BUNDLE, and at ca_bundle in the profile.',
  })
}

async function sendOnce(
  request: HttpRequest,
  connection: Connection,
  agents: Map<string, Agent>,
): Promise<HttpResponse> {
  const { url, proxy } = connection
  const body = Buffer.from(request.body ?? '')
  const headers: Record<string, string> = { ...request.headers }
  if (body.length > 0 || request.method === 'POST') headers['Content-Length'] = String(body.length)
  const options: RequestOptions = { method: request.method, headers }
  if (!proxy) return exchange(url, { ...options, agent: await findAgent(connection, agents) }, body, connection)
  if (url.protocol === 'https:') {
    const tunnel = await openTunnel(proxy, connection)
    try {
      return await exchange(url, { ...options, createConnection: () => tunnel }, body, connection)
    } finally {
      // Left open it would keep the process from ending.
      tunnel.destroy()
    }
  }
  const authorization = proxyAuthorization(proxy)
  headers['Host'] = url.host
  if (authorization !== undefined) headers['Proxy-Authorization'] = authorization
  // A proxy for plain http is asked for the whole address (RFC 9112 §3.2.2).
  return exchange(
    proxy,
    { ...options, path: withoutUser(url).href.replace(/#.*$/, ''), agent: false },
    body,
    connection,
  )
}

const withoutUser = (url: URL): URL => Object.assign(new URL(url), { username: '', password: '' })

async function findAgent({ url, tls }: Connection, agents: Map<string, Agent>): Promise<Agent> {
  const key = JSON.stringify([url.protocol, tls])
  const found = agents.get(key)
  if (found) return found
  const agent =
    url.protocol === 'https:'
      ? new (await import('node:https')).Agent({ keepAlive: true, ...tls })
      : new (await import('node:http')).Agent({ keepAlive: true })
  agents.set(key, agent)
  return agent
}

async function exchange(
  url: URL,
  options: RequestOptions,
  body: Buffer,
  connection: Connection,
): Promise<HttpResponse> {
  const { tls, connectTimeout, readTimeout } = connection
  const outgoing = await startRequest(url, { ...options, ...tls })
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      clearTimeout(timer)
      reject(describeFailure(error, connection))
    }
    // One timer for what comes first, the connection, and then for the answer.
    let timer = startTimer(connectTimeout, () => outgoing.destroy(new Error('ETIMEDOUT: connect')))
    const connected = (): void => {
      clearTimeout(timer)
      timer = startTimer(readTimeout, () => outgoing.destroy(new Error('ETIMEDOUT: read')))
    }
    outgoing.once('socket', (socket: Socket) => {
      const event = url.protocol === 'https:' ? 'secureConnect' : 'connect'
      if (socket.connecting) socket.once(event, connected)
      else connected()
    })
    outgoing.once('error', fail)
    outgoing.once('response', (incoming) => {
      readBody(incoming).then((text) => {
        clearTimeout(timer)
        resolve({ status: incoming.statusCode ?? 0, headers: flatHeaders(incoming), body: text })
      }, fail)
    })
    outgoing.end(body)
  })
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    size += chunk.length
    if (size > LONGEST_BODY) throw new Error('the answer is longer than 8 MiB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function flatHeaders({ headers }: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}
