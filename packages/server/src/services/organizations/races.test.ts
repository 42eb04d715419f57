import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forEachEngine } from '../../../../store/src/testing/engines.ts'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const ROOT = 'r-4c60'
const TIMES = 10

await forEachEngine((engine) => {
  describe('of two nodes on one database', () => {
    let nodes: TestServer[]
    let calls: Call[]
    let clean: () => Promise<void> = async () => {}

    beforeAll(async () => {
      const databaseUrl = await engine.createDatabase((done) => {
        clean = done
      })
      const clock = new TestClock()
      nodes = []
      for (const seed of ['one', 'two']) nodes.push(await startTestServer({ databaseUrl }, { clock, seed }))
      calls = await Promise.all(nodes.map(async (node) => answering((await signedClients(node))('organizations'))))
    })
    afterAll(async () => {
      await Promise.all(nodes.map((node) => node.close()))
      await clean()
    })

    /** Asks both nodes by turns, all at once; gives what was answered, and the names of what was refused. */
    async function race(operations: readonly (readonly [string, Record<string, unknown>])[]) {
      const settled = await Promise.allSettled(
        operations.map(([operation, input], index) => calls[index % 2]?.(operation, input)),
      )
      return {
        answers: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
        refusals: settled.flatMap((one) => (one.status === 'rejected' ? [String(one.reason.name)] : [])),
      }
    }

    const times = (ask: (number: number) => readonly [string, Record<string, unknown>]) =>
      race(Array.from({ length: TIMES }, (_, number) => ask(number)))

    test('one makes a unit of a name', async () => {
      const { answers, refusals } = await times(() => ['CreateOrganizationalUnit', { ParentId: ROOT, Name: 'Teams' }])
      expect(answers).toHaveLength(1)
      expect(new Set(refusals)).toEqual(new Set(['DuplicateOrganizationalUnitException']))
    })

    test('a unit is deleted, or something lies in it, and never both', async () => {
      for (let round = 0; round < 5; round += 1) {
        const [call] = calls
        const made = await call?.('CreateOrganizationalUnit', { ParentId: ROOT, Name: `Round ${round}` })
        const { Id } = made.OrganizationalUnit
        const { refusals } = await race([
          ['DeleteOrganizationalUnit', { OrganizationalUnitId: Id }],
          ['CreateOrganizationalUnit', { ParentId: Id, Name: 'Inside' }],
        ])
        expect(['OrganizationalUnitNotEmptyException', 'ParentNotFoundException']).toContain(refusals[0])
        expect(refusals).toHaveLength(1)
      }
    })

    test('one account gets an address, and nobody more than there is room for', async () => {
      const same = { Email: 'new@acme.example', AccountName: 'New' }
      await times(() => ['CreateAccount', same])
      const { store } = nodes[0]?.context ?? {}
      expect(await store?.accounts.count()).toBe(8)
      await times((number) => ['CreateAccount', { ...same, Email: `${number}@acme.example` }])
      expect(await store?.accounts.count()).toBe(10)
    })

    test('Identity Center gets one delegated administrator', async () => {
      const ids = ['222233334444', '333344445555', '444455556666', '555566667777']
      const { answers } = await race(
        ids.map((AccountId) => [
          'RegisterDelegatedAdministrator',
          { AccountId, ServicePrincipal: 'sso.amazonaws.com' },
        ]),
      )
      expect(answers).toHaveLength(1)
    })
  })
})
