/**
 * A proxy that lets nothing off this machine and remembers who was asked for: a client that reaches past the server
 * falls in. What is meant for this machine it hands on, because older botocore decides about the proxy by the
 * service's usual host and only then takes the rule-set's.
 */

import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

export class TrapProxy {
  /** Every host that somebody tried to reach, with its port. */
  readonly asked: string[] = []
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => {
      const url = URL.parse(request.url ?? '')
      if (url !== null && ['127.0.0.1', 'localhost'].includes(url.hostname)) return handOn(url, request, response)
      this.asked.push(request.headers.host ?? request.url ?? '')
      response.writeHead(502).end()
    })
    this.#server.on('connect', (request, socket) => {
      this.asked.push(request.url ?? '')
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    })
  }

  static start(): Promise<TrapProxy> {
    const trap = new TrapProxy()
    return new Promise((resolve) => trap.#server.listen(0, '127.0.0.1', () => resolve(trap)))
  }

  /** The variables that send every host but this machine's own through the trap. */
  get env(): Record<string, string> {
    const address = this.#server.address()
    const proxy = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
    const own = '127.0.0.1,localhost'
    return {
      HTTP_PROXY: proxy,
      HTTPS_PROXY: proxy,
      http_proxy: proxy,
      https_proxy: proxy,
      NO_PROXY: own,
      no_proxy: own,
    }
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}

function handOn(url: URL, request: IncomingMessage, response: ServerResponse): void {
  const call = httpRequest(url, { method: request.method, headers: request.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  call.on('error', () => response.destroy())
  request.pipe(call)
}
