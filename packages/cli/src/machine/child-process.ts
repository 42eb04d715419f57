/** Runs another program. */

import { spawn } from 'node:child_process'
import type { Duration } from '@mayfly/identity-center/duration'

type Environment = Readonly<Record<string, string | undefined>>

export interface ProgramResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Where a program lies; or that there is none, or one that may not be run. */
export type FoundProgram =
  | { readonly found: 'program'; readonly path: string }
  | { readonly found: 'nothing' | 'not-executable' }

/** A program that has the terminal for itself. */
export interface ForegroundRun {
  /** As `find` found it. */
  readonly path: string
  readonly parameters: readonly string[]
  readonly env: Environment
  /** This process must stay while the program runs: it has more to do than to wait. */
  readonly stays?: true
}

/** What a program printed: text in whole characters. */
export interface ProgramOutput {
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

/** How a program ended: by itself or by a signal; or that it could not be started. */
export type ProgramEnd =
  | { readonly ended: 'by-itself'; readonly exitCode: number }
  | { readonly ended: 'by-signal'; readonly signal: NodeJS.Signals }
  | { readonly ended: 'not-started'; readonly reason: string }

export interface RunningProgram {
  readonly end: Promise<ProgramEnd>
  /** Sends it a signal; nothing happens when it has ended. */
  signal(name: NodeJS.Signals): void
}

/** A program that is given data, and whose answers are read, while it runs. */
export interface StreamedRun {
  /** As `find` found it; absolute. */
  readonly path: string
  readonly parameters: readonly string[]
  /** All that it is given: nothing of this process's environment comes along. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder that it runs in. */
  readonly folder: string
}

export interface StreamedProgram {
  /** Resolves when it may be given more. A program that has ended takes everything and does nothing with it. */
  write(text: string): Promise<void>
  endInput(): void
  /** What it prints on standard output. It waits until this is read. */
  readonly output: AsyncIterable<Uint8Array>
  /** How it ended, and the beginning of what it said on standard error. */
  readonly end: Promise<{ readonly how: ProgramEnd; readonly said: string }>
  /** Ends it at once; what it has printed and nobody has read is lost. */
  stop(): void
}

export interface ProgramStarter {
  /** Starts a program with nothing to read, and hands over what it prints. Throws for arguments that it cannot be given. */
  start(run: Omit<ForegroundRun, 'stays'>, hear: (output: ProgramOutput) => void): RunningProgram
  /** Until the answer is called, interruptions reach `heard` and do not end this process. */
  catchInterruptions(heard: (signal: NodeJS.Signals) => void): () => void
  /** Ends this process as the signal would have done, so that a shell's loop ends too. */
  endBy(signal: NodeJS.Signals): Promise<void>
}

export interface ChildProcess {
  /**
   * Runs a program without a shell and gives back what it printed. Rejects when it cannot be started, and when it takes
   * longer than `timeout`: then it is ended.
   */
  run(
    program: string,
    parameters: readonly string[],
    env: Environment,
    options?: { readonly timeout?: Duration },
  ): Promise<ProgramResult>
  /** Starts a program that is given data, and whose answers are read, while it runs. */
  stream(run: StreamedRun): Promise<StreamedProgram>
  /** Looks for a program as a shell does. */
  find(program: string, env: Environment): Promise<FoundProgram>
  /**
   * Gives a program this process's place: terminal, standard input and output, signals. Answers its exit code, unless it
   * takes the process over for good (Linux) or ends by a signal, which then ends this process too. Rejects when it
   * cannot be started.
   */
  runInForeground(run: ForegroundRun): Promise<number>
  /** Makes ready to run several programs beside each other. */
  startPrograms(): Promise<ProgramStarter>
  /** The name of the program that started this one, where the system tells it: `fish`. */
  findParent(): Promise<string | undefined>
}

/** Runs it, with this process's input. What a program says on standard error is also for its caller, not for the screen. */
export const runAndRead: ChildProcess['run'] = (program, parameters, env, { timeout } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { env, stdio: ['inherit', 'pipe', 'pipe'], windowsHide: true })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    const late = (): void => {
      child.kill('SIGKILL')
      // What it started itself may live on and hold the pipes open.
      child.stdout.destroy()
      child.stderr.destroy()
      reject(new Error(`it had not ended after ${(timeout ?? 0) / 1000} seconds`))
    }
    const timer = timeout === undefined ? undefined : setTimeout(late, timeout)
    child.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.once('close', (code) => {
      clearTimeout(timer)
      resolve({
        exitCode: code ?? 1,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      })
    })
  })
