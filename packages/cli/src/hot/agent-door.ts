/** Where this person's agent can be asked, and the proof that it is theirs: fs alone. */

import { lstatSync, readFileSync } from 'node:fs'
import { sha1 } from './sha1.ts'

/** The protocol's name and number, as the first words of every request and of the proof file. */
export const PROTOCOL = 'mayfly-agent 1'

/** An agent that is, or was, running. */
export interface AgentDoor {
  /** The socket's path, or the pipe's name. */
  readonly address: string
  /** What a request begins with: only who can read the proof file knows it. */
  readonly askProof: string
  /** What an answer begins with: only the agent that wrote the proof file knows it. */
  readonly answerProof: string
  readonly pid: number
  readonly version: string
}

export interface DoorPlace {
  readonly home: string
  readonly platform: string
  /** The number of the user who asks; undefined on Windows, where the profile folder's own rights guard the file. */
  readonly userId: number | undefined
}

/** The longest path that every system's sockaddr_un holds: 104 bytes with the final zero on macOS, 108 on Linux. */
const LONGEST_SOCKET_PATH = 103

/**
 * The folders that may hold the agent's socket and proof, in the order to look: below home, else (home is too long for a
 * socket, or lies on a network where two hosts would meet) a short one for this user and this home alone.
 */
export function agentFolders({ home, platform, userId }: DoorPlace): readonly string[] {
  if (platform === 'win32') return [`${home}\\.mayfly\\agent`]
  const own = `${home === '/' ? '' : home}/.mayfly/agent`
  const short = `/tmp/mayfly-${userId}-${sha1(home).slice(0, 12)}`
  return fitsSocket(own) ? [own, short] : [short]
}

/** True when a socket can be bound in the folder. */
export const fitsSocket = (folder: string): boolean => Buffer.byteLength(`${folder}/agent.sock`) <= LONGEST_SOCKET_PATH

export const proofFile = (folder: string, platform: string): string =>
  platform === 'win32' ? `${folder}\\proof` : `${folder}/proof`

/**
 * The agent that wrote the proof file, after a look at whose folder and whose file it is: a link, another user's folder,
 * or one that others may write into is no agent of ours.
 */
export function findAgentDoor(place: DoorPlace): AgentDoor | undefined {
  for (const folder of agentFolders(place)) {
    const file = proofFile(folder, place.platform)
    try {
      if (!isOwn(folder, place, 'folder') || !isOwn(file, place, 'file')) continue
      const door = parseProof(readFileSync(file, 'utf8'), place.home)
      if (door) return door
    } catch {
      // Not there, or not readable: no agent.
    }
  }
  return undefined
}

/** Whether a path is of this kind, belongs to this user and is closed to everybody else. Throws when it is not there. */
export function isOwn(path: string, { platform, userId }: DoorPlace, kind: 'folder' | 'file'): boolean {
  const found = lstatSync(path)
  if (kind === 'folder' ? !found.isDirectory() : !found.isFile()) return false
  return platform === 'win32' || (found.uid === userId && (found.mode & 0o077) === 0)
}

export const formatProof = (door: AgentDoor, home: string): string =>
  `${[PROTOCOL, door.address, door.askProof, door.answerProof, door.pid, door.version, home].join('\n')}\n`

/** Nothing when it is of another protocol, of another home, or cut off. */
export function parseProof(text: string, home: string): AgentDoor | undefined {
  const [protocol, address = '', askProof = '', answerProof = '', pid, version = '', ownHome, end] = text.split('\n')
  if (protocol !== PROTOCOL || ownHome !== home || end !== '' || !address || !askProof || !answerProof) return undefined
  return { address, askProof, answerProof, pid: Number(pid), version }
}

/** Lies there from the moment an agent is being started until it listens. */
export const startMark = ({ home, platform }: DoorPlace): string =>
  platform === 'win32' ? `${home}\\.mayfly\\agent-starting` : `${home === '/' ? '' : home}/.mayfly/agent-starting`
