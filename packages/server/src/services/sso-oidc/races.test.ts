import { minutes, seconds } from '@mayfly/identity-center/duration'
import { expect, onTestFinished, test } from 'vitest'
import { forEachEngine } from '../../../../store/src/testing/engines.ts'
import {
  issueCode,
  redeemCode,
  refresh,
  registerPkceClient,
  roleCredentials,
  signInWithPkce,
  startDevice,
} from '../../testing/journeys.ts'
import { startTestServer } from '../../testing/test-server.ts'

/** Ten requests to each of two nodes over one database, all at once. */
const atOnce = async <T>(count: number, ask: (index: number) => Promise<T>) => {
  const answers = await Promise.allSettled(Array.from({ length: count }, (_, index) => ask(index)))
  const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.name] : []))
  return { given: answers.length - refusals.length, refusals: new Set(refusals) }
}

await forEachEngine((engine) => {
  const twoNodes = async () => {
    const databaseUrl = await engine.createDatabase()
    const one = await startTestServer({ databaseUrl })
    const other = await startTestServer({ databaseUrl }, { seed: 'other', clock: one.clock })
    onTestFinished(async () => {
      await other.close()
      await one.close()
    })
    return { one, other, nodeOf: (index: number) => (index % 2 === 0 ? one : other) }
  }

  test('of twenty that redeem one device code at two nodes, one gets a token', async () => {
    const { one, nodeOf } = await twoNodes()
    const client = await registerPkceClient(one, { grantTypes: [] })
    const { allow, deviceCode } = await startDevice(one, client)
    await allow(await one.signIn('alice'))
    const grantType = 'urn:ietf:params:oauth:grant-type:device_code'
    const { given, refusals } = await atOnce(20, (index) =>
      nodeOf(index)
        .client('sso-oidc')
        .call('CreateToken', { ...client, grantType, deviceCode }),
    )
    expect(given).toBe(1)
    expect([...refusals]).toEqual(['InvalidGrantException'])
  })

  test('of twenty that redeem one authorization code at two nodes, one gets a token, and it is revoked', async () => {
    const { one, nodeOf } = await twoNodes()
    const client = await registerPkceClient(one)
    const session = await one.signIn('alice')
    const code = await issueCode(one, client, session)
    const { given, refusals } = await atOnce(20, (index) => redeemCode(nodeOf(index), client, code))
    expect(given).toBe(1)
    expect([...refusals]).toEqual(['InvalidGrantException'])
    const [family] = await one.context.store.tokenFamilies.listOfSession(session.id)
    expect(family?.revokedAt).toBeDefined()
  })

  test('twenty refreshes of one token at two nodes all succeed, and count as one rotation', async () => {
    const { one, nodeOf } = await twoNodes()
    const { client, tokens } = await signInWithPkce(one, 'alice')
    const { given } = await atOnce(20, (index) => refresh(nodeOf(index), client, tokens.refreshToken))
    expect(given).toBe(20)
    await one.clock.advance(minutes(2))
    await expect(refresh(one, client, tokens.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  })

  test('whose family is revoked while it refreshes at two nodes gets nothing that works afterwards', async () => {
    const { one, other, nodeOf } = await twoNodes()
    const { client, session, tokens } = await signInWithPkce(one, 'alice')
    const given: { accessToken: string; refreshToken?: string }[] = []
    const refreshing = atOnce(40, async (index) => {
      // Some before, some while, some after.
      await new Promise((resolve) => setTimeout(resolve, index))
      given.push(await refresh(nodeOf(index), client, tokens.refreshToken))
    })
    await new Promise((resolve) => setTimeout(resolve, 15))
    await other.context.store.tokenFamilies.revokeOfSession(session.id, one.clock.now())
    const { refusals } = await refreshing
    expect([...refusals]).toEqual(['InvalidGrantException'])
    for (const { accessToken, refreshToken } of given) {
      await expect(refresh(one, client, refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
      const accounts = other.client('sso').call('ListAccounts', { accessToken })
      await expect(accounts).rejects.toMatchObject({ name: 'UnauthorizedException' })
    }
  })

  test('what one node issued the other honours, and what one withdrew is void at the other once it has looked', async () => {
    const { one, other } = await twoNodes()
    const { session, tokens } = await signInWithPkce(one, 'alice')
    const role = { accountId: '222233334444', roleName: 'ReadOnlyAccess' }
    const credentials = await roleCredentials(other.client('sso'), tokens.accessToken, role)
    const identify = () => one.client('sts', { credentials }).call('GetCallerIdentity', {})
    await expect(identify()).resolves.toHaveProperty('Account')
    await other.context.revocations.revoke(`user:${session.userId}`)
    await one.context.revocations.refresh()
    await expect(identify()).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  })

  test('a user who is disabled while refreshing at two nodes has no working token afterwards', async () => {
    const { one, nodeOf } = await twoNodes()
    const { client, session, tokens } = await signInWithPkce(one, 'bob')
    const { store } = one.context
    const bob = await store.users.get(session.userId)
    const refreshing = atOnce(10, (index) => refresh(nodeOf(index), client, tokens.refreshToken))
    await store.users.update({ ...bob, status: 'DISABLED' })
    await refreshing
    await one.clock.advance(seconds(1))
    await expect(refresh(one, client, tokens.refreshToken)).rejects.toMatchObject({ name: 'AccessDeniedException' })
    const accounts = one.client('sso').call('ListAccounts', { accessToken: tokens.accessToken })
    await expect(accounts).rejects.toMatchObject({ name: 'UnauthorizedException' })
  })
})
