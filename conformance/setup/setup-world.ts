/** A large organization behind a portal with a limit, and a person's home that is to be set up. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CountingProxy } from '../harness/counting-proxy.ts'
import { freePort } from '../harness/free-port.ts'
import type { Home } from '../harness/home.ts'
import { type MayflyOptions, runMayfly } from '../harness/mayfly.ts'
import { alter } from '../harness/operator.ts'
import type { ProgramRun } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { writeOrganization } from './large-organization.ts'
import { PortalLimit } from './portal-limit.ts'

export interface SetupRun extends ProgramRun {
  readonly milliseconds: number
  /** The most memory that the process held, in MiB. */
  readonly mostMemory: number
}

export class SetupWorld {
  readonly server: ServerProcess
  readonly proxy: CountingProxy
  readonly #folder: string

  private constructor(server: ServerProcess, proxy: CountingProxy, folder: string) {
    this.server = server
    this.proxy = proxy
    this.#folder = folder
  }

  static async start(accounts: number): Promise<SetupWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'mayfly-setup-'))
    const env = writeOrganization(join(folder, 'organization.yaml'), accounts)
    const port = await freePort()
    const proxy = await CountingProxy.start(port, () => server.port)
    const server: ServerProcess = await ServerProcess.start({ args: [], publicUrl: `http://127.0.0.1:${port}`, env })
    return new SetupWorld(server, proxy, folder)
  }

  async stop(): Promise<void> {
    await this.proxy.stop()
    await this.server.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** From now on the portal bears so many calls a second, and counts anew. */
  limit(most: number): PortalLimit {
    this.proxy.passed.length = 0
    return new PortalLimit(this.proxy, most)
  }

  /** `mayfly setup` by the built program. */
  async setup(home: Home, words: readonly string[], options: MayflyOptions = {}): Promise<SetupRun> {
    const report = join(this.#folder, 'memory')
    const hook = join(this.#folder, 'memory.cjs')
    writeFileSync(
      hook,
      `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)))`,
    )
    const started = performance.now()
    const run = await runMayfly(home, ['setup', ...words], {
      timeout: 600_000,
      ...options,
      env: { ...options.env, NODE_OPTIONS: `--require ${hook}` },
    })
    const milliseconds = performance.now() - started
    return { ...run, milliseconds, mostMemory: existsSync(report) ? Number(readFileSync(report, 'utf8')) / 1024 : 0 }
  }

  /** Takes an account's assignments away, as an administrator would. */
  withdraw(accountId: string): number {
    return alter(this.server, 'delete from account_assignments where account_id = ?', accountId)
  }
}
