import { hours, minutes } from '@mayfly/identity-center/duration'
import { FULL_AWS_ACCESS } from '@mayfly/identity-center/organization/organization-policy'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createIamUser, type UserWithKey } from '../../testing/iam-users.ts'
import { assumeRole, createRole, credentialsOf, trusts } from '../../testing/roles.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const MANAGEMENT = '111122223333'
const DEVELOPMENT = '222233334444'
const PRODUCTION = '333344445555'

let server: TestServer
let deploy: UserWithKey
beforeEach(async () => {
  server = await startTestServer()
  deploy = await createIamUser(server, { name: 'deploy', path: '/machines/', tags: [{ key: 'team', value: 'red' }] })
})
afterEach(() => server.close())

const sts = (credentials: SigningCredentials) => server.client('sts', { credentials })
const arnOf = async (credentials: SigningCredentials) => (await sts(credentials).call('GetCallerIdentity', {}))['Arn']
const take = (arn: string, more: Record<string, unknown> = {}, by = deploy) =>
  assumeRole(server, by.credentials, arn, more)

const DENIED = { name: 'AccessDenied', statusCode: 403 }

test('a user takes a role of its account that trusts the account, as far as its own policies allow', async () => {
  const arn = await createRole(server, { trust: [trusts(`arn:aws:iam::${DEVELOPMENT}:root`)] })
  expect(await arnOf(await credentialsOf(take(arn)))).toBe(`arn:aws:sts::${DEVELOPMENT}:assumed-role/Deploy/job`)
  const powerless = await createIamUser(server, { name: 'powerless', allows: [] })
  await expect(take(arn, {}, powerless)).rejects.toMatchObject({
    ...DENIED,
    message: `User: ${powerless.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn} because no identity-based policy allows the sts:AssumeRole action`,
  })
})

test('a user whom the trust policy names itself needs no policy of its own, and nobody else is let in', async () => {
  const powerless = await createIamUser(server, { name: 'powerless', allows: [] })
  const arn = await createRole(server, { trust: [trusts(powerless.arn)] })
  await expect(take(arn, {}, powerless)).resolves.toHaveProperty('Credentials')
  await expect(take(arn)).rejects.toMatchObject(DENIED)
})

test('into another account both sides must allow', async () => {
  const trusted = await createRole(server, { accountId: PRODUCTION, trust: [trusts(deploy.arn)] })
  const untrusted = await createRole(server, { accountId: PRODUCTION, name: 'Other', trust: [trusts(PRODUCTION)] })
  await expect(take(trusted)).resolves.toHaveProperty('Credentials')
  await expect(take(untrusted)).rejects.toMatchObject(DENIED)
})

test('a session that a user takes lives as long as the role says, and one taken from there an hour', async () => {
  const trust = [trusts(`arn:aws:iam::${DEVELOPMENT}:root`)]
  const first = await createRole(server, { trust, maxSessionDuration: 43_200 })
  const second = await createRole(server, { name: 'Second', trust, maxSessionDuration: 43_200 })
  const answer = await take(first, { DurationSeconds: 43_200 })
  expect((answer['Credentials'] as { Expiration: Date }).Expiration).toEqual(
    new Date(server.clock.now().getTime() + hours(12)),
  )
  const session = await credentialsOf(Promise.resolve(answer))
  await expect(assumeRole(server, session, second, { DurationSeconds: 3601 })).rejects.toMatchObject({
    message: expect.stringContaining('role chaining'),
  })
  await expect(assumeRole(server, session, second, { DurationSeconds: 3600 })).resolves.toHaveProperty('Credentials')
  await expect(take(second, { DurationSeconds: 43_201 })).rejects.toMatchObject({ name: 'ValidationError' })
})

test('a trust policy may ask for the user’s tags, type, name and id', async () => {
  const root = `arn:aws:iam::${DEVELOPMENT}:root`
  const right = {
    StringEquals: {
      'aws:PrincipalTag/team': 'red',
      'aws:username': 'deploy',
      'aws:userid': deploy.user.id,
      'aws:PrincipalType': 'User',
    },
    ArnEquals: { 'aws:PrincipalArn': deploy.arn },
    Null: { 'aws:TokenIssueTime': 'true', 'aws:MultiFactorAuthPresent': 'true' },
  }
  await expect(take(await createRole(server, { name: 'Right', trust: [trusts(root, right)] }))).resolves.toBeDefined()
  for (const [name, wrong] of [
    ['Team', { StringEquals: { 'aws:PrincipalTag/team': 'blue' } }],
    ['Type', { StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }],
    ['Mfa', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }],
  ] as const) {
    const arn = await createRole(server, { name, trust: [trusts(root, wrong)] })
    await expect(take(arn), name).rejects.toMatchObject(DENIED)
  }
})

