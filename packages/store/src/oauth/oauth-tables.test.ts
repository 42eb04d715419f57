import { after, minutes, seconds } from '@mayfly/identity-center/duration'
import type { SessionId, TokenFamilyId } from '@mayfly/identity-center/identifiers'
import { expect, test } from 'vitest'
import type { Store } from '../store.ts'
import { forEachEngine, type TestEngine } from '../testing/engines.ts'
import {
  ALICE,
  accessToken,
  authorizationCode,
  BOB,
  deviceAuthorization,
  hash,
  insertOrganization,
  MADE,
  refreshToken,
  tokenFamily,
} from '../testing/samples.ts'

/** Two nodes on one database. */
async function twoNodes(engine: TestEngine): Promise<readonly [Store, Store]> {
  const url = await engine.createDatabase()
  const nodes = [await engine.open({ url }), await engine.open({ url })] as const
  await insertOrganization(nodes[0])
  return nodes
}

/** Tries 40 times at once, on both nodes, and says how many tries gave something. */
async function countWinners(nodes: readonly Store[], attempt: (store: Store) => Promise<unknown>): Promise<number> {
  const tries = nodes.flatMap((store) => Array.from({ length: 20 }, () => attempt(store)))
  const answers = await Promise.all(tries)
  return answers.filter((answer) => answer !== undefined && answer !== false).length
}

const to = { userId: ALICE, sessionId: 'session-1' as SessionId }

