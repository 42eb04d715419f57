/** Several nodes on one PostgreSQL of their own, as an operator would run them: the same key, a port each. */

import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type PostgresServer, startPostgres } from '../../packages/store/src/testing/postgres-server.ts'
import { root } from '../harness/root.ts'
import { ServerProcess } from '../harness/server-process.ts'

export interface Cluster {
  readonly postgres: PostgresServer
  readonly nodes: readonly [ServerProcess, ServerProcess, ServerProcess]
  /** `mayfly-server WORDS`, on one of the machines. */
  command(...words: string[]): Promise<string>
  stop(): Promise<void>
}

/** Starts three nodes at once on an empty database; rejects when there is no PostgreSQL on this machine. */
export async function startCluster(more: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  const postgres = await startPostgres()
  const env = { ...more, MAYFLY_SERVER_KEY: randomBytes(32).toString('base64url') }
  const start = (): Promise<ServerProcess> => ServerProcess.start({ database: postgres.url, env })
  try {
    const nodes = await Promise.all([start(), start(), start()])
    return {
      postgres,
      nodes,
      async command(...words) {
        const program = join(root, 'packages/server/bin/mayfly-server.cjs')
        const place = ['--data', nodes[0].data, '--database', postgres.url]
        const { stdout } = await promisify(execFile)(process.execPath, [program, ...words, ...place], {
          env: { PATH: process.env['PATH'] ?? '', HOME: nodes[0].data, ...env },
        })
        return stdout
      },
      async stop() {
        await Promise.all(nodes.map((node) => node.stop()))
        await postgres.stop()
      },
    }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}
