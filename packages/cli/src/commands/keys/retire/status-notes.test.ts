import { after, days } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { expect, test } from 'vitest'
import type { Retirement } from '../../../long-term-keys/retirement/retirement.ts'
import { createStory, KEY_ID } from '../../../long-term-keys/retirement/testing/story.ts'
import { statusNotes } from './status-notes.ts'
import { formatOutlook } from './words.ts'

const now = new TestClock('2026-11-01T10:00:00Z').now()
const on = (day: number): Date => after(now, days(day))

async function scheduled(change: Partial<Retirement> = {}): Promise<Retirement> {
  const { planned } = await createStory()
  const schedule = { to: 'deleted', deactivateAt: on(7), deleteAt: on(14) } as const
  const standing = { at: now, status: 'Active', lastUsed: {}, cannot: [] } as const
  return { ...planned, step: 'soaking', createdAt: now, swappedAt: now, soakDays: 7, schedule, standing, ...change }
}

test('a timer that has stopped is noticed two days after what was due', async () => {
  const one = await scheduled()
  expect(statusNotes([one], on(8))).toEqual([])
  expect(statusNotes([one], on(10))[0]).toBe(
    `! Due since 2026-11-08 (${KEY_ID}), and nothing has run it: mayfly keys retire --due`,
  )
  expect(statusNotes([one, one], on(10))[0]).toContain('(2 keys)')
})

test('a timer that runs, and a person who has scheduled nothing, are left in peace', async () => {
  const asked = await scheduled({ standing: { at: on(10), status: 'Active', lastUsed: {}, cannot: [] } })
  const { schedule: _, ...byHand } = await scheduled()
  expect(statusNotes([asked, byHand], on(10))).toEqual([])
})

test('of a key that opened nothing when it was asked nobody waits for an answer', async () => {
  const cannot = [{ what: 'last use', why: 'AccessDenied' }]
  const dead = await scheduled({ isDead: true, standing: { at: on(10), status: 'unknown', cannot } })
  expect([statusNotes([dead], on(10)), formatOutlook(dead, on(10))]).toEqual([[], 'close: it opens nothing'])
  const alive = await scheduled({ isDead: true })
  expect(formatOutlook(alive, on(1))).toBe('deactivate 2026-11-08, scheduled')
})

test('why nobody could be asked is told once for all keys', async () => {
  const cannot = [{ what: 'asking as default', why: 'Token has expired' }]
  const one = await scheduled({ standing: { at: on(10), status: 'unknown', cannot } })
  expect(statusNotes([one, one, { ...one, step: 'deleted' }], on(10))).toEqual([
    '! Not asked the last time (2 keys): asking as default: Token has expired',
    'Once that is right: mayfly keys status --ask',
  ])
})
