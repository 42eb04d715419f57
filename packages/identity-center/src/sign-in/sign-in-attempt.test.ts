import { expect, test } from 'vitest'
import { after, type Duration, hours, minutes, seconds } from '../duration.ts'
import { type CountedAttempt, mayTry, nextAttempt, SIGN_IN_RULE } from './sign-in-attempt.ts'

const NOW = new Date('2030-01-01T00:00:00Z')
const try_ = (previous: CountedAttempt | undefined, length: Duration): CountedAttempt =>
  nextAttempt('user:alice', previous, { now: after(NOW, length), rule: SIGN_IN_RULE })

/** Tries at each of these seconds. */
function tryAt(...moments: number[]): CountedAttempt[] {
  const attempts: CountedAttempt[] = []
  for (const moment of moments) attempts.push(try_(attempts.at(-1), seconds(moment)))
  return attempts
}

test('five attempts are free', () => {
  expect(tryAt(0, 0, 0, 0, 0).every(mayTry)).toBe(true)
})

test('the sixth must wait for a second, and each one after it twice as long', () => {
  const [early] = tryAt(0, 0, 0, 0, 0, 0.9).slice(-1)
  expect(early).toMatchObject({ count: 6, refused: true, blockedUntil: after(NOW, seconds(1)) })
  expect(tryAt(0, 0, 0, 0, 0, 1, 3, 7, 15).every(mayTry)).toBe(true)
  expect(tryAt(0, 0, 0, 0, 0, 1, 3, 6.9).map(mayTry).lastIndexOf(false)).toBe(7)
})

test('an attempt during a pause does not make the pause longer', () => {
  const attempts = tryAt(0, 0, 0, 0, 0, 0.2, 0.4, 0.6, 0.8, 1)
  expect(attempts.map(mayTry)).toEqual([true, true, true, true, true, false, false, false, false, true])
})

test('no pause is longer than five minutes: nobody is locked out for good', () => {
  let attempt: CountedAttempt | undefined
  for (let minute = 0; minute < 200; minute += 1) {
    attempt = try_(attempt, minutes(minute * 5))
    expect(mayTry(attempt)).toBe(true)
  }
  expect(attempt?.blockedUntil).toEqual(after(NOW, minutes(1000)))
})

test('after an hour of rest all is forgotten', () => {
  const tired = tryAt(0, 0, 0, 0, 0, 0, 0).at(-1)
  expect(try_(tired, hours(1))).toMatchObject({ count: 1, refused: false })
  expect(try_(tired, minutes(59))).toMatchObject({ count: 8, refused: false })
})
