/** A home in front of a server of its own, with a keychain, and a hunt for every secret that passes. */

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { freePort } from '../harness/free-port.ts'
import { Home } from '../harness/home.ts'
import { MAYFLY, type MayflyOptions, runMayfly } from '../harness/mayfly.ts'
import type { ProgramRun } from '../harness/run-program.ts'
import { SecretHunt } from '../harness/secret-hunt.ts'
import { SecretService } from '../harness/secret-service.ts'
import { ServerProcess } from '../harness/server-process.ts'

export class SealedHome {
  readonly home = new Home()
  /** The client's folder for temporary files. */
  readonly temporary = mkdtempSync(join(tmpdir(), 'mayfly-client-tmp-'))
  readonly server: ServerProcess
  readonly hunt: SecretHunt
  readonly service: SecretService | undefined

  readonly #env: Readonly<Record<string, string>>

  private constructor(
    server: ServerProcess,
    {
      hunt,
      service,
      env,
    }: {
      readonly hunt: SecretHunt
      readonly service: SecretService | undefined
      readonly env: Readonly<Record<string, string>>
    },
  ) {
    this.server = server
    this.hunt = hunt
    this.service = service
    this.#env = env
    this.home.writeConfig(server.startUrl, [
      { name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' },
      { name: 'prod', accountId: PRODUCTION, roleName: 'AdministratorAccess' },
    ])
    mkdirSync(this.temporary, { recursive: true })
  }

  /** `env` is for the server, and for every command. */
  static async open({
    keychain,
    env = {},
  }: {
    readonly keychain: boolean
    readonly env?: Readonly<Record<string, string>>
  }): Promise<SealedHome> {
    const port = await freePort()
    const server = await ServerProcess.start({ publicUrl: `http://127.0.0.1:${port}`, env })
    const hunt = await SecretHunt.start(port, () => server.port)
    return new SealedHome(server, { hunt, env, service: keychain ? await SecretService.start() : undefined })
  }

  async close(): Promise<void> {
    this.service?.stop()
    await this.hunt.stop()
    await this.server.stop()
    this.home.remove()
    rmSync(this.temporary, { recursive: true, force: true })
  }

  /** The variables that every command gets beside those of the home. */
  env(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
    return { TMPDIR: this.temporary, ...this.service?.env, ...this.#env, ...extra }
  }

  /** Runs a command that is not asked for credentials: what it prints is searched. */
  async mayfly(words: string, options: MayflyOptions = {}): Promise<ProgramRun> {
    return this.hunt.heard(`mayfly ${words}`, await this.ask(words, options))
  }

  /** Runs a command that is asked for credentials. */
  ask(words: string, options: MayflyOptions = {}): Promise<ProgramRun> {
    return runMayfly(this.home, words.split(' '), { ...options, env: this.env(options.env) })
  }

  /** Where any issued secret was found: files below home and the temporary folder, processes, outputs. */
  search() {
    return this.hunt.search([this.home.path, this.temporary])
  }

  get program(): string {
    return MAYFLY
  }
}
