/** One writer in a loop and one reader that counts: how often a file could not be read while it was written. */

import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Home } from '../harness/home.ts'
import { runProgram } from '../harness/run-program.ts'
import { ACCOUNT, contents, ROLE } from './contents.ts'

const PYTHON = '/usr/bin/python3'
const imports = (module: string): boolean =>
  existsSync(PYTHON) && spawnSync(PYTHON, ['-c', `import ${module}`]).status === 0

export const hasAwsWriter = imports('awscli.botocore.utils')
export const hasBotocore = imports('botocore')

export type Writer = 'ours' | "the AWS CLI's"
export type Reader = 'ours' | "botocore's" | "the SDK for JavaScript's"

export interface Count {
  readonly reads: number
  readonly failures: number
  /** Of the hot path alone, which reads once and otherwise leaves it to the whole program. */
  readonly leftToTheWhole?: number
}

const here = import.meta.dirname
const files = (home: Home): string => JSON.stringify(contents(home.path))

const writerOf = (writer: Writer, home: Home): readonly string[] =>
  writer === 'ours'
    ? [process.execPath, join(here, 'write-ours.ts'), home.path]
    : [PYTHON, join(here, 'write-aws.py'), home.path, files(home)]

function readerOf(reader: Reader, home: Home, reads: number): readonly string[] {
  if (reader === 'ours') return [process.execPath, join(here, 'read-ours.ts'), String(reads)]
  if (reader === "botocore's") return [PYTHON, join(here, 'read-botocore.py'), home.path, files(home), String(reads)]
  return [process.execPath, join(here, 'read-sdk.ts'), String(reads)]
}

/** Reads while the writer writes as fast as it can: a bound for what any person ever meets. */
export async function countTornReads(writer: Writer, reader: Reader, reads: number): Promise<Count> {
  const home = new Home()
  home.writeConfig('https://d-1234567890.awsapps.com/start', [{ name: 'dev', accountId: ACCOUNT, roleName: ROLE }])
  for (const { path, values } of contents(home.path)) home.write(path, JSON.stringify(values[0]))
  const [file = '', ...words] = writerOf(writer, home)
  const child = spawn(file, words, { env: home.env(), stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve())
      child.once('exit', (code) => reject(new Error(`the writer ended with ${code}`)))
    })
    const [program = '', ...parameters] = readerOf(reader, home, reads)
    const { status, stdout, stderr } = await runProgram(program, parameters, { env: home.env(), timeout: 3_000_000 })
    if (status !== 0 || child.exitCode !== null) throw new Error(`the reader ended with ${status}: ${stderr}`)
    return JSON.parse(stdout) as Count
  } finally {
    child.removeAllListeners('exit')
    child.kill('SIGKILL')
    await new Promise((resolve) => child.once('close', resolve))
    home.remove()
  }
}
