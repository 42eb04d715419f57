import { hours } from '@mayfly/identity-center/duration'
import type { Client } from '@mayfly/wire/call'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { registerClient, roleCredentials, signInWithPkce, startDevice } from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

let server: TestServer
let portal: Client
let accessToken: string

beforeEach(async () => {
  server = await startTestServer()
  portal = server.client('sso')
  accessToken = (await signInWithPkce(server, 'alice')).tokens.accessToken
})
afterEach(() => server.close())

const tokenOf = async (userName: string) => (await signInWithPkce(server, userName)).tokens.accessToken

test('a user sees the accounts with at least one role, by name', async () => {
  const { accountList } = await portal.call('ListAccounts', { accessToken: await tokenOf('bob') })
  expect(accountList).toEqual([
    { accountId: '222233334444', accountName: 'Acme Development', emailAddress: 'aws-development@acme.example' },
    { accountId: '333344445555', accountName: 'Acme Production', emailAddress: 'aws-production@acme.example' },
    { accountId: '555566667777', accountName: 'Acme Sandbox', emailAddress: 'aws-sandbox@acme.example' },
    { accountId: '444455556666', accountName: 'Acme Staging', emailAddress: 'aws-staging@acme.example' },
  ])
})

test('a user sees its roles in an account by permission set name', async () => {
  const answer = await portal.call('ListAccountRoles', { accessToken, accountId: '111122223333' })
  expect(answer).toEqual({
    roleList: [
      { roleName: 'AdministratorAccess', accountId: '111122223333' },
      { roleName: 'Billing', accountId: '111122223333' },
      { roleName: 'ReadOnlyAccess', accountId: '111122223333' },
    ],
  })
})

test('pages follow one another to the end, and the last has no token', async () => {
  const names: unknown[] = []
  let nextToken: unknown
  do {
    const page = await portal.call('ListAccounts', { accessToken, maxResults: 3, ...(nextToken ? { nextToken } : {}) })
    names.push(...(page['accountList'] as { accountName: string }[]).map(({ accountName }) => accountName))
    nextToken = page['nextToken']
  } while (nextToken)
  expect(names).toHaveLength(7)
  expect(new Set(names).size).toBe(7)
})

test('a page token works for the caller, the operation and the account it was made for, and for a day', async () => {
  const { nextToken } = await portal.call('ListAccounts', { accessToken, maxResults: 1 })
  const roles = { accessToken, accountId: '111122223333', maxResults: 1 }
  const { nextToken: ofRoles } = await portal.call('ListAccountRoles', roles)
  const refused = { name: 'InvalidRequestException' }
  await expect(portal.call('ListAccounts', { accessToken: await tokenOf('bob'), nextToken })).rejects.toMatchObject(
    refused,
  )
  await expect(portal.call('ListAccountRoles', { ...roles, nextToken })).rejects.toMatchObject(refused)
  const elsewhere = { ...roles, accountId: '222233334444', nextToken: ofRoles }
  await expect(portal.call('ListAccountRoles', elsewhere)).rejects.toMatchObject(refused)
  await expect(portal.call('ListAccounts', { accessToken, nextToken: 'made up' })).rejects.toMatchObject(refused)
  await expect(portal.call('ListAccounts', { accessToken, nextToken })).resolves.toHaveProperty('accountList')
})

test('more than a hundred, or none, is not a page size', async () => {
  for (const maxResults of [0, 101]) {
    const attempt = portal.call('ListAccounts', { accessToken, maxResults })
    await expect(attempt).rejects.toMatchObject({ name: 'InvalidRequestException' })
  }
})

test('an account without a role, one that is not there, and no account number at all get the same 403', async () => {
  const bob = await tokenOf('bob')
  for (const accountId of ['111122223333', '000000000000', 'x']) {
    const roles = portal.call('ListAccountRoles', { accessToken: bob, accountId })
    await expect(roles).rejects.toMatchObject({ name: 'ForbiddenException', message: 'No access' })
    const keys = portal.call('GetRoleCredentials', { accessToken: bob, accountId, roleName: 'AdministratorAccess' })
    await expect(keys).rejects.toMatchObject({ name: 'ForbiddenException', message: 'No access' })
  }
  const raw = await server.inject({
    url: '/federation/credentials?account_id=111122223333&role_name=AdministratorAccess',
    headers: { 'x-amz-sso_bearer_token': bob },
  })
  expect(raw.statusCode).toBe(403)
  expect(raw.json()).toEqual({ __type: 'com.amazonaws.switchboard.portal#ForbiddenException', message: 'No access' })
})

test('role credentials live as long as the permission set says, in milliseconds on the wire', async () => {
  for (const [roleName, length] of [
    ['AdministratorAccess', hours(1)] as const,
    ['ReadOnlyAccess', hours(8)] as const,
  ]) {
    const answer = await portal.call('GetRoleCredentials', { accessToken, accountId: '222233334444', roleName })
    expect(answer).toMatchObject({
      roleCredentials: {
        accessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
        secretAccessKey: expect.stringMatching(/^[\w+/]{40}$/),
        expiration: server.clock.now().getTime() + length,
      },
    })
  }
})

test('the header is taken with hyphens too, as browser extensions send it', async () => {
  const response = await server.inject({
    url: '/assignment/accounts',
    headers: { 'x-amz-sso-bearer-token': accessToken },
  })
  expect(response.statusCode).toBe(200)
})

test('without a token, with a bad one, and with one that opens nothing the answer is the same 401', async () => {
  const toolkit = await registerClient(server, { scopes: ['codewhisperer:completions'] })
  const { poll, allow } = await startDevice(server, toolkit)
  await allow(await server.signIn('alice'))
  const { accessToken: opensNothing } = await poll()
  for (const headers of [{}, { 'x-amz-sso_bearer_token': 'x' }, { 'x-amz-sso_bearer_token': opensNothing }]) {
    const response = await server.inject({ url: '/assignment/accounts?max_result=0', headers })
    expect(response.statusCode).toBe(401)
    expect(response.headers['x-amzn-errortype']).toBe('UnauthorizedException')
    expect(response.json()).toMatchObject({ message: 'Session token not found or invalid' })
  }
})

test('Logout answers 200 with nothing', async () => {
  const response = await server.inject({
    method: 'POST',
    url: '/logout',
    headers: { 'x-amz-sso_bearer_token': accessToken },
  })
  expect(response.statusCode).toBe(200)
  expect(['', '{}']).toContain(response.body)
})

test('a user who was disabled gets no role credentials with the token it has', async () => {
  const { session, tokens } = await signInWithPkce(server, 'bob')
  const bob = await server.context.store.users.get(session.userId)
  await server.context.store.users.update({ ...bob, status: 'DISABLED' })
  const role = { accountId: '222233334444', roleName: 'ReadOnlyAccess' }
  await expect(roleCredentials(portal, tokens.accessToken, role)).rejects.toMatchObject({
    name: 'UnauthorizedException',
  })
})

test('an assignment that was removed gives no more role credentials', async () => {
  const { store } = server.context
  const { items } = await store.accountAssignments.list({}, { limit: 100 })
  for (const { createdAt, ...assignment } of items) await store.accountAssignments.delete(assignment)
  const role = { accountId: '222233334444', roleName: 'ReadOnlyAccess' }
  await expect(roleCredentials(portal, accessToken, role)).rejects.toMatchObject({ name: 'ForbiddenException' })
})
