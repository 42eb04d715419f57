import { createHash, createHmac, createPublicKey } from 'node:crypto'
import { hours, minutes, seconds } from '@mayfly/identity-center/duration'
import type { UserId } from '@mayfly/identity-center/identifiers'
import type { JWK } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import { roleCredentials } from '../../testing/journeys.ts'
import { createTestApplication, JWT_BEARER, type TestApplication, trustIssuer } from '../../testing/test-application.ts'
import { startTestIssuer } from '../../testing/test-issuer.ts'
import { startTestServer } from '../../testing/test-server.ts'

async function setUp(members: Record<string, unknown> = {}) {
  const server = await startTestServer()
  onTestFinished(() => server.close())
  const issuer = await startTestIssuer(server)
  const application = await createTestApplication(server)
  const issuerArn = await trustIssuer(application, issuer.url, members)
  return { server, issuer, application, issuerArn, redeem: redeemAt(application) }
}

const redeemAt =
  ({ createToken }: TestApplication) =>
  (assertion: string, members: Record<string, unknown> = {}) =>
    createToken({ grantType: JWT_BEARER, assertion, ...members })

const refused = (because: string | RegExp, name = 'InvalidGrantException') =>
  expect.objectContaining({ name, message: expect.stringMatching(because) })

test('an assertion of a trusted token issuer becomes tokens for the user it names', async () => {
  const { server, issuer, redeem } = await setUp()
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
  const { server, issuer, application, redeem } = await setUp()
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
  const { issuer, redeem } = await setUp()
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
  const { issuer, redeem } = await setUp()
  await expect(redeem(await issuer.sign(claims, header))).rejects.toEqual(refused(because))
})

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

