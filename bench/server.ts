/**
 * The server under honest load against a bare node:http that reads the same bodies and answers the same bytes: a
 * thousand keys and token families, every request signed once, audit records counted afterwards.
 */

import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signRequest } from '@mayfly/wire/signature-v4'
import { DEVELOPMENT, PRODUCTION } from '../conformance/harness/example.ts'
import { ServerProcess } from '../conformance/harness/server-process.ts'
import { type BenchDatabase, openPostgres, sqliteIn } from './database.ts'
import { type Family, openFamilies } from './families.ts'
import { type LoadResult, load, requestBytes, type Source } from './load.ts'
import { median } from './whole-process.ts'

export interface ServerFigure {
  readonly name: string
  readonly connections: number
  /** Answers a second: the median of the rounds. */
  readonly perSecond: number
  readonly floorPerSecond: number
  readonly ratio: number
  readonly p99: number
  readonly auditRecords: number
  readonly answers: number
}

interface Options {
  /** How long each round lasts, in milliseconds. */
  readonly duration: number
  readonly rounds: number
  readonly families: number
  readonly engine?: 'sqlite' | 'postgres'
}

interface Case {
  readonly name: string
  readonly eventName: string
  readonly connections: number
  /** Enough requests for one round; each is used once. */
  readonly source: (count: number) => Promise<Source> | Source
  /** How many requests a round may need at the most. */
  readonly most: number
}

const FORM = 'application/x-www-form-urlencoded; charset=utf-8'

/** Runs every case; the server has one core and whoever sends has the other, where the machine can pin them. */
export async function measureServer(options: Options): Promise<readonly ServerFigure[]> {
  const { duration, rounds, families: count, engine = 'sqlite' } = options
  const data = mkdtempSync(join(tmpdir(), 'mayfly-bench-'))
  const database = engine === 'postgres' ? await openPostgres() : sqliteIn(data)
  const { url } = database
  const server = await ServerProcess.start({ data, args: ['--example'], ...(url ? { database: url } : {}) })
  pin(server.pid, 0)
  pin(process.pid, 1)
  try {
    const families = await openFamilies(server.origin, count)
    const figures: ServerFigure[] = []
    for (const each of cases(server, families))
      figures.push(await measure(each, server, { duration, rounds, database }))
    return figures
  } finally {
    await server.stop()
    await database.close()
    rmSync(data, { recursive: true, force: true })
  }
}

function cases(server: ServerProcess, families: readonly Family[]): readonly Case[] {
  const host = new URL(server.origin).host
  return [
    {
      name: 'GetCallerIdentity',
      eventName: 'GetCallerIdentity',
      connections: 8,
      most: 12_000,
      source: (count) =>
        oneByOne(Array.from({ length: count }, (_, index) => callerIdentity(host, pick(families, index)))),
    },
    {
      name: 'GetRoleCredentials',
      eventName: 'GetRoleCredentials',
      connections: 64,
      most: 100_000,
      source: () => {
        let index = 0
        return { next: () => roleCredentials(host, pick(families, index++), index) }
      },
    },
    {
      name: 'CreateToken (refresh)',
      eventName: 'CreateToken',
      connections: 64,
      most: 100_000,
      source: () => refreshes(host, families, 64),
    },
  ]
}

