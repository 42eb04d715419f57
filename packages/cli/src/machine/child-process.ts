/** Runs another program. */

import type { Environment } from './machine.ts'

export interface ProgramResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface ChildProcess {
  /** Runs a program without a shell and gives back what it printed. Rejects when it cannot be started. */
  run(program: string, parameters: readonly string[], env: Environment): Promise<ProgramResult>
}
