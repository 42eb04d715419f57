import { after, minutes, seconds } from '@mayfly/identity-center/duration'
import { expect, test } from 'vitest'
import type { AuditFilter } from './audit-events.ts'
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

  test('every event of a crowd is there, and the old ones go', async () => {
    const store = await engine.open()
    const all = Array.from({ length: 1500 }, (_, number) => number)
    await Promise.all(
      all.map((number) =>
        store.auditEvents.insert(auditEvent(String(number), { eventTime: after(MADE, seconds(number)) })),
      ),
    )
    expect(await store.auditEvents.count()).toBe(1500)
    expect(await store.auditEvents.deleteBefore(after(MADE, seconds(1200)))).toBe(1200)
    expect(await store.auditEvents.count()).toBe(300)
  })
})
