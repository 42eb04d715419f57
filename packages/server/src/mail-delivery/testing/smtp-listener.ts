/** A mail server for tests: it speaks as much SMTP as a client needs, and keeps what it was handed. */

import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface SmtpListener {
  readonly port: number
  /** Each mail as it came, headers first. */
  readonly received: string[]
  /** What clients said. */
  readonly commands: string[]
  /** The next mails are refused with this line. */
  refuseWith: string | undefined
  close(): Promise<void>
}

export async function startSmtpListener(): Promise<SmtpListener> {
  const state = { received: [] as string[], commands: [] as string[], refuseWith: undefined as string | undefined }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    converse(socket, state)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(state, {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  })
}

function converse(socket: Socket, state: Pick<SmtpListener, 'received' | 'commands' | 'refuseWith'>): void {
  let data: string[] | undefined
  let rest = ''
  const say = (line: string): void => {
    socket.write(`${line}\r\n`)
  }
  const hear = (line: string): void => {
    if (data === undefined) {
      state.commands.push(line)
      say(answerTo(line.slice(0, 4).toUpperCase(), state.refuseWith))
      if (line.toUpperCase() === 'DATA') data = []
    } else if (line === '.') {
      state.received.push(data.join('\n'))
      data = undefined
      say('250 kept')
    } else data.push(line)
  }
  say('220 test')
  socket.on('error', () => {})
  socket.on('data', (bytes) => {
    const lines = (rest + bytes.toString()).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) hear(line)
  })
}

function answerTo(command: string, refusal: string | undefined): string {
  if (command === 'MAIL' && refusal !== undefined) return refusal
  const answers: Readonly<Record<string, string>> = {
    EHLO: '250-test\r\n250 AUTH PLAIN',
    AUTH: '235 welcome',
    DATA: '354 go on',
    QUIT: '221 bye',
  }
  return answers[command] ?? '250 fine'
}
