/** Runs a program in a pseudo-terminal and answers its prompts, through Python's pty (Debian's python3). */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'
import { runProgram } from './run-program.ts'

export interface TerminalRun {
  readonly status: number | null
  /** Everything the terminal showed, control sequences included. */
  readonly shown: string
  /** How many of the steps were answered. */
  readonly answered: number
  readonly timedOut: boolean
}

export interface TerminalOptions {
  readonly env: Readonly<Record<string, string>>
  /** What to wait for, and what to type then. */
  readonly steps: readonly (readonly [waitFor: string, type: string])[]
  readonly cwd?: string
  /** In seconds. */
  readonly timeout?: number
}

const PYTHON = '/usr/bin/python3'

/** Whether this machine can give a program a terminal. */
export const hasTerminal = existsSync(PYTHON)

export async function runInTerminal(command: readonly string[], options: TerminalOptions): Promise<TerminalRun> {
  const timeout = options.timeout ?? 90
  const job = { ...options, command, timeout, env: { TERM: 'xterm', COLUMNS: '200', LINES: '40', ...options.env } }
  const { stdout, stderr } = await runProgram(PYTHON, [join(root, 'conformance/harness/run-in-terminal.py')], {
    env: { PATH: '/usr/bin:/bin' },
    input: JSON.stringify(job),
    timeout: (timeout + 15) * 1000,
  })
  if (stdout === '') throw new Error(`the terminal said nothing:\n${stderr}`)
  return JSON.parse(stdout) as TerminalRun
}
