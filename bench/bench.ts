/**
 * `npm run bench [-- client | server | postgres | journeys | sign-ins | start]`: measures ratios against floors and
 * peers in the same run, and prints them. `--quick` shortens the rounds, for a look and not for publishing.
 */

import { cpus, totalmem } from 'node:os'
import { measureClient } from './client.ts'
import { measureJourneys } from './journeys.ts'
import { measureServer } from './server.ts'
import { measureSignIns } from './sign-ins.ts'
import { measureStart } from './start.ts'

const typed = process.argv.slice(2)
const quick = typed.includes('--quick')
const words = typed.filter((word) => word !== '--quick')
const wants = (part: string): boolean => words.length === 0 || words.includes(part)
const rounds = quick ? { duration: 2000, rounds: 2 } : { duration: 5000, rounds: 3 }

console.log(`${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}\n`)

if (wants('client')) {
  table('command', 'median ms', 'against', 'median ms', 'ratio')
  for (const { name, median, against, againstMedian, ratio } of measureClient(quick ? 20 : 60)) {
    row(name, median.toFixed(1), against, againstMedian.toFixed(1), ratio.toFixed(2))
  }
}

for (const engine of ['sqlite', 'postgres'] as const) {
  if (!wants(engine === 'sqlite' ? 'server' : 'postgres')) continue
  console.log(`\nThe server on ${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'}:\n`)
  const units = ['a second', 'floor a second', 'ratio', 'CPU µs', 'floor CPU µs', 'p99 ms', 'answers', 'audit records']
  table('operation', 'connections', ...units)
  for (const figure of await measureServer({ ...rounds, families: quick ? 200 : 1000, engine })) {
    const { name, connections, perSecond, floorPerSecond, ratio, cpu, floorCpu, p99, answers, auditRecords } = figure
    const speeds = [Math.round(perSecond), Math.round(floorPerSecond), ratio.toFixed(2)]
    row(name, connections, ...speeds, cpu.toFixed(0), floorCpu.toFixed(0), p99.toFixed(1), answers, auditRecords)
  }
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

function table(...heads: readonly string[]): void {
  row(...heads)
  console.log(`|${heads.map(() => '---').join('|')}|`)
}

function row(...cells: readonly (string | number)[]): void {
  console.log(`| ${cells.join(' | ')} |`)
}
