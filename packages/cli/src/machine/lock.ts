/** A lock between processes that the kernel frees when its holder dies, however it dies. */

import { createHash } from 'node:crypto'
import { mkdirSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'

export interface LockOptions {
  /** Called once when somebody else holds the lock for longer than a moment, so that the person can be told. */
  readonly onWait?: () => void
  /** Waits for nobody: what is held is told about at once by `onWait`, and the task runs beside the other one. */
  readonly isShared?: boolean
}

export interface Lock {
  /**
   * Runs `task` while no other process (nor another task of this one) holds the lock called `name`. Decide inside:
   * what was read before may have been changed by the one that held the lock.
   */
  withLock<T>(name: string, task: () => Promise<T>, options?: LockOptions): Promise<T>
}

/** Milliseconds between two attempts: short at first, then long enough for fifty processes to wait without load. */
const FIRST_PAUSE = 5
const LONGEST_PAUSE = 60
/** Milliseconds after which the person is told that somebody else is at it. */
const TELL_AFTER = 1500

/** File systems that pass locks over a network, if at all; numbers of statfs(2). */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0x01021997, '9p'],
  [0x65735546, 'FUSE'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
])

/** The name of the network file system that holds `path`; undefined for a local or unknown one. */
export function findNetworkFileSystem(path: string): string | undefined {
  try {
    return NETWORK_FILE_SYSTEMS.get(Number(statfsSync(path).type) >>> 0)
  } catch {
    return undefined
  }
}

/**
 * The locks of this machine, one file each in `folder`. Where the file system cannot lock, `warn` is told once and
 * tasks run without a lock between processes: a sign-in that may be asked for twice is better than none.
 */
export function createLock(folder: string, warn: (sentence: string) => void): Lock {
  const own = new Map<string, Promise<unknown>>()
  let warned = false
  const tell = (reason: string): void => {
    if (!warned) warn(cannotLock(folder, reason))
    warned = true
  }
  return {
    withLock(name, task, options = {}) {
      if (options.isShared && own.has(name)) {
        options.onWait?.()
        return task()
      }
      // SQLite's locks are per process: tasks of this one queue up here first.
      const turn = (own.get(name) ?? Promise.resolve())
        .then(() => locked(folder, name, task, options, tell))
        .finally(() => own.get(name) === last && own.delete(name))
      const last = turn.then(
        () => undefined,
        () => undefined,
      )
      own.set(name, last)
      return turn
    },
  }
}

function cannotLock(folder: string, reason: string): string {
  const network = findNetworkFileSystem(folder)
  const where = network ? `${folder} lies on a network file system (${network})` : folder
  return `${where} cannot be locked (${reason}): several processes at once may each open a sign-in page.`
}

async function locked<T>(
  folder: string,
  name: string,
  task: () => Promise<T>,
  options: LockOptions,
  tell: (reason: string) => void,
): Promise<T> {
  let held: DatabaseSync | undefined
  try {
    held = await acquire(lockFile(folder, name), options)
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error))
  }
  try {
    return await task()
  } finally {
    // Closing rolls the empty transaction back and frees the lock.
    held?.close()
  }
}

function lockFile(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return join(folder, `${createHash('sha1').update(name).digest('hex')}.lock`)
}

/** Nothing where the lock is held, and that is to be waited for by nobody. */
async function acquire(path: string, { onWait, isShared }: LockOptions): Promise<DatabaseSync | undefined> {
  const { DatabaseSync } = await sqlite()
  const database = new DatabaseSync(path, { timeout: 0 })
  const started = performance.now()
  let pause = FIRST_PAUSE
  let told = false
  for (;;) {
    try {
      // Nothing is ever written: the exclusive lock on the empty file is the whole point.
      database.exec('BEGIN EXCLUSIVE')
      return database
    } catch (error) {
      if (!isBusy(error)) {
        database.close()
        throw error
      }
      if (isShared) {
        database.close()
        onWait?.()
        return undefined
      }
    }
    if (!told && performance.now() - started > TELL_AFTER) {
      told = true
      onWait?.()
    }
    // A random part keeps fifty waiting processes from asking in step.
    await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())))
    pause = Math.min(LONGEST_PAUSE, pause * 1.5)
  }
}

/** SQLITE_BUSY and its extended codes, in whose low byte the plain code lies. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5
}

/** node:sqlite, without the one warning that Node 22 and 24 print about it. */
async function sqlite(): Promise<typeof import('node:sqlite')> {
  const emitWarning = process.emitWarning
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]): void => {
    const text = typeof warning === 'string' ? warning : warning.message
    if (/^SQLite is an experimental feature/.test(text)) return
    Reflect.apply(emitWarning, process, [warning, ...rest])
  }) as typeof process.emitWarning
  try {
    return await import('node:sqlite')
  } finally {
    process.emitWarning = emitWarning
  }
}
