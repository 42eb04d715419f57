/** The other loopback address: `localhost` means both, and a browser picks either. */

import { createServer, type Server } from 'node:net'

/**
 * Makes `server`, which listens on 127.0.0.1, answer on [::1] too. Resolves to what closes it again, or to undefined
 * on a machine without that address, or where somebody else has the port.
 */
export function listenOnOtherLoopback(server: Server, port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const other = createServer((socket) => server.emit('connection', socket))
    other.once('error', () => resolve(undefined))
    other.listen({ host: '::1', port, ipv6Only: true }, () => resolve(other))
  })
}
