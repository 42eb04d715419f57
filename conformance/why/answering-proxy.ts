/** Stands before the server and answers some paths itself: a service that is overrun, fails, or is something else. */

import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface OwnAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export class AnsweringProxy {
  /** What is answered to a path (without its query); nothing hands it on to the server. */
  answer: (path: string) => OwnAnswer | undefined = () => undefined
  /** Hands the name on under which it was asked, as a proxy before a server without --public-url does. */
  keepsHost = false
  readonly #server: Server

  private constructor(target: number) {
    this.#server = createServer((request, response) => {
      const path = request.url?.split('?')[0] ?? ''
      const own = this.answer(path)
      if (own) return response.writeHead(own.status, own.headers).end(own.body)
      const { method } = request
      const headers = this.keepsHost ? request.headers : { ...request.headers, host: `127.0.0.1:${target}` }
      const call = httpRequest({ host: '127.0.0.1', port: target, method, path: request.url, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      })
      call.on('error', () => response.destroy())
      return request.pipe(call)
    })
  }

  static start(target: number): Promise<AnsweringProxy> {
    const proxy = new AnsweringProxy(target)
    return new Promise((resolve) => proxy.#server.listen(0, '127.0.0.1', () => resolve(proxy)))
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}
