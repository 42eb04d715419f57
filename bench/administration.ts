/**
 * Administering an organization of the size that Mayfly is built for: pages against the same pages of a thousandth of
 * it, single reads against a bare server, writes of 64 at once, and the memory that it takes.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ServerProcess } from '../conformance/harness/server-process.ts'
import { readCases, usersToMake, writeCases } from './administration-cases.ts'
import { openPostgres, sqliteIn } from './database.ts'
import { openFamilies } from './families.ts'
import { load } from './load.ts'
import { MANAGEMENT, type Scale } from './organization.ts'
import { PAGE_CASES } from './page-cases.ts'
import { measurePage, type PageFigure, type ServedOrganization } from './pages.ts'
import { CLIENT_CORE, pin, residentMemory, SERVER_CORE, startProgram } from './processes.ts'
import { measure, type ServerFigure, type ServerOptions } from './server.ts'

export interface AdministrationFigures {
  readonly pages: readonly PageFigure[]
  readonly calls: readonly ServerFigure[]
  /** Seconds. */
  readonly tenThousandUsers: number
  /** Milliseconds. */
  readonly start: number
  /** MiB, when it has just started, and after all of the above. */
  readonly memory: { readonly started: number; readonly used: number }
}

const ADMINISTRATOR = { accountId: MANAGEMENT, roleName: 'AdministratorAccess' }
/** The design point has as many users as AWS lets in by itself. */
const QUOTA = { MAYFLY_QUOTA: 'users=1000000' }
/** A page is short against the noise of its machine; what it takes is CPU time, not waiting. */
const PAGE_ROUND = 0.3

export async function measureAdministration(options: ServerOptions): Promise<AdministrationFigures> {
  pin(process.pid, CLIENT_CORE)
  const opened: Opened[] = []
  try {
    for (const scale of [1, 1000] as const) opened.push(await open(scale, options))
    const [small, large] = opened as [Opened, Opened]
    const start = await restart(large)
    const started = residentMemory(large.server.pid) ?? Number.NaN
    const pages: PageFigure[] = []
    for (const each of PAGE_CASES) {
      const rounds = { duration: options.duration * PAGE_ROUND, rounds: options.rounds }
      pages.push(await measurePage(each, { small, large }, rounds))
    }
    const asking = { host: new URL(large.server.origin).host, families: large.families }
    const calls: ServerFigure[] = []
    for (const each of [...readCases(asking), ...writeCases(asking)]) calls.push(await measure(each, large, options))
    const tenThousandUsers = await makeUsers(large, 10_000)
    const used = residentMemory(large.server.pid) ?? Number.NaN
    return { pages, calls, tenThousandUsers, start, memory: { started, used } }
  } finally {
    for (const { close } of opened) await close()
  }
}

interface Opened extends ServedOrganization {
  close(): Promise<void>
}

async function open(scale: Scale, { engine, families }: ServerOptions): Promise<Opened> {
  const data = mkdtempSync(join(tmpdir(), 'mayfly-bench-'))
  const database = engine === 'postgres' ? await openPostgres() : sqliteIn(data)
  // Makes the example, which the organization is added to.
  const address = database.url === undefined ? {} : { database: database.url }
  const server = await ServerProcess.start({ data, env: QUOTA, ...address })
  await server.stop()
  const loading = await startProgram('load-organization.ts', [
    database.url ?? `sqlite:${join(data, 'mayfly.db')}`,
    String(scale),
  ])
  await loading.ended
  await server.start()
  await database.sealed()
  await database.settled()
  pin(server.pid, SERVER_CORE)
  const opened = await openFamilies(server.origin, families, ADMINISTRATOR)
  return {
    scale,
    server,
    database,
    families: opened,
    close: async () => {
      await server.stop()
      await database.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** Milliseconds until it is ready again. */
async function restart({ server }: Opened): Promise<number> {
  await server.stop()
  const start = performance.now()
  await server.start()
  const elapsed = performance.now() - start
  pin(server.pid, SERVER_CORE)
  return elapsed
}

async function makeUsers({ server, families }: Opened, count: number): Promise<number> {
  const source = usersToMake({ host: new URL(server.origin).host, families }, count)
  const { seconds, refused } = await load({ port: server.port, connections: 64, source, duration: 120_000 })
  if (refused > 0) throw new Error(`${refused} users were not made`)
  return seconds
}
