/** A proxy as an office has it: tunnels to where its list of names leads, and remembers who was asked for. */

import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'

export class ConnectProxy {
  /** `host:port` of each tunnel that was asked for. */
  readonly asked: string[] = []
  readonly #server: Server
  readonly #open = new Set<Duplex>()

  private constructor(target: () => number) {
    this.#server = createServer((_request, response) => response.writeHead(501).end())
    this.#server.on('connect', (request, socket, head) => {
      this.asked.push(request.url ?? '')
      const tunnel = connect(target(), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        tunnel.write(head)
        tunnel.pipe(socket).pipe(tunnel)
      })
      for (const [one, other] of [
        [tunnel, socket],
        [socket, tunnel],
      ] as const) {
        this.#open.add(one)
        one.on('error', () => other.destroy())
        one.on('close', () => {
          this.#open.delete(one)
          other.destroy()
        })
      }
    })
  }

  /** Every name leads to the port of 127.0.0.1 that `target` names. */
  static start(target: () => number): Promise<ConnectProxy> {
    const proxy = new ConnectProxy(target)
    return new Promise((resolve) => proxy.#server.listen(0, '127.0.0.1', () => resolve(proxy)))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections()
    // Tunnels are no longer the http server's own.
    for (const socket of this.#open) socket.destroy()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}
