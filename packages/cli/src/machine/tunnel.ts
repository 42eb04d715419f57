/** A connection to a host through a proxy. */

import type { Socket } from 'node:net'
import { type Connection, describeFailure, proxyFailure, startRequest, startTimer } from './connection.ts'
import { proxyAuthorization } from './proxy.ts'

/** A connection through the proxy to the host itself (CONNECT, RFC 9110 §9.3.6), and TLS inside of it. */
export async function openTunnel(proxy: URL, connection: Connection): Promise<Socket> {
  const { url, tls, connectTimeout } = connection
  const host = `${url.hostname}:${url.port || 443}`
  const authorization = proxyAuthorization(proxy)
  const asking = await startRequest(new URL(proxy.origin), {
    method: 'CONNECT',
    path: host,
    agent: false,
    headers: { Host: host, ...(authorization !== undefined && { 'Proxy-Authorization': authorization }) },
    ...tls,
  })
  const socket = await new Promise<Socket>((resolve, reject) => {
    const timer = startTimer(connectTimeout, () => asking.destroy(new Error('ETIMEDOUT: connect')))
    const fail = (error: Error): void => {
      clearTimeout(timer)
      reject(proxyFailure(proxy, error))
    }
    asking.once('error', fail)
    asking.once('response', (incoming) => fail(new Error(`the proxy answered ${incoming.statusCode}`)))
    asking.once('connect', (answer, tunnel) => {
      clearTimeout(timer)
      if (answer.statusCode === 200) return resolve(tunnel as Socket)
      tunnel.destroy()
      fail(new Error(`the proxy answered ${answer.statusCode}`))
    })
    asking.end()
  })
  return startTls(socket, connection, tls)
}

async function startTls(socket: Socket, connection: Connection, tls: Connection['tls']): Promise<Socket> {
  const { connect } = await import('node:tls')
  const { isIP } = await import('node:net')
  const { hostname } = connection.url
  const name = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    const secure = connect({ socket, host: name, ...(isIP(name) === 0 && { servername: name }), ...tls })
    secure.once('error', (error) => reject(describeFailure(error, connection)))
    secure.once('secureConnect', () => resolve(secure))
  })
}
