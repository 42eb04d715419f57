/** Who is at the other end of a connection over loopback: the kernel of Linux lists every socket with its user. */

import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'

/** `unknown` where the system does not tell: then a secret in the address has to do. */
export type Caller = 'own' | 'other' | 'unknown'

/** The two ends of a connection, and this process's user. */
export interface CallQuestion {
  readonly ownPort: number
  readonly peerPort: number
  readonly userId: number
}

/**
 * Whose connection it is, by the text of `/proc/net/tcp` and `tcp6`. Root counts as own: it may do what it likes, and hands
 * on what comes from outside of WSL. Who has left without waiting for the answer, so that no user is listed, is another.
 */
export function judgeCaller(tables: string, { ownPort, peerPort, userId }: CallQuestion): Caller {
  const sockets = tables.split('\n').flatMap(parseSocket)
  if (!sockets.some(({ local, state }) => local === ownPort && state === LISTENING)) return 'unknown'
  const own = sockets.find(({ local, remote }) => local === ownPort && remote === peerPort)
  if (own?.state !== ESTABLISHED) return 'other'
  const peer = sockets.find(({ local, remote }) => local === peerPort && remote === ownPort)
  if (!peer) return 'unknown'
  return peer.inode !== '0' && [userId, 0].includes(peer.userId) ? 'own' : 'other'
}

/** States of a socket (include/net/tcp_states.h). */
const [ESTABLISHED, LISTENING] = ['01', '0A']

interface ListedSocket {
  readonly local: number
  readonly remote: number
  readonly state: string
  readonly userId: number
  /** 0 for one that no process has any more. */
  readonly inode: string
}

function parseSocket(line: string): readonly ListedSocket[] {
  const [, local = '', remote = '', state = '', , , , userId = '', , inode = ''] = line.trim().split(/\s+/)
  const portOf = (address: string): number => Number.parseInt(address.replace(/^.*:/, ''), 16)
  return /:[0-9A-F]{4}$/.test(local)
    ? [{ local: portOf(local), remote: portOf(remote), state, userId: Number(userId), inode }]
    : []
}

/** Whose connection this is, while it is open. */
export async function findCaller({ localPort, remotePort }: Socket): Promise<Caller> {
  const userId = process.getuid?.()
  if (process.platform !== 'linux' || userId === undefined) return 'unknown'
  if (localPort === undefined || remotePort === undefined) return 'other'
  const look = async (): Promise<Caller> =>
    judgeCaller(await readTables(), { ownPort: localPort, peerPort: remotePort, userId })
  const first = await look()
  // One that went away between two lines of the list is found out by the second look.
  return first === 'unknown' ? look() : first
}

async function readTables(): Promise<string> {
  const read = (name: string): Promise<string> => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')
  return `${await read('tcp')}\n${await read('tcp6')}`
}
