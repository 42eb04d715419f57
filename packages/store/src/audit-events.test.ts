import { canonicalText } from '@mayfly/identity-center/audit-chain'
import { after, minutes, seconds } from '@mayfly/identity-center/duration'
import { expect, test } from 'vitest'
import { type AuditFilter, canonicalFields, userIdOf } from './audit-events.ts'
import type { Store } from './store.ts'
import { forEachEngine } from './testing/engines.ts'
import { ALICE, auditEvent, BOB, MADE } from './testing/samples.ts'

/** The words of the events, newest first. */
async function list(store: Store, filter: Omit<AuditFilter, 'page'>, limit = 100): Promise<string[]> {
  const words: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await store.auditEvents.list({ ...filter, page: after === undefined ? { limit } : { limit, after } })
    words.push(...page.items.map(({ eventId }) => eventId.slice('event-'.length)))
    if (page.nextToken === undefined) return words
    after = page.nextToken
  }
}

await forEachEngine((engine) => {
  test('an event comes back as it was written, with and without what may be absent', async () => {
    const store = await engine.open()
    const whole = auditEvent('1', {
      requestParameters: { accountId: '111122223333', list: [1, null, 'ü'] },
      responseElements: {},
      additionalEventData: { CredentialType: 'PASSWORD' },
      serviceEventDetails: { CredentialVerification: 'Success' },
      errorCode: 'ForbiddenException',
      errorMessage: 'No access',
      readOnly: true,
    })
    await store.auditEvents.insert(whole)
    expect((await store.auditEvents.list({ page: { limit: 1 } })).items).toEqual([whole])
    await store.auditEvents.insert(auditEvent('2', { eventTime: after(MADE, seconds(1)) }))
    expect((await store.auditEvents.list({ page: { limit: 1 } })).items[0]).toEqual(
      auditEvent('2', { eventTime: after(MADE, seconds(1)) }),
    )
  })

  test('events are found by time, by name and by user, newest first, page by page', async () => {
    const store = await engine.open()
    const bob = { userIdentity: { userId: BOB } }
    await store.auditEvents.insert(auditEvent('a'))
    await store.auditEvents.insert(auditEvent('b', { ...bob, eventTime: after(MADE, minutes(1)) }))
    await store.auditEvents.insert(auditEvent('c', { eventName: 'Logout', eventTime: after(MADE, minutes(1)) }))
    await store.auditEvents.insert(auditEvent('d', { userIdentity: {}, eventTime: after(MADE, minutes(2)) }))
    expect(await list(store, {}, 1)).toEqual(['d', 'c', 'b', 'a'])
    expect(await list(store, { since: after(MADE, minutes(1)), until: after(MADE, minutes(2)) })).toEqual(['c', 'b'])
    expect(await list(store, { eventName: 'Logout' })).toEqual(['c'])
    expect(await list(store, { userId: ALICE }, 1)).toEqual(['c', 'a'])
    expect(await list(store, { userId: BOB })).toEqual(['b'])
  })

  test('the database writes the canonical text of an event as the domain does', async () => {
    const store = await engine.open()
    const events = [
      auditEvent('1', { userAgent: 'ünï, 1:2', errorCode: '', requestParameters: { list: [1, null, 'ü🪲'] } }),
      auditEvent('2', { readOnly: true, userIdentity: { onBehalfOf: { userId: BOB } } }),
    ]
    for (const event of events) await store.auditEvents.insert(event)
    const texts = await store.auditEvents.listTexts({ behind: 0, limit: 10 })
    expect(texts.map(({ text }) => text)).toEqual(
      events.map((event) => canonicalText(canonicalFields(event, userIdOf(event) ?? undefined))),
    )
    expect(texts.map(({ position }) => position)).toEqual([1, 2])
    const positioned = await store.auditEvents.listPositioned({ behind: 1, limit: 10 })
    expect(positioned).toEqual([{ position: 2, userId: BOB, event: events[1] }])
  })

  test('events are found by source and by whether they are errors', async () => {
    const store = await engine.open()
    await store.auditEvents.insert(auditEvent('a', { errorCode: 'AccessDeniedException' }))
    await store.auditEvents.insert(auditEvent('b', { eventSource: 'sts.amazonaws.com' }))
    expect(await list(store, { errorsOnly: true })).toEqual(['a'])
    expect(await list(store, { eventSource: 'sts.amazonaws.com' })).toEqual(['b'])
  })

  test('every event of a crowd is there, and the old ones go', async () => {
    const store = await engine.open()
    const all = Array.from({ length: 1500 }, (_, number) => number)
    await Promise.all(
      all.map((number) =>
        store.auditEvents.insert(auditEvent(String(number), { eventTime: after(MADE, seconds(number)) })),
      ),
    )
    expect(await store.auditEvents.count()).toBe(1500)
    expect(await store.auditEvents.newestPosition()).toBe(1500)
    expect(await store.auditEvents.deleteUpTo(1202, [3, 1100])).toBe(1200)
    expect(await store.auditEvents.count()).toBe(300)
    expect((await store.auditEvents.listPositioned({ behind: 0, limit: 3 })).map(({ position }) => position)).toEqual([
      3, 1100, 1203,
    ])
  })
})
