/** The databases that a journey runs on: SQLite always, PostgreSQL when one can be had. */

import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { findPostgres } from '../../packages/store/src/testing/engines.ts'

export interface OpenEngine {
  /** A `postgres://` address, or undefined for the SQLite file in the server's data folder. */
  readonly database: string | undefined
  readonly close: () => Promise<void>
}

export interface Engine {
  readonly name: string
  /** A fresh, empty database, or the reason why there is none. */
  open(): Promise<OpenEngine | { readonly skip: string }>
}

const sqlite: Engine = {
  name: 'SQLite',
  open: async () => ({ database: undefined, close: async () => {} }),
}

const postgres: Engine = {
  name: 'PostgreSQL',
  async open() {
    const answer = await findPostgres()
    if ('missing' in answer) return { skip: `there is no PostgreSQL: ${answer.missing}` }
    const name = `journey_${randomUUID().replaceAll('-', '')}`
    await onServer(answer.url, `create database ${name}`)
    const url = new URL(answer.url)
    url.pathname = `/${name}`
    return { database: url.href, close: () => onServer(answer.url, `drop database ${name} with (force)`) }
  },
}

export const engines: readonly Engine[] = [sqlite, postgres]

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
