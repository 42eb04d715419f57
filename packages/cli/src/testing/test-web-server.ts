/** A web server made of memory: a test asks it with `ask`, no port is opened. */

import type { WebAnswer, WebRequest, WebServer } from '../machine/web-server.ts'

type Answer = (request: WebRequest) => Promise<WebAnswer>

export interface TestWebServer extends WebServer {
  /** Sends a request to whoever listens on a port; refused as a closed port is. */
  ask(port: number, request: Partial<WebRequest>): Promise<WebAnswer>
}

/** Ports are handed out from 40000 on. */
export function testWebServer(): TestWebServer {
  const listeners = new Map<number, Answer>()
  let next = 40_000
  return {
    async listen({ port }, answer) {
      const own = port === 0 ? next : port
      next += 1
      if (listeners.has(own)) throw Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' })
      listeners.set(own, answer)
      return { port: own, close: async () => void listeners.delete(own) }
    },
    async ask(port, request) {
      const answer = listeners.get(port)
      if (!answer) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
      return answer({
        method: 'GET',
        target: '/',
        headers: {},
        peer: '127.0.0.1',
        findCaller: async () => 'own',
        ...request,
      })
    },
  }
}
