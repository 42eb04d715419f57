/** What an administrator changes at one of three nodes counts at the others within a second. */

import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { type SmtpListener, startSmtpListener } from '../../packages/server/src/mail-delivery/testing/smtp-listener.ts'
import { findPostgres } from '../../packages/store/src/testing/engines.ts'
import type { SigningCredentials } from '../../packages/wire/src/signature-v4.ts'
import { Answered, Journey } from '../durability/journey.ts'
import { DEVELOPMENT, IDENTITY_STORE_ID, INSTANCE_ARN, MANAGEMENT } from '../harness/example.ts'
import { type SignedCall, signedCall, timeUntil } from '../harness/signed-call.ts'
import { type Cluster, startCluster } from './cluster.ts'

const missing = await findPostgres().then((answer) => ('missing' in answer ? answer.missing : undefined))
const PERMISSION_SETS = { InstanceArn: INSTANCE_ARN }

describe.skipIf(missing !== undefined)('three nodes, administered', () => {
  let cluster: Cluster
  let smtp: SmtpListener
  let journey: Journey
  /** Alice, as the administrator of the organization. */
  let call: SignedCall
  let others: readonly string[]

  beforeAll(async () => {
    smtp = await startSmtpListener()
    cluster = await startCluster({
      MAYFLY_SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
      MAYFLY_MAIL_FROM: 'no-reply@acme.example',
    })
    others = cluster.nodes.slice(1).map(({ origin }) => origin)
  })
  afterAll(async () => {
    await cluster.stop()
    await smtp.close()
  })
  beforeEach(async () => {
    journey = await Journey.start(cluster.nodes[0].origin)
    onTestFinished(() => journey.stop())
    await journey.registerClient()
    await journey.consent()
    await journey.redeemCode()
    call = signedCall(cluster.nodes[0].origin, await journey.takeRole(MANAGEMENT, 'AdministratorAccess'))
  })

  /** A new permission set that allows `Action`, assigned to alice in an account; its ARN. */
  async function assign(name: string, Action: string, accountId = DEVELOPMENT): Promise<string> {
    const { PermissionSet } = await call('sso-admin', 'CreatePermissionSet', { ...PERMISSION_SETS, Name: name })
    const { PermissionSetArn } = PermissionSet as { PermissionSetArn: string }
    const place = { ...PERMISSION_SETS, PermissionSetArn }
    await call('sso-admin', 'PutInlinePolicyToPermissionSet', { ...place, InlinePolicy: allow(Action) })
    await call('sso-admin', 'CreateAccountAssignment', { ...place, ...(await toAlice(accountId)) })
    return PermissionSetArn
  }

  const allow = (Action: string): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })

  async function toAlice(accountId: string): Promise<Record<string, string>> {
    const AlternateIdentifier = { UniqueAttribute: { AttributePath: 'userName', AttributeValue: 'alice' } }
    const found = await call('identitystore', 'GetUserId', { IdentityStoreId: IDENTITY_STORE_ID, AlternateIdentifier })
    return {
      TargetId: accountId,
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'USER',
      PrincipalId: String(found['UserId']),
    }
  }

  /** Whether a call is allowed with these keys at each of the other nodes: none, all, or some. */
  async function allowedAt(keys: SigningCredentials, operation = 'ListRoles'): Promise<'none' | 'all' | 'some'> {
    const asked = others.map((origin) => isAllowed(() => signedCall(origin, keys)('iam', operation, {})))
    const answers = new Set(await Promise.all(asked))
    if (answers.size > 1) return 'some'
    return answers.has(true) ? 'all' : 'none'
  }

  test('what a permission set allows changes with its provisioning', async () => {
    const PermissionSetArn = await assign('Changing', 'iam:ListRoles')
    const keys = await journey.takeRole(DEVELOPMENT, 'Changing')
    await timeUntil(async () => (await allowedAt(keys)) === 'all')
    const place = { ...PERMISSION_SETS, PermissionSetArn }
    await call('sso-admin', 'PutInlinePolicyToPermissionSet', { ...place, InlinePolicy: allow('iam:ListPolicies') })
    await call('sso-admin', 'ProvisionPermissionSet', { ...place, TargetType: 'ALL_PROVISIONED_ACCOUNTS' })
    expect(await timeUntil(async () => (await allowedAt(keys)) === 'none')).toBeLessThan(1000)
    expect(await timeUntil(async () => (await allowedAt(keys, 'ListPolicies')) === 'all')).toBeLessThan(1000)
  })

  test('a service control policy binds, and lets go', async () => {
    await assign('Bound', 'iam:*')
    const keys = await journey.takeRole(DEVELOPMENT, 'Bound')
    await timeUntil(async () => (await allowedAt(keys)) === 'all')
    const { Roots } = (await call('organizations', 'ListRoots', {})) as {
      Roots: { Id: string; PolicyTypes: object[] }[]
    }
    const RootId = Roots[0]?.Id
    if (Roots[0]?.PolicyTypes.length === 0)
      await call('organizations', 'EnablePolicyType', { RootId, PolicyType: 'SERVICE_CONTROL_POLICY' })
    const Content = allow('iam:ListRoles').replace('Allow', 'Deny')
    const made = { Name: 'NoRoles', Description: 'x', Type: 'SERVICE_CONTROL_POLICY', Content }
    const { Policy } = await call('organizations', 'CreatePolicy', made)
    const PolicyId = (Policy as { PolicySummary: { Id: string } }).PolicySummary.Id
    await call('organizations', 'AttachPolicy', { PolicyId, TargetId: DEVELOPMENT })
    expect(await timeUntil(async () => (await allowedAt(keys)) === 'none')).toBeLessThan(1000)
    await call('organizations', 'DetachPolicy', { PolicyId, TargetId: DEVELOPMENT })
    expect(await timeUntil(async () => (await allowedAt(keys)) === 'all')).toBeLessThan(1000)
  })

  test('an assignment that is removed takes its credentials with it', async () => {
    const PermissionSetArn = await assign('Removed', 'iam:*')
    const keys = await journey.takeRole(DEVELOPMENT, 'Removed')
    await timeUntil(async () => (await allowedAt(keys)) === 'all')
    const assignment = { ...PERMISSION_SETS, PermissionSetArn, ...(await toAlice(DEVELOPMENT)) }
    await call('sso-admin', 'DeleteAccountAssignment', assignment)
    expect(await timeUntil(async () => (await allowedAt(keys)) === 'none')).toBeLessThan(1000)
    for (const origin of others) {
      journey.origin = origin
      await expect(journey.takeRole(DEVELOPMENT, 'Removed')).rejects.toMatchObject({ status: 403 })
    }
  })

  test('a user who is disabled by a call is shut out, with keys and tokens', async () => {
    const bob = await Journey.start(cluster.nodes[1].origin, 'bob')
    onTestFinished(() => bob.stop())
    await bob.registerClient()
    await bob.consent()
    await bob.redeemCode()
    const keys = await bob.takeRole(DEVELOPMENT, 'PowerUserAccess')
    const identity = (origin: string) => () => signedCall(origin, keys)('sts', 'GetCallerIdentity', {})
    for (const { origin } of cluster.nodes) await identity(origin)()
    const AlternateIdentifier = { UniqueAttribute: { AttributePath: 'userName', AttributeValue: 'bob' } }
    const found = await call('identitystore', 'GetUserId', { IdentityStoreId: IDENTITY_STORE_ID, AlternateIdentifier })
    await call('mayfly', 'SetUserStatus', { UserId: found['UserId'], Status: 'DISABLED' })
    for (const origin of others) {
      expect(await timeUntil(async () => !(await isAllowed(identity(origin))))).toBeLessThan(1000)
      bob.origin = origin
      await expect(bob.listAccounts()).rejects.toBeInstanceOf(Answered)
    }
    await call('mayfly', 'SetUserStatus', { UserId: found['UserId'], Status: 'ENABLED' })
  })

  test('keys that rotate under load sign nobody out, at any node', async () => {
    const keys = await journey.takeRole(MANAGEMENT, 'AdministratorAccess')
    let isDone = false
    const refused: string[] = []
    const load = cluster.nodes.map(async ({ origin }) => {
      while (!isDone) {
        const answer = await signedCall(origin, keys)('sts', 'GetCallerIdentity', {}).catch((error: Error) => error)
        if (answer instanceof Error) refused.push(String(answer))
      }
    })
    expect(await cluster.command('keys', 'rotate')).toContain('new keys are in use')
    // What one node makes with the newest keys, every other must know at once.
    for (let turn = 0; turn < 6; turn += 1) {
      const [maker, user] = [cluster.nodes[turn % 3], cluster.nodes[(turn + 1) % 3]]
      journey.origin = maker?.origin ?? ''
      const made = await journey.takeRole(MANAGEMENT, 'AdministratorAccess')
      await signedCall(user?.origin ?? '', made)('sts', 'GetCallerIdentity', {})
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
    isDone = true
    await Promise.all(load)
    expect(refused).toEqual([])
  })

  test('of three nodes one sends each mail, once', async () => {
    const before = smtp.received.length
    for (let number = 0; number < 9; number += 1) {
      const name = `mail${number}`
      const { UserId } = await call('identitystore', 'CreateUser', {
        IdentityStoreId: IDENTITY_STORE_ID,
        UserName: name,
        DisplayName: name,
        Name: { GivenName: name, FamilyName: name },
        Emails: [{ Value: `${name}@acme.example`, Primary: true }],
      })
      await call('mayfly', 'InviteUser', { UserId, SendEmail: true }, cluster.nodes[number % 3]?.origin)
    }
    await timeUntil(async () => smtp.received.length >= before + 9)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const recipients = smtp.received.slice(before).map((mail) => /^To: .*(mail\d)@/m.exec(mail)?.[1])
    expect(recipients.sort()).toEqual(Array.from({ length: 9 }, (_, number) => `mail${number}`))
  })

  test('the three write one chain of audit events, which is whole', async () => {
    await Promise.all(
      cluster.nodes.flatMap(({ origin }) =>
        Array.from({ length: 10 }, () => call('sso-admin', 'ListInstances', {}, origin)),
      ),
    )
    const client = new pg.Client(cluster.postgres.url)
    await client.connect()
    onTestFinished(() => client.end())
    const count = async () => Number((await client.query('select count(*) from audit_events')).rows[0].count)
    const report = async () => JSON.parse(await cluster.command('audit', 'verify', '--json')) as Record<string, unknown>
    expect(await timeUntil(async () => (await report())['unsealed'] === 0)).toBeLessThan(5000)
    expect(await report()).toMatchObject({ events: await count(), problems: [] })
  })
})

/** False when it was refused as one who may not. */
async function isAllowed(use: () => Promise<unknown>): Promise<boolean> {
  try {
    await use()
    return true
  } catch (error) {
    if (error instanceof Error && /AccessDenied|InvalidClientTokenId|ExpiredToken/.test(error.name)) return false
    throw error
  }
}