await forEachEngine((engine) => {
  test('of forty who redeem one authorization code at once, one gets it', async () => {
    const nodes = await twoNodes(engine)
    await nodes[0].authorizationCodes.insert(authorizationCode('code', ALICE))
    expect(await countWinners(nodes, (store) => store.authorizationCodes.consume(hash('code'), MADE))).toBe(1)
  })

  test('of forty who redeem one code inside transactions with more to write, one gets it', async () => {
    const nodes = await twoNodes(engine)
    await nodes[0].authorizationCodes.insert(authorizationCode('code', ALICE))
    const numbers = Array.from({ length: 40 }, (_, number) => String(number))
    const redeem = (store: Store) =>
      store.transaction(async (tx) => {
        const code = await tx.authorizationCodes.consume(hash('code'), MADE)
        if (code === undefined) return undefined
        const family = tokenFamily(numbers.pop() ?? '', ALICE)
        await tx.tokenFamilies.insert(family)
        await tx.authorizationCodes.recordFamily(hash('code'), family.id)
        return family
      })
    expect(await countWinners(nodes, redeem)).toBe(1)
    expect(await nodes[1].tokenFamilies.listOfUser(ALICE)).toHaveLength(1)
  })

  test('of forty who poll one granted device code at once, one gets it', async () => {
    const nodes = await twoNodes(engine)
    await nodes[0].deviceAuthorizations.insert(deviceAuthorization('device'))
    expect(await countWinners(nodes, (store) => store.deviceAuthorizations.grant(hash('device'), to, MADE))).toBe(1)
    expect(await countWinners(nodes, (store) => store.deviceAuthorizations.consume(hash('device')))).toBe(1)
  })

  test('of forty who rotate one refresh token at once, one gets it', async () => {
    const nodes = await twoNodes(engine)
    const family = tokenFamily('1', ALICE)
    await nodes[0].tokenFamilies.insert(family)
    await nodes[0].refreshTokens.insert(refreshToken('refresh', family.id))
    expect(await countWinners(nodes, (store) => store.refreshTokens.rotate(hash('refresh'), MADE))).toBe(1)
  })

  test('of forty who revoke one family at once, one is told that it was them', async () => {
    const nodes = await twoNodes(engine)
    await nodes[0].tokenFamilies.insert(tokenFamily('1', ALICE))
    expect(await countWinners(nodes, (store) => store.tokenFamilies.revoke('family-1' as TokenFamilyId, MADE))).toBe(1)
  })

  test('a device authorization comes back as it was, and a poll is remembered', async () => {
    const [store] = await twoNodes(engine)
    const authorization = deviceAuthorization('device')
    await store.deviceAuthorizations.insert(authorization)
    expect(await store.deviceAuthorizations.findByDeviceCode(hash('device'))).toEqual(authorization)
    const polled = { polls: 2, lastPolledAt: after(MADE, seconds(1)), interval: seconds(6) }
    await store.deviceAuthorizations.recordPoll(hash('device'), polled)
    expect(await store.deviceAuthorizations.findByUserCode('USER-device', MADE)).toEqual({
      ...authorization,
      ...polled,
    })
  })

  test('a device authorization is granted once, not after a denial, and not after its end', async () => {
    const [store] = await twoNodes(engine)
    for (const word of ['granted', 'denied', 'late']) await store.deviceAuthorizations.insert(deviceAuthorization(word))
    expect(await store.deviceAuthorizations.grant(hash('granted'), to, MADE)).toBe(true)
    expect(await store.deviceAuthorizations.deny(hash('granted'))).toBe(false)
    expect(await store.deviceAuthorizations.deny(hash('denied'))).toBe(true)
    expect(await store.deviceAuthorizations.grant(hash('denied'), to, MADE)).toBe(false)
    expect(await store.deviceAuthorizations.consume(hash('denied'))).toBeUndefined()
    const end = after(MADE, minutes(10))
    expect(await store.deviceAuthorizations.grant(hash('late'), to, end)).toBe(false)
    expect(await store.deviceAuthorizations.findByUserCode('USER-late', end)).toBeUndefined()
    const granted = await store.deviceAuthorizations.consume(hash('granted'))
    expect(granted?.state).toEqual({ is: 'granted', ...to })
    expect((await store.deviceAuthorizations.findByDeviceCode(hash('granted')))?.state).toEqual({ is: 'consumed' })
  })

  test('a user code that is in use is refused, so that another one is made', async () => {
    const [store] = await twoNodes(engine)
    await store.deviceAuthorizations.insert(deviceAuthorization('device'))
    const again = { ...deviceAuthorization('other'), userCode: 'USER-device' }
    await expect(store.deviceAuthorizations.insert(again)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('a code that comes a second time tells which family it gave', async () => {
    const [store] = await twoNodes(engine)
    const code = authorizationCode('code', ALICE)
    await store.authorizationCodes.insert(code)
    expect(await store.authorizationCodes.consume(hash('code'), MADE)).toEqual({ ...code, consumedAt: MADE })
    await store.authorizationCodes.recordFamily(hash('code'), 'family-1' as TokenFamilyId)
    expect(await store.authorizationCodes.find(hash('code'))).toMatchObject({
      consumedAt: MADE,
      tokenFamilyId: 'family-1',
    })
  })

  test('tokens are found together with their family, each with its own end', async () => {
    const [store] = await twoNodes(engine)
    const family = tokenFamily('1', ALICE)
    const [access, refresh] = [accessToken('access', family.id), refreshToken('refresh', family.id)]
    await store.tokenFamilies.insert(family)
    await store.accessTokens.insert(access)
    await store.refreshTokens.insert(refresh)
    expect(await store.accessTokens.findWithFamily(hash('access'))).toEqual({ token: access, family })
    expect(await store.refreshTokens.findWithFamily(hash('refresh'))).toEqual({ token: refresh, family })
    expect(await store.accessTokens.findWithFamily(hash('other'))).toBeUndefined()
  })

  test('signing out revokes the families of that session alone, deactivating a user all of theirs', async () => {
    const [store] = await twoNodes(engine)
    await store.tokenFamilies.insert(tokenFamily('1', ALICE, 'session-1'))
    await store.tokenFamilies.insert(tokenFamily('2', ALICE, 'session-2'))
    await store.tokenFamilies.insert(tokenFamily('3', BOB, 'session-3'))
    expect(await store.tokenFamilies.revokeOfSession('session-1' as SessionId, MADE)).toBe(1)
    expect(await store.tokenFamilies.revokeOfUser(ALICE, MADE)).toBe(1)
    const revoked = (await store.tokenFamilies.listOfUser(ALICE)).map(({ revokedAt }) => revokedAt)
    expect(revoked).toEqual([MADE, MADE])
    expect((await store.tokenFamilies.listOfSession('session-3' as SessionId))[0]?.revokedAt).toBeUndefined()
  })

  test('a use is noted, and a clock that went back does not undo it', async () => {
    const [store] = await twoNodes(engine)
    const later = after(MADE, minutes(5))
    const family = tokenFamily('1', ALICE)
    await store.tokenFamilies.insert(family)
    await store.tokenFamilies.touch(family.id, later)
    await store.tokenFamilies.touch(family.id, MADE)
    expect((await store.tokenFamilies.find(family.id))?.lastUsedAt).toEqual(later)
  })

  test('a family that was revoked, or is gone, cannot be used any more', async () => {
    const [store] = await twoNodes(engine)
    const family = tokenFamily('1', ALICE)
    await store.tokenFamilies.insert(family)
    expect(await store.tokenFamilies.touch(family.id, MADE)).toBe(true)
    await store.tokenFamilies.revoke(family.id, MADE)
    expect(await store.tokenFamilies.touch(family.id, after(MADE, minutes(1)))).toBe(false)
    expect((await store.tokenFamilies.find(family.id))?.lastUsedAt).toEqual(MADE)
    expect(await store.tokenFamilies.touch(tokenFamily('2', ALICE).id, MADE)).toBe(false)
  })

  test('what has expired goes: tokens with their family, codes and devices by themselves', async () => {
    const [store] = await twoNodes(engine)
    const family = tokenFamily('1', ALICE)
    await store.tokenFamilies.insert(family)
    await store.accessTokens.insert(accessToken('access', family.id))
    await store.refreshTokens.insert(refreshToken('refresh', family.id))
    await store.authorizationCodes.insert(authorizationCode('code', ALICE))
    await store.deviceAuthorizations.insert(deviceAuthorization('device'))
    expect(await store.authorizationCodes.deleteExpired(MADE)).toBe(0)
    expect(await store.authorizationCodes.deleteExpired(after(MADE, minutes(1)))).toBe(1)
    expect(await store.deviceAuthorizations.deleteExpired(after(MADE, minutes(10)))).toBe(1)
    expect(await store.accessTokens.deleteExpired(after(MADE, minutes(60)))).toBe(1)
    expect(await store.tokenFamilies.deleteExpired(after(MADE, minutes(480)))).toBe(1)
    expect(await store.refreshTokens.findWithFamily(hash('refresh'))).toBeUndefined()
  })
})
