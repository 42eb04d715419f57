/** `audit list`, `audit export`, `audit verify`: what was asked, by whom, and whether the record of it is whole. */

import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import { randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { type AuditFilter, type Store, userIdOf } from '@mayfly/store'
import { exportLines } from '../audit-chain/export.ts'
import { formatRecord } from '../audit-chain/record.ts'
import { isAuthentic, sealEvents } from '../audit-chain/seal.ts'
import { verifyChain } from '../audit-chain/verify.ts'
import { verifyLines } from '../audit-chain/verify-file.ts'
import type { Command, CommandContext } from './command.ts'
import { openFile, writeNewFile } from './files.ts'
import { openKeys } from './open-keys.ts'
import { withStore } from './users.ts'

export const listAudit: Command = {
  words: ['audit', 'list'],
  example: 'audit list --user alice --since 2026-11-01 --data /var/lib/mayfly',
  summary: 'print audit events, newest first (--since, --until, --event, --source, --user, --errors, --limit, --json)',
  run: (context) => withStore(context, (store) => printEvents(store, context)),
}

export const exportAudit: Command = {
  words: ['audit', 'export'],
  example: 'audit export events.jsonl --since 2026-11-01 --data /var/lib/mayfly',
  argument: '[FILE]',
  summary: 'write audit events as lines of JSON in the shape of CloudTrail, with hashes (--since, --until)',
  run: (context) =>
    withStore(context, async (store) => {
      const { clock, random, options } = context
      const keys = await openKeys(store, context)
      // What commands have recorded while no server runs waits for its seal.
      await sealEvents({ store, clock, keys }, randomUuid(random))
      const instance = await store.instances.get()
      await writeLines(exportLines({ store, keys, instance, ...timesOf(options) }), context)
    }),
}

export const verifyAudit: Command = {
  words: ['audit', 'verify'],
  example: 'audit verify events.jsonl --data /var/lib/mayfly',
  argument: '[FILE]',
  summary: 'verify the chain of audit events in the database, or in a file that audit export wrote',
  async run(context) {
    const [file] = context.words
    if (file === undefined) await withStore(context, (store) => verifyDatabase(store, context))
    else await verifyFile(file, context)
  },
}

async function verifyDatabase(store: Store, context: CommandContext): Promise<void> {
  const report = await verifyChain({ store, keys: await openKeys(store, context) })
  if (context.options.json === true) context.print(JSON.stringify(report))
  else {
    const { events, seals, deleted, unsealed, hash } = report
    context.print(`${events} events in ${seals} seals; the last hash is ${hash}.`)
    if (deleted > 0) context.print(`${deleted} older events went by retention, as the chain notes.`)
    if (unsealed > 0) context.print(`${unsealed} events wait for their seal: a running server sets it within a second.`)
  }
  conclude(report.problems, context)
}

async function verifyFile(file: string, context: CommandContext): Promise<void> {
  const input = await openFile(file)
  const keys = await findKeys(context)
  // Not before: whoever is not listening yet misses lines.
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  const report = await verifyLines(lines, keys && ((text, code) => isAuthentic(text, code, keys)))
  if (context.options.json === true) context.print(JSON.stringify(report))
  else {
    context.print(`${report.events} events, from hash ${report.firstHash ?? '-'} to hash ${report.hash ?? '-'}.`)
    if (!keys) context.print('Its last line was not compared with a key: there is no database at --data.')
  }
  conclude(report.problems, context)
}

/** A file may be verified on a machine that has nothing but the file. */
async function findKeys(context: CommandContext): Promise<Awaited<ReturnType<typeof openKeys>> | undefined> {
  try {
    const store = await context.openStore()
    try {
      return await openKeys(store, context)
    } finally {
      await store.close()
    }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not-found') return undefined
    throw error
  }
}

function conclude(problems: readonly string[], { print, options }: CommandContext): void {
  if (problems.length === 0) {
    if (options.json !== true) print('The chain is whole.')
    return
  }
  const [first = '', ...rest] = problems
  if (options.json !== true) for (const problem of problems) print(problem)
  throw new Refusal('conflict', `The audit record was tampered with. ${first}${rest.length > 0 ? ' And more.' : ''}`)
}

async function printEvents(store: Store, { print, options }: CommandContext): Promise<void> {
  const instance = await store.instances.get()
  let left = limitOf(options.limit)
  const filter = await filterOf(store, options)
  for (let after: string | undefined; left > 0; ) {
    const page = { limit: Math.min(left, 100), ...(after === undefined ? {} : { after }) }
    const { items, nextToken } = await store.auditEvents.list({ ...filter, page })
    for (const event of items) {
      const record = formatRecord(event, userIdOf(event) ?? undefined, instance)
      print(options.json === true ? JSON.stringify(record) : formatLine(event))
    }
    left -= items.length
    if (nextToken === undefined) return
    after = nextToken
  }
}

const formatLine = (event: AuditEvent): string =>
  [
    event.eventTime.toISOString(),
    `${event.eventSource.replace('.amazonaws.com', '')}:${event.eventName}`,
    userIdOf(event) ?? nameOf(event),
    event.sourceAddress,
    event.errorCode ?? 'ok',
  ].join('\t')

/** An IAM user by its ARN: every account may have one of the same name. */
function nameOf({ userIdentity: { type, userName, arn } }: AuditEvent): string {
  return String((type === 'IAMUser' ? arn : undefined) ?? userName ?? arn ?? '-')
}

async function filterOf(store: Store, options: CommandContext['options']): Promise<Omit<AuditFilter, 'page'>> {
  const { event, source, user, errors } = options
  const found = typeof user === 'string' ? await store.users.findByUserName(user) : undefined
  if (typeof user === 'string' && !found) {
    throw new Refusal('not-found', `There is no user ${user}.`, { hint: 'mayfly-server users list' })
  }
  return {
    ...timesOf(options),
    ...(typeof event === 'string' ? { eventName: event } : {}),
    ...(typeof source === 'string' ? { eventSource: source } : {}),
    ...(found ? { userId: found.id } : {}),
    ...(errors === true ? { errorsOnly: true } : {}),
  }
}

function timesOf({ since, until }: CommandContext['options']): { since?: Date; until?: Date } {
  return {
    ...(typeof since === 'string' ? { since: parseTime('--since', since) } : {}),
    ...(typeof until === 'string' ? { until: parseTime('--until', until) } : {}),
  }
}

function parseTime(option: string, text: string): Date {
  const time = new Date(text)
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(time.getTime())) return time
  throw new Refusal('invalid', `${option} wants a moment such as 2026-11-21 or 2026-11-21T08:00Z.`)
}

function limitOf(limit: string | boolean | undefined): number {
  if (limit === undefined) return 50
  const count = Number(limit)
  if (Number.isInteger(count) && count > 0) return count
  throw new Refusal('invalid', '--limit wants a number from 1 on.')
}

async function writeLines(lines: AsyncIterable<string>, context: CommandContext): Promise<void> {
  const [name] = context.words
  if (name === undefined) {
    for await (const line of lines) context.print(line)
    return
  }
  // Never over a file that is there: it may be the only copy of what retention has deleted since.
  await writeNewFile(name, context, (out) => pipeline(Readable.from(ended(lines)), out))
}

async function* ended(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`
}
