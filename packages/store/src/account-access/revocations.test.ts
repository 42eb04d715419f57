import { after, hours, minutes } from '@mayfly/identity-center/duration'
import { expect, test } from 'vitest'
import { forEachEngine } from '../testing/engines.ts'
import { MADE } from '../testing/samples.ts'

await forEachEngine((engine) => {
  test('a revocation is replaced by a later one, never by an earlier one, and goes when it has no meaning', async () => {
    const store = await engine.open()
    const at = (time: Date) => ({
      subject: 'everything' as const,
      issuedUntil: time,
      expiresAt: after(time, hours(12)),
    })
    const later = after(MADE, minutes(5))
    await store.revocations.insert(at(later))
    await store.revocations.insert(at(MADE))
    expect(await store.revocations.list()).toEqual([at(later)])
    expect(await store.revocations.list(after(later, minutes(1)))).toEqual([])
    expect(await store.revocations.deleteExpired(after(later, hours(12)))).toBe(1)
  })
})