test('alg none, an HMAC with the public key, and what is no JWT are refused before anybody is asked', async () => {
  const { issuer, redeem } = await setUp()
  const claims = (await issuer.sign()).split('.')[1]
  const [key] = issuer.keys as [JWK]
  const pem = createPublicKey({ format: 'jwk', key: key as never }).export({ type: 'spki', format: 'pem' })
  const signed = `${encode({ alg: 'HS256', kid: 'usual' })}.${claims}`
  const hmac = createHmac('sha256', pem).update(signed).digest('base64url')
  for (const assertion of [
    `${encode({ alg: 'none' })}.${claims}.`,
    `${encode({ alg: 'None' })}.${claims}.`,
    `${signed}.${hmac}`,
    `${encode({})}.${claims}.x`,
    'no.jwt',
    'x'.repeat(20_000),
  ]) {
    await expect(redeem(assertion)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  }
  expect(issuer.asked).toEqual([])
})

test('a symmetric key among the published ones verifies nothing', async () => {
  const { issuer, redeem } = await setUp()
  const secret = createHash('sha256').update('secret').digest()
  issuer.keys.push({ kty: 'oct', kid: 'oct', k: secret.toString('base64url') })
  const claims = (await issuer.sign()).split('.')[1]
  const signed = `${encode({ alg: 'HS256', kid: 'oct' })}.${claims}`
  const assertion = `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  await expect(redeem(assertion)).rejects.toEqual(refused('algorithm'))
})

test('a key of another kind than the algorithm, and a foreign key under a known id, are refused', async () => {
  const { issuer, redeem } = await setUp()
  const rsa = await issuer.newKey('rsa', 'RS256')
  await expect(redeem(await issuer.sign({}, { alg: 'RS256', kid: 'usual' }, rsa))).rejects.toEqual(
    refused('does not publish'),
  )
  const foreign = await issuer.newKey('foreign')
  issuer.keys.pop()
  await expect(redeem(await issuer.sign({}, { kid: 'usual' }, foreign))).rejects.toEqual(refused('not signed'))
  await expect(redeem(await issuer.sign({}, { alg: 'RS256', kid: 'rsa' }, rsa))).resolves.toHaveProperty('accessToken')
})

test('keys are kept for ten minutes; a new key id makes us ask again, not oftener than every half minute', async () => {
  const { server, issuer, redeem } = await setUp()
  const rounds = () => issuer.asked.filter((path) => path === '/keys').length
  await redeem(await issuer.sign())
  await redeem(await issuer.sign())
  expect(rounds()).toBe(1)
  const next = await issuer.newKey('next')
  const early = redeem(await issuer.sign({}, { kid: 'next' }, next))
  await expect(early).rejects.toEqual(refused('does not publish'))
  expect(rounds()).toBe(1)
  await server.clock.advance(seconds(31))
  await redeem(await issuer.sign({}, { kid: 'next' }, next))
  expect(rounds()).toBe(2)
  await server.clock.advance(minutes(10))
  await redeem(await issuer.sign())
  expect(rounds()).toBe(3)
})

test('of twenty that redeem one assertion at once, one gets tokens, and the issuer is asked once', async () => {
  const { issuer, redeem } = await setUp()
  const assertion = await issuer.sign()
  const answers = await Promise.allSettled(Array.from({ length: 20 }, () => redeem(assertion)))
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(issuer.asked).toEqual(['/.well-known/openid-configuration', '/keys'])
})

test('an issuer that redirects, answers too much, too little, or something else is not believed', async () => {
  const discovery = '/.well-known/openid-configuration'
  for (const [path, answer] of [
    [discovery, { status: 302, headers: { location: '/elsewhere' }, body: '' }],
    [discovery, { status: 200, headers: {}, body: 'no json' }],
    [discovery, { status: 200, headers: {}, body: '[]' }],
    [discovery, { status: 200, headers: {}, body: '{"issuer":"https://other.example","jwks_uri":"https://x/"}' }],
    [discovery, { status: 500, headers: {}, body: '{}' }],
    ['/keys', { status: 307, headers: { location: '/elsewhere' }, body: '' }],
    ['/keys', { status: 200, headers: {}, body: JSON.stringify({ keys: [], more: 'x'.repeat(300_000) }) }],
    ['/keys', { status: 200, headers: {}, body: JSON.stringify({ keys: Array.from({ length: 101 }, () => ({})) }) }],
    ['/keys', { status: 200, headers: { 'content-encoding': 'gzip' }, body: 'x' }],
    ['/keys', { status: 200, headers: {}, body: '{"keys":"none"}' }],
  ] as const) {
    const { server, issuer, redeem } = await setUp()
    issuer.answers.set(path, (response) => response.writeHead(answer.status, answer.headers).end(answer.body))
    await expect(redeem(await issuer.sign())).rejects.toEqual(refused('keys of its issuer cannot be had'))
    expect(issuer.asked).not.toContain('/elsewhere')
    expect(server.logged.some((line) => line.includes('trusted token issuer'))).toBe(true)
  }
})

test('an issuer that does not answer is given up after five seconds', async () => {
  const { server, issuer, redeem } = await setUp()
  const isAsked = new Promise<void>((resolve) => issuer.answers.set('/keys', () => resolve()))
  const attempt = redeem(await issuer.sign())
  const isRefused = expect(attempt).rejects.toEqual(refused('cannot be had'))
  await isAsked
  await server.clock.advance(seconds(5))
  await isRefused
})

test('an issuer whose keys lie at a private address, or at http elsewhere, is not asked', async () => {
  for (const address of [
    'http://10.0.0.1/keys',
    'https://169.254.169.254/keys',
    'file:///etc/passwd',
    'https://[fd00::1]/',
  ]) {
    const { issuer, redeem } = await setUp()
    const document = JSON.stringify({ issuer: issuer.url, jwks_uri: address })
    issuer.answers.set('/.well-known/openid-configuration', (response) => response.end(document))
    await expect(redeem(await issuer.sign())).rejects.toEqual(refused('cannot be had'))
  }
})

test('a server that is no example asks no issuer on its own machine, unless it is told to', async () => {
  for (const [issuerNetworks, isAsked] of [
    [[], false],
    [['127.0.0.0/8'], true],
  ] as const) {
    const server = await startTestServer({ example: false, issuerNetworks })
    onTestFinished(() => server.close())
    const issuer = await startTestIssuer(server)
    const application = await createTestApplication(server)
    await trustIssuer(application, issuer.url)
    const attempt = redeemAt(application)(await issuer.sign())
    if (isAsked) await expect(attempt).resolves.toHaveProperty('accessToken')
    else await expect(attempt).rejects.toEqual(refused('cannot be had'))
    expect(issuer.asked.length > 0).toBe(isAsked)
  }
})

test('a user who is not assigned, or is disabled, gets nothing, and no session is left behind', async () => {
  const { server, issuer, application, redeem } = await setUp()
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
  const { issuer, application, redeem } = await setUp()
  await application.change('PutApplicationAssignmentConfiguration', { AssignmentRequired: false })
  await expect(redeem(await issuer.sign({ email: 'bob@acme.example' }))).resolves.toHaveProperty('accessToken')
})

test('users are found by user name and by external id too; one id of two users names neither', async () => {
  const byName = await setUp({ ClaimAttributePath: 'user.name', IdentityStoreAttributePath: 'userName' })
  await expect(byName.redeem(await byName.issuer.sign({ user: { name: 'ALICE' } }))).resolves.toHaveProperty('scope')
  const { server, issuer, application, redeem } = await setUp({
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
  const { issuer, application, redeem } = await setUp()
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
  const { server, issuer, application, redeem } = await setUp()
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
  const { issuer, application, issuerArn, redeem } = await setUp()
  await application.admin.call('DeleteTrustedTokenIssuer', { TrustedTokenIssuerArn: issuerArn })
  await expect(redeem(await issuer.sign())).rejects.toEqual(refused('does not trust'))
})
