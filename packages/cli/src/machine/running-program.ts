/** Programs that run in the foreground, or several beside each other. */

import { type ChildProcess as Child, spawn } from 'node:child_process'
import { constants as fileConstants } from 'node:fs'
import { access, open, readFile, stat } from 'node:fs/promises'
import { constants } from 'node:os'
import { isatty } from 'node:tty'
import type { ChildProcess, ForegroundRun, ProgramEnd, ProgramStarter } from './child-process.ts'
import { HEADER_LENGTH, readExecutable } from './executable.ts'
import { launchOfProgram, listCandidates, type ProgramLaunch } from './program-lookup.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What a shell answers for a program that a signal ended. */
export const exitCodeOf = (signal: NodeJS.Signals): number => 128 + (constants.signals[signal] ?? 0)

export const findProgram: ChildProcess['find'] = async (program, env) => {
  let denied = false
  for (const path of listCandidates(program, { platform: process.platform, env })) {
    const file = await stat(path).catch(() => undefined)
    if (!file) continue
    if (file.isFile() && (await mayRun(path))) return { found: 'program', path }
    denied = true
  }
  return { found: denied ? 'not-executable' : 'nothing' }
}

const mayRun = (path: string): Promise<boolean> =>
  access(path, fileConstants.X_OK).then(
    () => true,
    () => false,
  )

function launchOf({ path, parameters, env }: Omit<ForegroundRun, 'stays'>): ProgramLaunch {
  const launch = launchOfProgram(path, parameters, { platform: process.platform, env })
  if (launch) return launch
  throw new Error(`A batch file cannot be given arguments with line ends: ${path}`)
}

export const runInForeground: ChildProcess['runInForeground'] = async (run) => {
  for (const { _handle } of [process.stdin, process.stdout, process.stderr] as unknown as readonly Opened[]) {
    // libuv made them non-blocking for us; a program that was handed them so would fail with EAGAIN.
    _handle?.setBlocking?.(true)
  }
  if (run.stays !== true && (await mayTakeOver(run))) takeOver(run)
  return runBeside(run)
}

interface Opened {
  readonly _handle?: { setBlocking?(blocking: boolean): number } | null
}

type Execve = (file: string, args: readonly string[], env: Environment) => never

const findExecve = (): Execve | undefined => (process as { execve?: Execve }).execve

/**
 * Node ends without mercy when a program cannot be executed in its place, so that is done only where nothing can go
 * wrong; anything else is run beside. Node 22.15 and newer can do it, and it is tried on Linux.
 */
async function mayTakeOver({ path, parameters, env }: ForegroundRun): Promise<boolean> {
  if (process.platform !== 'linux' || findExecve() === undefined) return false
  const words = [...parameters, ...Object.entries(env).map(([name, value]) => `${name}=${value ?? ''}`)]
  const sizes = words.map((word) => Buffer.byteLength(word) + 9)
  // Linux refuses a word of 128 KiB, and a quarter of the stack (8 MiB as a rule) for all together.
  if (words.some((word) => word.includes('\0')) || Math.max(0, ...sizes) > 100_000) return false
  if (sizes.reduce((sum, size) => sum + size, 0) > 1_000_000) return false
  return surelyRuns(path, await readHeader(process.execPath))
}

async function surelyRuns(path: string, own: Uint8Array, depth = 0): Promise<boolean> {
  const file = await stat(path).catch(() => undefined)
  if (!file?.isFile() || !(await mayRun(path)) || depth > 2) return false
  const read = readExecutable(await readHeader(path), own)
  if (read.runs === 'perhaps') return false
  return read.interpreter === undefined || surelyRuns(read.interpreter, own, depth + 1)
}

async function readHeader(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(() => undefined)
  try {
    const header = Buffer.alloc(HEADER_LENGTH)
    const bytesRead = (await file?.read(header, 0, HEADER_LENGTH, 0))?.bytesRead ?? 0
    return header.subarray(0, bytesRead)
  } catch {
    return new Uint8Array()
  } finally {
    await file?.close()
  }
}

