import { hours } from '@mayfly/identity-center/duration'
import type { UserId } from '@mayfly/identity-center/identifiers'
import { expect, test } from 'vitest'
import { roleCredentials } from '../../testing/journeys.ts'
import { startTrustingServer } from '../../testing/test-issuer.ts'

const refused = (because: string | RegExp, name = 'InvalidGrantException') =>
  expect.objectContaining({ name, message: expect.stringMatching(because) })

test('an assertion of a trusted token issuer becomes tokens for the user it names', async () => {
  const { server, issuer, redeem } = await startTrustingServer()
  const tokens = await redeem(await issuer.sign())
  const alice = await server.context.store.users.findByUserName('alice')
  expect(tokens).toMatchObject({
    accessToken: expect.stringMatching(/^aoa_/),
    refreshToken: expect.stringMatching(/^aor_/),
    tokenType: 'Bearer',
    expiresIn: 3600,
    issuedTokenType: 'urn:ietf:params:oauth:token-type:refresh_token',
    scope: ['openid', 'aws', 'sts:identity_context'],
    awsAdditionalDetails: { identityContext: expect.any(String) },
  })
  const families = await server.context.store.tokenFamilies.listOfUser(alice?.id as never)
  expect(families.filter(({ grant }) => grant === 'jwt_bearer')).toHaveLength(1)
})

test('with the scope sso:account:access the token opens the portal, and without it nothing there', async () => {
  const { server, issuer, application, redeem } = await startTrustingServer()
  const portal = server.client('sso')
  const { accessToken } = await redeem(await issuer.sign())
  await expect(portal.call('ListAccounts', { accessToken })).rejects.toMatchObject({ name: 'UnauthorizedException' })
  await application.change('PutApplicationAccessScope', { Scope: 'sso:account:access' })
  const tokens = await redeem(await issuer.sign())
  const role = { accountId: '222233334444', roleName: 'ReadOnlyAccess' }
  await expect(roleCredentials(portal, tokens.accessToken, role)).resolves.toHaveProperty('sessionToken')
  await application.change('DeleteApplicationAccessScope', { Scope: 'sso:account:access' })
  const gone = portal.call('ListAccounts', { accessToken: tokens.accessToken })
  await expect(gone).rejects.toMatchObject({ name: 'UnauthorizedException' })
})

test('an assertion works once, whoever shows it again', async () => {
  const { issuer, redeem } = await startTrustingServer()
  const assertion = await issuer.sign()
  await redeem(assertion)
  await expect(redeem(assertion)).rejects.toEqual(refused('was shown before'))
  await expect(redeem(await issuer.sign({ jti: 'assertion-1' }))).rejects.toEqual(refused('was shown before'))
})

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ['no acceptable "?aud', { aud: 'somebody-else' }, {}],
  ['no acceptable "?aud', { aud: undefined }, {}],
  ['has expired', { exp: 1 }, {}],
  ['no acceptable "?exp', { exp: undefined }, {}],
  ['no acceptable "?iat', { iat: undefined }, {}],
  ['no acceptable "?jti', { jti: undefined }, {}],
  ['no usable jti', { jti: '' }, {}],
  ['no usable jti', { jti: 'x'.repeat(513) }, {}],
  ['lives too long', { exp: 4_102_444_800 }, {}],
  ['was issued in the future', { iat: 1_893_456_000 + 3600 }, {}],
  ['no acceptable "?nbf', { nbf: 1_893_456_000 + 3600 }, {}],
  ['does not trust', { iss: 'https://evil.example' }, {}],
  ['does not name exactly one user', { email: 'nobody@acme.example' }, {}],
  ['has no text at email', { email: undefined }, {}],
  ['has no text at email', { email: ['alice@acme.example'] }, {}],
  ['has no text at email', { email: { toString: 'alice' } }, {}],
  ['key that its issuer does not publish', {}, { kid: 'unknown' }],
  ['token of another type', {}, { typ: 'logout+jwt' }],
])('an assertion that %s is refused: %j %j', async (because, claims, header) => {
  const { issuer, redeem } = await startTrustingServer()
  await expect(redeem(await issuer.sign(claims, header))).rejects.toEqual(refused(because))
})

