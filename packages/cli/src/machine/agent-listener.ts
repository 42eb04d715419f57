/** The agent's own side of its socket: who may connect, how much they may say, and for how long. */

import { randomBytes, timingSafeEqual } from 'node:crypto'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import type { AgentAnswer } from '../hot/agent-call.ts'
import {
  type AgentDoor,
  agentFolders,
  type DoorPlace,
  formatProof,
  isOwn,
  PROTOCOL,
  parseProof,
  proofFile,
  startMark,
} from '../hot/agent-door.ts'
import type { AgentHandler, Listening } from './agent-socket.ts'
import { findNetworkFileSystem } from './lock.ts'

/** Bytes of a request, with its line end. A data key in base64 and long names fit many times. */
const LONGEST_REQUEST = 8 * 1024
const MOST_CONNECTIONS = 1024
/** Milliseconds that a connection may be silent, or leave its answer unread. */
const PATIENCE = 10_000
/** Milliseconds after which whoever asks is told that it takes longer: their first patience is three seconds. */
const TELL_TO_WAIT = 500

/** Listens in the first folder that is this user's alone and takes a socket, and writes the proof beside. */
export async function listenAsAgent(place: DoorPlace, handler: AgentHandler, version: string): Promise<Listening> {
  const reasons: string[] = []
  for (const folder of agentFolders(place)) {
    const reason = prepareFolder(folder, place)
    if (reason === undefined) {
      try {
        return await listenIn(folder, place, handler, version)
      } catch (error) {
        reasons.push(`${folder}: ${error instanceof Error ? error.message : String(error)}`)
      }
    } else reasons.push(`${folder}: ${reason}`)
  }
  throw new Error(`The agent cannot listen anywhere. ${reasons.join('; ')}`)
}

async function listenIn(folder: string, place: DoorPlace, handler: AgentHandler, version: string): Promise<Listening> {
  const door: AgentDoor = {
    address: addressIn(folder, place.platform, () => randomBytes(16).toString('hex')),
    askProof: randomBytes(32).toString('base64url'),
    answerProof: randomBytes(32).toString('base64url'),
    ...{ pid: process.pid, version },
  }
  const open = new Set<Socket>()
  let connected = 1
  const server = createServer((socket) => {
    open.add(socket)
    connected += 1
    socket.once('close', () => open.delete(socket))
    serve(socket, door, handler)
  })
  server.maxConnections = MOST_CONNECTIONS
  const proof = proofFile(folder, place.platform)
  try {
    await bind(server, door.address, place.platform)
    writeProof(proof, formatProof(door, place.home))
  } catch (error) {
    server.close()
    throw error
  }
  rmSync(startMark(place), { force: true })
  return {
    ...{ address: door.address, pid: door.pid },
    isFound: () => isProofOf(door, proof, place.home),
    tidy() {
      if (connected > 0) globalThis.gc?.()
      connected = 0
    },
    close: () => close({ server, open, door, proof }, place.home),
  }
}

/** `~/.mayfly/agent/agent.sock`, or a pipe whose name nobody can guess, so that nobody listens there before. */
export const addressIn = (folder: string, platform: string, chance: () => string): string =>
  platform === 'win32' ? `\\\\.\\pipe\\mayfly-${chance()}` : `${folder}/agent.sock`

/** Makes the folder; answers why it is not one to listen in. */
function prepareFolder(folder: string, place: DoorPlace): string | undefined {
  try {
    if (place.platform === 'win32') {
      mkdirSync(folder, { recursive: true })
      return undefined
    }
    // Under sudo, or in a container, home may be somebody else's: nothing of ours is left in it.
    if (folder.startsWith(place.home) && statSync(place.home).uid !== place.userId)
      return 'home belongs to another user'
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { uid, mode } = lstatSync(folder)
    // Its owner may have opened it by a careless chmod -R; what is another's stays as it is.
    if (uid === place.userId && (mode & 0o077) !== 0 && lstatSync(folder).isDirectory()) chmodSync(folder, 0o700)
    if (!isOwn(folder, place, 'folder')) return "it is not this user's alone"
    const network = findNetworkFileSystem(folder)
    return network === undefined ? undefined : `it lies on a network file system (${network})`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * Listens under a passing name that then takes the place of a dead agent's socket: the one that is closed later removes its
 * passing name, never its successor's socket.
 */
async function bind(server: Server, address: string, platform: string): Promise<void> {
  const passing = platform === 'win32' ? address : join(dirname(address), `.${process.pid.toString(36)}`)
  if (platform !== 'win32') rmSync(passing, { force: true })
  const former = platform === 'win32' ? undefined : process.umask(0o177)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(passing, () => {
        server.off('error', reject)
        server.on('error', () => undefined)
        resolve()
      })
    })
  } finally {
    if (former !== undefined) process.umask(former)
  }
  if (passing !== address) renameSync(passing, address)
}

