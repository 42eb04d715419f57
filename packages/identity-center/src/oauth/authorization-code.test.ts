import { expect, test } from 'vitest'
import { after, seconds } from '../duration.ts'
import type { ClientId, SessionId, UserId } from '../identifiers.ts'
import { hashOf } from '../secret.ts'
import { TestRandom } from '../testing/test-random.ts'
import { createAuthorizationCode } from './authorization-code.ts'

test('an authorization code lives for a minute and is kept as its hash', () => {
  const now = new Date('2030-01-01T00:00:00Z')
  const grant = {
    clientId: 'client' as ClientId,
    userId: 'alice' as UserId,
    sessionId: 'session' as SessionId,
    redirectUri: 'http://127.0.0.1:7373/oauth/callback',
    codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    scopes: ['sso:account:access'],
  }
  const { code, authorizationCode } = createAuthorizationCode(grant, now, new TestRandom())
  const codeHash = hashOf(code)
  expect(authorizationCode).toEqual({ ...grant, codeHash, createdAt: now, expiresAt: after(now, seconds(60)) })
})
