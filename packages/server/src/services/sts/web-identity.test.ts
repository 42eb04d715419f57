import { hours, minutes } from '@mayfly/identity-center/duration'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import { generateKeyPair } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRole, trusts } from '../../testing/roles.ts'
import { startTestIssuer, type TestIssuer } from '../../testing/test-issuer.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const ACCOUNT = '222233334444'
let server: TestServer
let issuer: TestIssuer
let provider: string

beforeEach(async () => {
  server = await startTestServer()
  issuer = await startTestIssuer(server)
  provider = issuer.url.replace('http://', '')
  await trustIssuer(issuer.url)
})
afterEach(() => server.close())

async function trustIssuer(issuerUrl: string): Promise<void> {
  const { arn, ownerAccountId } = await server.context.instance()
  await server.context.store.trustedTokenIssuers.insert({
    arn: `arn:aws:sso::${ownerAccountId}:trustedTokenIssuer/ssoins-0123456789abcdef/tti-1` as never,
    instanceArn: arn,
    accountId: ownerAccountId,
    name: 'Builds',
    issuerUrl,
    claimAttributePath: 'email',
    identityStoreAttributePath: 'emails.value',
    createdAt: server.clock.now(),
  })
}

/** A role for the tokens of one repository. */
const createBuildRole = (more: Parameters<typeof createRole>[1] | object = {}) =>
  createRole(server, {
    trust: [federated({ StringEquals: { [`${provider}:aud`]: 'builds', [`${provider}:sub`]: 'repo:acme/site' } })],
    ...more,
  })

const federated = (condition?: object, actions: readonly string[] = []) => ({
  ...trusts({ Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${provider}` }, condition),
  Action: ['sts:AssumeRoleWithWebIdentity', ...actions],
})

const token = (claims: Record<string, unknown> = {}) => issuer.sign({ aud: 'builds', sub: 'repo:acme/site', ...claims })

const assume = (RoleArn: string, WebIdentityToken: string, more: Record<string, unknown> = {}) =>
  server
    .client('sts')
    .call('AssumeRoleWithWebIdentity', { RoleArn, RoleSessionName: 'build-7', WebIdentityToken, ...more })

function credentialsOf(answer: Record<string, unknown>): SigningCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken } = answer['Credentials'] as Record<string, string>
  return { accessKeyId: `${AccessKeyId}`, secretAccessKey: `${SecretAccessKey}`, sessionToken: `${SessionToken}` }
}

const DENIED = {
  name: 'AccessDenied',
  statusCode: 403,
  message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
}

test('a token of a trusted issuer takes the role whose trust policy names its issuer, audience and subject', async () => {
  const arn = await createBuildRole()
  const answer = await assume(arn, await token())
  expect(answer).toMatchObject({
    SubjectFromWebIdentityToken: 'repo:acme/site',
    Audience: 'builds',
    Provider: issuer.url,
    AssumedRoleUser: { Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Deploy/build-7` },
  })
  const client = server.client('sts', { credentials: credentialsOf(answer) })
  await expect(client.call('GetCallerIdentity', {})).resolves.toMatchObject({ Account: ACCOUNT })
  const { items } = await server.context.store.auditEvents.list({ page: { limit: 2 } })
  expect(items[1]?.userIdentity).toEqual({
    type: 'WebIdentityUser',
    principalId: `${provider}:builds:repo:acme/site`,
    userName: 'repo:acme/site',
    identityProvider: provider,
  })
  expect(items[0]?.userIdentity).toMatchObject({
    sessionContext: { webIdFederationData: { federatedProvider: provider } },
  })
  expect(items[0]?.userIdentity).not.toHaveProperty('onBehalfOf')
  expect(JSON.stringify(items)).not.toContain(credentialsOf(answer).sessionToken)
})

test.each<[string, Record<string, unknown>]>([
  ['another subject', { sub: 'repo:mallory/site' }],
  ['another audience', { aud: 'somebody-else' }],
])('a token with %s is denied', async (_name, claims) => {
  await expect(assume(await createBuildRole(), await token(claims))).rejects.toMatchObject(DENIED)
})

test('a role that is not there, one of another account, and one that trusts people are denied alike', async () => {
  const people = await createRole(server, { name: 'People', trust: [trusts(ACCOUNT), trusts({ AWS: '*' })] })
  const other = await createBuildRole({ accountId: '333344445555' })
  const shown = await token()
  for (const arn of [people, other, `arn:aws:iam::${ACCOUNT}:role/Nothing`]) {
    await expect(assume(arn, shown)).rejects.toMatchObject(DENIED)
  }
})

test('a trust policy that asks for no audience lets in only tokens that are meant for sts', async () => {
  const arn = await createBuildRole({ trust: [federated()] })
  await expect(assume(arn, await token())).rejects.toMatchObject(DENIED)
  await expect(assume(arn, await token({ aud: 'sts.amazonaws.com' }))).resolves.toHaveProperty('Credentials')
})

