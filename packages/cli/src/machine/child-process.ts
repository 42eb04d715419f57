/** Runs another program. */

import { spawn } from 'node:child_process'

type Environment = Readonly<Record<string, string | undefined>>

export interface ProgramResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface ChildProcess {
  /** Runs a program without a shell and gives back what it printed. Rejects when it cannot be started. */
  run(program: string, parameters: readonly string[], env: Environment): Promise<ProgramResult>
}

/** The programs of this computer. What a program says on standard error is also for its caller, not for the screen. */
export const systemChildProcess: ChildProcess = {
  run: (program, parameters, env) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, parameters, { env, stdio: ['inherit', 'pipe', 'pipe'], windowsHide: true })
      const stdout: Buffer[] = []
      const stderr: Buffer[] = []
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
      child.once('error', reject)
      child.once('close', (code) =>
        resolve({
          exitCode: code ?? 1,
          stdout: Buffer.concat(stdout).toString(),
          stderr: Buffer.concat(stderr).toString(),
        }),
      )
    }),
}
