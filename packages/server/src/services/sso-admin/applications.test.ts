import type { Client } from '@mayfly/wire/call'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { INSTANCE_ARN, signedClients } from '../../testing/administrator.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const CUSTOM = 'arn:aws:sso::aws:applicationProvider/custom'
const NOWHERE = 'arn:aws:sso::111122223333:application/ssoins-7223b1e5f2a94c60/apl-0000000000000000'

let server: TestServer
let admin: Client

beforeEach(async () => {
  server = await startTestServer()
  admin = (await signedClients(server))('sso-admin')
})
afterEach(() => server.close())

const create = async (members: Record<string, unknown> = {}): Promise<string> => {
  const input = { InstanceArn: INSTANCE_ARN, ApplicationProviderArn: CUSTOM, Name: 'notebook', ...members }
  return String((await admin.call('CreateApplication', input))['ApplicationArn'])
}

const idOf = async (userName: string) => {
  const user = await server.context.store.users.findByUserName(userName)
  return String(user?.id)
}

/** Every page of a list, one item a page. */
async function every(operation: string, input: Record<string, unknown>, member: string): Promise<unknown[]> {
  const items: unknown[] = []
  let next: unknown
  do {
    const page = await admin.call(operation, { ...input, MaxResults: 1, ...(next ? { NextToken: next } : {}) })
    items.push(...(page[member] as unknown[]))
    next = page['NextToken']
  } while (next !== undefined)
  return items
}

test('an application is what it was created as, and SignInOptions are absent until they are set', async () => {
  const ApplicationArn = await create({ Description: 'for science', PortalOptions: { Visibility: 'DISABLED' } })
  expect(ApplicationArn).toMatch(/^arn:aws:sso::111122223333:application\/ssoins-7223b1e5f2a94c60\/apl-[0-9a-f]{16}$/)
  expect(await admin.call('DescribeApplication', { ApplicationArn })).toEqual({
    ApplicationArn,
    ApplicationProviderArn: CUSTOM,
    Name: 'notebook',
    Description: 'for science',
    ApplicationAccount: '111122223333',
    InstanceArn: INSTANCE_ARN,
    IdentityStoreArn: 'arn:aws:identitystore::111122223333:identitystore/d-9067a1b2c3',
    Status: 'ENABLED',
    PortalOptions: { Visibility: 'DISABLED' },
    CreatedDate: server.clock.now(),
    CreatedFrom: 'us-east-1',
  })
})

test('an update changes what it names, and keeps the rest', async () => {
  const ApplicationArn = await create({ Description: 'for science' })
  const SignInOptions = { Origin: 'APPLICATION', ApplicationUrl: 'https://notebook.example.com/' }
  await admin.call('UpdateApplication', { ApplicationArn, Status: 'DISABLED', PortalOptions: { SignInOptions } })
  expect(await admin.call('DescribeApplication', { ApplicationArn })).toMatchObject({
    Name: 'notebook',
    Description: 'for science',
    Status: 'DISABLED',
    PortalOptions: { Visibility: 'ENABLED', SignInOptions },
  })
})

test.each([
  [{ PortalOptions: { SignInOptions: { Origin: 'APPLICATION' } } }, 'ValidationException'],
  [{ ApplicationProviderArn: 'arn:aws:sso::aws:applicationProvider/custom-saml' }, 'ValidationException'],
  [{ ApplicationProviderArn: 'arn:aws:sso::aws:applicationProvider/nobodys' }, 'ResourceNotFoundException'],
  [{ InstanceArn: 'arn:aws:sso:::instance/ssoins-0000000000000000' }, 'AccessDeniedException'],
  [{ Name: '' }, 'ValidationException'],
])('an application with %o is refused with %s', async (members, name) => {
  await expect(create(members)).rejects.toMatchObject({ name })
})

test('the same client token gives the same application once; with another input it is a conflict', async () => {
  const ClientToken = 'once'
  const first = await create({ ClientToken })
  expect(await create({ ClientToken })).toBe(first)
  await expect(create({ ClientToken, Name: 'other' })).rejects.toMatchObject({ name: 'ConflictException' })
  expect(await create()).not.toBe(first)
  expect(await every('ListApplications', { InstanceArn: INSTANCE_ARN }, 'Applications')).toHaveLength(2)
})

test('of ten creates at once with one client token, all are told of one application', async () => {
  const arns = await Promise.all(Array.from({ length: 10 }, () => create({ ClientToken: 'once' })))
  expect(new Set(arns).size).toBe(1)
  expect(await every('ListApplications', { InstanceArn: INSTANCE_ARN }, 'Applications')).toHaveLength(1)
})