const pick = <T>(items: readonly T[], index: number): T => {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

function callerIdentity(host: string, { credentials }: Family): Buffer {
  const body = 'Action=GetCallerIdentity&Version=2011-06-15'
  const headers = { host, 'content-type': FORM }
  const { headers: signature } = signRequest({
    request: { method: 'POST', rawPath: '/', rawQuery: '', headers, body: Buffer.from(body) },
    credentials,
    region: 'us-east-1',
    service: 'sts',
    now: new Date(),
  })
  return requestBytes('POST', '/', { ...headers, ...signature }, body)
}

function roleCredentials(host: string, { accessToken }: Family, index: number): Buffer {
  const account = index % 2 === 0 ? DEVELOPMENT : PRODUCTION
  return requestBytes('GET', `/federation/credentials?role_name=ReadOnlyAccess&account_id=${account}`, {
    host,
    'x-amz-sso_bearer_token': accessToken,
  })
}

/** Each connection has families of its own, and shows each refresh token once. */
function refreshes(host: string, families: readonly Family[], connections: number): Source {
  const own = Array.from({ length: connections }, (_, connection) =>
    families.filter((_family, index) => index % connections === connection),
  )
  const turn = new Array<number>(connections).fill(0)
  const current = (connection: number): Family => pick(own[connection] ?? [], turn[connection] ?? 0)
  return {
    next: (connection) => {
      const { clientId, clientSecret, refreshToken } = current(connection)
      const body = JSON.stringify({ clientId, clientSecret, grantType: 'refresh_token', refreshToken })
      return requestBytes('POST', '/token', { host, 'content-type': 'application/json' }, body)
    },
    answered: (connection, body) => {
      const answer = JSON.parse(body) as { accessToken?: string; refreshToken?: string }
      const family = current(connection)
      if (answer.accessToken && answer.refreshToken) {
        family.accessToken = answer.accessToken
        family.refreshToken = answer.refreshToken
      }
      turn[connection] = (turn[connection] ?? 0) + 1
    },
  }
}

function oneByOne(requests: readonly Buffer[]): Source {
  let index = 0
  return { next: () => requests[index++] }
}

async function measure(
  each: Case,
  server: ServerProcess,
  { duration, rounds, database }: { duration: number; rounds: number; database: BenchDatabase },
): Promise<ServerFigure> {
  const sample = await sampleAnswer(server.port, await each.source(64))
  const floor = await startFloor(sample)
  try {
    const own: LoadResult[] = []
    const floors: LoadResult[] = []
    const before = await database.countAudit(each.eventName)
    const { connections } = each
    await load({ port: server.port, connections, source: await each.source(2000), duration: 1000 })
    const counted = (await database.countAudit(each.eventName)) - before
    const startOfRounds = before + counted
    for (let round = 0; round < rounds; round++) {
      own.push(await load({ port: server.port, connections, source: await each.source(each.most), duration }))
      floors.push(await load({ port: floor.port, connections, source: repeat(sample.request), duration }))
    }
    const answers = own.reduce((sum, { answers: count }) => sum + count, 0)
    const refused = own.reduce((sum, { refused: count }) => sum + count, 0)
    if (refused > 0) throw new Error(`${each.name}: ${refused} of ${answers} answers were refusals`)
    const perSecond = median(own.map((result) => result.perSecond))
    const floorPerSecond = median(floors.map((result) => result.perSecond))
    return {
      name: each.name,
      connections,
      perSecond,
      floorPerSecond,
      ratio: perSecond / floorPerSecond,
      p99: median(own.map(({ p99 }) => p99)),
      auditRecords: (await database.countAudit(each.eventName)) - startOfRounds,
      answers,
    }
  } finally {
    floor.stop()
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
  const request = source.next(0)
  if (!request) throw new Error('there is no request')
  let body = ''
  await load({
    port,
    connections: 1,
    duration: 5000,
    source: {
      next: once(request),
      answered: (connection, answer) => {
        body = answer
        source.answered?.(connection, answer)
      },
    },
  })
  return { request, body, headers: { 'content-type': 'application/json', 'x-amzn-requestid': '0'.repeat(36) } }
}

function once(request: Buffer): () => Buffer | undefined {
  let left: Buffer | undefined = request
  return () => {
    const now = left
    left = undefined
    return now
  }
}

async function startFloor({ headers, body }: Sample): Promise<{ port: number; stop: () => void }> {
  const file = join(mkdtempSync(join(tmpdir(), 'mayfly-floor-')), 'answer.json')
  writeFileSync(file, JSON.stringify({ headers, body }))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'floor.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    child.on('exit', () => reject(new Error('the floor stopped')))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const match = /ready http:\/\/127\.0\.0\.1:(\d+)/.exec(text)
      if (match) resolve(Number(match[1]))
    })
  })
  pin(child.pid, 0)
  return {
    port,
    stop: () => {
      child.removeAllListeners('exit')
      child.kill()
      rmSync(join(file, '..'), { recursive: true, force: true })
    },
  }
}

/** Gives a process a core of its own, where `taskset` is there (Linux). */
function pin(pid: number | undefined, core: number): void {
  if (pid === undefined || process.platform !== 'linux') return
  spawn('taskset', ['-a', '-cp', String(core), String(pid)], { stdio: 'ignore' }).on('error', () => {})
}