test.each<[string, Record<string, unknown>, string]>([
  ['has expired', { exp: 1 }, 'ExpiredTokenException'],
  ['never expires', { exp: undefined }, 'InvalidIdentityToken'],
  ['has no subject', { sub: undefined }, 'InvalidIdentityToken'],
  ['has no audience', { aud: undefined }, 'InvalidIdentityToken'],
  ['has two audiences', { aud: ['builds', 'other'] }, 'IDPRejectedClaim'],
  ['comes from the future', { iat: 4_000_000_000, exp: 4_000_000_300 }, 'InvalidIdentityToken'],
  ['comes from a stranger', { iss: 'https://evil.example' }, 'InvalidIdentityToken'],
  [
    'has tags that are none',
    { 'https://aws.amazon.com/tags': { principal_tags: { a: ['x', 'y'] } } },
    'IDPRejectedClaim',
  ],
  ['has a source identity that is none', { 'https://aws.amazon.com/source_identity': 'a b' }, 'IDPRejectedClaim'],
])('a token that %s is refused', async (_name, claims, name) => {
  await expect(assume(await createBuildRole(), await token(claims))).rejects.toMatchObject({ name })
})

test('a token that nobody signed, or somebody else, proves nothing', async () => {
  const arn = await createBuildRole()
  const { privateKey } = await generateKeyPair('ES256')
  const signed = await token()
  const [header, payload] = signed.split('.')
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`
  const forged = await issuer.sign({ aud: 'builds', sub: 'repo:acme/site' }, {}, privateKey)
  for (const shown of [none, forged, `${header}.${payload}.AAAA`, 'x.y.z', 'abcd']) {
    await expect(assume(arn, shown)).rejects.toMatchObject({ name: 'InvalidIdentityToken', statusCode: 400 })
  }
})

test('an issuer that does not answer is told as that', async () => {
  const arn = await createBuildRole()
  issuer.answers.set('/keys', (response) => response.writeHead(500).end())
  await expect(assume(arn, await token())).rejects.toMatchObject({ name: 'IDPCommunicationError', statusCode: 400 })
})

test('tags and the source identity of the token need their permissions', async () => {
  const condition = { StringEquals: { [`${provider}:aud`]: 'builds' } }
  const plain = await createBuildRole({ name: 'Plain', trust: [federated(condition)] })
  const both = await createBuildRole({ trust: [federated(condition, ['sts:TagSession', 'sts:SetSourceIdentity'])] })
  const tagged = await token({
    'https://aws.amazon.com/tags': { principal_tags: { Team: ['blue'] }, transitive_tag_keys: ['Team'] },
    'https://aws.amazon.com/source_identity': 'pipeline',
  })
  await expect(assume(plain, tagged)).rejects.toMatchObject(DENIED)
  const answer = await assume(both, tagged)
  expect(answer['SourceIdentity']).toBe('pipeline')
  expect(answer['PackedPolicySize']).toBeGreaterThan(0)
})

test('the session lasts as long as the role allows', async () => {
  const arn = await createBuildRole({ maxSessionDuration: 7200 })
  const answer = await assume(arn, await token(), { DurationSeconds: 7200 })
  expect((answer['Credentials'] as { Expiration: Date }).Expiration).toEqual(
    new Date(server.clock.now().getTime() + hours(2)),
  )
  await expect(assume(arn, await token(), { DurationSeconds: 7201 })).rejects.toMatchObject({ name: 'ValidationError' })
  await server.clock.advance(minutes(119))
  const client = server.client('sts', { credentials: credentialsOf(answer) })
  await expect(client.call('GetCallerIdentity', {})).resolves.toHaveProperty('Arn')
  await server.clock.advance(minutes(1))
  await expect(client.call('GetCallerIdentity', {})).rejects.toMatchObject({ name: 'ExpiredToken' })
})

test('a session of a web identity ends with its role, and takes other roles as any session does', async () => {
  const arn = await createBuildRole()
  const next = await createRole(server, { name: 'Next', trust: [trusts(ACCOUNT)] })
  const answer = await assume(arn, await token())
  const client = server.client('sts', { credentials: credentialsOf(answer) })
  const chained = await client.call('AssumeRole', { RoleArn: next, RoleSessionName: 'next' })
  const role = await server.context.store.roles.findByName(ACCOUNT as never, 'Deploy')
  await server.context.revocations.revoke(`role:${ACCOUNT}/${role?.id}`)
  for (const shown of [answer, chained]) {
    const ended = server.client('sts', { credentials: credentialsOf(shown) }).call('GetCallerIdentity', {})
    await expect(ended).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  }
})

test('one address may try so many tokens a minute, and no more', async () => {
  const limited = await startTestServer({ unsignedCallsPerMinute: 2 })
  const ask = () =>
    limited.inject({
      method: 'POST',
      url: '/',
      remoteAddress: '203.0.113.7',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'Action=AssumeRoleWithWebIdentity&Version=2011-06-15&WebIdentityToken=xxxx&RoleArn=x&RoleSessionName=x',
    })
  const answers = [await ask(), await ask(), await ask()]
  expect(answers.map(({ body }) => /<Code>(\w+)</.exec(body)?.[1])).toEqual([
    'ValidationError',
    'ValidationError',
    'Throttling',
  ])
  await limited.close()
})