test('a user who is not assigned, or is disabled, gets nothing, and no session is left behind', async () => {
  const { server, issuer, application, redeem } = await startTrustingServer()
  const { store } = server.context
  const bob = await store.users.findByUserName('bob')
  if (!bob) throw new Error('There is no bob.')
  const assertion = (members = {}) => issuer.sign({ email: 'bob@acme.example', ...members })
  await expect(redeem(await assertion())).rejects.toEqual(refused('may not use', 'AccessDeniedException'))
  await application.assign('bob')
  await expect(redeem(await assertion())).resolves.toHaveProperty('accessToken')
  await store.users.update({ ...bob, status: 'DISABLED' })
  await expect(redeem(await assertion())).rejects.toEqual(refused('may not sign in', 'AccessDeniedException'))
  expect(await store.sessions.listOfUser(bob.id, server.clock.now())).toHaveLength(1)
})

test('without AssignmentRequired every user may', async () => {
  const { issuer, application, redeem } = await startTrustingServer()
  await application.change('PutApplicationAssignmentConfiguration', { AssignmentRequired: false })
  await expect(redeem(await issuer.sign({ email: 'bob@acme.example' }))).resolves.toHaveProperty('accessToken')
})

test('users are found by user name and by external id too; one id of two users names neither', async () => {
  const byName = await startTrustingServer({ ClaimAttributePath: 'user.name', IdentityStoreAttributePath: 'userName' })
  await expect(byName.redeem(await byName.issuer.sign({ user: { name: 'ALICE' } }))).resolves.toHaveProperty('scope')
  const { server, issuer, application, redeem } = await startTrustingServer({
    ClaimAttributePath: 'sub',
    IdentityStoreAttributePath: 'externalId',
  })
  const { users } = server.context.store
  const alice = await users.findByUserName('alice')
  if (!alice) throw new Error('There is no alice.')
  const insert = (userName: string, iss: string) => {
    const { email: _, ...like } = alice
    const externalIds = [{ issuer: iss, id: '00u1' }]
    return users.insert({ ...like, id: `user-${userName}` as UserId, userName, profile: { externalIds } })
  }
  await application.change('PutApplicationAssignmentConfiguration', { AssignmentRequired: false })
  await expect(redeem(await issuer.sign({ sub: '00u1' }))).rejects.toEqual(refused('exactly one'))
  await insert('carol', 'https://one.example')
  await expect(redeem(await issuer.sign({ sub: '00u1' }))).resolves.toHaveProperty('accessToken')
  await insert('dave', 'https://two.example')
  await expect(redeem(await issuer.sign({ sub: '00u1' }))).rejects.toEqual(refused('exactly one'))
})

test('only scopes that the application has are given', async () => {
  const { issuer, application, redeem } = await startTrustingServer()
  await application.change('PutApplicationAccessScope', { Scope: 'redshift:connect' })
  const twoAudiences = await issuer.sign({ aud: ['elsewhere', 'other'] })
  expect((await redeem(twoAudiences)).scope).toContain('redshift:connect')
  expect((await redeem(await issuer.sign(), { scope: ['openid'] })).scope).toEqual([
    'openid',
    'aws',
    'sts:identity_context',
  ])
  const greedy = redeem(await issuer.sign(), { scope: ['sso:account:access'] })
  await expect(greedy).rejects.toMatchObject({ name: 'InvalidScopeException' })
})

test('without the refresh grant the token comes alone, and its session ends with it', async () => {
  const { server, issuer, application, redeem } = await startTrustingServer()
  await application.change('DeleteApplicationGrant', { GrantType: 'refresh_token' })
  const tokens = await redeem(await issuer.sign())
  expect(tokens.refreshToken).toBeUndefined()
  expect(tokens.issuedTokenType).toBe('urn:ietf:params:oauth:token-type:access_token')
  const alice = await server.context.store.users.findByUserName('alice')
  const sessions = await server.context.store.sessions.listOfUser(alice?.id as never, server.clock.now())
  const ends = sessions.map(({ createdAt, expiresAt }) => expiresAt.getTime() - createdAt.getTime())
  expect(Math.min(...ends)).toBe(hours(1))
})

test('an issuer that was deleted is trusted no longer', async () => {
  const { issuer, application, issuerArn, redeem } = await startTrustingServer()
  await application.admin.call('DeleteTrustedTokenIssuer', { TrustedTokenIssuerArn: issuerArn })
  await expect(redeem(await issuer.sign())).rejects.toEqual(refused('does not trust'))
})
