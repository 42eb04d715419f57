/** Times in words. */
import { expect, test } from 'vitest'
import { formatMoment, formatTimeLeft } from './moments.ts'

const now = new Date('2030-01-01T00:00:00Z')
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000)

test.each([
  [0, '0 s'],
  [-5, '0 s'],
  [9, '9 s'],
  [60, '1 min'],
  [3599, '59 min 59 s'],
  [3600, '1 h'],
  [3661, '1 h 1 min'],
  [90_000, '1 d 1 h'],
])('%i seconds are %s', (seconds, text) => {
  expect(formatTimeLeft(inSeconds(seconds), now)).toBe(text)
})

test('a time that is none is said to be unknown, and an absent one never', () => {
  expect(formatMoment('soon')).toBe('unknown')
  expect(formatMoment(undefined)).toBe('never')
})
