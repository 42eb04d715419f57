/** The processes that are measured: started, given a core, asked for their CPU time and their memory. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The core of whoever is measured, and the core of whoever asks. */
export const SERVER_CORE = 0
export const CLIENT_CORE = 1

/** Gives a process, all its threads, one core, where `taskset` is there (Linux). */
export function pin(pid: number | undefined, core: number): void {
  if (pid === undefined || process.platform !== 'linux') return
  try {
    execFileSync('taskset', ['-a', '-cp', String(core), String(pid)], { stdio: 'ignore' })
  } catch {
    // Without it the machine's own scheduler places the process; ratios stay comparable within one run.
  }
}

/** Linux counts CPU time in hundredths of a second. */
const TICK = 0.01

/** CPU seconds that a process has used, its system calls included; undefined where /proc is not there. */
export function cpuSeconds(pid: number | undefined): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * TICK
  } catch {
    return undefined
  }
}

/** The same of a process with all its children, also those that have ended. */
export function cpuSecondsOfTree(pid: number): number {
  const own = statOf(pid).slice(11, 15)
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(statOf(Number(name))[1]) === pid)
  const living = children.flatMap((child) => statOf(Number(child)).slice(11, 13))
  return [...own, ...living].reduce((sum, ticks) => sum + Number(ticks), 0) * TICK
}

export const parentOf = (pid: number): number => Number(statOf(pid)[1])

/** The fields behind its name; none when it has gone. */
function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  } catch {
    return []
  }
}

/** Resident memory in MiB, or the part of it that no file backs (`RssAnon`); undefined where /proc is not there. */
export function residentMemory(pid: number | undefined, member: 'VmRSS' | 'RssAnon' = 'VmRSS'): number | undefined {
  try {
    const [, kibibytes] = new RegExp(`${member}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kibibytes) / 1024
  } catch {
    return undefined
  }
}

export interface StartedProgram {
  readonly pid: number | undefined
  /** What it said behind `ready `. */
  readonly said: string
  /** Resolves when it has ended by itself. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/** Starts a program of this folder on the server's core and waits for its line `ready …`. */
export async function startProgram(file: string, args: readonly string[]): Promise<StartedProgram> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  pin(child.pid, SERVER_CORE)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const said = await readyLine(child, file)
  return {
    pid: child.pid,
    said,
    ended,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.removeAllListeners('exit')
        child.on('exit', () => resolve())
        child.kill()
      }),
  }
}

function readyLine(child: ChildProcess, file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    child.on('exit', () => reject(new Error(`${file} stopped:\n${output}`)))
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const match = /^ready (.*)\n/m.exec(output)
      if (match) resolve(match[1] ?? '')
    })
  })
}
