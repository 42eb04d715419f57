/** One PostgreSQL for a whole test run, started when the first test asks for it (a globalSetup of vitest). */

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

/** What a test is told: where it is, or why there is none. */
export type PostgresAnswer = { readonly url: string } | { readonly missing: string }

declare module 'vitest' {
  interface ProvidedContext {
    /** A local socket that says a `PostgresAnswer` as JSON. */
    postgresOnDemand: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-on-demand-'))
  const socket = process.platform === 'win32' ? `\\\\.\\pipe\\mayfly-postgres-${process.pid}` : join(folder, 'socket')
  let started: Promise<PostgresServer | PostgresAnswer> | undefined
  const server = createServer((connection) => {
    connection.on('error', () => {})
    started ??= findOrStart()
    void started.then((answer) => connection.end(JSON.stringify(answer)))
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  project.provide('postgresOnDemand', socket)
  return async () => {
    await closed(server)
    const answer = await started
    if (answer !== undefined && 'stop' in answer) await answer.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function findOrStart(): Promise<PostgresServer | PostgresAnswer> {
  const given = process.env['POSTGRES_URL']
  if (given !== undefined && given !== '') return { url: given }
  try {
    return await startPostgres()
  } catch (error) {
    const missing = error instanceof Error ? error.message : String(error)
    process.stderr.write(`PostgreSQL tests were SKIPPED: ${missing}. Install PostgreSQL or set POSTGRES_URL.\n`)
    return { missing }
  }
}

const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()))
