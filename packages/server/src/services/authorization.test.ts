import { after, hours, minutes } from '@mayfly/identity-center/duration'
import type { AccountId, PermissionSetArn } from '@mayfly/identity-center/identifiers'
import { FULL_AWS_ACCESS } from '@mayfly/identity-center/organization/organization-policy'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RoleSession, SessionPolicies } from '../role-credentials/issuer.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const MANAGEMENT = '111122223333' as AccountId
const DEVELOPMENT = '222233334444' as AccountId

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

interface As {
  readonly accountId?: AccountId
  readonly tags?: Readonly<Record<string, string>>
  readonly sessionPolicies?: SessionPolicies
}

/** Credentials of alice's role of that permission set, as GetRoleCredentials and AssumeRole would issue them. */
async function credentialsOf(setName: string, { accountId = MANAGEMENT, tags, sessionPolicies }: As = {}) {
  const { store, issuer, clock } = server.context
  const { userId, id: sessionId } = await server.signIn('alice')
  const role = await store.effectiveAccess.findRole(userId, accountId, setName)
  if (!role) throw new Error(`alice is no ${setName} in ${accountId}.`)
  const instance = await server.context.instance()
  const session: RoleSession = {
    instanceArn: instance.arn,
    accountId,
    permissionSetArn: role.permissionSetArn,
    roleName: role.roleName,
    roleId: role.roleId,
    sessionName: 'alice',
    userId,
    sessionId,
    ...(tags === undefined ? {} : { tags }),
    ...(sessionPolicies === undefined ? {} : { sessionPolicies }),
    issuedAt: after(clock.now(), minutes(0)),
    expiresAt: after(clock.now(), hours(1)),
  }
  const credentials: SigningCredentials = await issuer.issue(session)
  const arn = `arn:aws:sts::${accountId}:assumed-role/${role.roleName}/alice`
  return { credentials, arn, role }
}

const instanceArn = async (): Promise<string> => (await server.context.instance()).arn
const ssoAdmin = ({ credentials }: { credentials: SigningCredentials }) => server.client('sso-admin', { credentials })

/** Gives every account that carries the permission set other policies. */
async function change(arn: PermissionSetArn, policies: object): Promise<void> {
  const { store } = server.context
  await store.transaction(async (tx) => {
    const set = await tx.permissionSets.get(arn)
    const version = set.version + 1
    await tx.permissionSets.update({ ...set, ...policies, version })
    await tx.provisionedPermissionSets.provision({
      permissionSetArn: arn,
      version,
      provisionedAt: server.clock.now(),
      needs: [],
    })
    await tx.policyChanges.bump()
  })
  await server.context.policies.refresh()
}

const document = (...statements: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements })

test('ReadOnlyAccess reads, and is told in AWS’s words why it does not write', async () => {
  const reader = await credentialsOf('ReadOnlyAccess')
  const InstanceArn = await instanceArn()
  await ssoAdmin(reader).call('ListPermissionSets', { InstanceArn })
  await expect(ssoAdmin(reader).call('CreatePermissionSet', { InstanceArn, Name: 'x' })).rejects.toMatchObject({
    name: 'AccessDeniedException',
    statusCode: 400,
    message: `User: ${reader.arn} is not authorized to perform: sso:CreatePermissionSet on resource: ${InstanceArn} because no identity-based policy allows the sso:CreatePermissionSet action`,
  })
})

test('an administrator may, and a caller who may not learns nothing of what is wrong with the input', async () => {
  const InstanceArn = await instanceArn()
  const administrator = await credentialsOf('AdministratorAccess')
  await ssoAdmin(administrator).call('CreatePermissionSet', { InstanceArn, Name: 'Fresh' })
  const reader = await credentialsOf('ReadOnlyAccess')
  for (const wrong of [{}, { InstanceArn: 'x'.repeat(100_000), Name: ':'.repeat(100_000) }]) {
    await expect(ssoAdmin(reader).call('CreatePermissionSet', wrong)).rejects.toMatchObject({
      name: 'AccessDeniedException',
    })
  }
})

test('the administrator of another account administers nothing here', async () => {
  const stranger = await credentialsOf('AdministratorAccess', { accountId: DEVELOPMENT })
  const InstanceArn = await instanceArn()
  await expect(ssoAdmin(stranger).call('ListPermissionSets', { InstanceArn })).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `User: ${stranger.arn} is not authorized to perform: sso:ListPermissionSets on resource: ${InstanceArn}`,
  })
})

