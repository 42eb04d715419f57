/** The administrator of an account to which Identity Center was delegated wants the management account. */

import { beforeEach, expect, test } from 'vitest'
import type { AccountId } from '../../packages/identity-center/src/identifiers.ts'
import { INSTANCE_ARN, signedClients } from '../../packages/server/src/testing/administrator.ts'
import { JWT_BEARER } from '../../packages/server/src/testing/test-application.ts'
import { startTestIssuer } from '../../packages/server/src/testing/test-issuer.ts'
import { startTestServer, type TestServer } from '../../packages/server/src/testing/test-server.ts'
import type { ServiceName } from '../../packages/wire/src/model/service-model.ts'

const MANAGEMENT = '111122223333'
const SECURITY = '777788889999'
const denied = { name: 'AccessDeniedException', message: expect.stringContaining('is not authorized to perform') }

let server: TestServer
let delegate: (service: ServiceName) => ReturnType<TestServer['client']>
/** alice administers the management account by the group Administrators, bob has no access to it. */
let alice: string
let bob: string
let store: { IdentityStoreId: string }

beforeEach(async () => {
  server = await startTestServer()
  const { context } = server
  await context.store.delegatedAdministrators.insert({
    accountId: SECURITY as AccountId,
    servicePrincipal: 'sso.amazonaws.com',
    enabledAt: server.clock.now(),
  })
  context.policies.changed()
  delegate = await signedClients(server, { accountId: SECURITY })
  const idOf = async (name: string) => String((await context.store.users.findByUserName(name))?.id)
  alice = await idOf('alice')
  bob = await idOf('bob')
  store = { IdentityStoreId: (await context.instance()).identityStoreId }
  return () => server.close()
})

const groupId = async (name: string): Promise<string> =>
  String((await server.context.store.groups.findByDisplayName(name))?.id)

test('he joins no group that has access to it, by whatever name, and takes nobody out', async () => {
  const directory = delegate('identitystore')
  const administrators = { ...store, GroupId: await groupId('Administrators') }
  const bobInThere = { ...administrators, MemberId: { UserId: bob } }
  await expect(directory.call('CreateGroupMembership', bobInThere)).rejects.toMatchObject(denied)
  await expect(directory.call('DeleteGroup', administrators)).rejects.toMatchObject(denied)
  const { GroupMemberships } = (await directory.call('ListGroupMemberships', administrators)) as {
    GroupMemberships: { MembershipId: string }[]
  }
  const { MembershipId } = GroupMemberships[0] ?? {}
  await expect(directory.call('DeleteGroupMembership', { ...store, MembershipId })).rejects.toMatchObject(denied)
  const developers = { ...store, GroupId: await groupId('Developers'), MemberId: { UserId: alice } }
  await directory.call('CreateGroupMembership', developers)
})

test('he becomes nobody who has access to it: no link, no new address, no authenticator taken away', async () => {
  const Operations = [{ AttributePath: 'emails', AttributeValue: [{ value: 'eve@example.com', primary: true }] }]
  const takeovers: [ServiceName, string, object][] = [
    ['mayfly', 'InviteUser', {}],
    ['mayfly', 'ResetUserPassword', {}],
    ['mayfly', 'ResetUserMfa', {}],
    ['mayfly', 'DeleteUserMfaDevice', { MfaDeviceId: '00000000-0000-4000-8000-000000000000' }],
    ['mayfly', 'SetUserStatus', { Status: 'DISABLED' }],
    ['mayfly', 'SetUserStatus', { Status: 'ENABLED' }],
    ['mayfly', 'UnlockUser', {}],
    ['identitystore', 'UpdateUser', { ...store, Operations }],
    ['identitystore', 'DeleteUser', store],
  ]
  for (const [service, operation, input] of takeovers) {
    const call = delegate(service).call(operation, { UserId: alice, ...input })
    await expect(call, operation).rejects.toMatchObject(denied)
  }
  await delegate('mayfly').call('DescribeUserAccess', { UserId: alice })
  await delegate('mayfly').call('ResetUserPassword', { UserId: bob })
})

test('he tags no permission set that is provisioned there, and changes nothing that belongs to it', async () => {
  const Tags = [{ Key: 'tier', Value: 'none' }]
  const set = await server.context.store.permissionSets.findByName('Billing')
  const tagged = delegate('sso-admin').call('TagResource', { ResourceArn: set?.arn, Tags })
  await expect(tagged).rejects.toMatchObject(denied)
  const { ApplicationArn } = await (await signedClients(server))('sso-admin').call('CreateApplication', {
    InstanceArn: INSTANCE_ARN,
    ApplicationProviderArn: 'arn:aws:sso::aws:applicationProvider/custom',
    Name: 'of management',
  })
  for (const [operation, input] of [
    ['PutApplicationAccessScope', { ApplicationArn, Scope: 'sso:account:access' }],
    ['UpdateApplication', { ApplicationArn, Name: 'his' }],
    ['TagResource', { ResourceArn: ApplicationArn, Tags }],
  ] as const) {
    await expect(delegate('sso-admin').call(operation, input), operation).rejects.toMatchObject(denied)
  }
})

test('an application that believes his own issuer opens every account but that one', async () => {
  const issuer = await startTestIssuer(server)
  const admin = delegate('sso-admin')
  const { ApplicationArn } = await admin.call('CreateApplication', {
    InstanceArn: INSTANCE_ARN,
    ApplicationProviderArn: 'arn:aws:sso::aws:applicationProvider/custom',
    Name: 'his',
  })
  await admin.call('PutApplicationAssignmentConfiguration', { ApplicationArn, AssignmentRequired: false })
  await admin.call('PutApplicationAccessScope', { ApplicationArn, Scope: 'sso:account:access' })
  const { TrustedTokenIssuerArn } = await admin.call('CreateTrustedTokenIssuer', {
    InstanceArn: INSTANCE_ARN,
    Name: 'his',
    TrustedTokenIssuerType: 'OIDC_JWT',
    TrustedTokenIssuerConfiguration: {
      OidcJwtConfiguration: {
        IssuerUrl: issuer.url,
        ClaimAttributePath: 'email',
        IdentityStoreAttributePath: 'emails.value',
        JwksRetrievalOption: 'OPEN_ID_DISCOVERY',
      },
    },
  })
  const JwtBearer = { AuthorizedTokenIssuers: [{ TrustedTokenIssuerArn, AuthorizedAudiences: ['notebook'] }] }
  await admin.call('PutApplicationGrant', { ApplicationArn, GrantType: JWT_BEARER, Grant: { JwtBearer } })
  const Statement = { Effect: 'Allow', Principal: '*', Action: 'sso-oauth:CreateTokenWithIAM', Resource: '*' }
  await admin.call('PutApplicationAuthenticationMethod', {
    ApplicationArn,
    AuthenticationMethodType: 'IAM',
    AuthenticationMethod: { Iam: { ActorPolicy: { Version: '2012-10-17', Statement: [Statement] } } },
  })
  const { accessToken } = await delegate('sso-oidc').call('CreateTokenWithIAM', {
    clientId: ApplicationArn,
    grantType: JWT_BEARER,
    assertion: await issuer.sign(),
  })
  const portal = server.client('sso')
  const role = { accessToken, roleName: 'AdministratorAccess' }
  await portal.call('GetRoleCredentials', { ...role, accountId: '222233334444' })
  await expect(portal.call('GetRoleCredentials', { ...role, accountId: MANAGEMENT })).rejects.toMatchObject({
    name: 'ForbiddenException',
  })
})
