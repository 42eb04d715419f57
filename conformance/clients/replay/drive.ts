/** Runs `mayfly` as a person would: in this process over raw keystrokes, or in a real pseudo-terminal. */

import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { noAgent } from '../../../packages/cli/src/machine/agent-socket.ts'
import { createBrowser } from '../../../packages/cli/src/machine/browser.ts'
import { createFiles } from '../../../packages/cli/src/machine/files.ts'
import { createHttp } from '../../../packages/cli/src/machine/http.ts'
import { createLock } from '../../../packages/cli/src/machine/lock.ts'
import { systemLoopback } from '../../../packages/cli/src/machine/loopback.ts'
import type { Machine } from '../../../packages/cli/src/machine/machine.ts'
import { createSystemMachine } from '../../../packages/cli/src/machine/system-machine.ts'
import { createTerminal } from '../../../packages/cli/src/machine/terminal.ts'
import { run } from '../../../packages/cli/src/main.ts'
import { renderScreen } from '../../../packages/cli/src/testing/rendered-screen.ts'
import { systemClock } from '../../../packages/identity-center/src/clock.ts'
import { randomHex, systemRandom } from '../../../packages/identity-center/src/random.ts'
import { root } from '../../harness/root.ts'
import { runInTerminal } from '../../harness/terminal-run.ts'

export interface Drive {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly home: string
  /** What to wait for, and what to type then. */
  readonly steps: readonly (readonly [waitFor: string, type: string])[]
  /** Told of an address that was printed for a person to open. */
  readonly visit?: (url: string) => void
}

export interface DriveResult {
  readonly status: number | null
  /** The terminal at the end, as a person sees it. */
  readonly screen: string
}

/** Wider than any line, as the recorded terminal was. */
const COLUMNS = 2000

/** Milliseconds until a person gives up. */
const PATIENCE = 15_000

/** In this process: everything is real but the terminal's streams. */
export async function driveInProcess({ args, env, home, steps, visit }: Drive): Promise<DriveResult> {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined })
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: COLUMNS })
  const files = createFiles(() => randomHex(systemRandom, 16))
  const machine: Machine = {
    ...createSystemMachine(),
    clock: systemClock,
    random: systemRandom,
    env,
    platform: 'linux',
    home,
    files,
    http: createHttp({ env, clock: systemClock, chance: Math.random, readFile: files.read }),
    terminal: createTerminal({ input, output, error: output, isForeground: () => true }),
    browser: createBrowser({ platform: 'linux', env }),
    loopback: systemLoopback,
    computer: { userName: () => 'alice', hostName: () => 'laptop' },
    lock: createLock(join(home, '.mayfly/locks'), () => undefined),
    agent: noAgent,
  }
  let written = ''
  let seen = 0
  const left = [...steps]
  output.setEncoding('utf8').on('data', (text: string) => {
    written += text
    visitPrinted(text, visit)
    const step = left[0]
    const place = step ? written.indexOf(step[0], seen) : -1
    if (!step || place < 0) return
    left.shift()
    seen = place + step[0].length
    setImmediate(() => input.write(step[1]))
  })
  // A person who is asked what the recording does not answer gives up.
  const patience = setTimeout(() => input.write('\u0003'), PATIENCE)
  const status = await run(args, machine)
  clearTimeout(patience)
  await new Promise((resolve) => setImmediate(resolve))
  if (left.length > 0) written += `\n(never asked: ${left.map(([text]) => text).join(', ')})`
  return { status, screen: renderScreen(written, COLUMNS) }
}

function visitPrinted(text: string, visit: Drive['visit']): void {
  const url = /^https?:\/\/\S+\/(?:authorize|device)\?\S+$/m.exec(text)?.[0]
  if (url) visit?.(url)
}

/** In a pseudo-terminal: the program from source, in a process of its own. */
export async function driveInTerminal({ args, env, steps }: Drive): Promise<DriveResult> {
  const command = [process.execPath, join(root, 'packages/cli/src/main.ts'), ...args]
  const { status, shown } = await runInTerminal(command, { env, steps, timeout: 60 })
  return { status, screen: renderScreen(shown, COLUMNS) }
}
