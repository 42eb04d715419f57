import { afterEach, beforeEach, expect, test } from 'vitest'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const ACCOUNT = '222233334444'
const READ = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

let server: TestServer
let administrator: Call

beforeEach(async () => {
  server = await startTestServer()
  administrator = answering((await signedClients(server, { accountId: ACCOUNT }))('iam'))
})
afterEach(() => server.close())

interface Statement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: string | readonly string[]
  readonly Resource: string
  readonly Condition?: object
}

const policy = (...Statement: readonly Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement })

/** A user with these permissions, who asks by a key of their own. */
async function userWith(UserName: string, ...statements: readonly Statement[]): Promise<{ call: Call; id: string }> {
  await administrator('CreateUser', { UserName })
  await administrator('PutUserPolicy', { UserName, PolicyName: 'in', PolicyDocument: policy(...statements) })
  const { AccessKey } = await administrator('CreateAccessKey', { UserName })
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = AccessKey
  const client = server.client('iam', { credentials: { accessKeyId, secretAccessKey } })
  return { call: answering(client), id: accessKeyId }
}

const allow = (Action: string | readonly string[], Resource = '*', Condition?: object): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
})

const denied = (action: string, resource: string) => ({
  name: 'AccessDenied',
  message: expect.stringContaining(`is not authorized to perform: ${action} on resource: ${resource}`),
})

const arnOf = (user: string) => `arn:aws:iam::${ACCOUNT}:user/${user}`

test('a user who may manage their own keys names nobody, or themselves, and no other', async () => {
  const own = `arn:aws:iam::*:user/\${aws:username}`
  const { call, id } = await userWith('build', allow(['iam:*AccessKey*', 'iam:GetUser'], own))
  await administrator('CreateUser', { UserName: 'other' })
  expect((await call('GetUser')).User).toMatchObject({ UserName: 'build' })
  const { AccessKey } = await call('CreateAccessKey')
  expect(AccessKey).toMatchObject({ UserName: 'build' })
  expect((await call('ListAccessKeys')).AccessKeyMetadata).toHaveLength(2)
  expect((await call('GetAccessKeyLastUsed', { AccessKeyId: id })).UserName).toBe('build')
  await call('UpdateAccessKey', { AccessKeyId: AccessKey.AccessKeyId, Status: 'Inactive' })
  await call('DeleteAccessKey', { UserName: 'BUILD', AccessKeyId: AccessKey.AccessKeyId })
  const elsewhere = { UserName: 'other' }
  for (const operation of ['CreateAccessKey', 'ListAccessKeys', 'GetUser']) {
    await expect(call(operation, elsewhere)).rejects.toMatchObject(denied(`iam:${operation}`, arnOf('other')))
  }
  await expect(call('ListUsers')).rejects.toMatchObject(denied('iam:ListUsers', '*'))
})

test('when a key was used is told to whoever may ask it of the user of the key', async () => {
  const { id } = await userWith('other', allow('iam:GetUser'))
  const { call } = await userWith('build', allow('iam:GetAccessKeyLastUsed', arnOf('build')))
  const asked = call('GetAccessKeyLastUsed', { AccessKeyId: id })
  await expect(asked).rejects.toMatchObject(denied('iam:GetAccessKeyLastUsed', arnOf('other')))
})

test('another name or path has to be allowed beside the one before', async () => {
  const { call } = await userWith('build', allow('iam:UpdateUser', arnOf('ci/*')))
  await administrator('CreateUser', { UserName: 'one', Path: '/ci/' })
  await call('UpdateUser', { UserName: 'one', NewUserName: 'two' })
  const out = call('UpdateUser', { UserName: 'TWO', NewPath: '/ops/' })
  await expect(out).rejects.toMatchObject(denied('iam:UpdateUser', arnOf('ops/two')))
  const taken = call('UpdateUser', { UserName: 'build', NewPath: '/ci/' })
  await expect(taken).rejects.toMatchObject(denied('iam:UpdateUser', arnOf('build')))
})

test('whoever may give policies only to users within a boundary cannot do so beyond it, nor take it away', async () => {
  const bounded = { StringEquals: { 'iam:PermissionsBoundary': READ } }
  const { call } = await userWith(
    'delegate',
    allow(['iam:CreateUser', 'iam:AttachUserPolicy', 'iam:PutUserPermissionsBoundary'], '*', bounded),
    allow('iam:DeleteUserPermissionsBoundary'),
    { ...allow('iam:DeleteUserPermissionsBoundary', '*', bounded), Effect: 'Deny' },
  )
  await administrator('CreateUser', { UserName: 'free' })
  const more = { PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }
  await expect(call('CreateUser', { UserName: 'new' })).rejects.toMatchObject(denied('iam:CreateUser', arnOf('new')))
  await expect(call('AttachUserPolicy', { UserName: 'free', ...more })).rejects.toMatchObject({ name: 'AccessDenied' })
  await call('CreateUser', { UserName: 'new', PermissionsBoundary: READ })
  await call('AttachUserPolicy', { UserName: 'new', ...more })
  const other = { UserName: 'new', PermissionsBoundary: more.PolicyArn }
  await expect(call('PutUserPermissionsBoundary', other)).rejects.toMatchObject({ name: 'AccessDenied' })
  const without = call('DeleteUserPermissionsBoundary', { UserName: 'new' })
  await expect(without).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('a user of a closed account asks nothing more', async () => {
  const { call } = await userWith('build', allow('iam:*'))
  await call('ListUsers')
  const organizations = answering((await signedClients(server))('organizations'))
  await organizations('CloseAccount', { AccountId: ACCOUNT })
  await expect(call('ListUsers')).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
})
