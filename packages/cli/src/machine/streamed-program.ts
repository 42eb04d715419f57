/** A program that is given data, and whose answers are read, while it runs: neither side holds more than it can use. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ProgramEnd } from './child-process.ts'

export interface StreamedRun {
  /** As `find` found it; absolute. */
  readonly path: string
  readonly parameters: readonly string[]
  /** All that it is given: nothing of this process's environment comes along. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** The folder that it runs in. */
  readonly folder: string
}

export interface StreamedProgram {
  /** Resolves when it may be given more. A program that has ended takes everything and does nothing with it. */
  write(text: string): Promise<void>
  endInput(): void
  /** What it prints on standard output. It waits until this is read. */
  readonly output: AsyncIterable<Uint8Array>
  /** How it ended, and the beginning of what it said on standard error. */
  readonly end: Promise<{ readonly how: ProgramEnd; readonly said: string }>
  /** Ends it at once; what it has printed and nobody has read is lost. */
  stop(): void
}

/** Characters of standard error that are kept. */
const SAID = 4000

export function streamProgram({ path, parameters, env, folder }: StreamedRun): StreamedProgram {
  const child = spawn(path, parameters, { env, cwd: folder, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (said.length < SAID) said += text.slice(0, SAID - said.length)
  })
  // A program that has ended reads nothing more: how it ended says why.
  child.stdin.on('error', () => undefined)
  const end = new Promise<ProgramEnd>((resolve) => {
    child.once('error', (error) => resolve({ ended: 'not-started', reason: error.message }))
    child.once('exit', (exitCode, signal) =>
      resolve(signal === null ? { ended: 'by-itself', exitCode: exitCode ?? 1 } : { ended: 'by-signal', signal }),
    )
  })
  return {
    async write(text) {
      if (!child.stdin.writable || child.stdin.write(text)) return
      await Promise.race([once(child.stdin, 'drain').catch(() => undefined), end, once(child.stdin, 'close')])
    },
    endInput: () => void child.stdin.end(),
    output: readAll(child.stdout),
    end: end.then((how) => ({ how, said })),
    stop() {
      child.kill('SIGKILL')
      child.stdin.destroy()
      child.stdout.destroy()
      child.stderr.destroy()
    },
  }
}

/** An output that was given up is one that has ended. */
async function* readAll(stream: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk as Uint8Array
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error
  }
}
