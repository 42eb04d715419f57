/** The same pages of a large organization and of one of a thousandth, in turn: what the server and its database use of the CPU. */

import type { ServerProcess } from '../conformance/harness/server-process.ts'
import type { BenchDatabase } from './database.ts'
import type { Family } from './families.ts'
import { type LoadResult, load, type Source } from './load.ts'
import type { Scale } from './organization.ts'
import { sizeOf } from './organization.ts'
import type { PageCase } from './page-cases.ts'
import { cpuSeconds } from './processes.ts'
import { portalCall, signedCall } from './signed-calls.ts'
import { median } from './whole-process.ts'

export interface ServedOrganization {
  readonly scale: Scale
  readonly server: ServerProcess
  readonly database: BenchDatabase
  readonly families: readonly Family[]
}

export interface PageFigure {
  readonly name: string
  readonly items: number | undefined
  /** Microseconds of CPU time for one page: of the small organization, of the large one, and deep inside that one. */
  readonly small: number
  readonly large: number
  readonly deep: number | undefined
  /** The medians of the ratios to the small one, round by round. */
  readonly ratio: number
  readonly deepRatio: number | undefined
  /** First pages of the large organization in a second, on eight connections. */
  readonly perSecond: number
  readonly p99: number
}

export interface PageOptions {
  readonly duration: number
  readonly rounds: number
}

const CONNECTIONS = 8
/** How many pages lie before the one that is called deep. */
const DEEP = 200

export async function measurePage(
  each: PageCase,
  { small, large }: { readonly small: ServedOrganization; readonly large: ServedOrganization },
  { duration, rounds }: PageOptions,
): Promise<PageFigure> {
  const deepToken = each.items === undefined ? undefined : await findDeepToken(each, large)
  const measured = { small: [] as Run[], large: [] as Run[], deep: [] as Run[] }
  for (const [organization, token] of [[small], [large], [large, deepToken]] as const) {
    await run(each, organization, duration / 2, token)
  }
  for (let round = 0; round < rounds; round++) {
    measured.small.push(await run(each, small, duration))
    measured.large.push(await run(each, large, duration))
    if (deepToken !== undefined) measured.deep.push(await run(each, large, duration, deepToken))
  }
  const cpu = (runs: readonly Run[]): number => median(runs.map((one) => one.cpu))
  const ratio = (runs: readonly Run[]): number =>
    median(runs.map((one, round) => one.cpu / (measured.small[round]?.cpu ?? Number.NaN)))
  return {
    name: each.name,
    items: each.items,
    small: cpu(measured.small),
    large: cpu(measured.large),
    deep: deepToken === undefined ? undefined : cpu(measured.deep),
    ratio: ratio(measured.large),
    deepRatio: deepToken === undefined ? undefined : ratio(measured.deep),
    perSecond: median(measured.large.map(({ result }) => result.perSecond)),
    p99: median(measured.large.map(({ result }) => result.p99)),
  }
}

interface Run {
  readonly result: LoadResult
  /** Microseconds for one answer. */
  readonly cpu: number
}

async function run(
  each: PageCase,
  organization: ServedOrganization,
  duration: number,
  token?: string | undefined,
): Promise<Run> {
  const { server, database } = organization
  const used = (): number => (cpuSeconds(server.pid) ?? Number.NaN) + database.cpuSeconds()
  const before = used()
  const source = pagesOf(each, organization, token)
  const result = await load({ port: server.port, connections: each.connections ?? CONNECTIONS, source, duration })
  if (result.refused > 0) throw new Error(`${each.name}: ${result.refused} answers were refusals`)
  return { result, cpu: ((used() - before) * 1_000_000) / result.answers }
}

function pagesOf(each: PageCase, { server, scale, families }: ServedOrganization, token?: string): Source {
  const host = new URL(server.origin).host
  const call = each.call?.(sizeOf(scale))
  let index = 0
  return {
    next: () => {
      const family = families[index++ % families.length]
      if (!family) throw new Error('there are no credentials')
      const { items } = each
      if (!call) {
        const next = token === undefined ? {} : { next_token: token }
        return portalCall(host, '/assignment/accounts', { max_result: String(items ?? 100), ...next }, family)
      }
      const asked =
        items === undefined ? {} : { MaxResults: items, ...(token === undefined ? {} : { NextToken: token }) }
      return signedCall(host, { ...call, input: { ...call.input, ...asked } }, family)
    },
  }
}

/** Goes from page to page; undefined when the list ends before the second full page. */
async function findDeepToken(each: PageCase, organization: ServedOrganization): Promise<string | undefined> {
  let token: string | undefined
  let full: string | undefined
  for (let page = 0; page < DEEP; page++) {
    const answer = await askOnce(pagesOf(each, organization, token), organization.server.port)
    const next = /"[nN]extToken":"([^"]+)"/.exec(answer)?.[1]
    if (next === undefined) return full
    full = token
    token = next
  }
  return token
}

async function askOnce(source: Source, port: number): Promise<string> {
  let answer = ''
  let asked = false
  const once: Source = {
    next: (connection) => {
      if (asked) return undefined
      asked = true
      return source.next(connection)
    },
    answered: (_connection, body) => {
      answer = body
    },
  }
  await load({ port, connections: 1, duration: 30_000, source: once })
  return answer
}
