import { after, before, hours, minutes, seconds } from '@mayfly/identity-center/duration'
import type { MfaDeviceId, SessionId } from '@mayfly/identity-center/identifiers'
import { mayTry, SIGN_IN_RULE } from '@mayfly/identity-center/sign-in/sign-in-attempt'
import { expect, test } from 'vitest'
import type { Store } from '../store.ts'
import { forEachEngine, type TestEngine } from '../testing/engines.ts'
import { ALICE, BOB, hash, insertOrganization, MADE, mfaDevice, oneTimeLink, session } from '../testing/samples.ts'

async function twoNodes(engine: TestEngine): Promise<readonly [Store, Store]> {
  const url = await engine.createDatabase()
  const nodes = [await engine.open({ url }), await engine.open({ url })] as const
  await insertOrganization(nodes[0])
  return nodes
}

/** Tries 50 times at once, on both nodes. */
const atOnce = <T>(nodes: readonly Store[], attempt: (store: Store) => Promise<T>): Promise<T[]> =>
  Promise.all(nodes.flatMap((store) => Array.from({ length: 25 }, () => attempt(store))))

const recoveryCode = (word: string) => ({ userId: ALICE, codeHash: hash(word), createdAt: MADE })

await forEachEngine((engine) => {
  test('fifty attempts at once count fifty, and no more are checked than are free', async () => {
    const nodes = await twoNodes(engine)
    const attempts = await atOnce(nodes, (store) => store.signInAttempts.count('user:alice', MADE))
    expect(attempts.map(({ count }) => count).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 50 }, (_, i) => i + 1),
    )
    expect(attempts.filter(mayTry)).toHaveLength(SIGN_IN_RULE.freeAttempts)
    expect((await nodes[1].signInAttempts.find('user:alice'))?.count).toBe(50)
  })

  test('attempts are forgotten after a success, and each subject counts apart', async () => {
    const [store] = await twoNodes(engine)
    await store.signInAttempts.count('user:alice', MADE)
    await store.signInAttempts.count('mfa:alice', MADE)
    await store.signInAttempts.clear('user:alice')
    expect(await store.signInAttempts.find('user:alice')).toBeUndefined()
    expect((await store.signInAttempts.count('user:alice', MADE)).count).toBe(1)
    expect((await store.signInAttempts.count('mfa:alice', MADE)).count).toBe(2)
    expect(await store.signInAttempts.deleteBefore(after(MADE, seconds(1)))).toBe(2)
  })

  test('some attempts are taken back, however many do so at once, and a pause that is still earned stays', async () => {
    const nodes = await twoNodes(engine)
    for (let attempt = 0; attempt < 60; attempt += 1) await nodes[0].signInAttempts.count('address:office', MADE)
    await atOnce(nodes, (store) => store.signInAttempts.takeBack('address:office', 1))
    expect(await nodes[1].signInAttempts.find('address:office')).toMatchObject({
      count: 10,
      blockedUntil: expect.any(Date),
    })
    await nodes[0].signInAttempts.takeBack('address:office', 100)
    const none = await nodes[1].signInAttempts.find('address:office')
    expect([none?.count, none?.blockedUntil]).toEqual([0, undefined])
    await nodes[0].signInAttempts.takeBack('address:nowhere', 1)
  })

  test('a counted attempt inside a transaction that is undone was not counted', async () => {
    const [store] = await twoNodes(engine)
    const failing = store.transaction(async (tx) => {
      await tx.signInAttempts.count('user:alice', MADE)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await store.signInAttempts.find('user:alice')).toBeUndefined()
  })

  test('of fifty who use one recovery code at once, one is let in', async () => {
    const nodes = await twoNodes(engine)
    await nodes[0].recoveryCodes.replaceOfUser(ALICE, [recoveryCode('one'), recoveryCode('two')])
    const answers = await atOnce(nodes, (store) => store.recoveryCodes.consume(ALICE, hash('one'), MADE))
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await nodes[1].recoveryCodes.countUnused(ALICE)).toBe(1)
  })

  test('new recovery codes void those before, and nobody uses those of another', async () => {
    const [store] = await twoNodes(engine)
    await store.recoveryCodes.replaceOfUser(ALICE, [recoveryCode('old')])
    await store.recoveryCodes.replaceOfUser(ALICE, [recoveryCode('new')])
    expect(await store.recoveryCodes.consume(ALICE, hash('old'), MADE)).toBe(false)
    expect(await store.recoveryCodes.consume(BOB, hash('new'), MADE)).toBe(false)
    expect(await store.recoveryCodes.consume(ALICE, hash('new'), MADE)).toBe(true)
  })

  test('of fifty who open one one-time link at once, one may go on', async () => {
    const nodes = await twoNodes(engine)
    await nodes[0].oneTimeLinks.insert(oneTimeLink('link'))
    const answers = await atOnce(nodes, (store) => store.oneTimeLinks.consume(hash('link'), MADE))
    expect(answers.filter((answer) => answer !== undefined)).toHaveLength(1)
  })

  test('a session remembers that a second factor was shown after it had begun', async () => {
    const [store] = await twoNodes(engine)
    const begun = { ...session('begun', ALICE), mfa: false }
    await store.sessions.insert(begun)
    await store.sessions.recordSecondFactor(begun.id)
    expect(await store.sessions.find(begun.id)).toEqual({ ...begun, mfa: true })
  })

  test('a one-time link is worth nothing from its last moment on', async () => {
    const [store] = await twoNodes(engine)
    await store.oneTimeLinks.insert(oneTimeLink('link'))
    expect(await store.oneTimeLinks.consume(hash('link'), after(MADE, hours(1)))).toBeUndefined()
    expect((await store.oneTimeLinks.find(hash('link')))?.consumedAt).toBeUndefined()
    expect(await store.oneTimeLinks.deleteOfPurpose('invitation')).toBe(0)
    expect(await store.oneTimeLinks.deleteOfPurpose('first-administrator')).toBe(1)
  })

  test('of fifty who show one code of an authenticator app at once, one is let in', async () => {
    const nodes = await twoNodes(engine)
    await nodes[0].mfaDevices.insert(mfaDevice('phone', ALICE))
    const id = 'mfa-phone' as MfaDeviceId
    const answers = await atOnce(nodes, (store) => store.mfaDevices.acceptStep(id, 63_113_904, MADE))
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await nodes[1].mfaDevices.find(id)).toMatchObject({ lastStep: 63_113_904, lastUsedAt: MADE })
  })

  test('a code of an earlier step is not taken after a later one', async () => {
    const [store] = await twoNodes(engine)
    const id = 'mfa-phone' as MfaDeviceId
    await store.mfaDevices.insert(mfaDevice('phone', ALICE))
    expect(await store.mfaDevices.acceptStep(id, 11, MADE)).toBe(true)
    expect(await store.mfaDevices.acceptStep(id, 10, MADE)).toBe(false)
    expect(await store.mfaDevices.acceptStep(id, 12, MADE)).toBe(true)
  })

  test('devices are listed, renamed and removed', async () => {
    const [store] = await twoNodes(engine)
    await store.mfaDevices.insert(mfaDevice('phone', ALICE))
    await store.mfaDevices.insert(mfaDevice('tablet', ALICE))
    expect(await store.mfaDevices.rename('mfa-phone' as MfaDeviceId, 'old phone')).toBe(true)
    expect((await store.mfaDevices.listOfUser(ALICE)).map(({ name }) => name)).toEqual(['old phone', 'tablet'])
    expect(await store.mfaDevices.delete('mfa-phone' as MfaDeviceId)).toBe(true)
    expect(await store.mfaDevices.delete('mfa-phone' as MfaDeviceId)).toBe(false)
  })

  test('a session is found by its cookie and by its id, and ends once', async () => {
    const [store] = await twoNodes(engine)
    const browser = session('1', ALICE)
    await store.sessions.insert(browser)
    expect(await store.sessions.findByCookie(hash('cookie 1'))).toEqual(browser)
    expect(await store.sessions.end(browser.id, MADE)).toBe(true)
    expect(await store.sessions.end(browser.id, MADE)).toBe(false)
    expect(await store.sessions.find(browser.id)).toEqual({ ...browser, endedAt: MADE })
  })

  test('only living sessions are listed', async () => {
    const [store] = await twoNodes(engine)
    for (const word of ['1', '2', '3']) await store.sessions.insert(session(word, ALICE))
    await store.sessions.insert(session('4', BOB))
    await store.sessions.end('session-2' as SessionId, MADE)
    const ids = async (now: Date) => (await store.sessions.listOfUser(ALICE, now)).map(({ id }) => id)
    expect(await ids(MADE)).toEqual(['session-1', 'session-3'])
    expect(await ids(before(after(MADE, hours(8)), minutes(1)))).toHaveLength(2)
    expect(await ids(after(MADE, hours(8)))).toEqual([])
    expect((await store.sessions.endOfUser(ALICE, MADE)).sort()).toEqual(['session-1', 'session-3'])
    expect(await store.sessions.deleteExpired(after(MADE, hours(8)))).toBe(4)
  })

  test('a password takes the place of the one before', async () => {
    const [store] = await twoNodes(engine)
    const record = { userId: ALICE, hash: '$argon2id$1', previousHashes: [], updatedAt: MADE }
    const next = { ...record, hash: '$argon2id$2', previousHashes: ['$argon2id$1'] }
    await store.passwords.put(record)
    await store.passwords.put(next)
    expect(await store.passwords.find(ALICE)).toEqual(next)
    expect(await store.passwords.find(BOB)).toBeUndefined()
  })

  test('with a user go the sessions, the password and the second factors', async () => {
    const [store] = await twoNodes(engine)
    await store.passwords.put({ userId: ALICE, hash: '$argon2id$1', previousHashes: [], updatedAt: MADE })
    await store.mfaDevices.insert(mfaDevice('phone', ALICE))
    await store.sessions.insert(session('1', ALICE))
    await store.users.delete(ALICE)
    expect(await store.passwords.find(ALICE)).toBeUndefined()
    expect(await store.mfaDevices.listOfUser(ALICE)).toEqual([])
    expect(await store.sessions.find('session-1' as SessionId)).toBeUndefined()
  })
})
