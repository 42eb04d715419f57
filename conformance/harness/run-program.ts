/** Runs a program to its end and keeps what it said. */

import { spawn } from 'node:child_process'

export interface ProgramRun {
  /** The exit status, or undefined when a signal ended it. */
  readonly status: number | undefined
  readonly signal: NodeJS.Signals | undefined
  readonly stdout: string
  readonly stderr: string
}

export interface ProgramOptions {
  readonly env: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly input?: string
  /** After this many milliseconds it is killed, and the run has the signal SIGKILL. */
  readonly timeout?: number
}

/** The environment is exactly `env`: nothing of the machine's own leaks in. */
export function runProgram(file: string, args: readonly string[], options: ProgramOptions): Promise<ProgramRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      env: options.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeout ?? 60_000)
    child.on('error', reject)
    child.on('close', (status, signal) => {
      clearTimeout(timer)
      resolve({ status: status ?? undefined, signal: signal ?? undefined, stdout, stderr })
    })
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
  })
}
