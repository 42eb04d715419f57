import { seconds } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forEachEngine } from '../../../store/src/testing/engines.ts'
import { addAccessKey, createIamUser } from '../testing/iam-users.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const CALLS = 40
const GONE = 'InvalidClientTokenId'

await forEachEngine((engine) => {
  describe('of two nodes on one database', () => {
    const clock = new TestClock()
    let first: TestServer
    let second: TestServer
    let clean: () => Promise<void> = async () => {}

    beforeAll(async () => {
      const databaseUrl = await engine.createDatabase((done) => {
        clean = done
      })
      first = await startTestServer({ databaseUrl }, { clock, seed: 'one' })
      second = await startTestServer({ databaseUrl }, { clock, seed: 'two' })
    })
    afterAll(async () => {
      await Promise.all([first, second].map((node) => node?.close()))
      await clean()
    })

    /** `answered`, or what was told instead. */
    const identify = async (node: TestServer, credentials: SigningCredentials): Promise<string> => {
      const call = node.client('sts', { credentials }).call('GetCallerIdentity', {})
      return await call.then(
        () => 'answered',
        (error: Error) => error.name,
      )
    }

    test('a key that one node deletes while it is used signs nothing more on the other, from the next call on', async () => {
      const { user, credentials } = await createIamUser(first, { name: 'deleted' })
      const asked = Array.from({ length: CALLS }, (_, index) => identify(index % 2 === 0 ? first : second, credentials))
      await first.context.store.iamAccessKeys.delete(user.id, credentials.accessKeyId)
      // The others of those calls may still be under way.
      const atOnce = await Promise.all([first, second].map((node) => identify(node, credentials)))
      expect(new Set(atOnce)).toEqual(new Set([GONE]))
      expect((await Promise.all(asked)).filter((answer) => answer !== 'answered' && answer !== GONE)).toEqual([])
      const later = await Promise.all([first, second, first, second].map((node) => identify(node, credentials)))
      expect(new Set(later)).toEqual(new Set([GONE]))
      await Promise.all([first, second].map((node) => node.context.accessKeyUses.settled()))
      expect(await second.context.store.iamAccessKeys.find(credentials.accessKeyId)).toBeUndefined()
    })

    test('to and fro between active and inactive: each next call on either node knows', async () => {
      const { user, credentials } = await createIamUser(first, { name: 'switched' })
      const { store } = first.context
      for (let round = 0; round < 5; round += 1) {
        await store.iamAccessKeys.setStatus(user.id, credentials.accessKeyId, 'Inactive')
        expect(await Promise.all([first, second].map((node) => identify(node, credentials)))).toEqual([GONE, GONE])
        await store.iamAccessKeys.setStatus(user.id, credentials.accessKeyId, 'Active')
        expect(await Promise.all([first, second].map((node) => identify(node, credentials)))).not.toContain(GONE)
      }
    })

    test('many calls at once of many keys note each use once, and the later minute counts', async () => {
      const { user, credentials } = await createIamUser(first, { name: 'busy' })
      const keys = [credentials, await addAccessKey(first, user)]
      const burst = async () => {
        const calls = Array.from({ length: CALLS }, (_, index) =>
          identify(index % 2 === 0 ? first : second, keys[index % 4 < 2 ? 0 : 1] ?? credentials),
        )
        expect(new Set(await Promise.all(calls))).toEqual(new Set(['answered']))
        await Promise.all([first, second].map((node) => node.context.accessKeyUses.settled()))
        const found = await Promise.all(keys.map((key) => second.context.store.iamAccessKeys.find(key.accessKeyId)))
        return found.map((each) => each?.key.lastUsed?.at)
      }
      expect(await burst()).toEqual([clock.now(), clock.now()])
      await clock.advance(seconds(61))
      expect(await burst()).toEqual([clock.now(), clock.now()])
    })
  })
})