test('a policy speaks of the user by a variable', async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the policy.
  const Resource = 'arn:aws:iam::*:role/${aws:username}'
  const own = await createIamUser(server, { name: 'own', allows: [{ Effect: 'Allow', Action: 'sts:*', Resource }] })
  const trust = [trusts(`arn:aws:iam::${DEVELOPMENT}:root`)]
  await expect(take(await createRole(server, { name: 'own', trust }), {}, own)).resolves.toBeDefined()
  await expect(take(await createRole(server, { name: 'Other', trust }), {}, own)).rejects.toMatchObject(DENIED)
})

test('tags and a source identity need leave, and go on with the session', async () => {
  const arn = await createRole(server, { trust: [trusts(deploy.arn)] })
  const more = { Tags: [{ Key: 'stage', Value: 'test' }], SourceIdentity: 'deploy' }
  expect(await take(arn, more)).toMatchObject({ SourceIdentity: 'deploy' })
  const plain = { Effect: 'Allow', Principal: { AWS: deploy.arn }, Action: 'sts:AssumeRole' }
  const strict = await createRole(server, { name: 'Strict', trust: [plain] })
  await expect(take(strict)).resolves.toBeDefined()
  await expect(take(strict, more)).rejects.toMatchObject(DENIED)
})

test('a code of a second factor is refused: no user has a device here', async () => {
  const arn = await createRole(server, { trust: [trusts(deploy.arn)] })
  const shown = { SerialNumber: `arn:aws:iam::${DEVELOPMENT}:mfa/deploy`, TokenCode: '123456' }
  await expect(take(arn, shown)).rejects.toMatchObject({ ...DENIED, message: expect.stringContaining('MFA code') })
})

test('a role that was taken with a key opens what the key opens and no more, however many roles lie between', async () => {
  const trust = [trusts(`arn:aws:iam::${MANAGEMENT}:root`)]
  const key = await createIamUser(server, { accountId: MANAGEMENT, name: 'admin' })
  const first = await createRole(server, { accountId: MANAGEMENT, name: 'First', trust })
  const second = await createRole(server, { accountId: MANAGEMENT, name: 'Second', trust })
  const session = await credentialsOf(take(first, {}, key))
  for (const credentials of [session, await credentialsOf(assumeRole(server, session, second))]) {
    await expect(server.client('iam', { credentials }).call('ListRoles', {})).resolves.toBeDefined()
    for (const [service, operation, action] of [
      ['sso-admin', 'ListInstances', 'sso:ListInstances'],
      ['organizations', 'DescribeOrganization', 'organizations:DescribeOrganization'],
      ['sso-oidc', 'CreateTokenWithIAM', 'sso-oauth:CreateTokenWithIAM'],
    ] as const) {
      const refused = server.client(service, { credentials }).call(operation, {})
      const message = `User: ${await arnOf(credentials)} is not authorized to perform: ${action} on resource: *`
      await expect(refused, operation).rejects.toMatchObject({ name: 'AccessDeniedException', message })
    }
  }
})

test('neither a key nor a role that was taken with one says who may take a role, or what people and roles may do', async () => {
  const key = await createIamUser(server, { accountId: MANAGEMENT, name: 'admin' })
  const first = await createRole(server, { accountId: MANAGEMENT, trust: [trusts(MANAGEMENT)] })
  const session = await credentialsOf(take(first, {}, key))
  const Statement = [trusts({ Federated: 'token.actions.githubusercontent.com' })]
  const document = JSON.stringify({ Version: '2012-10-17', Statement })
  const everything = 'arn:aws:iam::aws:policy/AdministratorAccess'
  for (const credentials of [key.credentials, session]) {
    for (const [operation, input] of [
      ['CreateRole', { RoleName: 'Back', AssumeRolePolicyDocument: document }],
      ['UpdateAssumeRolePolicy', { RoleName: 'Deploy', PolicyDocument: document }],
      ['AttachRolePolicy', { RoleName: 'Deploy', PolicyArn: everything }],
      ['PutRolePolicy', { RoleName: 'Deploy', PolicyName: 'x', PolicyDocument: '{}' }],
      ['DeleteRolePolicy', { RoleName: 'Deploy', PolicyName: 'all' }],
      ['TagRole', { RoleName: 'Deploy', Tags: [{ Key: 'team', Value: 'red' }] }],
      ['DeleteRole', { RoleName: 'Deploy' }],
      ['CreatePolicy', { PolicyName: 'OfAPermissionSet', PolicyDocument: '{}' }],
      ['DeletePolicy', { PolicyArn: `arn:aws:iam::${MANAGEMENT}:policy/OfAPermissionSet` }],
    ] as const) {
      const message = `User: ${await arnOf(credentials)} is not authorized to perform: iam:${operation} on resource: *`
      const refused = server.client('iam', { credentials }).call(operation, input)
      await expect(refused, operation).rejects.toMatchObject({ ...DENIED, message })
    }
  }
})

