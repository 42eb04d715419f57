import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { IamRole } from '@mayfly/identity-center/iam/role'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import { evaluate } from '@mayfly/identity-center/policy/evaluate'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SessionPolicies } from '../role-credentials/issuer.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import type { CallerPolicies, PolicyHolder } from './policies.ts'

const ACCOUNT = '222233334444' as AccountId
const document = (action: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })

let folder: string
let one: TestServer
let other: TestServer
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mayfly-'))
  const databaseUrl = `sqlite:${join(folder, 'mayfly.db')}`
  one = await startTestServer({ databaseUrl })
  other = await startTestServer({ databaseUrl })
})
afterEach(async () => {
  await one.close()
  await other.close()
  await rm(folder, { recursive: true })
})

const session = (sessionPolicies?: SessionPolicies): PolicyHolder => ({
  accountId: ACCOUNT,
  roleName: 'Deployer',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Deployer/x`,
  ...(sessionPolicies === undefined ? {} : { sessionPolicies }),
})

const mayGet = (policies: CallerPolicies): boolean =>
  evaluate({ action: 's3:GetObject', resource: '*', context: new Map() }, policies).allowed

async function insertRole(members: Partial<IamRole> = {}): Promise<void> {
  await one.context.store.roles.insert({
    accountId: ACCOUNT,
    name: 'Deployer',
    path: '/',
    id: 'AROA12345678901234567',
    assumeRolePolicyDocument: '{}',
    maxSessionDuration: 3600,
    tags: [],
    createdAt: one.clock.now(),
    ...members,
  })
}

const put = async (text: string): Promise<void> =>
  one.context.store.transaction(async (tx) => {
    await tx.rolePolicies.put(ACCOUNT, 'Deployer', { name: 'inline', document: text })
    await tx.policyChanges.bump()
  })

test('a change counts on every node as soon as it has looked at the number of changes', async () => {
  await insertRole()
  for (const { context } of [one, other]) expect(mayGet(await context.policies.of(session()))).toBe(false)
  await put(document('s3:Get*'))
  expect(mayGet(await one.context.policies.of(session()))).toBe(false)
  for (const { context } of [one, other]) {
    await context.policies.refresh()
    expect(mayGet(await context.policies.of(session()))).toBe(true)
  }
})

test('nothing is read from the store while nothing changes', async () => {
  await insertRole()
  await put(document('s3:Get*'))
  const { policies, store } = one.context
  await policies.refresh()
  const arns = ['arn:aws:iam::aws:policy/ReadOnlyAccess']
  await policies.of(session({ arns, inline: document('s3:*') }))
  await store.close()
  for (let call = 0; call < 3; call += 1) {
    expect(mayGet(await policies.of(session({ arns, inline: document('s3:*') })))).toBe(true)
  }
  await expect(policies.of({ ...session(), roleName: 'Other' })).rejects.toThrow()
})

test('a policy of AWS’s without a document grants nothing, and as a boundary allows nothing', async () => {
  const unknown = 'arn:aws:iam::aws:policy/NobodyKnows'
  await insertRole({ permissionsBoundary: unknown })
  await put(document('s3:Get*'))
  const { policies } = one.context
  await policies.refresh()
  const found = await policies.of(session({ arns: [unknown] }))
  expect(found.permissionsBoundary).toEqual([])
  expect(found.session).toEqual([])
  expect(mayGet(found)).toBe(false)
})

test.each(['AWSDenyAll', 'AWSCompromisedKeyQuarantineV3'])('%s denies, whatever else is attached', async (name) => {
  await insertRole()
  await put(document('s3:Get*'))
  const { policies, store } = one.context
  await store.rolePolicies.attach(ACCOUNT, 'Deployer', 'arn:aws:iam::aws:policy/AdministratorAccess')
  await policies.refresh()
  expect(mayGet(await policies.of(session()))).toBe(true)
  await store.rolePolicies.attach(ACCOUNT, 'Deployer', `arn:aws:iam::aws:policy/${name}`)
  policies.changed()
  expect(mayGet(await policies.of(session()))).toBe(false)
})

test('a stored document that cannot be read denies everything, and the log says so', async () => {
  await insertRole()
  await one.context.store.rolePolicies.attach(ACCOUNT, 'Deployer', 'arn:aws:iam::aws:policy/AdministratorAccess')
  await put('{"Statement":[{"Effect":"Deny"}]}')
  await one.context.policies.refresh()
  expect(mayGet(await one.context.policies.of(session()))).toBe(false)
  expect(one.logged.join()).toContain('cannot be read, and denies everything')
})

test('session policies of one session are not those of another', async () => {
  await insertRole()
  await put(document('s3:Get*'))
  const { policies } = one.context
  await policies.refresh()
  expect(mayGet(await policies.of(session({ arns: [], inline: document('ec2:*') })))).toBe(false)
  expect(mayGet(await policies.of(session({ arns: [], inline: document('s3:*') })))).toBe(true)
  expect(mayGet(await policies.of(session()))).toBe(true)
})
