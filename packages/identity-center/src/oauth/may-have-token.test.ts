import { expect, test } from 'vitest'
import type { User } from '../directory/user.ts'
import { after, hours } from '../duration.ts'
import type { ClientId, IdentityStoreId, SecretHash, SessionId, UserId } from '../identifiers.ts'
import type { Session } from '../sign-in/session.ts'
import { TestRandom } from '../testing/test-random.ts'
import { createTokenFamily } from './access-token.ts'
import { mayHaveToken, type TokenQuestion } from './may-have-token.ts'

const NOW = new Date('2030-01-01T00:00:00Z')
const requester = { address: '192.0.2.1', userAgent: 'aws-cli' }
const user: User = {
  id: 'alice' as UserId,
  identityStoreId: 'd-0123456789' as IdentityStoreId,
  userName: 'alice',
  displayName: 'Alice',
  givenName: 'Alice',
  familyName: 'Doe',
  status: 'ENABLED',
  createdAt: NOW,
  updatedAt: NOW,
}
const session: Session = {
  id: 'session' as SessionId,
  cookieHash: 'hash' as SecretHash,
  userId: user.id,
  requester,
  mfa: true,
  createdAt: NOW,
  expiresAt: after(NOW, hours(8)),
}
const client = {
  clientId: 'client' as ClientId,
  clientName: 'aws',
  scopes: [],
  grant: 'device_code' as const,
  requester,
}
const family = createTokenFamily({ session, ...client }, NOW, new TestRandom())
const ask = (more: Partial<TokenQuestion>) => mayHaveToken({ user, session, family, now: NOW, ...more })

const APPLICATION = { status: 'ENABLED', assignmentRequired: true } as const
const USE = { application: APPLICATION, isAssigned: true, hasScopes: true }

test('an enabled user in a living session may', () => {
  expect(ask({})).toEqual({ may: true })
  expect(ask({ family: undefined, deviceGrantEnabled: true })).toEqual({ may: true })
})

test.each<[string, Partial<TokenQuestion>]>([
  ['user-unknown', { user: undefined }],
  ['user-disabled', { user: { ...user, status: 'DISABLED' } }],
  ['session-unknown', { session: undefined }],
  ['session-of-another-user', { session: { ...session, userId: 'bob' as UserId } }],
  ['session-ended', { session: { ...session, endedAt: NOW } }],
  ['session-expired', { now: session.expiresAt, family: { ...family, expiresAt: after(NOW, hours(99)) } }],
  ['family-of-another-session', { family: { ...family, sessionId: 'other' as SessionId } }],
  ['family-of-another-session', { family: { ...family, userId: 'bob' as UserId } }],
  ['family-revoked', { family: { ...family, revokedAt: NOW } }],
  ['family-expired', { family: { ...family, expiresAt: NOW } }],
  ['device-grant-disabled', { deviceGrantEnabled: false }],
  ['application-unknown', { application: { ...USE, application: undefined } }],
  ['application-disabled', { application: { ...USE, application: { ...APPLICATION, status: 'DISABLED' } } }],
  ['not-assigned', { application: { ...USE, isAssigned: false } }],
  ['scope-withdrawn', { application: { ...USE, hasScopes: false } }],
])('otherwise not: %s', (because, more) => {
  expect(ask(more)).toEqual({ may: false, because })
})

test('a token of an application is for those who are assigned to it, or for all when it says so', () => {
  expect(ask({ application: USE })).toEqual({ may: true })
  const open = { ...USE, application: { ...APPLICATION, assignmentRequired: false }, isAssigned: false }
  expect(ask({ application: open })).toEqual({ may: true })
})

test('of several reasons the weightiest is told: the user before the session before the family', () => {
  const everything = {
    user: { ...user, status: 'DISABLED' as const },
    session: { ...session, endedAt: NOW },
    family: { ...family, revokedAt: NOW },
  }
  expect(ask(everything)).toMatchObject({ because: 'user-disabled' })
  expect(ask({ session: everything.session, family: everything.family })).toMatchObject({ because: 'session-ended' })
})
