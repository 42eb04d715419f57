/** `npm run bench [-- client | server | postgres]`: measures ratios against floors and peers in the same run, and prints them. */

import { cpus, totalmem } from 'node:os'
import { measureClient } from './client.ts'
import { measureServer } from './server.ts'

const words = process.argv.slice(2)
const wants = (part: string): boolean => words.length === 0 || words.includes(part)

const machine = `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
console.log(`${machine}\n`)

if (wants('client')) {
  console.log('| command | median ms | against | median ms | ratio |\n|---|---|---|---|---|')
  for (const { name, median, against, againstMedian, ratio } of measureClient(40)) {
    console.log(`| ${name} | ${median.toFixed(1)} | ${against} | ${againstMedian.toFixed(1)} | ${ratio.toFixed(2)} |`)
  }
  console.log()
}

for (const engine of ['sqlite', 'postgres'] as const) {
  // The server is measured on both engines when nothing is named; `server` alone means the embedded one.
  if (!wants(engine === 'sqlite' ? 'server' : 'postgres')) continue
  console.log(`The server on ${engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'}:\n`)
  console.log('| operation | connections | per second | floor per second | ratio | p99 ms | answers | audit records |')
  console.log('|---|---|---|---|---|---|---|---|')
  for (const figure of await measureServer({ duration: 5000, rounds: 3, families: 1000, engine })) {
    const { name, connections, perSecond, floorPerSecond, ratio, p99, answers, auditRecords } = figure
    const cells = [name, connections, Math.round(perSecond), Math.round(floorPerSecond), ratio.toFixed(2)]
    console.log(`| ${[...cells, p99.toFixed(1), answers, auditRecords].join(' | ')} |`)
  }
  console.log()
}
