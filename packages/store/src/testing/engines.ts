/** Every claim about the store on SQLite, and on PostgreSQL when one can be had. */

import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '@mayfly/identity-center/clock'
import type { Random } from '@mayfly/identity-center/random'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { TestRandom } from '@mayfly/identity-center/testing/test-random'
import pg from 'pg'
import { describe, inject, onTestFinished } from 'vitest'
import { openStore, type Store } from '../store.ts'
import type { PostgresAnswer } from './postgres-on-demand.ts'

export interface TestEngine {
  readonly name: 'sqlite' | 'postgres'
  /** The URL of a fresh, empty database, gone when the test has finished, or when `afterAll` says so. */
  createDatabase(whenDone?: (clean: () => Promise<void>) => void): Promise<string>
  /** A store on a fresh database, closed when the test has finished. */
  open(options?: { readonly clock?: Clock; readonly random?: Random; readonly url?: string }): Promise<Store>
}

async function open(
  this: TestEngine,
  { clock = new TestClock(), random = new TestRandom(), url = '' }: Parameters<TestEngine['open']>[0] = {},
): Promise<Store> {
  const store = await openStore({ url: url === '' ? await this.createDatabase() : url, clock, random })
  onTestFinished(() => store.close())
  return store
}

const sqlite: TestEngine = {
  name: 'sqlite',
  open,
  async createDatabase(whenDone = onTestFinished) {
    const folder = mkdtempSync(join(tmpdir(), 'mayfly-store-'))
    whenDone(async () => rmSync(folder, { recursive: true, force: true }))
    return `sqlite:${join(folder, 'mayfly.db')}`
  },
}

const postgresAt = (server: string): TestEngine => ({
  name: 'postgres',
  open,
  async createDatabase(whenDone = onTestFinished) {
    const name = `test_${randomUUID().replaceAll('-', '')}`
    await onServer(server, `create database ${name}`)
    whenDone(() => onServer(server, `drop database ${name} with (force)`))
    const url = new URL(server)
    url.pathname = `/${name}`
    return url.href
  },
})

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** Asks for the PostgreSQL of this run. The first one to ask waits a second until it stands. */
export async function findPostgres(): Promise<PostgresAnswer> {
  const socket = inject('postgresOnDemand')
  let text = ''
  for await (const part of connect(socket)) text += String(part)
  return JSON.parse(text) as PostgresAnswer
}

/** Registers the claims once an engine; those on PostgreSQL are skipped when there is none. */
export async function forEachEngine(claims: (engine: TestEngine) => void): Promise<void> {
  const postgres = await findPostgres()
  describe('on SQLite', () => claims(sqlite))
  if ('url' in postgres) describe('on PostgreSQL', () => claims(postgresAt(postgres.url)))
  else describe.skip(`on PostgreSQL (${postgres.missing})`, () => claims(postgresAt('')))
}
