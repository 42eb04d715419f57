import { seconds } from '@mayfly/identity-center/duration'
import { DEFAULT_QUOTAS } from '@mayfly/identity-center/quotas'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { roleCredentials, signInWithPkce } from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const MANAGEMENT = '111122223333'
const DEVELOPMENT = '222233334444'
const SANDBOX = '555566667777'
const ROOT = 'r-4c60'

let server: TestServer
let call: Call

beforeEach(async () => {
  server = await startTestServer()
  call = answering((await signedClients(server))('organizations'))
})
afterEach(() => server.close())

/** Makes a unit and gives its id. */
async function createUnit(name: string, parentId: string = ROOT): Promise<string> {
  const { OrganizationalUnit } = await call('CreateOrganizationalUnit', { ParentId: parentId, Name: name })
  return OrganizationalUnit.Id
}

const parentOf = async (ChildId: string): Promise<string> => (await call('ListParents', { ChildId })).Parents[0].Id

const refused = (name: string, reason?: string) => ({
  name: `${name}Exception`,
  ...(reason === undefined ? {} : { members: expect.objectContaining({ Reason: reason }) }),
})

test('the organization says who manages it, and where its root is', async () => {
  const { Organization } = await call('DescribeOrganization')
  expect(Organization).toMatchObject({
    Id: 'o-7223b1e5f2',
    Arn: `arn:aws:organizations::${MANAGEMENT}:organization/o-7223b1e5f2`,
    FeatureSet: 'ALL',
    MasterAccountId: MANAGEMENT,
    MasterAccountArn: `arn:aws:organizations::${MANAGEMENT}:account/o-7223b1e5f2/${MANAGEMENT}`,
    MasterAccountEmail: 'aws-management@acme.example',
  })
  expect(await call('ListRoots')).toEqual({
    Roots: [
      {
        Id: ROOT,
        Arn: `arn:aws:organizations::${MANAGEMENT}:root/o-7223b1e5f2/${ROOT}`,
        Name: 'Root',
        PolicyTypes: [],
      },
    ],
  })
})

test('an organization that is there is not made again, nor deleted while accounts are in it', async () => {
  await expect(call('CreateOrganization')).rejects.toMatchObject(refused('AlreadyInOrganization'))
  await expect(call('DeleteOrganization')).rejects.toMatchObject(refused('OrganizationNotEmpty'))
})

test('units lie in units, five deep, one of a name in each', async () => {
  const first = await createUnit('Teams')
  expect(first).toMatch(/^ou-4c60-[a-z0-9]{8}$/)
  await expect(createUnit('Teams')).rejects.toMatchObject(refused('DuplicateOrganizationalUnit'))
  let deepest = first
  for (const name of ['two', 'three', 'four', 'five']) deepest = await createUnit(name, deepest)
  await expect(createUnit('six', deepest)).rejects.toMatchObject(
    refused('ConstraintViolation', 'OU_DEPTH_LIMIT_EXCEEDED'),
  )
  const { OrganizationalUnit } = await call('DescribeOrganizationalUnit', { OrganizationalUnitId: deepest })
  expect(OrganizationalUnit.Path.split('/')).toHaveLength(8)
  expect(await call('ListParents', { ChildId: first })).toEqual({ Parents: [{ Id: ROOT, Type: 'ROOT' }] })
  const children = await call('ListChildren', { ParentId: first, ChildType: 'ORGANIZATIONAL_UNIT' })
  expect(children.Children).toHaveLength(1)
  await expect(createUnit('x', 'ou-4c60-nowhere1')).rejects.toMatchObject(refused('ParentNotFound'))
})

test('an organization has so many units and no more', async () => {
  const quotas = { ...DEFAULT_QUOTAS, organizationalUnits: 5 }
  const small = await startTestServer({ quotas })
  onTestFinished(() => small.close())
  const create = async (Name: string) =>
    (await signedClients(small))('organizations').call('CreateOrganizationalUnit', { ParentId: ROOT, Name })
  await create('Fifth')
  await expect(create('Sixth')).rejects.toMatchObject(refused('ConstraintViolation', 'OU_NUMBER_LIMIT_EXCEEDED'))
})

