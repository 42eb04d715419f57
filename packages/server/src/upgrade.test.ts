/** What earlier versions stored and handed out goes on to work: databases of packages/store/src/migrations/released. */

import { hours, minutes, seconds } from '@mayfly/identity-center/duration'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import type { ServiceName } from '@mayfly/wire/model/service-model'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import { expect, onTestFinished, test } from 'vitest'
import { forEachEngine } from '../../store/src/testing/engines.ts'
import { createReleased, readReleased } from '../../store/src/testing/released.ts'
import { sealEvents } from './audit-chain/seal.ts'
import { verifyChain } from './audit-chain/verify.ts'
import { deleteExpired } from './housekeeping.ts'
import { INSTANCE_ARN } from './testing/administrator.ts'
import { answering } from './testing/answering.ts'
import { createTokens, redeemCode, refresh, roleCredentials, type TestClient, type Tokens } from './testing/journeys.ts'
import { startTestServer, type TestServer } from './testing/test-server.ts'
import { TestBrowser } from './web/testing/test-browser.ts'

interface Person {
  readonly cookies: Readonly<Record<string, string>>
  readonly client: TestClient
  readonly tokens: Tokens
}
interface Example {
  readonly alice: Person & {
    readonly spentRefreshToken: string
    readonly administrator: SigningCredentials
    readonly developer: SigningCredentials
  }
  readonly bob: Person & {
    readonly deviceTokens: Tokens
    readonly developer: SigningCredentials
    readonly waiting: { readonly client: TestClient; readonly deviceCode: string; readonly userCode: string }
    readonly code: { readonly client: TestClient; readonly code: string }
  }
  readonly carol: Person & { readonly link: string }
  readonly dora: Pick<Person, 'client' | 'tokens'> & { readonly developer: SigningCredentials }
}
interface Started {
  readonly accountId: string
  readonly recoveryCodes: readonly string[]
  readonly ada: Person & { readonly administrator: SigningCredentials }
}

interface Administered {
  readonly alice: Person & { readonly administrator: SigningCredentials; readonly developer: SigningCredentials }
  /** Who took the role `/ci/Deploy`. */
  readonly build: SigningCredentials
}

