/** The story that the guide of replacing long-term keys tells: its own rehearsal, a shell in it, and days that pass. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ADDRESS, pageBlock } from '../../tools/readme.ts'
import { Home } from '../harness/home.ts'
import { MovingClock } from '../harness/moving-clock.ts'
import { root } from '../harness/root.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { Tmux } from '../harness/tmux.ts'

const GUIDE = 'docs/guides/replace-long-term-keys.md'

/** What is typed, and the answers to the questions that come: a part of each, and the answer. */
export type Typed = readonly [command: string, ...answers: (readonly [question: string, answer: string])[]]

const DAY = 86_400_000
/** A Monday morning. Pictures show dates. */
const FIRST_DAY = Date.parse('2026-03-02T09:00:30Z')
const MINUTES_A_DAY = 24 * 60

/** Ids of AWS's documentation, which no search takes for a key, are as long as real ones. */
const SHOWN = {
  id: 'AKIAIOSFODNN7EXAMPLE',
  secret: 'EKEY',
  commit: '5f0c1d2a9e47',
  suffix: '0123456789abcdef',
} as const

export class KeysStory {
  readonly server: ServerProcess
  readonly #outer: Home
  readonly #clock: MovingClock
  #home = ''
  #day = 0
  #key = { id: '', secret: '' }

  private constructor(server: ServerProcess, outer: Home, clock: MovingClock) {
    this.server = server
    this.#outer = outer
    this.#clock = clock
  }

  /** Does what the guide says up to the first search. */
  static async open(): Promise<KeysStory> {
    const clock = new MovingClock()
    clock.move(minutesTo(0))
    const server = await ServerProcess.start({ env: clock.env })
    const story = new KeysStory(server, new Home(), clock)
    await story.#rehearse()
    return story
  }

