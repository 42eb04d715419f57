/**
 * The floors: a bare node:http that reads a body and answers the bytes it was given. Run with a JSON file of them; with
 * a second word it first commits one small row to that SQLite file, all who wait in one durable commit.
 */

import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'

const { headers, body } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as {
  headers: Record<string, string>
  body: string
}
const bytes = Buffer.from(body)
const answerHeaders = { ...headers, 'content-length': String(bytes.length) }
const database = process.argv[3]
const commit = database === undefined ? (answer: () => void) => answer() : groupCommit(database)

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    Buffer.concat(chunks)
    commit(() => response.writeHead(200, answerHeaders).end(bytes))
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`ready ${address !== null && typeof address === 'object' ? address.port : 0}`)
})

function groupCommit(file: string): (answer: () => void) => void {
  const sqlite = new DatabaseSync(file)
  sqlite.exec('pragma journal_mode = wal; pragma synchronous = full')
  sqlite.exec('create table if not exists rows (id integer primary key, text text)')
  const insert = sqlite.prepare('insert into rows (text) values (?)')
  const begin = sqlite.prepare('begin immediate')
  const end = sqlite.prepare('commit')
  let waiting: (() => void)[] = []
  const flush = (): void => {
    const answers = waiting
    waiting = []
    begin.run()
    for (const _ of answers) insert.run('x'.repeat(200))
    end.run()
    for (const answer of answers) answer()
  }
  return (answer) => {
    if (waiting.push(answer) === 1) setImmediate(flush)
  }
}
