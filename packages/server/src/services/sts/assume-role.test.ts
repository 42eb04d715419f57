import { hours } from '@mayfly/identity-center/duration'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { roleCredentials, signInWithPkce } from '../../testing/journeys.ts'
import { assumeRole, createRole, credentialsOf, trusts } from '../../testing/roles.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const DEVELOPMENT = '222233334444'
const PRODUCTION = '333344445555'

let server: TestServer
/** Alice is an administrator of the development account. */
let alice: SigningCredentials
/** Bob may read there, and take no role by himself. */
let bob: SigningCredentials

beforeEach(async () => {
  server = await startTestServer()
  alice = await take('alice', 'AdministratorAccess')
  bob = await take('bob', 'ReadOnlyAccess')
})
afterEach(() => server.close())

async function take(userName: string, roleName: string, accountId = DEVELOPMENT): Promise<SigningCredentials> {
  const { tokens } = await signInWithPkce(server, userName)
  return await roleCredentials(server.client('sso'), tokens.accessToken, { accountId, roleName })
}

const sts = (credentials: SigningCredentials) => server.client('sts', { credentials })
const identify = (credentials: SigningCredentials) => sts(credentials).call('GetCallerIdentity', {})

const assume = (by: SigningCredentials, arn: string, more: Record<string, unknown> = {}) =>
  assumeRole(server, by, arn, more)

const DENIED = { name: 'AccessDenied', statusCode: 403 }
const arnOf = async (credentials: SigningCredentials) => String((await identify(credentials))['Arn'])
const roleNameOf = async (credentials: SigningCredentials) => (await arnOf(credentials)).split('/')[1] ?? ''

test('whoever the trust policy names by its account, and its own policies allow, takes the role', async () => {
  const arn = await createRole(server, { path: '/team/', trust: [trusts(`arn:aws:iam::${DEVELOPMENT}:root`)] })
  const answer = await assume(alice, arn)
  expect(answer['AssumedRoleUser']).toMatchObject({
    Arn: `arn:aws:sts::${DEVELOPMENT}:assumed-role/Deploy/job`,
    AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:job$/),
  })
  expect(answer).not.toHaveProperty('PackedPolicySize')
  expect((answer['Credentials'] as { Expiration: Date }).Expiration).toEqual(
    new Date(server.clock.now().getTime() + hours(1)),
  )
  expect(await arnOf(await credentialsOf(Promise.resolve(answer)))).toBe(
    `arn:aws:sts::${DEVELOPMENT}:assumed-role/Deploy/job`,
  )
  await expect(assume(bob, arn)).rejects.toMatchObject(DENIED)
})

test('within an account, whoever the trust policy names itself needs nothing else', async () => {
  const session = await arnOf(bob)
  const role = `arn:aws:iam::${DEVELOPMENT}:role/aws-reserved/sso.amazonaws.com/${await roleNameOf(bob)}`
  for (const [name, principal] of [
    ['BySession', session],
    ['ByRole', role],
  ] as const) {
    const arn = await createRole(server, { name, trust: [trusts(principal)] })
    await expect(assume(bob, arn)).resolves.toHaveProperty('Credentials')
    await expect(assume(alice, arn)).rejects.toMatchObject(DENIED)
  }
})

test('trust by the pattern of a reserved role outlives its suffix', async () => {
  const pattern = `arn:aws:iam::${DEVELOPMENT}:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_AdministratorAccess_*`
  const trust = [trusts({ AWS: '*' }, { ArnLike: { 'aws:PrincipalArn': pattern } })]
  const arn = await createRole(server, { trust })
  await expect(assume(alice, arn)).resolves.toHaveProperty('Credentials')
  await expect(assume(bob, arn)).rejects.toMatchObject(DENIED)
})

