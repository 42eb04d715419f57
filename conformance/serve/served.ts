/** `mayfly serve` as a process: started, asked, read and ended. */

import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { MAYFLY } from '../harness/mayfly.ts'

export interface ServedClient {
  readonly name: string
  readonly profile: string
  readonly url: string
  readonly token: string
  readonly env: Readonly<Record<string, string>>
}

export interface Served {
  readonly url: string
  readonly clients: readonly ServedClient[]
  /** What it has said on standard error so far. */
  readonly said: () => string
  readonly pid: number
  /** Ends it, and answers its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | undefined>
}

export interface ServeOptions {
  readonly env: Readonly<Record<string, string>>
  /** What stands before the command: a namespace to enter. */
  readonly before?: readonly string[]
}

/** Starts it with `--json` and waits until it is ready. */
export async function startServing(words: readonly string[], { env, before = [] }: ServeOptions): Promise<Served> {
  const [program = '', ...parameters] = [...before, process.execPath, MAYFLY, 'serve', ...words, '--json']
  const child = spawn(program, parameters, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  const ended = new Promise<number | undefined>((resolve) => {
    child.on('close', (code) => resolve(code ?? undefined))
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      if (stdout.endsWith('}\n')) resolve()
    })
    child.on('error', reject)
    void ended.then((code) => reject(new Error(`mayfly serve ended with ${code}: ${stderr}`)))
  })
  const ready = JSON.parse(stdout) as { url: string; clients: ServedClient[] }
  return {
    ...ready,
    said: () => stderr,
    pid: child.pid ?? 0,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal)
      return ended
    },
  }
}

export interface Asked {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** One request, exactly as told: also with headers that no library would send. */
export function ask(
  url: string,
  headers: Readonly<Record<string, string | readonly string[]>>,
  method = 'GET',
): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, headers: headers as Record<string, string | string[]>, agent: false },
      (answer) => {
        let body = ''
        answer.setEncoding('utf8').on('data', (text: string) => {
          body += text
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}
