/** Answers HTTP requests on one address of this computer: bounded in time, in size and in number. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type Caller, findCaller } from './caller.ts'

export interface WebRequest {
  readonly method: string
  /** Path and query, exactly as they were sent. */
  readonly target: string
  /** By lower-case name, every value that was sent, in order. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>
  /** The address that it came from; empty when the connection is gone. */
  readonly peer: string
  /** Whose connection it is, for an address of loopback. */
  findCaller(): Promise<Caller>
}

export interface WebAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface WebListener {
  /** The port that is listened on; the one that the system picked when 0 was asked for. */
  readonly port: number
  /** Stops listening. Answers under way may end first, but nobody is waited for longer than a second. */
  close(): Promise<void>
}

export interface WebServer {
  /**
   * Listens on one address and answers every request with what `answer` says; a connection carries one request. A body
   * is never read. Throws the system's error when the address cannot be had (EADDRINUSE, EADDRNOTAVAIL, EACCES).
   */
  listen(
    place: { readonly host: string; readonly port: number },
    answer: (request: WebRequest) => Promise<WebAnswer>,
  ): Promise<WebListener>
}

/** A whole request has to be there by then: who sends a byte a second holds a connection, and no more. */
const PATIENCE_MS = 5_000
/** How many connections are open at once. */
const MOST_CONNECTIONS = 128
const LARGEST_HEAD_BYTES = 16_384
const LAST_WORDS_MS = 1_000

/** The web server of this computer. */
export const systemWebServer: WebServer = {
  async listen({ host, port }, answer) {
    const settings = {
      headersTimeout: PATIENCE_MS,
      requestTimeout: PATIENCE_MS,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: LARGEST_HEAD_BYTES,
    }
    const connections = new Map<Socket, 'idle' | 'answering'>()
    const server = createServer(settings, (request, response) => {
      connections.set(request.socket, 'answering')
      void respond(request, response, answer)
    })
    server.on('connection', (socket: Socket) => admit(connections, socket))
    await bind(server, host, port)
    const { port: bound } = server.address() as AddressInfo
    return { port: bound, close: () => close(server, connections) }
  },
}

/**
 * Takes a connection in; when there are too many, the oldest that has asked nothing yet goes. So whoever opens hundreds
 * of them and stays silent throws out their own.
 */
function admit(connections: Map<Socket, 'idle' | 'answering'>, socket: Socket): void {
  connections.set(socket, 'idle')
  socket.once('close', () => connections.delete(socket))
  if (connections.size <= MOST_CONNECTIONS) return
  const oldest = [...connections].find(([, state]) => state === 'idle')?.[0] ?? socket
  oldest.destroy()
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: WebRequest) => Promise<WebAnswer>,
): Promise<void> {
  const { status, headers, body } = await answer({
    method: request.method ?? '',
    target: request.url ?? '',
    headers: request.headersDistinct,
    peer: request.socket.remoteAddress ?? '',
    findCaller: () => findCaller(request.socket),
  }).catch(() => ({ status: 500, headers: {}, body: '' }))
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' })
  response.end(request.method === 'HEAD' ? '' : body)
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port, exclusive: true }, () => {
      // An error after this (no more file descriptors) costs that one connection.
      server.off('error', reject)
      server.on('error', () => undefined)
      resolve()
    })
  })
}

function close(server: Server, connections: ReadonlyMap<Socket, 'idle' | 'answering'>): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), LAST_WORDS_MS)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    for (const [socket, state] of connections) if (state === 'idle') socket.destroy()
  })
}
