/** Both published packages as somebody installs them: packed, without install scripts, into an empty folder. */

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pack } from '../../tools/pack.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'

/** Which package of the registry brings a Node for this machine. */
const NODE_PACKAGE = `node-${process.platform}-${process.arch}`

export class Installed {
  readonly folder = mkdtempSync(join(tmpdir(), 'mayfly-installed-'))

  /** Packs and installs; a Node of each of these versions beside them. Throws when the registry cannot be reached. */
  async install(nodes: readonly number[]): Promise<void> {
    // As they are published, but for helpers of other systems: npm would refuse them by name.
    const archives = (await pack(join(this.folder, 'packed'))).filter(
      (path) => !path.includes('mayfly-credentials-') || path.includes(`-${process.platform}-${process.arch}-`),
    )
    writeFileSync(join(this.folder, 'package.json'), '{}')
    await this.#npm(this.folder, ['install', '--ignore-scripts', ...archives])
    for (const version of nodes) {
      const place = join(this.folder, `node-${version}`)
      mkdirSync(place)
      writeFileSync(join(place, 'package.json'), '{}')
      await this.#npm(place, ['install', '--ignore-scripts', `${NODE_PACKAGE}@${version}`])
    }
  }

  /** Every package that came along with ours. */
  packages(): string[] {
    return readdirSync(join(this.folder, 'node_modules'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('package.json'))
      .map((path) => join(this.folder, 'node_modules', path))
  }

  /** The package and those that it brings when nothing else is installed, with the bytes of their files. */
  packagesOf(name: string): readonly { readonly name: string; readonly bytes: number }[] {
    const seen = new Set<string>()
    const visit = (each: string): void => {
      const file = join(this.folder, 'node_modules', each, 'package.json')
      if (seen.has(each) || !existsSync(file)) return
      seen.add(each)
      const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(file, 'utf8'))
      for (const other of Object.keys({ ...dependencies, ...optionalDependencies })) visit(other)
    }
    visit(name)
    return [...seen].map((each) => ({ name: each, bytes: bytesIn(join(this.folder, 'node_modules', each)) }))
  }

  /** The Node of that version. */
  node(version: number): string {
    return join(this.folder, `node-${version}`, 'node_modules', NODE_PACKAGE, 'bin/node')
  }

  program(name: 'mayfly' | 'mayfly-server'): string {
    return join(this.folder, 'node_modules', name, 'bin', `${name}.cjs`)
  }

  run(
    version: number,
    name: 'mayfly' | 'mayfly-server',
    words: readonly string[],
    env: Record<string, string> = {},
  ): Promise<ProgramRun> {
    return runProgram(this.node(version), [this.program(name), ...words], { env })
  }

  /** Starts the server on the example organization; resolves to the process and its address. */
  serve(version: number, data: string): Promise<{ server: ChildProcess; address: string }> {
    const words = ['--example', '--port', '0', '--log-level', 'error', '--data', data]
    const server = spawn(this.node(version), [this.program('mayfly-server'), ...words], { env: {} })
    return new Promise((resolve, reject) => {
      let said = ''
      const hear = (text: Buffer): void => {
        said += text
        const address = said.match(/^ready (http:\S+)$/m)?.[1]
        if (address) resolve({ server, address })
      }
      server.stdout.on('data', hear)
      server.stderr.on('data', hear)
      server.on('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)))
    })
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  async #npm(cwd: string, words: readonly string[]): Promise<void> {
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
    // Without what the npm that runs the tests has set: it would install into the repository.
    const kept = Object.entries(process.env).filter(
      ([name]) => !/^npm_(config_(local_)?prefix|package|lifecycle)/.test(name),
    )
    const env = Object.fromEntries(kept) as Record<string, string>
    const { status, stderr } = await runProgram('npm', [...words, ...quiet], { cwd, env, timeout: 180_000 })
    if (status !== 0) throw new Error(`npm ${words[0]} ended with ${status}: ${stderr}`)
  }
}

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)

/** Whether an installation failed because nothing answered, rather than because something is wrong. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof Error && /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|E404/.test(error.message)
