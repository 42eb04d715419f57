import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import { after, days, minutes, seconds } from '@mayfly/identity-center/duration'
import type { AccountId, IdentityStoreId, InstanceArn } from '@mayfly/identity-center/identifiers'
import type { Instance } from '@mayfly/identity-center/instance'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { TestRandom } from '@mayfly/identity-center/testing/test-random'
import type { Store } from '@mayfly/store'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { expect, test } from 'vitest'
import { forEachEngine, type TestEngine } from '../../../store/src/testing/engines.ts'
import { Keys } from '../keys/keys.ts'
import { exportLines } from './export.ts'
import { deleteEventsBefore } from './retention.ts'
import { type ChainContext, isAuthentic, sealEvents } from './seal.ts'
import { verifyChain } from './verify.ts'
import { verifyLines } from './verify-file.ts'

const instance: Instance = {
  arn: 'arn:aws:sso:::instance/ssoins-1' as InstanceArn,
  identityStoreId: 'd-1234567890' as IdentityStoreId,
  region: 'us-east-1',
  name: 'Acme',
  ownerAccountId: '111122223333' as AccountId,
  startUrlAliases: [],
  sessionDuration: minutes(60),
  mfaPrompt: 'disabled',
  mfaWithoutDevice: 'allow-sign-in',
  deviceGrantEnabled: true,
  createdAt: new Date(0),
}

interface Chain extends ChainContext {
  readonly store: Store
  readonly clock: TestClock
  record(count: number): Promise<void>
  /** As somebody does who has the database and not the server. */
  tamper(...statements: readonly string[]): Promise<void>
  problems(): Promise<readonly string[]>
}

async function openChain(engine: TestEngine): Promise<Chain> {
  const [clock, random, url] = [new TestClock(), new TestRandom(), await engine.createDatabase()]
  const store = await engine.open({ clock, random, url })
  const keys = await Keys.open(new Uint8Array(32).fill(7), { store, clock, random })
  let recorded = 0
  return {
    store,
    clock,
    keys,
    async record(count) {
      for (let left = count; left > 0; left -= 1) {
        recorded += 1
        await store.auditEvents.insert(eventOf(recorded, clock.now()))
      }
    },
    tamper: (...statements) => runStatements(engine, url, statements),
    problems: async () => (await verifyChain({ store, keys })).problems,
  }
}

const eventOf = (number: number, eventTime: Date): AuditEvent => ({
  eventId: `event-${number}`,
  eventTime,
  eventSource: 'sso.amazonaws.com',
  eventName: 'ListAccounts',
  requestId: `request-${number}`,
  sourceAddress: '192.0.2.1',
  userAgent: 'test, "quoted" ü',
  userIdentity: { type: 'IdentityCenterUser', onBehalfOf: { userId: `user-${number % 3}` } },
  requestParameters: { number },
  readOnly: true,
})

