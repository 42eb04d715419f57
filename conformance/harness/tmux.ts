/** A real terminal: a program in a tmux of its own (Debian's tmux), keys typed into it, its screen read. */

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from './run-program.ts'

const TMUX = '/usr/bin/tmux'

/** Whether this machine has one. */
export const hasTmux = existsSync(TMUX)

export interface TmuxOptions {
  /** The whole environment of the program, but for TERM, which is tmux's own. */
  readonly env: Readonly<Record<string, string>>
  /** 80 × 24 unless told. */
  readonly columns?: number
  readonly rows?: number
  readonly cwd?: string
}

/** A semicolon at the end of a word would separate tmux's commands. */
const literal = (text: string): string => text.replace(/;$/, '\\;')

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

export class Tmux {
  readonly #folder: string
  readonly #env: Record<string, string>

  private constructor(folder: string, env: Record<string, string>) {
    this.#folder = folder
    this.#env = env
  }

  /**
   * Starts a program in a new terminal. The terminal stays when the program ends, with its last screen: see `ended`.
   * Every started one must be stopped.
   */
  static async start(command: readonly string[], options: TmuxOptions): Promise<Tmux> {
    const folder = mkdtempSync(join(tmpdir(), 'mayfly-tmux-'))
    const tmux = new Tmux(folder, { TERM: 'xterm-256color', ...options.env })
    const { columns = 80, rows = 24, cwd } = options
    const place = cwd === undefined ? [] : ['-c', cwd]
    const size = ['-x', String(columns), '-y', String(rows)]
    const stays = [';', 'set-option', '-g', 'remain-on-exit', 'on', ';', 'set-option', '-g', 'status', 'off']
    // The program waits for the options to be set: one that ends at once would take the terminal with it.
    // Its exit code goes into a file: tmux sometimes misses that a program has ended. The trap is this shell's alone.
    const script = 'sleep 0.3; trap : INT QUIT TERM; "$@"; echo $? >"$0"'
    const patient = ['sh', '-c', script, join(folder, 'code'), ...command]
    await tmux.#run(['new-session', '-d', ...size, ...place, ...patient, ...stays])
    return tmux
  }

  /** Types text as it is; line ends are Enter. */
  async type(text: string): Promise<void> {
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) await this.keys('Enter')
      if (line !== '') await this.#run(['send-keys', '-l', '--', literal(line)])
    }
  }

  /** Presses keys by tmux's names: `Enter`, `Up`, `C-c`, `Escape`. */
  async keys(...names: readonly string[]): Promise<void> {
    await this.#run(['send-keys', ...names])
  }

  /** Pastes text in one go, bracketed when the program asked for that. */
  async paste(text: string): Promise<void> {
    await this.#run(['set-buffer', '--', literal(text), ';', 'paste-buffer', '-p'])
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#run(['resize-window', '-x', String(columns), '-y', String(rows)])
  }

  /** What the screen shows, without spaces at line ends. `scrollback` adds what has left it. */
  async screen({ scrollback = false, colours = false } = {}): Promise<string> {
    const from = scrollback ? ['-S', '-'] : []
    return (await this.#run(['capture-pane', '-p', ...(colours ? ['-e'] : []), ...from])).trimEnd()
  }

  /** The screen once `accepts` holds; fails with the last screen after `timeout` milliseconds. */
  async until(accepts: string | RegExp | ((screen: string) => boolean), timeout = 20_000): Promise<string> {
    const holds = (screen: string): boolean =>
      typeof accepts === 'function'
        ? accepts(screen)
        : typeof accepts === 'string'
          ? screen.includes(accepts)
          : accepts.test(screen)
    const started = Date.now()
    for (;;) {
      const screen = await this.screen({ scrollback: true })
      if (holds(screen)) return screen
      if (Date.now() - started > timeout) throw new Error(`the terminal never showed ${String(accepts)}:\n${screen}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** The program's exit code once it has ended; 128 and the signal's number when that ended it, as a shell has it. */
  async ended(timeout = 20_000): Promise<number> {
    const started = Date.now()
    for (;;) {
      const code = /^(\d+)\n$/.exec(readIfThere(join(this.#folder, 'code')))?.[1]
      if (code !== undefined) return Number(code)
      if (Date.now() - started > timeout) throw new Error(`the program is still running:\n${await this.screen()}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async stop(): Promise<void> {
    await this.#run(['kill-server']).catch(() => undefined)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #run(words: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await runProgram(
      TMUX,
      ['-u', '-f', '/dev/null', '-S', join(this.#folder, 'socket'), ...words],
      { env: this.#env, timeout: 10_000 },
    )
    if (status !== 0) throw new Error(`tmux ${words[0]}: ${stderr.trim()}`)
    return stdout
  }
}
