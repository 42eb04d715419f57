/** A home that something is wrong with, and `mayfly why` asked about it; what it prints is held against its promises. */

import { expect } from 'vitest'
import { bob, DEVELOPMENT } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { type MayflyOptions, runMayfly } from '../harness/mayfly.ts'
import type { ServerProcess } from '../harness/server-process.ts'
import { readToken } from '../harness/tokens.ts'

export interface Cause {
  readonly cause: string
  readonly severity: 'fault' | 'warning'
  readonly message: string
  readonly evidence: readonly string[]
  readonly next: string
}

export interface Answer {
  readonly profile: string
  readonly verdict: string
  readonly causes: readonly Cause[]
  readonly nearest: {
    readonly accountId: string
    readonly accountName: string | null
    readonly roleName: string
  } | null
  readonly checked: readonly string[]
}

export class Patient {
  readonly home = new Home()

  /** One profile, `dev`, of a role that bob has. */
  constructor(startUrl: string, more: readonly { name: string; accountId: string; roleName: string }[] = []) {
    this.home.writeConfig(startUrl, [{ name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' }, ...more])
  }

  async signIn(options: MayflyOptions = {}): Promise<void> {
    const run = await this.run(['login', '--profile', 'dev'], options)
    expect(run.status, run.stderr).toBe(0)
  }

  run(words: readonly string[], options: MayflyOptions = {}) {
    return runMayfly(this.home, words, { timeout: 30_000, ...options, browser: { ...bob, ...options.browser } })
  }

  /** Writes into the config file: each pair is what is there, and what is to stand in its place. */
  edit(...changes: readonly (readonly [string | RegExp, string])[]): void {
    let text = this.home.read('.aws/config') ?? ''
    for (const [former, now] of changes) {
      if (typeof former === 'string') expect(text).toContain(former)
      else expect(text).toMatch(former)
      text = text.replace(former, now)
    }
    this.home.write('.aws/config', text)
  }

  /**
   * The answer in JSON, after the one for people was held against its promises: 80 columns, no secret, the same exit
   * code, within fifteen seconds, and not a file of the home changed.
   */
  async ask(words: readonly string[] = ['dev'], options: MayflyOptions = {}): Promise<Answer> {
    const before = this.#snapshot()
    const started = Date.now()
    const text = await this.run(['why', ...words], options)
    expect(Date.now() - started).toBeLessThan(15_500)
    const json = await this.run(['why', ...words, '--json'], options)
    expect(text.stderr + json.stderr).toBe('')
    expect(this.#snapshot()).toEqual(before)
    const answer = JSON.parse(json.stdout) as Answer
    expect([text.status, json.status]).toEqual(answer.verdict === 'faulty' ? [1, 1] : [0, 0])
    for (const line of text.stdout.split('\n')) {
      // A word alone, such as an address, is never cut in two.
      if (line.trim().includes(' ')) expect(line.length, line).toBeLessThanOrEqual(80)
    }
    for (const { message } of answer.causes) expect(text.stdout.replaceAll(/\s+/g, ' ')).toContain(message)
    for (const secret of this.secrets()) expect(text.stdout + json.stdout).not.toContain(secret)
    return answer
  }

  /** The faults by their names, the likeliest first. */
  async faults(words: readonly string[] = ['dev'], options: MayflyOptions = {}): Promise<readonly string[]> {
    return faultsOf(await this.ask(words, options))
  }

  secrets(): readonly string[] {
    try {
      const { accessToken, refreshToken, clientSecret } = readToken(this.home) ?? {}
      return [accessToken, refreshToken, clientSecret].filter((each) => each !== undefined)
    } catch {
      return []
    }
  }

  remove(): void {
    this.home.remove()
  }

  #snapshot(): Readonly<Record<string, string | undefined>> {
    const names = this.home.files().filter((name) => !name.startsWith('.mayfly/locks/') && name !== 'browser.log')
    return Object.fromEntries(names.map((name) => [name, this.home.read(name)]))
  }
}

export const faultsOf = ({ causes }: Answer): readonly string[] =>
  causes.filter(({ severity }) => severity === 'fault').map(({ cause }) => cause)

/** Everything that is known of a cause, in one text. */
export const toldOf = ({ causes }: Answer, name: string): string => {
  const found = causes.find(({ cause }) => cause === name)
  return found ? [found.message, ...found.evidence, found.next].join('\n') : ''
}

export const patientOf = (server: ServerProcess): Patient => new Patient(server.startUrl)
