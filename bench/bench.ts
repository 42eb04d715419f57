/**
 * `npm run bench [-- client | setup | keys | server | postgres | journeys | sign-ins | start | administration]`: measures ratios against floors
 * and peers in the same run, and prints them. `--quick` shortens the rounds, for a look and not for publishing;
 * `--engine postgres` says where the large organization of `administration` lies.
 */

import { cpus, totalmem } from 'node:os'
import { measureAdministration } from './administration.ts'
import { measureAgent } from './agent.ts'
import { measureClient } from './client.ts'
import { measureJourneys } from './journeys.ts'
import { measureKeySearch } from './key-search.ts'
import { measureServer, type ServerFigure } from './server.ts'
import { measureSetup } from './setup.ts'
import { measureSignIns } from './sign-ins.ts'
import { measureStart } from './start.ts'

const typed = process.argv.slice(2)
const quick = typed.includes('--quick')
const engineOf = typed.indexOf('--engine')
const engines = engineOf < 0 ? (['sqlite'] as const) : ([typed[engineOf + 1] as 'sqlite' | 'postgres'] as const)
const words = typed.filter((word, index) => !word.startsWith('--') && (engineOf < 0 || index !== engineOf + 1))
const wants = (part: string): boolean => words.length === 0 || words.includes(part)
const rounds = quick ? { duration: 2000, rounds: 2 } : { duration: 5000, rounds: 3 }

console.log(`${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}\n`)

if (wants('client')) {
  table('command', 'median ms', 'against', 'median ms', 'ratio')
  for (const { name, median, against, againstMedian, ratio } of measureClient(quick ? 20 : 60)) {
    row(name, median.toFixed(1), against, againstMedian.toFixed(1), ratio.toFixed(2))
  }
  await hotPath()
}

if (wants('setup')) {
  const figure = await measureSetup(quick ? 100 : 665)
  const { accounts, roles, seconds, ratio, calls, leastCalls, refused, againSeconds, mebibytes } = figure
  const pace = `${calls} calls for at least ${leastCalls}, ${refused} refused; memory ${Math.round(mebibytes)} MiB`
  console.log(
    `\nsetup of ${accounts} accounts with ${roles} roles at 20 calls a second: ${seconds.toFixed(1)} s, ` +
      `${ratio.toFixed(2)} × what the limit allows; ${pace}. Again: ${againSeconds.toFixed(1)} s.`,
  )
}

if (wants('keys')) {
  const figure = await measureKeySearch(quick ? 5_000 : 50_000, quick ? 1 : 5)
  const { files, found, there, seconds, readSeconds, grepSeconds, ratio, mebibytes } = figure
  console.log(
    `\nkeys find in ${files} files: ${seconds.toFixed(2)} s, ${ratio.toFixed(2)} × reading them (${readSeconds.toFixed(2)} s; ` +
      `grep ${grepSeconds.toFixed(2)} s); ${Math.round(mebibytes)} MiB; ${found} found of ${there}.`,
  )
}

for (const engine of ['sqlite', 'postgres'] as const) {
  if (!wants(engine === 'sqlite' ? 'server' : 'postgres')) continue
  console.log(`\nThe server on ${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'}:\n`)
  printCalls(await measureServer({ ...rounds, families: quick ? 200 : 1000, engine }))
}

if (wants('journeys')) {
  const { journeysPerSecond, journeys } = await measureJourneys(rounds)
  console.log(
    `\nWhole sign-ins of a client (PKCE) without hashing: ${Math.round(journeysPerSecond)}/s (${journeys} made).`,
  )
}

if (wants('sign-ins')) {
  const { signInsPerSecond, hashesPerSecond, ratio, calmP99, stormP99 } = await measureSignIns(rounds)
  const against = `argon2id alone ${hashesPerSecond.toFixed(1)}/s, ratio ${ratio.toFixed(2)}`
  console.log(`\nPassword sign-ins: ${signInsPerSecond.toFixed(1)}/s; ${against}.`)
  const times = `${stormP99.toFixed(1)} ms meanwhile, ${calmP99.toFixed(1)} ms otherwise`
  console.log(`p99 of a refresh: ${times}, ratio ${(stormP99 / calmP99).toFixed(2)}.`)
}

if (wants('start')) {
  console.log()
  table('what', 'measured', 'target')
  for (const { what, value, target } of await measureStart(quick ? 3 : 9)) row(what, value, target)
}

if (wants('administration')) {
  for (const engine of engines) await administration(engine)
}

async function hotPath(): Promise<void> {
  const { comparisons, memory, requestsPerSecond, missing } = await measureAgent(quick ? 20 : 60)
  for (const { name, median, against, againstMedian, ratio } of comparisons) {
    row(name, median.toFixed(1), against, againstMedian.toFixed(1), ratio.toFixed(ratio < 1 ? 3 : 2))
  }
  const held = memory ? `${memory.resident.toFixed(0)} MiB, ${memory.own.toFixed(0)} of them its own` : 'unknown'
  console.log(`\nThe agent with 20 hot roles: ${held}; ${Math.round(requestsPerSecond)} requests a second.`)
  for (const what of missing) console.log(`Not measured: ${what}`)
}

async function administration(engine: 'sqlite' | 'postgres'): Promise<void> {
  const figures = await measureAdministration({ ...rounds, families: quick ? 200 : 1000, engine })
  console.log(`\nPages of a large organization and of a thousandth of it, on ${engine}; CPU µs of a page:\n`)
  table('page', 'items', 'small', 'large', 'ratio', 'deep inside', 'ratio', 'a second', 'p99 ms')
  for (const { name, items, small, large, ratio, deep, deepRatio, perSecond, p99 } of figures.pages) {
    const first = [small.toFixed(0), large.toFixed(0), ratio.toFixed(2)]
    const inside = [deep?.toFixed(0) ?? '–', deepRatio?.toFixed(2) ?? '–']
    row(name, items ?? '–', ...first, ...inside, Math.round(perSecond), p99.toFixed(1))
  }
  console.log('\nCalls at the design point:\n')
  printCalls(figures.calls)
  const { tenThousandUsers, start, memory } = figures
  console.log(
    `\n10,000 users through the API: ${tenThousandUsers.toFixed(1)} s. Start to ready: ${Math.round(start)} ms.`,
  )
  console.log(
    `Memory: ${Math.round(memory.started)} MiB when started, ${Math.round(memory.used)} MiB after all of this.`,
  )
}

function printCalls(figures: readonly ServerFigure[]): void {
  const units = ['a second', 'floor a second', 'ratio', 'CPU µs', 'floor CPU µs', 'p99 ms', 'answers', 'audit records']
  table('operation', 'connections', ...units)
  for (const figure of figures) {
    const { name, connections, perSecond, floorPerSecond, ratio, cpu, floorCpu, p99, answers, auditRecords } = figure
    const speeds = [Math.round(perSecond), Math.round(floorPerSecond), ratio.toFixed(2)]
    row(name, connections, ...speeds, cpu.toFixed(0), floorCpu.toFixed(0), p99.toFixed(1), answers, auditRecords)
  }
}

function table(...heads: readonly string[]): void {
  row(...heads)
  console.log(`|${heads.map(() => '---').join('|')}|`)
}

function row(...cells: readonly (string | number)[]): void {
  console.log(`| ${cells.join(' | ')} |`)
}
