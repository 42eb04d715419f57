import { createHash, createHmac, createPublicKey } from 'node:crypto'
import { minutes, seconds } from '@mayfly/identity-center/duration'
import type { JWK } from 'jose'
import { expect, onTestFinished, test } from 'vitest'
import { createTestApplication, trustIssuer } from '../testing/test-application.ts'
import { redeemAt, startTestIssuer, startTrustingServer } from '../testing/test-issuer.ts'
import { startTestServer } from '../testing/test-server.ts'

const refused = (because: string) =>
  expect.objectContaining({ name: 'InvalidGrantException', message: expect.stringMatching(because) })

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

test('alg none, an HMAC with the public key, and what is no JWT are refused before anybody is asked', async () => {
  const { issuer, redeem } = await startTrustingServer()
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
  const { issuer, redeem } = await startTrustingServer()
  const secret = createHash('sha256').update('secret').digest()
  issuer.keys.push({ kty: 'oct', kid: 'oct', k: secret.toString('base64url') })
  const claims = (await issuer.sign()).split('.')[1]
  const signed = `${encode({ alg: 'HS256', kid: 'oct' })}.${claims}`
  const assertion = `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
  await expect(redeem(assertion)).rejects.toEqual(refused('algorithm'))
})

test('a key of another kind than the algorithm, and a foreign key under a known id, are refused', async () => {
  const { issuer, redeem } = await startTrustingServer()
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
  const { server, issuer, redeem } = await startTrustingServer()
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
  await server.clock.advance(minutes(1))
  issuer.answers.set('/keys', (response) => response.writeHead(503).end())
  await expect(redeem(await issuer.sign({}, { kid: 'unknown' }))).rejects.toEqual(refused('cannot be had'))
  await expect(redeem(await issuer.sign())).resolves.toHaveProperty('accessToken')
})

test('of twenty that redeem one assertion at once, one gets tokens, and the issuer is asked once', async () => {
  const { issuer, redeem } = await startTrustingServer()
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
    const { server, issuer, redeem } = await startTrustingServer()
    issuer.answers.set(path, (response) => response.writeHead(answer.status, answer.headers).end(answer.body))
    await expect(redeem(await issuer.sign())).rejects.toEqual(refused('keys of its issuer cannot be had'))
    expect(issuer.asked).not.toContain('/elsewhere')
    expect(server.logged.some((line) => line.includes('trusted token issuer'))).toBe(true)
  }
})

test('an issuer that does not answer is given up after five seconds', async () => {
  const { server, issuer, redeem } = await startTrustingServer()
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
    const { issuer, redeem } = await startTrustingServer()
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
