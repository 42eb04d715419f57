/** A program beside this one that is written to and listened to, and that hears when this process is gone. */

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

type Environment = Readonly<Record<string, string | undefined>>

export interface Companion {
  /** Its standard input; it ends when this process does, however that comes. */
  write(text: string): void
  /** The next line of its standard output; nothing when it says no more. */
  nextLine(): Promise<string | undefined>
  /** Ends its standard input and waits until it has ended; after `PATIENCE_MS` it is killed. */
  close(): Promise<void>
}

export interface Companions {
  /** Starts a program without a shell, with this process's terminal and standard error. */
  start(path: string, parameters: readonly string[], env: Environment): Promise<Companion>
}

const PATIENCE_MS = 5_000

/** Programs of this computer. */
export const systemCompanions: Companions = {
  async start(path, parameters, env) {
    const child = spawn(path, parameters, { env, stdio: ['pipe', 'pipe', 'inherit'], windowsHide: true })
    const ended = new Promise<void>((resolve) => {
      child.once('error', () => resolve())
      child.once('close', () => resolve())
    })
    // Who writes to a program that has ended learns it from what it does not say.
    child.stdin.on('error', () => undefined)
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    return {
      write: (text) => void child.stdin.write(text),
      nextLine: async () => {
        const next = await lines.next()
        return next.done === true ? undefined : next.value
      },
      async close() {
        child.stdin.end()
        const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
        await ended
        clearTimeout(late)
      },
    }
  },
}
