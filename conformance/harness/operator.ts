/** What an operator does beside a running server: types a command, or lets time pass for a row of the database. */

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { root } from './root.ts'
import { type ProgramRun, runProgram } from './run-program.ts'
import type { ServerProcess } from './server-process.ts'

const SERVER = join(root, 'packages/server/bin/mayfly-server.cjs')

export const runServerProgram = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runProgram(process.execPath, [SERVER, ...args], { env: { PATH: process.env['PATH'] ?? '', ...env } })

export const operate = (server: ServerProcess, ...words: string[]): Promise<ProgramRun> =>
  runServerProgram([...words, '--data', server.data])

/** Runs one statement on the server's SQLite file while it serves; how many rows it changed. */
export function alter(server: ServerProcess, statement: string, ...values: string[]): number {
  const database = new DatabaseSync(join(server.data, 'mayfly.db'), { timeout: 10_000 })
  try {
    return Number(database.prepare(statement).run(...values).changes)
  } finally {
    database.close()
  }
}

/** A moment as the database writes it. */
export const momentIn = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString()