test('a delegated administrator administers, but for what reaches into the management account', async () => {
  const { store } = server.context
  await store.transaction(async (tx) => {
    const servicePrincipal = 'sso.amazonaws.com'
    await tx.delegatedAdministrators.insert({ accountId: DEVELOPMENT, servicePrincipal, enabledAt: server.clock.now() })
    await tx.policyChanges.bump()
  })
  await server.context.policies.refresh()
  const InstanceArn = await instanceArn()
  const delegate = await credentialsOf('AdministratorAccess', { accountId: DEVELOPMENT })
  await ssoAdmin(delegate).call('ListPermissionSets', { InstanceArn })
  await ssoAdmin(delegate).call('CreatePermissionSet', { InstanceArn, Name: 'Delegated' })
  const PermissionSetArn = delegate.role.permissionSetArn
  await ssoAdmin(delegate).call('DescribePermissionSet', { InstanceArn, PermissionSetArn })
  const write = ssoAdmin(delegate).call('UpdatePermissionSet', { InstanceArn, PermissionSetArn, Description: 'x' })
  await expect(write).rejects.toMatchObject({ name: 'AccessDeniedException' })
})

test('a permissions boundary and a session policy each take away, and are named', async () => {
  const InstanceArn = await instanceArn()
  const bounded = await credentialsOf('AdministratorAccess')
  const managedPolicyArn = 'arn:aws:iam::aws:policy/IAMFullAccess'
  await change(bounded.role.permissionSetArn, { permissionsBoundary: { managedPolicyArn } })
  await expect(ssoAdmin(bounded).call('ListPermissionSets', { InstanceArn })).rejects.toThrow(
    'because no permissions boundary allows the sso:ListPermissionSets action',
  )
  const inline = document({ Effect: 'Allow', Action: 'sso:Describe*', Resource: '*' })
  const narrowed = await credentialsOf('ReadOnlyAccess', { sessionPolicies: { inline, arns: [] } })
  await ssoAdmin(narrowed).call('DescribeInstance', { InstanceArn })
  await expect(ssoAdmin(narrowed).call('ListPermissionSets', { InstanceArn })).rejects.toThrow(
    'because no session policy allows the sso:ListPermissionSets action',
  )
})

test('what a policy allows counts at once when it changes, and an explicit deny wins', async () => {
  const InstanceArn = await instanceArn()
  const reader = await credentialsOf('ReadOnlyAccess')
  await ssoAdmin(reader).call('ListPermissionSets', { InstanceArn })
  const inlinePolicy = document({ Sid: 'NoLists', Effect: 'Deny', Action: 'sso:list*', Resource: '*' })
  await change(reader.role.permissionSetArn, { inlinePolicy })
  await expect(ssoAdmin(reader).call('ListPermissionSets', { InstanceArn })).rejects.toThrow(
    'with an explicit deny in an identity-based policy',
  )
})

test('a tag of the session decides where a policy asks for it', async () => {
  const InstanceArn = await instanceArn()
  const inlinePolicy = document({
    Effect: 'Allow',
    Action: 'sso:ListPermissionSets',
    Resource: 'arn:aws:sso:::instance/*',
    Condition: { StringEquals: { 'aws:PrincipalTag/CostCenter': ['research', 'development'] } },
  })
  const { role } = await credentialsOf('ReadOnlyAccess')
  await change(role.permissionSetArn, { managedPolicies: [], inlinePolicy })
  const allowed = await credentialsOf('ReadOnlyAccess', { tags: { costCenter: 'research' } })
  await ssoAdmin(allowed).call('ListPermissionSets', { InstanceArn })
  for (const tags of [{ costCenter: 'sales' }, {}]) {
    const refused = await credentialsOf('ReadOnlyAccess', { tags })
    await expect(ssoAdmin(refused).call('ListPermissionSets', { InstanceArn })).rejects.toThrow(
      'because no identity-based policy allows',
    )
  }
})

test('service control policies restrict a member account, and never the management account', async () => {
  const { store } = server.context
  await store.transaction(async (tx) => {
    const organization = await tx.organizations.find()
    if (!organization) throw new Error('The example has an organization.')
    await tx.organizations.update({ ...organization, serviceControlPolicies: true })
    const accounts = (await tx.accounts.list({ limit: 100 })).items
    for (const targetId of [organization.rootId, ...accounts.map(({ id }) => id)]) {
      await tx.organizationPolicies.attach({ targetId, policyId: FULL_AWS_ACCESS.id })
    }
    const id = 'p-examplepolicy1' as never
    const content = document({ Effect: 'Deny', Action: 'organizations:Describe*', Resource: '*' })
    await tx.organizationPolicies.insert({ id, name: 'x', description: '', content, createdAt: server.clock.now() })
    await tx.organizationPolicies.attach({ targetId: organization.rootId, policyId: id })
    await tx.policyChanges.bump()
  })
  await server.context.policies.refresh()
  const member = await credentialsOf('AdministratorAccess', { accountId: DEVELOPMENT })
  const asMember = server.client('organizations', { credentials: member.credentials })
  await expect(asMember.call('DescribeOrganization', {})).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `User: ${member.arn} is not authorized to perform: organizations:DescribeOrganization on resource: * with an explicit deny in a service control policy`,
  })
  const management = await credentialsOf('AdministratorAccess')
  const asManagement = server.client('organizations', { credentials: management.credentials })
  await asManagement.call('DescribeOrganization', {}).catch((error) => expect(error.name).not.toMatch(/AccessDenied/))
})

