/** A backup: every row of one moment as lines of JSON, the same from either engine, and back into an empty database. */

import { createHash } from 'node:crypto'
import { Refusal } from '@mayfly/identity-center/refusal'
import { NEWEST_SCHEMA } from '../migrations/migrations.ts'
import type { Row, Snapshot, TableShape, Target } from './source.ts'

const FORMAT = 'mayfly-backup'
const VERSION = 1

/** What the first line of a backup says. */
export interface BackupHead {
  readonly format: typeof FORMAT
  readonly version: number
  /** The number of the last migration of the database. */
  readonly schema: number
  readonly engine: 'sqlite' | 'postgres'
  readonly createdAt: string
  /** The server key, base64url, when it was asked to be in it. */
  readonly serverKey?: string
}

export type BackupOptions = Pick<BackupHead, 'createdAt' | 'serverKey'>

/** The lines of a backup, and how many rows it holds. Nothing that is committed after the first line is in it. */
export async function* backupLines(url: string, options: BackupOptions): AsyncGenerator<string> {
  const snapshot = await openSnapshot(url)
  try {
    const engine = url.startsWith('sqlite:') ? 'sqlite' : 'postgres'
    const digest = createHash('sha256')
    const line = (value: unknown): string => {
      const text = `${JSON.stringify(value)}\n`
      digest.update(text)
      return text
    }
    yield line({ format: FORMAT, version: VERSION, schema: snapshot.schema, engine, ...options } satisfies BackupHead)
    let count = 0
    for (const shape of snapshot.tables) {
      yield line(shape)
      for await (const rows of snapshot.rows(shape)) {
        count += rows.length
        yield rows.map(line).join('')
      }
    }
    yield `${JSON.stringify({ end: true, rows: count, sha256: digest.digest('hex') })}\n`
  } finally {
    await snapshot.close()
  }
}

async function openSnapshot(url: string): Promise<Snapshot> {
  if (url.startsWith('sqlite:')) {
    const { openSqliteSnapshot } = await import('./sqlite-backup.ts')
    return await openSqliteSnapshot(url.slice('sqlite:'.length))
  }
  const { openPostgresSnapshot } = await import('./postgres-backup.ts')
  return await openPostgresSnapshot(url)
}

/** Reads the first line. Throws `invalid` for what is no backup, and for one of a newer version. */
export function parseBackupHead(line: string | undefined): BackupHead {
  const head = parseLine(line ?? '') as BackupHead | undefined
  if (head?.format !== FORMAT) throw new Refusal('invalid', 'This file is no backup of this server.')
  if (head.version > VERSION || head.schema > NEWEST_SCHEMA) {
    throw new Refusal('invalid', 'The backup was made by a newer version of this server.', {
      hint: 'Restore it with that version.',
    })
  }
  return head
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new Refusal('invalid', 'The backup is damaged: a line in it is no JSON.')
  }
}

const ROWS_AT_ONCE = 200

/**
 * Fills an empty database from the lines behind the first one, all or nothing; returns how many rows. Throws `conflict`
 * when the database is not empty, `invalid` when the file is damaged or was cut off.
 */
export async function restoreLines(url: string, firstLine: string, lines: AsyncIterable<string>): Promise<number> {
  const target = await openTarget(url)
  try {
    await refuseFilled(target)
    for (const { table } of target.tables) await target.clear(table)
    const count = await insertLines(target, firstLine, lines)
    await target.commit()
    return count
  } finally {
    await target.close()
  }
}

async function openTarget(url: string): Promise<Target> {
  if (url.startsWith('sqlite:')) {
    const { openSqliteTarget } = await import('./sqlite-backup.ts')
    return await openSqliteTarget(url.slice('sqlite:'.length))
  }
  const { openPostgresTarget } = await import('./postgres-backup.ts')
  return await openPostgresTarget(url)
}

/** A database without rows in these was never used; what is in others stands there from the beginning. */
const FILLED_BY_USE = ['instances', 'signing_keys', 'users', 'audit_events']

async function refuseFilled(target: Target): Promise<void> {
  for (const table of FILLED_BY_USE) {
    if (await target.isEmpty(table)) continue
    throw new Refusal('conflict', `The database is not empty: there are rows in ${table}.`, {
      hint: 'Restore into a new data folder, or a new database.',
    })
  }
}

async function insertLines(target: Target, firstLine: string, lines: AsyncIterable<string>): Promise<number> {
  const digest = createHash('sha256').update(`${firstLine}\n`)
  const shapes = new Map(target.tables.map((shape) => [shape.table, shape]))
  let shape: TableShape | undefined
  let waiting: Row[] = []
  let count = 0
  const flush = async (): Promise<void> => {
    if (shape && waiting.length > 0) await target.insert(shape, waiting)
    waiting = []
  }
  for await (const line of lines) {
    const value = parseLine(line)
    if (isEnd(value)) {
      await flush()
      if (value.rows === count && value.sha256 === digest.digest('hex')) return count
      throw new Refusal('invalid', 'The backup is damaged: its checksum is another one.')
    }
    digest.update(`${line}\n`)
    if (!Array.isArray(value)) {
      await flush()
      shape = checkedShape(value, shapes)
      continue
    }
    waiting.push(value)
    count += 1
    if (waiting.length >= ROWS_AT_ONCE) await flush()
  }
  throw new Refusal('invalid', 'The backup was cut off: its last line is missing.')
}

const isEnd = (value: unknown): value is { rows: number; sha256: string } =>
  typeof value === 'object' && value !== null && 'end' in value

function checkedShape(value: unknown, shapes: ReadonlyMap<string, TableShape>): TableShape {
  const { table, columns } = value as TableShape
  const known = shapes.get(table)
  if (known && columns.every((column) => known.columns.includes(column))) return { table, columns }
  throw new Refusal('invalid', `The backup is damaged: this version knows no table ${String(table)} such as is in it.`)
}