test('a unit is renamed, and deleted once it is empty', async () => {
  const [teams, others] = [await createUnit('Teams'), await createUnit('Others')]
  const rename = (Name: string) => call('UpdateOrganizationalUnit', { OrganizationalUnitId: teams, Name })
  await expect(rename('Others')).rejects.toMatchObject(refused('DuplicateOrganizationalUnit'))
  expect((await rename('People')).OrganizationalUnit).toMatchObject({ Id: teams, Name: 'People' })
  const move = { AccountId: SANDBOX, SourceParentId: await parentOf(SANDBOX), DestinationParentId: others }
  await call('MoveAccount', move)
  const remove = (id: string) => call('DeleteOrganizationalUnit', { OrganizationalUnitId: id })
  await expect(remove(others)).rejects.toMatchObject(refused('OrganizationalUnitNotEmpty'))
  await remove(teams)
  await expect(remove(teams)).rejects.toMatchObject(refused('OrganizationalUnitNotFound'))
})

test('an account moves, and says from then on where it lies', async () => {
  const teams = await createUnit('Teams')
  const move = (source: string, destination: string) =>
    call('MoveAccount', { AccountId: SANDBOX, SourceParentId: source, DestinationParentId: destination })
  await move(await parentOf(SANDBOX), teams)
  const { Account } = await call('DescribeAccount', { AccountId: SANDBOX })
  expect(Account).toMatchObject({
    Name: 'Acme Sandbox',
    Status: 'ACTIVE',
    State: 'ACTIVE',
    JoinedMethod: 'CREATED',
    Paths: [`o-7223b1e5f2/${ROOT}/${teams}/${SANDBOX}/`],
  })
  expect((await call('ListAccountsForParent', { ParentId: teams })).Accounts).toEqual([Account])
  await expect(move(ROOT, teams)).rejects.toMatchObject(refused('DuplicateAccount'))
  await expect(move(ROOT, ROOT)).rejects.toMatchObject(refused('AccountNotFound'))
  await expect(move('ou-4c60-nowhere1', ROOT)).rejects.toMatchObject(refused('SourceParentNotFound'))
  await expect(move(teams, 'ou-4c60-nowhere1')).rejects.toMatchObject(refused('DestinationParentNotFound'))
})

test('accounts come page by page, and a page token is good for its own list alone', async () => {
  const ids: string[] = []
  let NextToken: string | undefined
  do {
    const page = await call('ListAccounts', { MaxResults: 3, ...(NextToken ? { NextToken } : {}) })
    ids.push(...page.Accounts.map(({ Id }: { Id: string }) => Id))
    NextToken = page.NextToken
    if (NextToken) {
      const elsewhere = call('ListAccountsForParent', { ParentId: ROOT, NextToken })
      await expect(elsewhere).rejects.toMatchObject(refused('InvalidInput', 'INVALID_NEXT_TOKEN'))
    }
  } while (NextToken !== undefined)
  expect(ids).toHaveLength(7)
  expect(new Set(ids).size).toBe(7)
  const tooMany = call('ListAccounts', { MaxResults: 21 })
  await expect(tooMany).rejects.toMatchObject(refused('InvalidInput', 'MAX_VALUE_EXCEEDED'))
})