test('whose credentials these are may be asked by everybody, whatever a policy denies', async () => {
  const { role } = await credentialsOf('ReadOnlyAccess')
  await change(role.permissionSetArn, {
    inlinePolicy: document({ Effect: 'Deny', Action: '*', Resource: '*' }),
  })
  const denied = await credentialsOf('ReadOnlyAccess')
  const sts = server.client('sts', { credentials: denied.credentials })
  expect(await sts.call('GetCallerIdentity', {})).toMatchObject({ Arn: denied.arn })
  await expect(sts.call('GetAccessKeyInfo', { AccessKeyId: 'ASIAQNZGKIQY56JQ7WML' })).rejects.toMatchObject({
    name: 'AccessDenied',
    statusCode: 403,
  })
})

test('tags of what is asked for, and tags that are to be given, decide where a policy asks for them', async () => {
  const InstanceArn = await instanceArn()
  const ofTeam = (key: string) => ({ StringEquals: { [key]: `\${aws:PrincipalTag/team}` } })
  const inlinePolicy = document(
    { Effect: 'Allow', Action: 'sso:*', Resource: 'arn:aws:sso:::instance/*' },
    {
      Effect: 'Allow',
      Action: 'sso:DescribePermissionSet',
      Resource: 'arn:aws:sso:::permissionSet/*/*',
      Condition: ofTeam('aws:ResourceTag/team'),
    },
    {
      Effect: 'Allow',
      Action: 'sso:CreatePermissionSet',
      Resource: 'arn:aws:sso:::permissionSet/*/*',
      Condition: { ...ofTeam('aws:RequestTag/team'), 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } },
    },
  )
  const { role } = await credentialsOf('ReadOnlyAccess')
  const { store } = server.context
  await change(role.permissionSetArn, { managedPolicies: [], inlinePolicy })
  const PermissionSetArn = role.permissionSetArn
  await store.tags.put(PermissionSetArn, [{ key: 'team', value: 'red' }])
  const red = ssoAdmin(await credentialsOf('ReadOnlyAccess', { tags: { team: 'red' } }))
  const blue = ssoAdmin(await credentialsOf('ReadOnlyAccess', { tags: { team: 'blue' } }))
  await red.call('DescribePermissionSet', { InstanceArn, PermissionSetArn })
  await expect(blue.call('DescribePermissionSet', { InstanceArn, PermissionSetArn })).rejects.toThrow('because no')
  const create = (client: typeof red, ...Tags: object[]) =>
    client.call('CreatePermissionSet', { InstanceArn, Name: 'Tagged', Tags })
  await expect(create(blue, { Key: 'team', Value: 'red' })).rejects.toThrow('because no')
  await expect(create(red, { Key: 'team', Value: 'red' }, { Key: 'x', Value: 'y' })).rejects.toThrow('because no')
  await create(red, { Key: 'team', Value: 'red' })
})

test('a policy that names a role is not passed by with other capitals', async () => {
  const { store } = server.context
  await store.roles.insert({
    accountId: MANAGEMENT,
    name: 'Payroll',
    path: '/finance/',
    id: 'AROA12345678901234567',
    assumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { AWS: MANAGEMENT }, Action: 'sts:AssumeRole' }),
    maxSessionDuration: 3600,
    tags: [],
    createdAt: server.clock.now(),
  })
  const { role } = await credentialsOf('AdministratorAccess')
  const Resource = `arn:aws:iam::${MANAGEMENT}:role/finance/Payroll`
  await change(role.permissionSetArn, {
    inlinePolicy: document({ Effect: 'Deny', Action: 'iam:GetRole', Resource }),
  })
  const { credentials } = await credentialsOf('AdministratorAccess')
  const iam = server.client('iam', { credentials })
  for (const RoleName of ['Payroll', 'PAYROLL']) {
    await expect(iam.call('GetRole', { RoleName })).rejects.toMatchObject({
      name: 'AccessDenied',
      statusCode: 403,
      message: expect.stringContaining(`on resource: ${Resource} with an explicit deny in an identity-based policy`),
    })
  }
})

test('a member account may ask for its organization, and for nothing else of it', async () => {
  const { credentials } = await credentialsOf('AdministratorAccess', { accountId: DEVELOPMENT })
  const organizations = server.client('organizations', { credentials })
  expect(await organizations.call('DescribeOrganization', {})).toHaveProperty('Organization')
  await expect(organizations.call('ListAccounts', {})).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: "You don't have permissions to access this resource.",
  })
})
