/** The AWS CLI v2 from Debian, pointed at a server by rule-set files; whatever it sends elsewhere falls into a trap. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Home } from './home.ts'
import { root } from './root.ts'
import { type ProgramRun, runProgram } from './run-program.ts'
import { runInTerminal, type TerminalRun } from './terminal-run.ts'
import { TrapProxy } from './trap-proxy.ts'

/** Never the first `aws` on the path: that may be any other program. */
export const AWS_CLI = '/usr/bin/aws'
export const hasAwsCli = existsSync(AWS_CLI)

export class AwsCli {
  readonly trap: TrapProxy
  /** The folder with the rule-set files, for AWS_DATA_PATH. */
  readonly clientFiles: string

  private constructor(trap: TrapProxy, clientFiles: string) {
    this.trap = trap
    this.clientFiles = clientFiles
  }

  /** Writes the rule-set files for `endpoint` with the server's own command. */
  static async pointAt(endpoint: string): Promise<AwsCli> {
    const folder = mkdtempSync(join(tmpdir(), 'mayfly-client-files-'))
    const program = join(root, 'packages/server/bin/mayfly-server.cjs')
    const { status, stderr } = await runProgram(
      process.execPath,
      [program, 'client-files', folder, '--endpoint', endpoint],
      { env: { PATH: process.env['PATH'] ?? '' } },
    )
    if (status !== 0) throw new Error(`client-files ended with ${status}: ${stderr}`)
    return new AwsCli(await TrapProxy.start(), folder)
  }

  env(home: Home, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
    return home.env({ AWS_DATA_PATH: this.clientFiles, AWS_PAGER: '', ...this.trap.env, ...extra })
  }

  run(home: Home, args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<ProgramRun> {
    return runProgram(AWS_CLI, args, { env: this.env(home, { ...home.browser(), ...extra }) })
  }

  runInTerminal(
    home: Home,
    args: readonly string[],
    steps: readonly (readonly [string, string])[],
    extra: Readonly<Record<string, string>> = {},
  ): Promise<TerminalRun> {
    return runInTerminal([AWS_CLI, ...args], { env: this.env(home, { ...home.browser(), ...extra }), steps })
  }

  async stop(): Promise<void> {
    await this.trap.stop()
    rmSync(this.clientFiles, { recursive: true, force: true })
  }
}