/** The program becomes this process: same number, same terminal, every signal its own. */
function takeOver({ path, parameters, env }: ForegroundRun): never {
  // Node ignores these, and what is ignored stays so in the next program; what is listened to does not.
  for (const signal of ['SIGPIPE', 'SIGXFSZ'] as const) process.on(signal, () => undefined)
  const known = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined))
  const execve = findExecve()
  if (!execve) throw new Error('This Node cannot execute a program in its place.')
  return execve.call(process, path, [path, ...parameters], known)
}

/** The keyboard sends these to every program of the terminal's foreground: the program has its own. */
const FROM_KEYBOARD: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT', 'SIGWINCH'])
const HANDED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGCONT', 'SIGWINCH'] as const
/** A shell sees these as the end of the program; others would leave a core file of ours. */
const DIED_BY: ReadonlySet<string> = new Set(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL', 'SIGPIPE'])

async function runBeside(run: ForegroundRun): Promise<number> {
  const { file, args, isVerbatim } = launchOf(run)
  const hasTerminal = isatty(0) || isatty(1) || isatty(2)
  const child = spawn(file, args, {
    env: run.env,
    stdio: 'inherit',
    ...(isVerbatim && { windowsVerbatimArguments: true }),
  })
  const release = listenTo(HANDED_ON, (signal) => {
    if (!(hasTerminal && FROM_KEYBOARD.has(signal))) child.kill(signal)
  })
  try {
    const end = await endOf(child)
    if (end.ended === 'by-itself') return end.exitCode
    if (end.ended === 'not-started') throw new Error(end.reason)
    release()
    if (process.platform !== 'win32' && DIED_BY.has(end.signal)) await dieBy(end.signal)
    return exitCodeOf(end.signal)
  } finally {
    release()
  }
}

/** So that a shell's loop ends with the program that Ctrl-C ended. */
async function dieBy(signal: NodeJS.Signals): Promise<void> {
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
  await new Promise((resolve) => setTimeout(resolve, 1000))
}

const endOf = (child: Child): Promise<ProgramEnd> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve({ ended: 'not-started', reason: error.message }))
    child.once('close', (exitCode, signal) =>
      resolve(signal === null ? { ended: 'by-itself', exitCode: exitCode ?? 1 } : { ended: 'by-signal', signal }),
    )
  })

/** Takes the place of every other listener until the answer is called. */
function listenTo(signals: readonly NodeJS.Signals[], heard: (signal: NodeJS.Signals) => void): () => void {
  const former = signals.map((signal) => [signal, process.listeners(signal)] as const)
  for (const signal of signals) process.removeAllListeners(signal).on(signal, heard)
  return () => {
    for (const [signal, listeners] of former) {
      process.removeAllListeners(signal)
      for (const listener of listeners) process.on(signal, listener as NodeJS.SignalsListener)
    }
  }
}

const LAST_WORDS_MS = 200

const start: ProgramStarter['start'] = (run, hear) => {
  const { file, args, isVerbatim } = launchOf(run)
  const child = spawn(file, args, {
    env: run.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    ...(isVerbatim && { windowsVerbatimArguments: true }),
  })
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => hear({ stream, text }))
  }
  const release = (): void => {
    for (const stream of [child.stdout, child.stderr]) stream.destroy()
  }
  let isSignalled = false
  // What the program itself has left behind may hold the pipes for ever; who was told to end is not waited for.
  child.once('exit', () => {
    if (isSignalled) setTimeout(release, LAST_WORDS_MS).unref()
  })
  return {
    end: endOf(child),
    signal(name) {
      isSignalled = true
      if (child.exitCode === null && child.signalCode === null) child.kill(name)
      else release()
    },
  }
}

export const programStarter: ProgramStarter = {
  start,
  catchInterruptions: (heard) => listenTo(['SIGINT', 'SIGTERM', 'SIGHUP'], heard),
  endBy: async (signal) => {
    if (process.platform !== 'win32') await dieBy(signal)
  },
}

export const findParent: ChildProcess['findParent'] = async () => {
  if (process.platform !== 'linux') return undefined
  const name = await readFile(`/proc/${process.ppid}/comm`, 'utf8').catch(() => undefined)
  return name?.trim()
}
