/** A proxy as an office has it: tunnels to where its list of names leads, and remembers who was asked for. */

import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

export class ConnectProxy {
  /** `host:port` of each tunnel that was asked for. */
  readonly asked: string[] = []
  readonly #server: Server

  private constructor(target: () => number) {
    this.#server = createServer((_request, response) => response.writeHead(501).end())
    this.#server.on('connect', (request, socket, head) => {
      this.asked.push(request.url ?? '')
      const tunnel = connect(target(), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        tunnel.write(head)
        tunnel.pipe(socket).pipe(tunnel)
      })
      tunnel.on('error', () => socket.destroy())
      socket.on('error', () => tunnel.destroy())
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
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}