test('into another account both sides must allow', async () => {
  const trusted = await createRole(server, {
    accountId: PRODUCTION,
    trust: [trusts(`arn:aws:iam::${DEVELOPMENT}:root`), trusts(await arnOf(bob))],
  })
  const closed = await createRole(server, {
    accountId: PRODUCTION,
    name: 'Closed',
    trust: [trusts(`arn:aws:iam::${PRODUCTION}:root`)],
  })
  expect(await arnOf(await credentialsOf(assume(alice, trusted)))).toBe(
    `arn:aws:sts::${PRODUCTION}:assumed-role/Deploy/job`,
  )
  await expect(assume(bob, trusted)).rejects.toMatchObject(DENIED)
  await expect(assume(alice, closed)).rejects.toMatchObject(DENIED)
})

test('a role that is not there, one of Identity Center, and one with another path are denied alike', async () => {
  await createRole(server, { path: '/team/', trust: [trusts(DEVELOPMENT)] })
  const messages = new Set<string>()
  for (const name of [
    'role/Nothing',
    'role/Deploy',
    'role/other/Deploy',
    `role/aws-reserved/sso.amazonaws.com/${await roleNameOf(bob)}`,
    'user/alice',
  ]) {
    const arn = `arn:aws:iam::${DEVELOPMENT}:${name}`
    const error: Error = await assume(alice, arn).then(
      () => new Error('allowed'),
      (refused: Error) => refused,
    )
    expect(error).toMatchObject(DENIED)
    messages.add(error.message.replaceAll(arn, 'ARN'))
  }
  expect(messages.size).toBe(1)
})

test('an external id must be the one that the trust policy asks for', async () => {
  const trust = [trusts(DEVELOPMENT, { StringEquals: { 'sts:ExternalId': 'ours' } })]
  const arn = await createRole(server, { trust })
  await expect(assume(alice, arn, { ExternalId: 'ours' })).resolves.toHaveProperty('Credentials')
  await expect(assume(alice, arn, { ExternalId: 'other' })).rejects.toMatchObject(DENIED)
  await expect(assume(alice, arn)).rejects.toMatchObject(DENIED)
})

test('tags need their permission, and the transitive ones go on to the next session', async () => {
  const arn = await createRole(server, { trust: [trusts(DEVELOPMENT)] })
  const blue = await createRole(server, {
    name: 'Blue',
    trust: [trusts(DEVELOPMENT, { StringEquals: { 'aws:PrincipalTag/Team': 'blue' } })],
  })
  const untagged = await createRole(server, {
    name: 'Untagged',
    trust: [{ Effect: 'Allow', Principal: { AWS: DEVELOPMENT }, Action: 'sts:AssumeRole' }],
  })
  const Tags = [
    { Key: 'Team', Value: 'blue' },
    { Key: 'Stage', Value: 'test' },
  ]
  await expect(assume(alice, untagged, { Tags })).rejects.toMatchObject(DENIED)
  const answer = await assume(alice, arn, { Tags, TransitiveTagKeys: ['team'] })
  expect(answer['PackedPolicySize']).toBeGreaterThan(0)
  const tagged = await credentialsOf(Promise.resolve(answer))
  await expect(assume(alice, blue)).rejects.toMatchObject(DENIED)
  const next = await credentialsOf(assume(tagged, blue))
  // Inherited by the second session too, which needs the permission to pass it on.
  await expect(assume(next, blue)).resolves.toHaveProperty('Credentials')
  await expect(assume(next, untagged)).rejects.toMatchObject(DENIED)
  const again = { Tags: [{ Key: 'TEAM', Value: 'red' }] }
  await expect(assume(tagged, blue, again)).rejects.toMatchObject({ name: 'InvalidParameterValue' })
})