test('a role in another account ends with the account of the user whose key took it', async () => {
  const arn = await createRole(server, { accountId: PRODUCTION, trust: [trusts(DEVELOPMENT)] })
  const next = await createRole(server, { accountId: PRODUCTION, name: 'Next', trust: [trusts(PRODUCTION)] })
  const session = await credentialsOf(take(arn))
  const chained = await credentialsOf(assumeRole(server, session, next))
  await server.context.revocations.revoke(`account:${deploy.user.accountId}`)
  for (const credentials of [session, chained]) {
    await expect(arnOf(credentials)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  }
})

test('a role that was taken outlives its key, as at AWS, and ends with its account’s or its own withdrawal', async () => {
  const arn = await createRole(server, { trust: [trusts(deploy.arn)] })
  const session = await credentialsOf(take(arn))
  await server.context.store.iamAccessKeys.delete(deploy.user.id, deploy.credentials.accessKeyId)
  await expect(arnOf(session)).resolves.toBeDefined()
  await server.context.revocations.revoke(`account:${deploy.user.accountId}`)
  await expect(arnOf(session)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
})

test('GetSessionToken and GetFederationToken are refused in plain words', async () => {
  const asked = { GetSessionToken: {}, GetFederationToken: { Name: 'bob' } }
  for (const [operation, input] of Object.entries(asked)) {
    await expect(sts(deploy.credentials).call(operation, input)).rejects.toMatchObject({
      ...DENIED,
      message: `This server answers no ${operation}: take a role with AssumeRole.`,
    })
  }
})

test('a boundary bounds a user as it bounds a role', async () => {
  const bounded = await createIamUser(server, {
    name: 'bounded',
    attached: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    permissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
  })
  const iam = server.client('iam', bounded)
  await expect(iam.call('ListRoles', {})).resolves.toBeDefined()
  await expect(iam.call('DeleteUser', { UserName: 'x' })).rejects.toMatchObject({
    ...DENIED,
    message: expect.stringContaining('because no permissions boundary allows the iam:DeleteUser action'),
  })
})

test('a service control policy restricts the users of a member account, and not those of the management account', async () => {
  const { store, policies } = server.context
  await store.transaction(async (tx) => {
    const organization = await tx.organizations.find()
    if (!organization) throw new Error('The example has an organization.')
    await tx.organizations.update({ ...organization, serviceControlPolicies: true })
    const accounts = (await tx.accounts.list({ limit: 100 })).items
    for (const targetId of [organization.rootId, ...accounts.map(({ id }) => id)]) {
      await tx.organizationPolicies.attach({ targetId, policyId: FULL_AWS_ACCESS.id })
    }
    const id = 'p-examplepolicy1' as never
    const statement = { Effect: 'Deny', Action: 'iam:List*', Resource: '*' }
    const content = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    await tx.organizationPolicies.insert({ id, name: 'x', description: '', content, createdAt: server.clock.now() })
    await tx.organizationPolicies.attach({ targetId: organization.rootId, policyId: id })
    await tx.policyChanges.bump()
  })
  await policies.refresh()
  await expect(server.client('iam', deploy).call('ListRoles', {})).rejects.toMatchObject({
    ...DENIED,
    message: expect.stringContaining('with an explicit deny in a service control policy'),
  })
  const management = await createIamUser(server, { accountId: MANAGEMENT, name: 'deploy' })
  await expect(server.client('iam', management).call('ListRoles', {})).resolves.toBeDefined()
})

test('a user made anew under the same name has nothing of the one before', async () => {
  const { store, policies } = server.context
  const gone = await createIamUser(server, { name: 'again' })
  await expect(server.client('iam', gone).call('ListRoles', {})).resolves.toBeDefined()
  await store.iamAccessKeys.delete(gone.user.id, gone.credentials.accessKeyId)
  await store.iamUserPolicies.delete(gone.user.id, 'all')
  await store.iamUsers.delete(gone.user.id)
  const anew = await createIamUser(server, { name: 'again', allows: [] })
  policies.changed()
  await server.clock.advance(minutes(1))
  await expect(server.client('iam', anew).call('ListRoles', {})).rejects.toMatchObject(DENIED)
  await expect(server.client('iam', gone).call('ListRoles', {})).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
})
