/** Sends prepared HTTP/1.1 requests over keep-alive connections and measures the answers; as lean as Node allows. */

import { connect, type Socket } from 'node:net'

export interface Source {
  /** The next request for this connection, or undefined when there is none left. */
  next(connection: number): Buffer | undefined
  /** Told of every answer before `next` is asked again on the same connection. */
  answered?(connection: number, body: string, head: string): void
}

export interface LoadResult {
  readonly answers: number
  /** Answers whose status was 400 or above. */
  readonly refused: number
  readonly seconds: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

export interface LoadOptions {
  readonly port: number
  readonly connections: number
  readonly source: Source
  /** Milliseconds; the run also ends when the source is empty. */
  readonly duration: number
}

/** Runs until the time is over; a request that is on its way then is still waited for. */
export async function load({ port, connections, source, duration }: LoadOptions): Promise<LoadResult> {
  const latencies: number[] = []
  let refused = 0
  const start = performance.now()
  const end = start + duration
  await Promise.all(
    Array.from({ length: connections }, (_, connection) =>
      converse(port, {
        next: () => (performance.now() < end ? source.next(connection) : undefined),
        answered: ({ status, body, head }, latency) => {
          latencies.push(latency)
          if (status >= 400) refused += 1
          source.answered?.(connection, body, head)
        },
      }),
    ),
  )
  const seconds = (performance.now() - start) / 1000
  latencies.sort((a, b) => a - b)
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return {
    answers: latencies.length,
    refused,
    seconds,
    perSecond: latencies.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
  }
}

interface Conversation {
  next(): Buffer | undefined
  answered(answer: Answer, latency: number): void
}

interface Answer {
  readonly status: number
  /** The status line and the headers. */
  readonly head: string
  readonly body: string
}

function converse(port: number, conversation: Conversation): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let received = Buffer.alloc(0)
    let sentAt = 0
    const send = (): void => {
      const request = conversation.next()
      if (!request) {
        socket.end()
        resolve()
        return
      }
      sentAt = performance.now()
      socket.write(request)
    }
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const answer = wholeAnswer(received)
      if (!answer) return
      received = received.subarray(answer.length)
      conversation.answered(answer, performance.now() - sentAt)
      send()
    })
  })
}

/** One request is on its way at a time, so what is received is at most one answer. */
function wholeAnswer(received: Buffer): (Answer & { length: number }) | undefined {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = received.toString('latin1', 0, headEnd)
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
  if (received.length < headEnd + 4 + length) return undefined
  return {
    status: Number(head.slice(9, 12)),
    head,
    body: received.toString('utf8', headEnd + 4, headEnd + 4 + length),
    length: headEnd + 4 + length,
  }
}

/** The bytes of one request. */
export function requestBytes(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const length = body === '' && method === 'GET' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}${length}\r\n${body}`)
}