test('an account is asked for, and there once its request has succeeded; an address is used once', async () => {
  const create = (Email: string) => call('CreateAccount', { Email, AccountName: 'Team A' })
  const { CreateAccountStatus: asked } = await create('team-a@acme.example')
  expect(asked).toMatchObject({ State: 'IN_PROGRESS', AccountName: 'Team A' })
  expect(asked).not.toHaveProperty('AccountId')
  const { CreateAccountStatus: done } = await call('DescribeCreateAccountStatus', { CreateAccountRequestId: asked.Id })
  expect(done).toMatchObject({ State: 'SUCCEEDED', AccountId: expect.stringMatching(/^\d{12}$/) })
  const role = await server.context.store.roles.findByName(done.AccountId, 'OrganizationAccountAccessRole')
  expect(role?.assumeRolePolicyDocument).toContain(`arn:aws:iam::${MANAGEMENT}:root`)
  const { CreateAccountStatus: again } = await create('TEAM-A@acme.example')
  const { CreateAccountStatus: failed } = await call('DescribeCreateAccountStatus', {
    CreateAccountRequestId: again.Id,
  })
  expect(failed).toMatchObject({ State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS' })
  expect((await call('ListCreateAccountStatus', { States: ['FAILED'] })).CreateAccountStatuses).toEqual([failed])
  expect((await call('ListCreateAccountStatus')).CreateAccountStatuses).toHaveLength(2)
  const nothing = call('DescribeCreateAccountStatus', { CreateAccountRequestId: 'car-00000000' })
  await expect(nothing).rejects.toMatchObject(refused('CreateAccountStatusNotFound'))
})

test('twenty who ask for accounts at once get as many as the quota has left, each with its own number', async () => {
  const asked = await Promise.allSettled(
    Array.from({ length: 20 }, (_, number) =>
      call('CreateAccount', { Email: `team-${number}@acme.example`, AccountName: `Team ${number}` }),
    ),
  )
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  expect(asked.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: refused('ConstraintViolation', 'ACCOUNT_NUMBER_LIMIT_EXCEEDED'),
  })
  expect(await server.context.store.accounts.count()).toBe(10)
})

test('an account that exists elsewhere joins when it is invited, by its number', async () => {
  const invite = (Id: string, Type = 'ACCOUNT') =>
    call('InviteAccountToOrganization', { Target: { Id, Type }, Tags: [{ Key: 'Name', Value: 'Team B' }] })
  const { Handshake } = await invite('999988887777')
  expect(Handshake).toMatchObject({ State: 'ACCEPTED', Action: 'INVITE' })
  expect(await call('DescribeHandshake', { HandshakeId: Handshake.Id })).toEqual({ Handshake })
  const { Account } = await call('DescribeAccount', { AccountId: '999988887777' })
  expect(Account).toMatchObject({ Name: 'Team B', JoinedMethod: 'INVITED' })
  await expect(invite('999988887777')).rejects.toMatchObject(
    refused('HandshakeConstraintViolation', 'ALREADY_IN_AN_ORGANIZATION'),
  )
  await expect(invite('a@b.example', 'EMAIL')).rejects.toMatchObject(
    refused('InvalidInput', 'INVALID_PARTY_TYPE_TARGET'),
  )
})

test('a closed account is pending, then suspended, and its roles and credentials are gone at once', async () => {
  const { tokens } = await signInWithPkce(server, 'bob')
  const role = { accountId: SANDBOX, roleName: 'SandboxDeploy' }
  const inside = await roleCredentials(server.client('sso'), tokens.accessToken, role)
  await server.clock.advance(seconds(1))
  await call('CloseAccount', { AccountId: SANDBOX })
  const describe = async () => (await call('DescribeAccount', { AccountId: SANDBOX })).Account
  expect(await describe()).toMatchObject({ Status: 'PENDING_CLOSURE', State: 'PENDING_CLOSURE' })
  await server.clock.advance(seconds(5))
  expect(await describe()).toMatchObject({ Status: 'SUSPENDED', State: 'CLOSED' })
  const identify = server.client('sts', { credentials: inside }).call('GetCallerIdentity', {})
  await expect(identify).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  await expect(roleCredentials(server.client('sso'), tokens.accessToken, role)).rejects.toThrow()
  await expect(call('CloseAccount', { AccountId: SANDBOX })).rejects.toMatchObject(refused('AccountAlreadyClosed'))
  const management = call('CloseAccount', { AccountId: MANAGEMENT })
  await expect(management).rejects.toMatchObject(refused('ConstraintViolation', 'CANNOT_CLOSE_MANAGEMENT_ACCOUNT'))
})

test('an account that is removed is gone with its assignments; the management account stays', async () => {
  const remove = (AccountId: string) => call('RemoveAccountFromOrganization', { AccountId })
  await remove(DEVELOPMENT)
  await expect(remove(DEVELOPMENT)).rejects.toMatchObject(refused('AccountNotFound'))
  await expect(call('DescribeAccount', { AccountId: DEVELOPMENT })).rejects.toMatchObject(refused('AccountNotFound'))
  const { tokens } = await signInWithPkce(server, 'bob')
  const { accountList } = await server.client('sso').call('ListAccounts', { accessToken: tokens.accessToken })
  expect(JSON.stringify(accountList)).not.toContain(DEVELOPMENT)
  await expect(remove(MANAGEMENT)).rejects.toMatchObject(refused('MasterCannotLeaveOrganization'))
})

test('an organization of the management account alone is deleted, and made anew', async () => {
  const { Accounts } = await call('ListAccounts')
  for (const { Id } of Accounts) if (Id !== MANAGEMENT) await call('RemoveAccountFromOrganization', { AccountId: Id })
  await createUnit('Teams')
  await call('DeleteOrganization')
  await expect(call('DescribeOrganization')).rejects.toMatchObject(refused('AWSOrganizationsNotInUse'))
  await expect(call('ListAccounts')).rejects.toMatchObject(refused('AWSOrganizationsNotInUse'))
  const { Organization } = await call('CreateOrganization')
  expect(Organization.Id).not.toBe('o-7223b1e5f2')
  const { Roots } = await call('ListRoots')
  expect(await call('ListOrganizationalUnitsForParent', { ParentId: Roots[0].Id })).toEqual({ OrganizationalUnits: [] })
  expect((await call('ListAccountsForParent', { ParentId: Roots[0].Id })).Accounts).toHaveLength(1)
})
