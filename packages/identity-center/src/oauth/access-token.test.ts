import { expect, test } from 'vitest'
import { after, hours, minutes, seconds } from '../duration.ts'
import type { ClientId, SecretHash, SessionId, UserId } from '../identifiers.ts'
import { hashOf } from '../secret.ts'
import type { Session } from '../sign-in/session.ts'
import { TestRandom } from '../testing/test-random.ts'
import {
  createTokenFamily,
  type FamilyRequest,
  isLive,
  issueTokens,
  REFRESH_GRACE,
  refreshDecision,
} from './access-token.ts'

const NOW = new Date('2030-01-01T00:00:00Z')
const requester = { address: '192.0.2.1', userAgent: 'aws-cli' }
const session: Session = {
  id: 'session' as SessionId,
  cookieHash: 'hash' as SecretHash,
  userId: 'alice' as UserId,
  requester,
  mfa: true,
  createdAt: NOW,
  expiresAt: after(NOW, hours(8)),
}

function createFamily(more: Partial<FamilyRequest> = {}) {
  const request: FamilyRequest = {
    session,
    clientId: 'client' as ClientId,
    clientName: 'botocore-client-acme',
    scopes: ['sso:account:access'],
    grant: 'authorization_code',
    requester,
    ...more,
  }
  return createTokenFamily(request, NOW, new TestRandom())
}

const issue = (family = createFamily(), now = NOW) => issueTokens(family, now, new TestRandom('tokens'))

function refreshTokenOf(family = createFamily()) {
  const { refreshToken } = issue(family).kept
  if (refreshToken === undefined) throw new Error('no refresh token')
  return refreshToken
}

test('with the scope an access token lives for an hour, and a refresh token until the session ends', () => {
  const { accessToken, refreshToken, expiresAt, kept } = issue()
  expect(accessToken).toMatch(/^aoa_/)
  expect(refreshToken).toMatch(/^aor_/)
  expect(expiresAt).toEqual(after(NOW, hours(1)))
  expect(kept.accessToken).toMatchObject({ tokenHash: hashOf(accessToken), expiresAt })
  expect(kept.refreshToken).toMatchObject({ tokenHash: hashOf(refreshToken ?? ''), expiresAt: session.expiresAt })
})

test('without a scope an access token lives for eight hours, and there is no refresh token', () => {
  const issued = issue(createFamily({ scopes: [] }))
  expect(issued.expiresAt).toEqual(after(NOW, hours(8)))
  expect(issued.refreshToken).toBeUndefined()
  expect(issued.kept.refreshToken).toBeUndefined()
})

test('scopes of other products give no refresh token', () => {
  expect(issue(createFamily({ scopes: ['codewhisperer:completions'] })).refreshToken).toBeUndefined()
})

test('nothing outlives the session: not a token, and not one that was refreshed at the last moment', () => {
  const family = createFamily()
  const late = after(NOW, minutes(7 * 60 + 45))
  expect(issue(family, late).expiresAt).toEqual(session.expiresAt)
  const short = createFamily({ session: { ...session, expiresAt: after(NOW, minutes(15)) }, scopes: [] })
  expect(issue(short).expiresAt).toEqual(after(NOW, minutes(15)))
})

test('a refresh token is rotated; the one before may come again for sixty seconds, then it is theft', () => {
  const family = createFamily()
  const token = refreshTokenOf(family)
  expect(refreshDecision(token, family, NOW)).toBe('rotate')
  const rotated = { ...token, rotatedAt: NOW }
  expect(refreshDecision(rotated, family, NOW)).toBe('grace')
  expect(refreshDecision(rotated, family, after(NOW, seconds(59.999)))).toBe('grace')
  expect(refreshDecision(rotated, family, after(NOW, REFRESH_GRACE))).toBe('reuse')
})

test('a clock that went back after a rotation is no theft', () => {
  const family = createFamily()
  const rotated = { ...refreshTokenOf(family), rotatedAt: after(NOW, minutes(5)) }
  expect(refreshDecision(rotated, family, NOW)).toBe('grace')
})

test('after the session, and after a revocation, nothing is refreshed, be the token new or old', () => {
  const family = createFamily()
  const token = refreshTokenOf(family)
  expect(refreshDecision(token, family, session.expiresAt)).toBe('expired')
  expect(refreshDecision(token, { ...family, revokedAt: NOW }, NOW)).toBe('revoked')
  expect(refreshDecision({ ...token, rotatedAt: NOW }, { ...family, revokedAt: NOW }, NOW)).toBe('revoked')
})

test('an access token opens nothing from its last moment on, nor when its family is revoked', () => {
  const family = createFamily()
  const { accessToken } = issue(family).kept
  expect(isLive(accessToken, family, after(NOW, minutes(59)))).toBe(true)
  expect(isLive(accessToken, family, after(NOW, hours(1)))).toBe(false)
  expect(isLive(accessToken, { ...family, revokedAt: NOW }, NOW)).toBe(false)
})
