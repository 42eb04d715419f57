/** A program that is given data, and whose answers are read, while it runs: neither side holds more than it can use. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ProgramEnd, StreamedProgram, StreamedRun } from './child-process.ts'

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
      // Whoever waits hears of an error by how the program ended.
      const taken = ['drain', 'close'].map((event) => once(child.stdin, event).catch(() => undefined))
      await Promise.race([...taken, end])
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
