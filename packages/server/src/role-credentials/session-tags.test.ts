import { afterEach, beforeEach, expect, test } from 'vitest'
import { antiForgeryToken } from '../caller/session-cookie.ts'
import { INSTANCE_ARN, signedClients } from '../testing/administrator.ts'
import { createRole, trusts } from '../testing/roles.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

const ACCOUNT = '222233334444'
const DENIED = { name: 'AccessDenied' }

const attribute = (path: string): string => `\${path:${path}}`

/** `Person` is the user name, `Where` a fixed text. */
async function turnOn(): Promise<void> {
  const administrator = await signedClients(server)
  await administrator('sso-admin').call('CreateInstanceAccessControlAttributeConfiguration', {
    InstanceArn: INSTANCE_ARN,
    InstanceAccessControlAttributeConfiguration: {
      AccessControlAttributes: [
        { Key: 'Person', Value: { Source: [attribute('userName')] } },
        { Key: 'Where', Value: { Source: ['Acme'] } },
        { Key: 'Desk', Value: { Source: [attribute('title')] } },
      ],
    },
  })
}

const tagged = (person: string) => ({
  StringEquals: { 'aws:PrincipalTag/Person': person, 'aws:PrincipalTag/Where': 'Acme' },
  Null: { 'aws:PrincipalTag/Desk': 'true' },
})

test('attributes for access control are the tags of sessions that begin from then on', async () => {
  const RoleArn = await createRole(server, { trust: [trusts(ACCOUNT, tagged('alice'))] })
  const other = await createRole(server, { name: 'Other', trust: [trusts(ACCOUNT, tagged('bob'))] })
  const asked = { RoleArn, RoleSessionName: 'job' }
  const before = await signedClients(server, { accountId: ACCOUNT })
  await turnOn()
  const since = await signedClients(server, { accountId: ACCOUNT })
  await expect(before('sts').call('AssumeRole', asked)).rejects.toMatchObject(DENIED)
  await expect(since('sts').call('AssumeRole', asked)).resolves.toHaveProperty('Credentials')
  await expect(since('sts').call('AssumeRole', { ...asked, RoleArn: other })).rejects.toMatchObject(DENIED)
})

test('the record of GetRoleCredentials says which key was handed out, as whom, and with which tags', async () => {
  await turnOn()
  const since = await signedClients(server, { accountId: ACCOUNT })
  const issued = (await server.context.store.auditEvents.list({ page: { limit: 1 } })).items[0]
  const caller = await since('sts').call('GetCallerIdentity', {})
  const asked = (await server.context.store.auditEvents.list({ page: { limit: 1 } })).items[0]
  expect(issued).toMatchObject({
    eventName: 'GetRoleCredentials',
    additionalEventData: {
      assumedRoleUser: { assumedRoleId: caller['UserId'], arn: caller['Arn'] },
      accessKeyId: asked?.userIdentity['accessKeyId'],
      principalTags: { Person: 'alice', Where: 'Acme' },
    },
  })
})

test('a user whose attributes have no room in a session token gets no session', async () => {
  const administrator = await signedClients(server)
  const long = (index: number) =>
    Buffer.from(server.context.random.bytes(192)).toString('base64url').slice(0, 256) + (index % 10)
  await administrator('sso-admin').call('CreateInstanceAccessControlAttributeConfiguration', {
    InstanceArn: INSTANCE_ARN,
    InstanceAccessControlAttributeConfiguration: {
      AccessControlAttributes: Array.from({ length: 50 }, (_, index) => ({
        Key: `Key${index}`,
        Value: { Source: [long(index).slice(0, 256)] },
      })),
    },
  })
  await expect(signedClients(server)).rejects.toMatchObject({ name: 'InvalidRequestException' })
})

test('they do not go on to a role that is assumed', async () => {
  await turnOn()
  const tagless = { Null: { 'aws:PrincipalTag/Person': 'true' } }
  const first = await createRole(server, { trust: [trusts(ACCOUNT)] })
  const second = await createRole(server, { name: 'Second', trust: [trusts(ACCOUNT, tagless)] })
  const alice = await signedClients(server, { accountId: ACCOUNT })
  const { Credentials } = await alice('sts').call('AssumeRole', { RoleArn: first, RoleSessionName: 'job' })
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials as Record<string, string>
  const credentials = {
    accessKeyId: String(AccessKeyId),
    secretAccessKey: String(SecretAccessKey),
    sessionToken: String(SessionToken),
  }
  const call = server.client('sts', { credentials }).call('AssumeRole', { RoleArn: second, RoleSessionName: 'job' })
  await expect(call).resolves.toHaveProperty('Credentials')
  await expect(alice('sts').call('AssumeRole', { RoleArn: second, RoleSessionName: 'job' })).rejects.toMatchObject(
    DENIED,
  )
})

test('the console acts with the same tags', async () => {
  await turnOn()
  const session = await server.signIn('alice')
  const cookie = `cookie of ${session.id}`
  const { store } = server.context
  const set = await store.permissionSets.findByName('AdministratorAccess')
  const deny = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Deny', Action: 'sso:ListPermissionSets', Resource: '*', Condition: tagged('alice') },
      { Effect: 'Allow', Action: '*', Resource: '*' },
    ],
  }
  const administrator = await signedClients(server)
  await administrator('sso-admin').call('PutInlinePolicyToPermissionSet', {
    InstanceArn: INSTANCE_ARN,
    PermissionSetArn: set?.arn,
    InlinePolicy: JSON.stringify(deny),
  })
  await administrator('sso-admin').call('ProvisionPermissionSet', {
    InstanceArn: INSTANCE_ARN,
    PermissionSetArn: set?.arn,
    TargetType: 'ALL_PROVISIONED_ACCOUNTS',
  })
  const ask = (operation: string) =>
    server.inject({
      method: 'POST',
      url: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `SWBExternalService.${operation}`,
        cookie: `mayfly-session=${cookie}`,
        'x-mayfly-anti-forgery': antiForgeryToken(cookie),
        'x-mayfly-role': '111122223333/AdministratorAccess',
      },
      payload: JSON.stringify({ InstanceArn: INSTANCE_ARN }),
    })
  expect((await ask('ListInstances')).statusCode).toBe(200)
  expect((await ask('ListPermissionSets')).body).toContain('explicit deny')
})
