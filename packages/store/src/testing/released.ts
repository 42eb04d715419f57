/** Databases of earlier versions (migrations/released/README.md), made anew on either engine. */

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import type { TestEngine } from './engines.ts'

const folder = fileURLToPath(new URL('../migrations/released/', import.meta.url))

/** The names of those that there are for an engine: `0.1.0-example`. */
export const releasedOf = ({ name }: Pick<TestEngine, 'name'>): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(`.${name}.sql`))
    .map((file) => file.slice(0, -`.${name}.sql`.length))

/** What the clients of an earlier version held, and when it was stopped. */
export const readReleased = <Held>(name: string): Held & { readonly now: string } =>
  JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8')) as Held & { now: string }

/** The URL of a database as an earlier version left it. */
export async function createReleased(engine: TestEngine, name: string): Promise<string> {
  const url = await engine.createDatabase()
  await runScript(engine, url, readFileSync(`${folder}${name}.${engine.name}.sql`, 'utf8'))
  return url
}

/** Runs statements past the store; the rows of a single `select`. */
export async function runScript<Row>(engine: Pick<TestEngine, 'name'>, url: string, script: string): Promise<Row[]> {
  if (engine.name === 'sqlite') {
    const database = new Sqlite(url.slice('sqlite:'.length))
    try {
      if (script.startsWith('select')) return database.prepare<[], Row>(script).all()
      database.exec(script)
      return []
    } finally {
      database.close()
    }
  }
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(script)).rows as Row[]
  } finally {
    await client.end()
  }
}
