/**
 * The server under honest load against a floor that reads the same bodies and answers the same bytes: a thousand keys
 * and token families, every request signed once, audit records counted afterwards.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ServerProcess } from '../conformance/harness/server-process.ts'
import { createAccessKeys } from './access-keys.ts'
import { type Case, callerIdentities, cases } from './cases.ts'
import { type BenchDatabase, openPostgres, sqliteIn } from './database.ts'
import { openFamilies } from './families.ts'
import { type LoadResult, load, type Source } from './load.ts'
import { CLIENT_CORE, cpuSeconds, pin, SERVER_CORE, type StartedProgram, startProgram } from './processes.ts'
import { median } from './whole-process.ts'

export interface ServerFigure {
  readonly name: string
  readonly connections: number
  /** Answers a second: the median of the rounds. */
  readonly perSecond: number
  readonly floorPerSecond: number
  /** The median of the ratios, round by round. */
  readonly ratio: number
  /** Microseconds of CPU time for one answer. */
  readonly cpu: number
  readonly floorCpu: number
  readonly p99: number
  readonly auditRecords: number
  readonly answers: number
}

export interface ServerOptions {
  /** How long each round lasts, in milliseconds. */
  readonly duration: number
  readonly rounds: number
  readonly families: number
  readonly engine: 'sqlite' | 'postgres'
}

/** Long enough for the engine to have compiled what it runs often. */
const WARM_UP = 4000

/** Runs every case; the server has one core and whoever sends has the other, where the machine can pin them. */
export async function measureServer(options: ServerOptions): Promise<readonly ServerFigure[]> {
  const data = mkdtempSync(join(tmpdir(), 'mayfly-bench-'))
  const database = options.engine === 'postgres' ? await openPostgres() : sqliteIn(data)
  const server = await ServerProcess.start({ data, ...(database.url === undefined ? {} : { database: database.url }) })
  pin(server.pid, SERVER_CORE)
  pin(process.pid, CLIENT_CORE)
  try {
    const families = await openFamilies(server.origin, options.families)
    const { host } = new URL(server.origin)
    const [first, ...others] = cases(host, families)
    // One after the other, so that their figures can be compared.
    const keys = callerIdentities(
      'the same, long-term key',
      host,
      await createAccessKeys(server.origin, families.length),
    )
    const figures: ServerFigure[] = []
    for (const each of [...(first ? [first] : []), keys, ...others]) {
      figures.push(await measure(each, { server, database }, options))
    }
    return figures
  } finally {
    await server.stop()
    await database.close()
    rmSync(data, { recursive: true, force: true })
  }
}

interface Round {
  readonly result: LoadResult
  /** Microseconds for one answer; NaN where it cannot be told. */
  readonly cpu: number
}

export interface Measured {
  readonly server: ServerProcess
  readonly database: BenchDatabase
}

/** One case against its floor, in turn. Throws when an answer was a refusal, or has no audit record. */
export async function measure(
  each: Case,
  { server, database }: Measured,
  { duration, rounds }: Pick<ServerOptions, 'duration' | 'rounds'>,
): Promise<ServerFigure> {
  const { connections } = each
  const sample = await sampleAnswer(server.port, each.source())
  const floor = await startFloor(sample, each.floor === 'commit')
  try {
    await load({ port: server.port, connections, source: each.source(), duration: WARM_UP })
    await load({ port: floor.port, connections, source: repeat(sample.request), duration: WARM_UP / 4 })
    const before = await database.countAudit(each.eventName)
    const own: Round[] = []
    const floors: Round[] = []
    for (let round = 0; round < rounds; round++) {
      own.push(await runRound(server, connections, each.source(), duration))
      floors.push(await runRound(floor, connections, repeat(sample.request), duration))
    }
    const refused = own.reduce((sum, { result }) => sum + result.refused, 0)
    if (refused > 0) throw new Error(`${each.name}: ${refused} answers were refusals`)
    const figure = summary(own, floors)
    const auditRecords = (await database.countAudit(each.eventName)) - before
    if (auditRecords !== figure.answers) {
      throw new Error(`${each.name}: ${auditRecords} audit records of ${figure.answers} answers`)
    }
    return { ...figure, name: each.name, connections, auditRecords }
  } finally {
    await floor.stop()
  }
}

async function runRound(
  { port, pid }: { port: number; pid: number | undefined },
  connections: number,
  source: Source,
  duration: number,
): Promise<Round> {
  const before = cpuSeconds(pid)
  const result = await load({ port, connections, source, duration })
  const after = cpuSeconds(pid)
  const used = before === undefined || after === undefined ? Number.NaN : after - before
  return { result, cpu: (used * 1_000_000) / result.answers }
}

function summary(own: readonly Round[], floors: readonly Round[]) {
  const perSecond = (runs: readonly Round[]): number => median(runs.map(({ result }) => result.perSecond))
  return {
    perSecond: perSecond(own),
    floorPerSecond: perSecond(floors),
    ratio: median(own.map(({ result }, round) => result.perSecond / (floors[round]?.result.perSecond ?? Number.NaN))),
    cpu: median(own.map(({ cpu }) => cpu)),
    floorCpu: median(floors.map(({ cpu }) => cpu)),
    p99: median(own.map(({ result }) => result.p99)),
    answers: own.reduce((sum, { result }) => sum + result.answers, 0),
  }
}

const repeat = (request: Buffer): Source => ({ next: () => request })

interface Sample {
  readonly request: Buffer
  readonly headers: Record<string, string>
  readonly body: string
}

/** One real answer, so that the floor answers the same bytes. */
async function sampleAnswer(port: number, source: Source): Promise<Sample> {
  let request: Buffer | undefined
  let body = ''
  const only: Source = {
    next: (connection) => {
      if (request) return undefined
      request = source.next(connection)
      return request
    },
    answered: (connection, answer, head) => {
      body = answer
      source.answered?.(connection, answer, head)
    },
  }
  await load({ port, connections: 1, duration: 5000, source: only })
  if (!request) throw new Error('there is no request')
  return { request, body, headers: { 'content-type': 'application/json', 'x-amzn-requestid': '0'.repeat(36) } }
}

async function startFloor(
  { headers, body }: Sample,
  commits: boolean,
): Promise<StartedProgram & { readonly port: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-floor-'))
  const file = join(folder, 'answer.json')
  writeFileSync(file, JSON.stringify({ headers, body }))
  const program = await startProgram('floor.ts', commits ? [file, join(folder, 'floor.db')] : [file])
  return {
    ...program,
    port: Number(program.said),
    stop: async () => {
      await program.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
