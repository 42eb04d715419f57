/** A real Git repository in a folder of its own, for tests: nobody's settings reach it. */

import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder with repositories in it; `close` deletes it. */
export class TestFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'mayfly-repositories-')))

  /** What evil settings would run: it leaves a file behind. */
  get canary(): string {
    const script = join(this.path, 'canary.sh')
    if (!existsSync(script)) writeFileSync(script, `#!/bin/sh\ntouch '${this.path}/ran'\nexit 0\n`, { mode: 0o755 })
    return script
  }

  get hasRun(): boolean {
    return existsSync(join(this.path, 'ran'))
  }

  repository(name: string, ...words: readonly string[]): TestRepository {
    mkdirSync(dirname(join(this.path, name)), { recursive: true })
    const repository = new TestRepository(join(this.path, name), this.path)
    repository.git('init', '--quiet', '--initial-branch=main', ...words, '.')
    return repository
  }

  close(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

export class TestRepository {
  readonly path: string
  readonly env: Readonly<Record<string, string>>
  #moment = 1_700_000_000

  constructor(path: string, home: string) {
    this.path = path
    mkdirSync(path, { recursive: true })
    const who = ['AUTHOR', 'COMMITTER'].flatMap((role) => [
      [`GIT_${role}_NAME`, 'Alice'],
      [`GIT_${role}_EMAIL`, 'alice@acme.example'],
    ])
    this.env = {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      GIT_CONFIG_NOSYSTEM: '1',
      ...Object.fromEntries(who),
    }
  }

  git(...words: readonly string[]): string {
    this.#moment += 60
    const date = `${this.#moment} +0000`
    const env = { ...this.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
    return execFileSync('git', ['-C', this.path, ...words], { env, encoding: 'utf8', stdio: 'pipe' }).trimEnd()
  }

  /** Answers the exit code and all that was said. */
  tryGit(words: readonly string[], env: Readonly<Record<string, string>> = {}): { code: number; said: string } {
    const done = spawnSync('git', ['-C', this.path, ...words], { env: { ...this.env, ...env }, encoding: 'utf8' })
    return { code: done.status ?? -1, said: done.stdout + done.stderr }
  }

  write(name: string, text: string | Uint8Array, mode = 0o644): string {
    const path = join(this.path, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text, { mode })
    return path
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'utf8')
  }

  /** Writes a file and commits everything. Answers the commit. */
  commit(name: string, text: string | Uint8Array, message = `write ${name}`): string {
    this.write(name, text)
    return this.commitAll(message)
  }

  commitAll(message: string): string {
    this.git('add', '--all')
    this.git('commit', '--quiet', '--no-verify', '--message', message)
    return this.git('rev-parse', 'HEAD')
  }
}
