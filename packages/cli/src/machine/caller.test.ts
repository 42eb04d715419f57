/** A connection is known by the user of its other end, in the words of Linux's list of sockets. */

import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { findCaller, judgeCaller } from './caller.ts'

const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'
const row = (local: string, remote: string, state: string, userId: number, inode = 4711): string =>
  `   1: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000 ${String(userId).padStart(5)}        0 ${inode} 1 0000000000000000 20 0 0 10 -1\n`

const [OWN, PEER, MAPPED] = ['0100007F:9C40', '0100007F:D431', '0000000000000000FFFF00000100007F:D431']
const LISTENING = row(OWN, '00000000:0000', '0A', 1000)
const OPEN = row(OWN, PEER, '01', 1000)
const question = { ownPort: 40_000, peerPort: 54_321, userId: 1000 }
const judge = (...rows: readonly string[]): string => judgeCaller(`${HEAD}${rows.join('')}\n${HEAD}`, question)

test('this user and root are own, everybody else is another', () => {
  expect(judge(LISTENING, OPEN, row(PEER, OWN, '01', 1000))).toBe('own')
  expect(judge(LISTENING, OPEN, row(MAPPED, OWN, '01', 1000))).toBe('own')
  expect(judge(LISTENING, OPEN, row(PEER, OWN, '01', 0))).toBe('own')
  expect(judge(LISTENING, OPEN, row(PEER, OWN, '01', 1001))).toBe('other')
})

test('one that sent its words and left is another: a closed socket is nobody’s', () => {
  expect(judge(LISTENING, row(OWN, PEER, '08', 1000), row(PEER, OWN, '05', 0, 0))).toBe('other')
  expect(judge(LISTENING, OPEN, row(PEER, OWN, '06', 0, 0))).toBe('other')
  expect(judge(LISTENING)).toBe('other')
})

test('where the system does not list it, it is unknown', () => {
  expect(judge()).toBe('unknown')
  expect(judge(LISTENING, OPEN)).toBe('unknown')
})

test.runIf(process.platform === 'linux')('a connection of this process is its own', async () => {
  const { promise, resolve } = Promise.withResolvers<Socket>()
  const server = createServer(resolve).listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const accepted = await promise
  expect(await findCaller(accepted)).toBe('own')
  client.destroy()
  accepted.destroy()
  server.close()
})