test.each([
  [
    {
      Tags: [
        { Key: 'a', Value: '' },
        { Key: 'A', Value: '' },
      ],
    },
    'InvalidParameterValue',
  ],
  [{ Tags: [{ Key: 'aws:x', Value: '' }] }, 'InvalidParameterValue'],
  [{ TransitiveTagKeys: ['missing'] }, 'InvalidParameterValue'],
  [{ Tags: Array.from({ length: 51 }, (_, index) => ({ Key: `${index}`, Value: '' })) }, 'ValidationError'],
  [{ Policy: '{"Version":"2012-10-17"}' }, 'MalformedPolicyDocument'],
  [{ Policy: 'x' }, 'MalformedPolicyDocument'],
  [{ Policy: 'x'.repeat(2049) }, 'ValidationError'],
  [
    { PolicyArns: Array.from({ length: 11 }, () => ({ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })) },
    'ValidationError',
  ],
  [{ PolicyArns: [{ arn: 'arn:aws:iam::333344445555:policy/Other' }] }, 'ValidationError'],
  [{ RoleSessionName: 'a b' }, 'ValidationError'],
  [{ SerialNumber: 'arn:aws:iam::222233334444:mfa/x', TokenCode: '123456' }, 'AccessDenied'],
])('what does not go together is refused: %j', async (more, name) => {
  const arn = await createRole(server, { trust: [trusts(DEVELOPMENT)] })
  await expect(assume(alice, arn, more)).rejects.toMatchObject({ name })
})

test('more tags than there is room for are told with their size', async () => {
  const arn = await createRole(server, { trust: [trusts(DEVELOPMENT)] })
  const random = (index: number) =>
    Buffer.from(server.context.random.bytes(180 + index))
      .toString('base64')
      .slice(0, 256)
  const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `key-${index}`, Value: random(index) }))
  await expect(assume(alice, arn, { Tags })).rejects.toMatchObject({
    name: 'PackedPolicyTooLarge',
    message: expect.stringMatching(/^Packed size of session tags consumes \d{3}% of allotted space\.$/),
  })
})

test('session policies narrow the session, also for the roles that it may take', async () => {
  const arn = await createRole(server, { trust: [trusts(DEVELOPMENT)] })
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
  })
  const narrow = await credentialsOf(assume(alice, arn, { Policy }))
  await expect(assume(narrow, arn)).rejects.toMatchObject(DENIED)
  await expect(identify(narrow)).resolves.toHaveProperty('Arn')
  const wide = { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }] }
  const other = await credentialsOf(assume(alice, arn, wide))
  await expect(assume(other, arn)).resolves.toHaveProperty('Credentials')
})

test('the record names role, issuer and person, and holds no secret', async () => {
  const arn = await createRole(server, { trust: [trusts(DEVELOPMENT)] })
  const chained = await credentialsOf(assume(alice, arn, { SourceIdentity: 'alice' }))
  await identify(chained)
  const { items } = await server.context.store.auditEvents.list({ page: { limit: 2 } })
  const user = await server.context.store.users.findByUserName('alice')
  const [identified, assumed] = items
  expect(identified?.userIdentity).toMatchObject({
    type: 'AssumedRole',
    arn: `arn:aws:sts::${DEVELOPMENT}:assumed-role/Deploy/job`,
    sessionContext: { sessionIssuer: { type: 'Role', arn, userName: 'Deploy' }, sourceIdentity: 'alice' },
    onBehalfOf: { userId: user?.id },
  })
  expect(assumed).toMatchObject({ eventName: 'AssumeRole', requestParameters: { RoleArn: arn } })
  const text = JSON.stringify(items)
  for (const secret of [chained.secretAccessKey, chained.sessionToken ?? '']) expect(text).not.toContain(secret)
})

test('role credentials are no long-term keys', async () => {
  await expect(sts(alice).call('GetSessionToken', {})).rejects.toMatchObject({
    ...DENIED,
    message: 'Cannot call GetSessionToken with session credentials',
  })
  await expect(sts(alice).call('GetFederationToken', { Name: 'bob' })).rejects.toMatchObject({
    ...DENIED,
    message: 'Cannot call GetFederationToken with session credentials',
  })
  const decode = sts(alice).call('DecodeAuthorizationMessage', { EncodedMessage: 'x' })
  await expect(decode).rejects.toMatchObject({ name: 'InvalidAuthorizationMessageException', statusCode: 400 })
})