  async #rehearse(): Promise<void> {
    const lines = ['rehearsal-home', 'rehearsal-key'].map((name) => pageBlock(GUIDE, name)).join('')
    const script = lines.replaceAll(ADDRESS, this.server.origin.replace('127.0.0.1', 'localhost'))
    const { status, stdout, stderr } = await runProgram('/bin/sh', ['-euc', `${this.#inTime()}${script}`], {
      env: { ...this.#environment(), TMPDIR: this.#outer.path },
      cwd: root,
    })
    if (status !== 0) throw new Error(`${stdout}\n${stderr}`)
    this.#home = join(this.#outer.path, readdirSync(this.#outer.path).find((name) => name.startsWith('tmp.')) ?? '')
    const held = readFileSync(join(this.#home, '.aws/credentials'), 'utf8')
    this.#key = {
      id: held.match(/aws_access_key_id = (\S+)/)?.[1] ?? '',
      secret: held.match(/aws_secret_access_key = (\S+)/)?.[1] ?? '',
    }
  }

  /** So many days after the first, with a part of one where a whole number would be a matter of seconds; somebody signs in. */
  async day(days: number): Promise<void> {
    this.#day = days
    this.#clock.move(minutesTo(days))
    await this.run('mayfly login --profile acme-development-administratoraccess')
  }

  get now(): Date {
    return new Date(FIRST_DAY + this.#day * DAY)
  }

  /** What a file below the home holds. */
  read(name: string): string {
    return readFileSync(join(this.#home, name), 'utf8')
  }

  /** A program on another computer signs with the key. */
  useElsewhere(): Promise<ProgramRun> {
    const { id, secret } = this.#key
    return this.run(
      `HOME=/nonexistent; export AWS_ACCESS_KEY_ID=${id} AWS_SECRET_ACCESS_KEY=${secret}; aws sts get-caller-identity --region us-east-1`,
    )
  }

  /** Runs a line in the home, with nobody to answer; `KEY` stands for the key's id. */
  async run(typed: string): Promise<ProgramRun> {
    const line = typed.replaceAll(/\bKEY\b/g, this.#key.id)
    const run = await runProgram('/bin/sh', ['-c', `${this.#inTime()}${line}`], { env: this.#shell(), cwd: this.#home })
    if (run.status !== 0) throw new Error(`${line}\n${run.stdout}${run.stderr}`)
    return run
  }

  /** What a terminal shows when somebody types this, with its colours; `KEY` stands for the key's id. */
  async type(typed: readonly Typed[], columns = 80): Promise<string> {
    this.#outer.write('rc', `${this.#inTime()}unset HISTFILE\nPS1='\\[\\e[32m\\]$\\[\\e[0m\\] '\n`)
    const shell = ['/bin/bash', '--noprofile', '--rcfile', join(this.#outer.path, 'rc')]
    const tmux = await Tmux.start(shell, { env: this.#shell(), cwd: this.#home, columns, rows: 100 })
    const prompts = (screen: string): number => screen.split('\n').filter((line) => line.startsWith('$')).length
    const isReady = (count: number) => (screen: string) => prompts(screen) === count && screen.endsWith('$')
    try {
      await tmux.until(isReady(1))
      for (const [index, [command, ...answers]] of typed.entries()) {
        await tmux.type(`${command.replaceAll(/\bKEY\b/g, this.#key.id)}\n`)
        for (const [question, answer] of answers) {
          await tmux.until(question)
          await tmux.type(`${answer}\n`)
        }
        await tmux.until(isReady(index + 2), 60_000)
      }
      const lines = (await tmux.screen({ colours: true })).split('\n')
      return this.#show(lines.slice(0, -1).join('\n'))
    } finally {
      await tmux.stop()
    }
  }

  /** What differs from run to run stands as it is in every picture, and as long as it is. */
  #show(screen: string): string {
    const { id, secret } = this.#key
    return (
      screen
        .replaceAll(id, SHOWN.id)
        .replaceAll(`…${secret.slice(-4)}`, `…${SHOWN.secret}`)
        .replaceAll(/commit [0-9a-f]{12}/g, `commit ${SHOWN.commit}`)
        // The terminal may break it.
        .replaceAll(/(?<=AWSReservedSSO_[A-Za-z]+_)[0-9a-f\n]{16,17}(?=\/)/g, (suffix) => {
          const digits = SHOWN.suffix[Symbol.iterator]()
          return suffix.replaceAll(/[0-9a-f]/g, () => digits.next().value ?? '')
        })
        .replaceAll(/\b\d\d:\d\d(?=\s+UTC)/g, '09:00')
        .replaceAll(/T\d\d:\d\d:\d\dZ/g, 'T09:00:00Z')
        .replaceAll(/ in \d+\.\d s\b/g, ' in 0.2 s')
        // How many samples of hooks git writes into a repository is its own affair.
        .replaceAll(/; \d+ files \(\d+ MB\)/g, '; 31 files (1 MB)')
        .replaceAll(this.#home, '/home/alice')
    )
  }

  #shell(): Record<string, string> {
    return { ...this.#environment(), HOME: this.#home, AWS_DATA_PATH: join(this.#home, '.aws/mayfly-example') }
  }

  /** Lines for a shell, by which these programs follow the clock, and the shell and tmux do not. */
  #inTime(): string {
    const words = Object.entries(this.#clock.env).map(([name, value]) => `${name}=${value}`)
    return ['mayfly', 'aws'].map((name) => `${name}() { ${words.join(' ')} command ${name} "$@"; }\n`).join('')
  }

  #environment(): Record<string, string> {
    const env = this.#outer.env({ ...this.#outer.browser(), AWS_PAGER: '' })
    return { ...env, PATH: `${join(root, 'node_modules/.bin')}:${env['PATH']}` }
  }

  async close(): Promise<void> {
    await this.server.stop()
    this.#outer.remove()
    this.#clock.remove()
  }
}

const minutesTo = (days: number): number =>
  Math.ceil((FIRST_DAY - Date.now()) / 60_000) + Math.round(days * MINUTES_A_DAY)