test('tags come with the application, and go with it', async () => {
  const ApplicationArn = await create({ Tags: [{ Key: 'team', Value: 'science' }] })
  const { tags } = server.context.store
  expect((await tags.list(ApplicationArn, { limit: 10 })).items).toEqual([{ key: 'team', value: 'science' }])
  await admin.call('DeleteApplication', { ApplicationArn })
  expect(await tags.countOf(ApplicationArn)).toBe(0)
  const gone = admin.call('DescribeApplication', { ApplicationArn })
  await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('applications are listed by account and by provider', async () => {
  await create()
  const list = (Filter: object) => every('ListApplications', { InstanceArn: INSTANCE_ARN, Filter }, 'Applications')
  expect(await list({ ApplicationAccount: '111122223333', ApplicationProvider: CUSTOM })).toHaveLength(1)
  expect(await list({ ApplicationAccount: '222233334444' })).toEqual([])
})

test('more applications than the quota are refused', async () => {
  const small = await startTestServer({ quotas: { ...server.context.config.quotas, applications: 1 } })
  const client = (await signedClients(small))('sso-admin')
  const input = { InstanceArn: INSTANCE_ARN, ApplicationProviderArn: CUSTOM, Name: 'x' }
  await client.call('CreateApplication', input)
  const second = client.call('CreateApplication', input)
  await expect(second).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' })
  await small.close()
})

test('the templates are listed and described', async () => {
  const providers = await every('ListApplicationProviders', {}, 'ApplicationProviders')
  expect(providers).toContainEqual(expect.objectContaining({ ApplicationProviderArn: CUSTOM }))
  const ApplicationProviderArn = 'arn:aws:sso::aws:applicationProvider/custom-saml'
  const saml = await admin.call('DescribeApplicationProvider', { ApplicationProviderArn })
  expect(saml).toMatchObject({ FederationProtocol: 'SAML' })
  const unknown = admin.call('DescribeApplicationProvider', { ApplicationProviderArn: `${CUSTOM}-unknown` })
  await expect(unknown).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('an assignment is made, found, and taken back, each as often as one likes', async () => {
  const ApplicationArn = await create()
  const assignment = { ApplicationArn, PrincipalType: 'USER', PrincipalId: await idOf('bob') }
  await admin.call('CreateApplicationAssignment', assignment)
  await admin.call('CreateApplicationAssignment', assignment)
  expect(await admin.call('DescribeApplicationAssignment', assignment)).toEqual(assignment)
  expect(await every('ListApplicationAssignments', { ApplicationArn }, 'ApplicationAssignments')).toEqual([assignment])
  await admin.call('DeleteApplicationAssignment', assignment)
  await admin.call('DeleteApplicationAssignment', assignment)
  const gone = admin.call('DescribeApplicationAssignment', assignment)
  await expect(gone).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test("what a user may use names the group through which; a group's own list is its own", async () => {
  const ApplicationArn = await create()
  const group = (await server.context.store.groups.list({ limit: 100 })).items.find(
    ({ displayName }) => displayName === 'Developers',
  )
  const PrincipalId = String(group?.id)
  await admin.call('CreateApplicationAssignment', { ApplicationArn, PrincipalType: 'GROUP', PrincipalId })
  const listOf = (principal: object) =>
    every(
      'ListApplicationAssignmentsForPrincipal',
      { InstanceArn: INSTANCE_ARN, ...principal },
      'ApplicationAssignments',
    )
  const expected = [{ ApplicationArn, PrincipalType: 'GROUP', PrincipalId }]
  expect(await listOf({ PrincipalType: 'USER', PrincipalId: await idOf('bob') })).toEqual(expected)
  expect(await listOf({ PrincipalType: 'GROUP', PrincipalId })).toEqual(expected)
  const direct = { ApplicationArn, PrincipalType: 'USER', PrincipalId: await idOf('bob') }
  const describe = admin.call('DescribeApplicationAssignment', direct)
  await expect(describe).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('nobody can be assigned who does not exist, and nothing to what does not', async () => {
  const ApplicationArn = await create()
  const unknown = { PrincipalType: 'USER', PrincipalId: '00000000-0000-0000-0000-000000000000' }
  const nobody = admin.call('CreateApplicationAssignment', { ApplicationArn, ...unknown })
  await expect(nobody).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const bob = { PrincipalType: 'USER', PrincipalId: await idOf('bob') }
  const nothing = admin.call('CreateApplicationAssignment', { ApplicationArn: NOWHERE, ...bob })
  await expect(nothing).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('an assignment is required until somebody says otherwise', async () => {
  const ApplicationArn = await create()
  const required = () => admin.call('GetApplicationAssignmentConfiguration', { ApplicationArn })
  expect(await required()).toEqual({ AssignmentRequired: true })
  await admin.call('PutApplicationAssignmentConfiguration', { ApplicationArn, AssignmentRequired: false })
  expect(await required()).toEqual({ AssignmentRequired: false })
})
