import { hours, minutes } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { expect, test } from 'vitest'
import { refreshAhead } from './refresh-ahead.ts'

test('what clients used within two hours is refreshed every minute, the rest when somebody asks', async () => {
  const clock = new TestClock('2026-11-21T01:00:00Z')
  const done = new AbortController()
  const refreshed: string[] = []
  const profile = (name: string, askedAt: Date | undefined) => ({
    askedAt: () => askedAt,
    refresh: async () => {
      refreshed.push(name)
      throw new Error('nobody minds')
    },
  })
  const running = refreshAhead({ clock }, [profile('used', clock.now()), profile('unused', undefined)], done.signal)
  await clock.advance(minutes(1))
  await clock.advance(minutes(1))
  expect(refreshed).toEqual(['used', 'used'])
  await clock.advance(hours(3))
  const until = refreshed.length
  await clock.advance(minutes(1))
  expect(refreshed).toHaveLength(until)
  done.abort()
  await running
})