await forEachEngine((engine) => {
  /** The server on a database of before, a second after the earlier one was stopped. */
  async function upgrade<Held>(name: string): Promise<{ server: TestServer; held: Held }> {
    const held = readReleased<Held>(name)
    const databaseUrl = await createReleased(engine, name)
    const clock = new TestClock(held.now)
    const server = await startTestServer({ databaseUrl, example: name.endsWith('example') }, { clock, seed: 'newer' })
    onTestFinished(() => server.close())
    return { server, held }
  }

  const identityOf = (server: TestServer, credentials: SigningCredentials) =>
    server.client('sts', { credentials }).call('GetCallerIdentity', {})

  const browserOf = (server: TestServer, { cookies }: Person): TestBrowser => {
    const browser = new TestBrowser(server)
    for (const [name, value] of Object.entries(cookies)) browser.cookies.set(name, value)
    return browser
  }

  test('sessions, tokens, codes and keys of before work on', async () => {
    const { server, held } = await upgrade<Example>('0.1.0-example')
    const { alice, bob } = held
    for (const accessToken of [alice.tokens, bob.tokens, bob.deviceTokens].map((tokens) => tokens.accessToken))
      await expect(server.client('sso').call('ListAccounts', { accessToken })).resolves.toHaveProperty('accountList')
    for (const credentials of [alice.administrator, alice.developer, bob.developer])
      await expect(identityOf(server, credentials)).resolves.toHaveProperty('Arn')
    expect((await browserOf(server, alice).open('/portal/me')).status).toBe(200)
    await redeemCode(server, bob.code.client, bob.code.code)
    const again = await refresh(server, alice.client, alice.tokens.refreshToken)
    await roleCredentials(server.client('sso'), again.accessToken, {
      accountId: '222233334444',
      roleName: 'ReadOnlyAccess',
    })
    const { client, deviceCode, userCode } = bob.waiting
    const poll = () =>
      createTokens(server, client, { grantType: 'urn:ietf:params:oauth:grant-type:device_code', deviceCode })
    await expect(poll()).rejects.toMatchObject({ name: 'AuthorizationPendingException' })
    const browser = browserOf(server, bob)
    const page = await browser.open(`/device?user_code=${userCode}`)
    await browser.send(await browser.send(page, { user_code: userCode }), { decision: 'allow' })
    await server.clock.advance(seconds(10))
    await expect(poll()).resolves.toHaveProperty('accessToken')
  })

  test('what ended before is over still', async () => {
    const { server, held } = await upgrade<Example>('0.1.0-example')
    const { alice, carol, dora } = held
    await expect(refresh(server, dora.client, dora.tokens.refreshToken)).rejects.toMatchObject({ statusCode: 400 })
    await expect(identityOf(server, dora.developer)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
    const { accessToken } = carol.tokens
    await expect(server.client('sso').call('ListAccounts', { accessToken })).rejects.toMatchObject({ statusCode: 401 })
    await server.clock.advance(hours(1))
    await expect(identityOf(server, alice.administrator)).rejects.toMatchObject({ name: 'ExpiredToken' })
    await expect(identityOf(server, alice.developer)).resolves.toHaveProperty('Arn')
  })

  test('a refresh token that was spent before ends its family when it is seen again', async () => {
    const { server, held } = await upgrade<Example>('0.1.0-example')
    const { client, spentRefreshToken, tokens } = held.alice
    await server.clock.advance(minutes(5))
    await expect(refresh(server, client, spentRefreshToken)).rejects.toMatchObject({ statusCode: 400 })
    await expect(refresh(server, client, tokens.refreshToken)).rejects.toMatchObject({ statusCode: 400 })
  })

  test('passwords, links and wrong tries of before count', async () => {
    const { server, held } = await upgrade<Example>('0.1.0-example')
    expect((await new TestBrowser(server).signIn('alice', 'mayfly-example')).status).toBe(303)
    expect((await new TestBrowser(server).signIn('dora', 'mayfly-example')).status).toBe(403)
    const browser = new TestBrowser(server)
    const page = await browser.open(held.carol.link)
    const done = await browser.send(page, { newPassword: 'Another-one-2', newPasswordAgain: 'Another-one-2' })
    expect(done.status).toBe(303)
    expect((await new TestBrowser(server).signIn('carol', 'Another-one-2')).status).toBe(303)
  })

  test('keys of before administer, and what was assigned can be changed and withdrawn', async () => {
    const { server, held } = await upgrade<Example>('0.1.0-example')
    const { alice, bob } = held
    const as = (service: ServiceName) => server.client(service, { credentials: alice.administrator })
    const { PermissionSets = [] } = (await as('sso-admin').call('ListPermissionSets', {
      InstanceArn: INSTANCE_ARN,
    })) as { PermissionSets?: string[] }
    expect(PermissionSets).toHaveLength(5)
    for (const PermissionSetArn of PermissionSets) {
      const place = {
        InstanceArn: INSTANCE_ARN,
        PermissionSetArn,
        ProvisioningStatus: 'LATEST_PERMISSION_SET_PROVISIONED',
      }
      const { AccountIds = [] } = await as('sso-admin').call('ListAccountsForProvisionedPermissionSet', place)
      expect(AccountIds).not.toEqual([])
    }
    const { store } = server.context
    const set = await store.permissionSets.findByName('PowerUserAccess')
    const group = await store.groups.findByDisplayName('Developers')
    const assignment = {
      TargetId: '222233334444',
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'GROUP',
      PrincipalId: group?.id,
    }
    const place = { InstanceArn: INSTANCE_ARN, PermissionSetArn: set?.arn }
    await as('sso-admin').call('UpdatePermissionSet', { ...place, SessionDuration: 'PT2H' })
    await as('sso-admin').call('ProvisionPermissionSet', { ...place, TargetType: 'ALL_PROVISIONED_ACCOUNTS' })
    await expect(identityOf(server, bob.developer)).resolves.toHaveProperty('Arn')
    await server.clock.advance(seconds(2))
    await as('sso-admin').call('DeleteAccountAssignment', { ...place, ...assignment })
    const role = { accountId: '222233334444', roleName: 'PowerUserAccess' }
    const { accessToken } = bob.tokens
    await expect(roleCredentials(server.client('sso'), accessToken, role)).rejects.toMatchObject({ statusCode: 403 })
  })

  test('the directory and the organization answer as if they had always been there', async () => {
    const { server, held } = await upgrade<Example>('0.1.0-example')
    const as = (service: ServiceName) => server.client(service, { credentials: held.alice.administrator })
    const IdentityStoreId = 'd-9067a1b2c3'
    const { Users } = (await as('identitystore').call('ListUsers', { IdentityStoreId })) as {
      Users: { UserName: string; UserId: string }[]
    }
    expect(Users.map(({ UserName }) => UserName).sort()).toEqual(['alice', 'bob', 'carol', 'dora'])
    // Bob and carol have one address, which nothing forbade.
    for (const { UserId } of Users) {
      const Operations = [{ AttributePath: 'title', AttributeValue: 'Engineer' }]
      await as('identitystore').call('UpdateUser', { IdentityStoreId, UserId, Operations })
      await as('mayfly').call('SetUserStatus', { UserId, Status: 'ENABLED' })
    }
    const { Roots } = (await as('organizations').call('ListRoots', {})) as { Roots: { Id: string }[] }
    const { Accounts } = (await as('organizations').call('ListAccountsForParent', { ParentId: Roots[0]?.Id })) as {
      Accounts: { Id: string; Email: string }[]
    }
    expect(Accounts).toHaveLength(8)
    const { OrganizationalUnit } = (await as('organizations').call('CreateOrganizationalUnit', {
      ParentId: Roots[0]?.Id,
      Name: 'Boxes',
    })) as { OrganizationalUnit: { Id: string } }
    // These two have one address too.
    for (const AccountId of ['555566667777', '888899990000'])
      await as('organizations').call('MoveAccount', {
        AccountId,
        SourceParentId: Roots[0]?.Id,
        DestinationParentId: OrganizationalUnit.Id,
      })
    await as('organizations').call('EnablePolicyType', { RootId: Roots[0]?.Id, PolicyType: 'SERVICE_CONTROL_POLICY' })
    await expect(identityOf(server, held.bob.developer)).resolves.toHaveProperty('Arn')
    const { store } = server.context
    expect(await store.accounts.find('555566667777' as AccountId)).toMatchObject({ parentId: OrganizationalUnit.Id })
  })

  test('the audit record of before is there, and the chain begins with it', async () => {
    const { server, held } = await upgrade<Example>('0.1.0-example')
    const { context } = server
    const before = (await context.store.auditEvents.list({ page: { limit: 100 } })).items
    expect(before.length).toBeGreaterThan(20)
    expect(before.map(({ eventName }) => eventName)).toContain('DisableUser')
    await sealEvents(context, 'node')
    const report = await verifyChain(context)
    expect(report).toMatchObject({ events: before.length, unsealed: 0, problems: [] })
    const events = await server
      .client('mayfly', { credentials: held.alice.administrator })
      .call('ListAuditEvents', { EventName: 'DisableUser' })
    expect(events['Events']).toHaveLength(1)
    await deleteExpired(context)
  })

  test('an account has its roles and policies of before, and users and keys beside them', async () => {
    const { server, held } = await upgrade<Administered>('0.2.0-example')
    expect(await identityOf(server, held.build)).toMatchObject({ Arn: expect.stringContaining('/Deploy/build') })
    const iam = answering(server.client('iam', { credentials: held.alice.developer }))
    const PolicyArn = 'arn:aws:iam::222233334444:policy/ci/Ship'
    expect((await iam('ListRolePolicies', { RoleName: 'Deploy' })).PolicyNames).toEqual(['in'])
    expect((await iam('ListUsers')).Users).toEqual([])
    await iam('CreateUser', { UserName: 'deploy' })
    await iam('AttachUserPolicy', { UserName: 'deploy', PolicyArn })
    expect((await iam('GetPolicy', { PolicyArn })).Policy.AttachmentCount).toBe(2)
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = (
      await iam('CreateAccessKey', { UserName: 'deploy' })
    ).AccessKey
    expect(await identityOf(server, { accessKeyId, secretAccessKey })).toMatchObject({
      Arn: 'arn:aws:iam::222233334444:user/deploy',
    })
    await sealEvents(server.context, 'node')
    expect((await verifyChain(server.context)).problems).toEqual([])
  })

  test('the first administrator’s link of before makes an administrator', async () => {
    const { server, held } = await upgrade<{ readonly link: string }>('0.1.0-fresh')
    const browser = new TestBrowser(server)
    const fields = { userName: 'ada', givenName: 'Ada', familyName: 'Lovelace', email: 'ada@example.com' }
    const page = await browser.open(held.link)
    const done = await browser.send(page, {
      ...fields,
      newPassword: 'Another-one-2',
      newPasswordAgain: 'Another-one-2',
    })
    expect([done.status, done.location]).toEqual([303, expect.stringContaining('/sign-in/mfa/register')])
  })

  test('an administrator of before administers the organization that the instance now has', async () => {
    const { server, held } = await upgrade<Started>('0.1.0-started')
    const { administrator, tokens } = held.ada
    const as = (service: ServiceName) => server.client(service, { credentials: administrator })
    const { Organization } = (await as('organizations').call('DescribeOrganization', {})) as { Organization: object }
    expect(Organization).toMatchObject({ MasterAccountId: held.accountId, FeatureSet: 'ALL' })
    const { store } = server.context
    const { identityStoreId: IdentityStoreId } = await store.instances.get()
    const user = { IdentityStoreId, UserName: 'eve', DisplayName: 'Eve', Name: { GivenName: 'Eve', FamilyName: 'E' } }
    const { UserId } = await as('identitystore').call('CreateUser', user)
    await expect(as('mayfly').call('InviteUser', { UserId })).resolves.toHaveProperty('Link')
    const role = { accountId: held.accountId, roleName: 'AdministratorAccess' }
    await expect(roleCredentials(server.client('sso'), tokens.accessToken, role)).resolves.toHaveProperty('accessKeyId')
    expect((await browserOf(server, held.ada).open('/portal/me')).status).toBe(200)
    // Her authenticator app is asked for, and a recovery code does in its place.
    const browser = new TestBrowser(server)
    const { location } = await browser.signIn('ada', 'Another-one-2')
    expect(location).toContain('/sign-in/mfa')
  })
})
