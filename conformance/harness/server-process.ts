/** The server as a process of its own, as an operator would start it; it can be killed and started again. */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { root } from './root.ts'

export interface ServerOptions {
  /** Words after `mayfly-server`; by default the example organization. */
  readonly args?: readonly string[]
  readonly port?: number
  readonly data?: string
  /** A `postgres://` address; SQLite in the data folder when absent. */
  readonly database?: string
  readonly publicUrl?: string
  readonly env?: Readonly<Record<string, string>>
}

export class ServerProcess {
  readonly data: string
  readonly port: number
  readonly #options: ServerOptions
  #child: ChildProcess | undefined
  #output = ''
  readonly #forgotten = new Set<string>()

  private constructor(options: ServerOptions, port: number) {
    this.#options = options
    this.port = port
    this.data = options.data ?? mkdtempSync(join(tmpdir(), 'mayfly-server-'))
  }

  static async start(options: ServerOptions = {}): Promise<ServerProcess> {
    const server = new ServerProcess(options, options.port ?? (await freePort()))
    await server.start()
    return server
  }

  /** Where clients find it. */
  get origin(): string {
    return this.#options.publicUrl ?? `http://127.0.0.1:${this.port}`
  }

  get startUrl(): string {
    return `${this.origin}/start`
  }

  /** All that it has printed since it was first started. */
  get output(): string {
    return this.#output
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Takes a variable out of the environment that later starts get. */
  forget(variable: string): void {
    this.#forgotten.add(variable)
  }

  /** Starts it (again) on the same port and data; resolves when it says that it is ready. */
  start(): Promise<void> {
    const { args = ['--example'], database, publicUrl, env } = this.#options
    const words = [...args, '--data', this.data, '--port', String(this.port)]
    if (database !== undefined) words.push('--database', database)
    if (publicUrl !== undefined) words.push('--public-url', publicUrl)
    const child = spawn(process.execPath, [join(root, 'packages/server/bin/mayfly-server.cjs'), ...words], {
      env: { PATH: process.env['PATH'] ?? '', HOME: this.data, ...this.#environment(env) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the server was not ready in 30 s:\n${this.#output}`)), 30_000)
      const hear = (text: string): void => {
        this.#output += text
        if (/^ready http/m.test(text)) {
          clearTimeout(timer)
          resolve()
        }
      }
      child.stdout?.setEncoding('utf8').on('data', hear)
      child.stderr?.setEncoding('utf8').on('data', hear)
      child.on('exit', (code, signal) => {
        clearTimeout(timer)
        reject(new Error(`the server stopped (${code ?? signal}):\n${this.#output}`))
      })
    })
  }

  /** Ends it as a power cut would. */
  kill(): Promise<void> {
    return this.#end('SIGKILL')
  }

  /** Asks it to stop, and removes its data when they were made for it. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM')
    if (this.#options.data === undefined) rmSync(this.data, { recursive: true, force: true })
  }

  #environment(env: Readonly<Record<string, string>> = {}): Record<string, string> {
    return Object.fromEntries(Object.entries(env).filter(([name]) => !this.#forgotten.has(name)))
  }

  #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
    return new Promise((resolve) => {
      child.removeAllListeners('exit')
      child.on('exit', () => resolve())
      child.kill(signal)
    })
  }
}