async function runStatements(engine: TestEngine, url: string, statements: readonly string[]): Promise<void> {
  if (engine.name === 'sqlite') {
    // What was read in this turn is read in one transaction, which would not see what comes now.
    await new Promise((resolve) => setImmediate(resolve))
    const database = new Sqlite(url.slice('sqlite:'.length))
    for (const statement of statements) database.exec(statement)
    database.close()
    return
  }
  const client = new pg.Client(url)
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

const insertAt = (position: number): string =>
  `insert into audit_events (position, event_id, event_time, event_source, event_name, request_id, source_address,
     user_agent, user_identity, read_only)
   values (${position}, 'at-${position}', '2030-01-01T00:00:00.000Z', 'x', 'y', 'z', 'a', 'b', '{}', 0)`

async function linesOf(chain: Chain, times: { since?: Date; until?: Date } = {}): Promise<string[]> {
  const lines: string[] = []
  for await (const line of exportLines({ ...chain, instance, ...times })) lines.push(line)
  return lines
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines
}

await forEachEngine((engine) => {
  test('a chain that nobody touched is whole, whoever seals it and however often', async () => {
    const chain = await openChain(engine)
    expect(await chain.problems()).toEqual([])
    await chain.record(250)
    expect(await sealEvents(chain, 'a')).toBe(250)
    expect(await sealEvents(chain, 'a')).toBe(0)
    await chain.record(3)
    expect(await sealEvents(chain, 'b')).toBe(0)
    expect(await verifyChain(chain)).toMatchObject({ events: 250, seals: 1, unsealed: 3, problems: [] })
    await chain.clock.advance(seconds(5))
    expect(await Promise.all([sealEvents(chain, 'b'), sealEvents(chain, 'c')])).toContain(3)
    expect(await verifyChain(chain)).toMatchObject({ events: 253, seals: 2, unsealed: 0, problems: [] })
  })

  test.each([
    ['changed', "update audit_events set source_address = '198.51.100.1' where position = 4", /event was changed/],
    ['given to another user', "update audit_events set user_id = 'eve' where position = 4", /event was changed/],
    ['removed', 'delete from audit_events where position = 4', /events were removed: 1 of 6/],
    ['the first', 'delete from audit_events where position = 1', /events were removed: 1/],
    ['the last', 'delete from audit_events where position = 12', /events were removed: 1/],
  ])('an event that was %s is detected', async (_, statement, problem) => {
    const chain = await openChain(engine)
    await chain.record(6)
    await sealEvents(chain, 'a')
    await chain.record(6)
    await sealEvents(chain, 'a')
    await chain.record(1)
    expect(await chain.problems()).toEqual([])
    await chain.tamper(statement)
    expect(await chain.problems()).toContainEqual(expect.stringMatching(problem))
  })

  test('two events that changed places are detected', async () => {
    const chain = await openChain(engine)
    await chain.record(6)
    await sealEvents(chain, 'a')
    const swap = [[2, 100], [3, 2], [100, 3]] // biome-ignore format: three steps
    await chain.tamper(...swap.map(([from, to]) => `update audit_events set position = ${to} where position = ${from}`))
    expect(await chain.problems()).toEqual([expect.stringMatching(/put in another place/)])
  })

  test('events that were removed together with their seals are detected, at either end and in the middle', async () => {
    const ranges = [[1, 2, 1], [5, 6, 3], [3, 4, 2]] // biome-ignore format: first, last, seal
    for (const [first, last, seal] of ranges) {
      const chain = await openChain(engine)
      for (let count = 0; count < 3; count += 1) {
        await chain.record(2)
        await sealEvents(chain, 'a')
      }
      await chain.tamper(
        `delete from audit_events where position between ${first} and ${last}`,
        `delete from audit_seals where number = ${seal}`,
      )
      expect(await chain.problems()).toContainEqual(expect.stringMatching(/removed/))
    }
  })

  test('whoever writes seals and ends anew without the key of the server is detected', async () => {
    const chain = await openChain(engine)
    await chain.record(2)
    await sealEvents(chain, 'a')
    await chain.tamper(`update audit_seals set hash = '${'a'.repeat(64)}'`)
    expect(await chain.problems()).toContainEqual(expect.stringMatching(/Seal 1 .* was changed/))
    await chain.tamper("update audit_checkpoints set events = 1, position = 1 where name = 'head'")
    expect(await chain.problems()).toContainEqual(expect.stringMatching(/has its end was changed/))
    await chain.record(1)
    await expect(sealEvents(chain, 'a')).rejects.toMatchObject({ code: 'invalid' })
    await chain.tamper('delete from audit_checkpoints')
    expect(await chain.problems()).toContainEqual(expect.stringMatching(/ends was removed/))
  })

  test('an event that is committed behind a newer one is taken up by a later seal', async () => {
    const chain = await openChain(engine)
    await chain.tamper(insertAt(1), insertAt(3), insertAt(6))
    await sealEvents(chain, 'a')
    await chain.tamper(insertAt(2), insertAt(5))
    expect(await sealEvents(chain, 'a')).toBe(2)
    expect(await chain.problems()).toEqual([])
    expect(await chain.store.auditSeals.findLast()).toMatchObject({ late: [2, 5], lastPosition: 6 })
    await chain.clock.advance(minutes(11))
    await chain.tamper(insertAt(4))
    expect(await sealEvents(chain, 'a')).toBe(0)
    expect(await chain.problems()).toContainEqual(expect.stringMatching(/events were added: 1/))
  })

  test('while many write at once and two nodes seal in turn, every event gets into the chain once', async () => {
    const chain = await openChain(engine)
    let number = 0
    let writing = true
    const write = async (isolation: 'compare-and-set' | 'repeatable-read'): Promise<void> => {
      while (number < 400) {
        const first = number + 1
        number += 1 + (number % 3)
        const events = Array.from({ length: number + 1 - first }, (_, index) =>
          eventOf(first + index, chain.clock.now()),
        )
        const work = chain.store.transaction(async (tx) => {
          for (const event of events) await tx.auditEvents.insert(event)
          if (number % 7 === 0) throw new Error('undone')
        }, isolation)
        await work.catch(() => {})
      }
    }
    const seal = async (): Promise<void> => {
      for (let round = 0; writing; round += 1) {
        await Promise.all([sealEvents(chain, 'a'), sealEvents(chain, 'b')])
        if (round % 5 === 4) await chain.clock.advance(seconds(6))
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    const sealing = seal()
    const isolations = [
      'compare-and-set',
      'compare-and-set',
      'compare-and-set',
      'repeatable-read',
      'repeatable-read',
    ] as const
    await Promise.all(isolations.map(write))
    writing = false
    await sealing
    await chain.clock.advance(seconds(6))
    await sealEvents(chain, 'a')
    const report = await verifyChain(chain)
    expect(report.problems).toEqual([])
    expect(report).toMatchObject({ unsealed: 0, events: await chain.store.auditEvents.count() })
    expect(report.seals).toBeGreaterThan(1)
  })

  test('old events go in whole seals, and the chain is whole from where it begins then', async () => {
    const chain = await openChain(engine)
    const start = chain.clock.now()
    for (let day = 0; day < 4; day += 1) {
      await chain.record(3)
      await sealEvents(chain, 'a')
      await chain.clock.advance(days(1))
    }
    expect(await deleteEventsBefore(start, chain)).toBe(0)
    expect(await deleteEventsBefore(after(start, days(2)), chain)).toBe(6)
    expect(await verifyChain(chain)).toMatchObject({ events: 6, seals: 2, deleted: 6, problems: [] })
    expect(await deleteEventsBefore(after(start, days(9)), chain)).toBe(3)
    await chain.record(2)
    await sealEvents(chain, 'a')
    expect(await verifyChain(chain)).toMatchObject({ events: 5, deleted: 9, problems: [] })
    await chain.tamper("update audit_checkpoints set position = 11, events = 11 where name = 'base'")
    expect(await chain.problems()).not.toEqual([])
  })

  test('an export is verified by itself; what was changed, removed or put elsewhere in it shows', async () => {
    const chain = await openChain(engine)
    await chain.record(7)
    await sealEvents(chain, 'a')
    await chain.clock.advance(minutes(5))
    const later = chain.clock.now()
    await chain.record(4)
    await sealEvents(chain, 'a')
    const authentic = (text: string, code: { keyId: string; mac: string }) => isAuthentic(text, code, chain.keys)
    const lines = await linesOf(chain)
    expect(lines).toHaveLength(12)
    expect(await verifyLines(each(lines), authentic)).toMatchObject({ events: 11, problems: [] })
    expect(await verifyLines(each(await linesOf(chain, { since: later })))).toMatchObject({ events: 4, problems: [] })
    expect(await verifyLines(each(await linesOf(chain, { until: later })))).toMatchObject({ events: 7, problems: [] })
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      eventVersion: '1.11',
      eventType: 'AwsApiCall',
      managementEvent: true,
      eventCategory: 'Management',
      awsRegion: 'us-east-1',
      recipientAccountId: '111122223333',
      sourceIPAddress: '192.0.2.1',
      requestID: 'request-1',
      mayfly: { position: 1, seal: 1 },
    })
    const changed = lines.with(2, (lines[2] ?? '').replace('192.0.2.1', '192.0.2.2'))
    expect((await verifyLines(each(changed))).problems).toEqual(['Line 3: its event was changed.'])
    for (const gone of [
      lines.toSpliced(4, 1),
      lines.toSpliced(4, 2, lines[5] ?? '', lines[4] ?? ''),
      lines.slice(0, 9),
    ])
      expect((await verifyLines(each(gone))).problems).not.toEqual([])
    expect((await verifyLines(each(lines.toSpliced(9, 2)), authentic)).problems).not.toEqual([])
  })
})
