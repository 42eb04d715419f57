import { minutes, seconds } from '@mayfly/identity-center/duration'
import type { RevocationSubject } from '@mayfly/identity-center/revocation'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { roleCredentials, signInWithPkce } from '../../testing/journeys.ts'
import { assumeRole, createRole, credentialsOf, trusts } from '../../testing/roles.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const DEVELOPMENT = '222233334444'
const PRODUCTION = '333344445555'

let server: TestServer
/** Alice is an administrator of the development account. */
let alice: SigningCredentials

beforeEach(async () => {
  server = await startTestServer()
  alice = await take('alice', 'AdministratorAccess')
})
afterEach(() => server.close())

async function take(userName: string, roleName: string, accountId = DEVELOPMENT): Promise<SigningCredentials> {
  const { tokens } = await signInWithPkce(server, userName)
  return await roleCredentials(server.client('sso'), tokens.accessToken, { accountId, roleName })
}

const sts = (credentials: SigningCredentials) => server.client('sts', { credentials })
const identify = (credentials: SigningCredentials) => sts(credentials).call('GetCallerIdentity', {})

const assume = (by: SigningCredentials, arn: string, more: Record<string, unknown> = {}) =>
  assumeRole(server, by, arn, more)

const DENIED = { name: 'AccessDenied', statusCode: 403 }

test('a session of a chain lasts an hour at most, whatever the role allows', async () => {
  const arn = await createRole(server, { trust: [trusts(DEVELOPMENT)], maxSessionDuration: 43_200 })
  await expect(assume(alice, arn, { DurationSeconds: 3601 })).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringContaining(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    ),
  })
  await expect(assume(alice, arn, { DurationSeconds: 899 })).rejects.toMatchObject({ name: 'ValidationError' })
  const short = await credentialsOf(assume(alice, arn, { DurationSeconds: 900 }))
  await server.clock.advance(minutes(15))
  await expect(identify(short)).rejects.toMatchObject({ name: 'ExpiredToken' })
})

test('a source identity stays with every session of the chain, and needs a trust policy that takes it', async () => {
  const arn = await createRole(server, { trust: [trusts(DEVELOPMENT)] })
  const plain = await createRole(server, {
    name: 'Plain',
    trust: [{ Effect: 'Allow', Principal: { AWS: DEVELOPMENT }, Action: 'sts:AssumeRole' }],
  })
  await expect(assume(alice, plain, { SourceIdentity: 'alice' })).rejects.toMatchObject(DENIED)
  const answer = await assume(alice, arn, { SourceIdentity: 'alice' })
  expect(answer['SourceIdentity']).toBe('alice')
  const first = await credentialsOf(Promise.resolve(answer))
  expect((await assume(first, arn))['SourceIdentity']).toBe('alice')
  await expect(assume(first, arn, { SourceIdentity: 'mallory' })).rejects.toMatchObject(DENIED)
  await expect(assume(first, plain)).rejects.toMatchObject(DENIED)
})

test('a user whose name is no session name takes roles like everybody else', async () => {
  const { store } = server.context
  const user = await store.users.findByUserName('alice')
  if (!user) throw new Error('There is no alice.')
  await store.users.update({ ...user, userName: 'Alice Anders' })
  const odd = await take('Alice Anders', 'AdministratorAccess')
  const arn = await createRole(server, {
    trust: [{ Effect: 'Allow', Principal: { AWS: DEVELOPMENT }, Action: 'sts:AssumeRole' }],
  })
  expect((await assume(odd, arn))['SourceIdentity']).toBe(user.id)
})

test('however many roles lie between, what the person loses ends the session', async () => {
  const arn = await createRole(server, { trust: [trusts(DEVELOPMENT)] })
  const other = await createRole(server, { accountId: PRODUCTION, name: 'Other', trust: [trusts(DEVELOPMENT)] })
  const { store, revocations, clock } = server.context
  const user = await store.users.findByUserName('alice')
  const group = await store.groups.findByDisplayName('Administrators')
  const held = await store.effectiveAccess.findRole(user?.id as never, DEVELOPMENT as never, 'AdministratorAccess')
  const middle = await store.roles.findByName(DEVELOPMENT as never, 'Deploy')
  const subjects: RevocationSubject[] = [
    `user:${user?.id}`,
    `group:${group?.id}`,
    `membership:${group?.id}/${user?.id}`,
    `assignment:${DEVELOPMENT}/${held?.permissionSetArn}/${group?.id}`,
    `account:${DEVELOPMENT}`,
    `role:${DEVELOPMENT}/${held?.roleId}`,
    `role:${DEVELOPMENT}/${middle?.id}`,
  ]
  for (const subject of subjects) {
    const first = await take('alice', 'AdministratorAccess')
    const last = await credentialsOf(assume(await credentialsOf(assume(first, arn)), other))
    await expect(identify(last)).resolves.toHaveProperty('Arn')
    await revocations.revoke(subject)
    await expect(identify(last), subject).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
    await (clock as TestServer['clock']).advance(seconds(1))
  }
})

test('a chained session ends with a withdrawal that its node heard of only after it was assumed', async () => {
  const arn = await createRole(server, { trust: [trusts(DEVELOPMENT)] })
  const user = await server.context.store.users.findByUserName('alice')
  const withdrawn = server.context.revocations.create(`user:${user?.id}`)
  await server.clock.advance(seconds(2))
  const late = await credentialsOf(assume(alice, arn))
  server.context.revocations.note(withdrawn)
  await expect(identify(late)).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
})

test('going to and fro between two roles makes no token longer', async () => {
  const trust = [trusts(DEVELOPMENT)]
  const [one, other] = [await createRole(server, { trust }), await createRole(server, { name: 'Other', trust })]
  let credentials = alice
  const lengths: number[] = []
  for (let round = 0; round < 6; round += 1) {
    credentials = await credentialsOf(assume(credentials, round % 2 === 0 ? one : other))
    lengths.push(credentials.sessionToken?.length ?? 0)
  }
  expect(Math.max(...lengths.slice(2))).toBeLessThanOrEqual((lengths[2] ?? 0) + 8)
})