function writeProof(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`
  rmSync(temporary, { force: true })
  writeFileSync(temporary, text, { flag: 'wx', mode: 0o600 })
  renameSync(temporary, file)
}

function isProofOf(door: AgentDoor, file: string, home: string): boolean {
  try {
    return parseProof(readFileSync(file, 'utf8'), home)?.askProof === door.askProof
  } catch {
    return false
  }
}

interface OpenDoor {
  readonly server: Server
  readonly open: ReadonlySet<Socket>
  readonly door: AgentDoor
  readonly proof: string
}

async function close({ server, open, door, proof }: OpenDoor, home: string): Promise<void> {
  if (isProofOf(door, proof, home)) {
    rmSync(proof, { force: true })
    if (!door.address.startsWith('\\\\')) rmSync(door.address, { force: true })
    if (!proof.startsWith(home)) removeEmpty(dirname(proof))
  }
  // What was answered still goes out.
  for (const socket of open) socket.destroySoon()
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    setTimeout(resolve, 500).unref()
  })
}

/** Nothing of ours stays below /tmp. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Something else is in it: it is not ours to take away.
  }
}

function serve(socket: Socket, door: AgentDoor, handler: AgentHandler): void {
  let received: Buffer = Buffer.alloc(0)
  let busy = false
  socket.setTimeout(PATIENCE, () => {
    if (!busy) socket.destroy()
  })
  socket.on('error', () => socket.destroy())
  const next = (): void => {
    if (busy) return
    const end = received.indexOf(10)
    if (end < 0) {
      if (received.length > LONGEST_REQUEST || !isBeginning(received)) socket.destroy()
      return
    }
    const line = received.subarray(0, end)
    received = received.subarray(end + 1)
    const words = line.length > LONGEST_REQUEST ? undefined : readRequest(line.toString('utf8'), door)
    if (!words) return void socket.destroy()
    busy = true
    void answer(socket, door, handler, words).then(() => {
      busy = false
      if (!socket.destroyed) next()
    })
  }
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    // One question after the other: a client that sends many without reading is not read either.
    if (busy && received.length > LONGEST_REQUEST) return void socket.destroy()
    next()
  })
}

const OPENING = Buffer.from(`${PROTOCOL}\t`)

/** Whether what came so far can become a request: anything else is cut off at its first byte. */
const isBeginning = (bytes: Buffer): boolean =>
  bytes.subarray(0, OPENING.length).equals(OPENING.subarray(0, Math.min(bytes.length, OPENING.length)))

function readRequest(line: string, door: AgentDoor): readonly string[] | undefined {
  const [protocol, proof = '', ...words] = line.split('\t')
  return protocol === PROTOCOL && isSame(proof, door.askProof) ? words : undefined
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}

async function answer(socket: Socket, door: AgentDoor, handler: AgentHandler, words: readonly string[]): Promise<void> {
  const given = handler(words)
  if (given === undefined) return void socket.destroy()
  if (!(given instanceof Promise)) return say(socket, door, given)
  const timer = setTimeout(() => {
    if (!socket.destroyed) socket.write(`${door.answerProof}\twait\t0\n`)
  }, TELL_TO_WAIT)
  const ready = await given.catch((): AgentAnswer => ({ answer: 'no', text: 'failed' }))
  clearTimeout(timer)
  say(socket, door, ready)
}

function say(socket: Socket, door: AgentDoor, { answer: kind, text }: AgentAnswer): void {
  if (!socket.destroyed) socket.write(`${door.answerProof}\t${kind}\t${Buffer.byteLength(text)}\n${text}`)
}
