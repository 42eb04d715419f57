import { hours, minutes } from '@mayfly/identity-center/duration'
import { expect, test } from 'vitest'
import { isOldSession } from './old-session.ts'

const at = (time: string) => new Date(`2026-11-21T${time}Z`)
const signedInAt = at('08:00:00')

test('an end that did not move, hours after the former sign-in, is that of the same session', () => {
  const outcome = { former: { expiresAt: at('16:00:00') }, record: { signedInAt }, now: at('12:00:00') }
  expect(isOldSession({ ...outcome, token: { expiresAt: at('16:00:00') } })).toBe(true)
  expect(isOldSession({ ...outcome, token: { expiresAt: at('16:00:02') } })).toBe(true)
  expect(isOldSession({ ...outcome, token: { expiresAt: at('20:00:00') } })).toBe(false)
})

test('two sign-ins within a minute say nothing', () => {
  const record = { signedInAt, longest: hours(8) }
  const outcome = { former: { expiresAt: at('16:00:00') }, record, now: at('08:00:02') }
  expect(isOldSession({ ...outcome, token: { expiresAt: at('16:00:02') } })).toBe(false)
})

test('a token that lives shorter than one has lived before is of a session that began earlier', () => {
  const outcome = { former: undefined, record: { longest: hours(1) }, now: at('12:00:00') }
  expect(isOldSession({ ...outcome, token: { expiresAt: at('12:34:00') } })).toBe(true)
  expect(isOldSession({ ...outcome, token: { expiresAt: at('12:59:30') } })).toBe(false)
  expect(isOldSession({ ...outcome, token: { expiresAt: at('13:00:00') } })).toBe(false)
})

test('of the first sign-in on a computer nothing is claimed', () => {
  const expiresAt = new Date(at('12:00:00').getTime() + minutes(5))
  expect(isOldSession({ former: undefined, record: {}, token: { expiresAt }, now: at('12:00:00') })).toBe(false)
})
