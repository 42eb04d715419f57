import fc from 'fast-check'
import { expect, test } from 'vitest'
import { after, minutes, seconds } from '../duration.ts'
import type { ClientId, SessionId, UserId } from '../identifiers.ts'
import { hashOf } from '../secret.ts'
import { TestRandom } from '../testing/test-random.ts'
import {
  canonicalUserCode,
  createDeviceAuthorization,
  createUserCode,
  type DeviceAuthorization,
  poll,
} from './device-authorization.ts'

const NOW = new Date('2030-01-01T00:00:00Z')
const at = (count: number): Date => after(NOW, seconds(count))
const client = { clientId: 'client' as ClientId, clientName: 'botocore-client-acme', scopes: ['sso:account:access'] }
const requester = { address: '192.0.2.1', userAgent: 'aws-cli' }
const create = () => createDeviceAuthorization(client, requester, NOW, new TestRandom())

/** Polls at each of these seconds, and gives the answers and the authorization that is left. */
function pollAt(...moments: number[]): { answers: string[]; authorization: DeviceAuthorization } {
  let { authorization } = create()
  const answers = moments.map((moment) => {
    const polled = poll(authorization, at(moment))
    if ('authorization' in polled) authorization = polled.authorization
    return polled.answer
  })
  return { answers, authorization }
}

test('a device authorization lives for ten minutes, and keeps the hash of its code alone', () => {
  const { authorization, deviceCode } = create()
  expect(authorization.expiresAt).toEqual(after(NOW, minutes(10)))
  expect(authorization.interval).toBe(seconds(1))
  expect(authorization.deviceCodeHash).toBe(hashOf(deviceCode))
  expect(JSON.stringify(authorization)).not.toContain(deviceCode)
})

test('the first two polls may come back to back', () => {
  expect(pollAt(0, 0).answers).toEqual(['authorization_pending', 'authorization_pending'])
})

test('the third must wait for the interval, by a tenth of a second less', () => {
  expect(pollAt(0, 0, 0.5).answers.at(-1)).toBe('slow_down')
  expect(pollAt(0, 0, 0.9).answers.at(-1)).toBe('authorization_pending')
  expect(pollAt(0, 0, 1).answers.at(-1)).toBe('authorization_pending')
})

test('a client that polls early is told to slow down, and its interval grows by five seconds for good', () => {
  const { answers, authorization } = pollAt(0, 0, 0.1, 5, 11, 16, 22)
  expect(answers).toEqual([
    'authorization_pending',
    'authorization_pending',
    'slow_down',
    'slow_down',
    'slow_down',
    'slow_down',
    'slow_down',
  ])
  expect(authorization.interval).toBe(seconds(26))
  expect(pollAt(0, 0, 0.1, 6.1, 12.1).answers.slice(2)).toEqual([
    'slow_down',
    'authorization_pending',
    'authorization_pending',
  ])
})

test('a client at the interval of five seconds that it takes by itself is never told to slow down', () => {
  expect(new Set(pollAt(...Array.from({ length: 100 }, (_, i) => i * 5)).answers)).toEqual(
    new Set(['authorization_pending']),
  )
})

test('from its last moment on it has expired, granted or not', () => {
  expect(pollAt(599.9).answers).toEqual(['authorization_pending'])
  expect(pollAt(600).answers).toEqual(['expired_token'])
  const granted = {
    ...create().authorization,
    state: { is: 'granted' as const, userId: 'u' as UserId, sessionId: 's' as SessionId },
  }
  expect(poll(granted, at(600))).toEqual({ answer: 'expired_token' })
})

test('a grant is answered at once, however early the poll', () => {
  const state = { is: 'granted' as const, userId: 'user' as UserId, sessionId: 'session' as SessionId }
  const granted = { ...pollAt(0, 0, 0).authorization, state }
  expect(poll(granted, at(0))).toEqual({ answer: 'granted', userId: 'user', sessionId: 'session' })
})

test('a denial and a code that was used are told apart', () => {
  const { authorization } = create()
  expect(poll({ ...authorization, state: { is: 'denied' } }, at(1))).toEqual({ answer: 'access_denied' })
  expect(poll({ ...authorization, state: { is: 'consumed' } }, at(1))).toEqual({ answer: 'invalid_grant' })
  expect(poll({ ...authorization, state: { is: 'consumed' } }, at(900))).toEqual({ answer: 'invalid_grant' })
})

test('a user code has eight consonants and a dash', () => {
  const random = new TestRandom()
  for (let made = 0; made < 200; made += 1)
    expect(createUserCode(random)).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
})

test('a user code may be typed in small letters, with blanks, without the dash', () => {
  for (const typed of ['BCDF-GHJK', 'bcdfghjk', ' bcdf ghjk\n', 'bcdf\u2013ghjk', 'b-c-d-f-g-h-j-k'])
    expect(canonicalUserCode(typed)).toBe('BCDF-GHJK')
})

test('what cannot be a user code is none', () => {
  for (const typed of ['', 'BCDF', 'BCDF-GHJA', 'BCDF-GHJKL', 'BCDF_GHJK', '1234-5678'])
    expect(canonicalUserCode(typed)).toBeUndefined()
  fc.assert(
    fc.property(fc.string(), (typed) => {
      const code = canonicalUserCode(typed)
      expect(code === undefined || /^[B-Z]{4}-[B-Z]{4}$/.test(code)).toBe(true)
      if (code !== undefined) expect(canonicalUserCode(code)).toBe(code)
    }),
  )
})
