/** Stands before the server, counts what passes, and can hold a request back while something else happens. */

import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

export interface Passed {
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly body: string
  readonly host: string
  /** The port from which the client connected. */
  readonly clientPort: number
  status?: number
  answer?: string
}

export class CountingProxy {
  readonly passed: Passed[] = []
  /** Awaited before a request is handed on; a test may hold it back or throw to cut the connection. */
  before: (request: Passed) => Promise<void> | void = () => {}
  /** Awaited before an answer is handed back. */
  afterwards: (request: Passed) => Promise<void> | void = () => {}
  /** Answers in the server's place; what it does not answer is handed on. */
  instead: (request: Passed) => OwnAnswer | undefined = () => undefined
  readonly #server: Server
  readonly #target: () => number

  private constructor(target: () => number) {
    this.#target = target
    this.#server = createServer((request, response) => {
      this.#pass(request, response).catch(() => response.destroy())
    })
    this.#server.keepAliveTimeout = 30_000
  }

  /** Listens on `port` and hands everything to the port that `target` names at that moment. */
  static start(port: number, target: () => number): Promise<CountingProxy> {
    const proxy = new CountingProxy(target)
    return new Promise((resolve, reject) => {
      proxy.#server.on('error', reject)
      proxy.#server.listen(port, '127.0.0.1', () => resolve(proxy))
    })
  }

  /** How many requests went to `path` (without query), and that `matching` accepts. */
  count(path: string, matching: (request: Passed) => boolean = () => true): number {
    return this.passed.filter((each) => each.path.split('?')[0] === path && matching(each)).length
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const passed: Passed = {
      method: request.method ?? '',
      path: request.url ?? '',
      body: body.toString('utf8'),
      host: request.headers.host ?? '',
      clientPort: request.socket.remotePort ?? 0,
    }
    this.passed.push(passed)
    await this.before(passed)
    const answer = this.instead(passed) ?? (await forward(this.#target(), request, body))
    passed.status = answer.status
    passed.answer = answer.body.toString('utf8')
    await this.afterwards(passed)
    response.writeHead(answer.status, answer.headers)
    response.end(answer.body)
  }
}

/** An answer, from the server or in its place. */
export interface OwnAnswer {
  readonly status: number
  readonly headers: Record<string, string | string[]>
  readonly body: Buffer
}

function forward(port: number, request: IncomingMessage, body: Buffer): Promise<OwnAnswer> {
  return new Promise((resolve, reject) => {
    const headers = { ...request.headers, connection: 'close' }
    const call = httpRequest(
      { host: '127.0.0.1', port, method: request.method, path: request.url, headers, agent: false },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const kept = Object.entries(answer.headers).filter(
            (entry): entry is [string, string | string[]] =>
              entry[1] !== undefined && !['connection', 'keep-alive', 'transfer-encoding'].includes(entry[0]),
          )
          resolve({ status: answer.statusCode ?? 502, headers: Object.fromEntries(kept), body: Buffer.concat(chunks) })
        })
      },
    )
    call.on('error', reject)
    call.end(body)
  })
}
