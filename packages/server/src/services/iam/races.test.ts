import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forEachEngine } from '../../../../store/src/testing/engines.ts'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const ANYTHING = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}'
const ROUNDS = 5

await forEachEngine((engine) => {
  describe('of two nodes on one database', () => {
    let nodes: TestServer[]
    let first: Call
    let second: Call
    let clean: () => Promise<void> = async () => {}

    beforeAll(async () => {
      const databaseUrl = await engine.createDatabase((done) => {
        clean = done
      })
      const clock = new TestClock()
      nodes = []
      for (const seed of ['one', 'two']) nodes.push(await startTestServer({ databaseUrl }, { clock, seed }))
      const calls = nodes.map(async (node) => answering((await signedClients(node))('iam')))
      ;[first, second] = (await Promise.all(calls)) as [Call, Call]
    })
    afterAll(async () => {
      await Promise.all(nodes.map((node) => node.close()))
      await clean()
    })

    /** The name of what the one that lost was told; both are asked at once. */
    async function loserOf(one: Promise<unknown>, other: Promise<unknown>): Promise<string> {
      const settled = await Promise.allSettled([one, other])
      const refusals = settled.flatMap((each) => (each.status === 'rejected' ? [String(each.reason.name)] : []))
      expect(refusals).toHaveLength(1)
      return refusals[0] ?? ''
    }

    test('a policy is attached or deleted, and never both', async () => {
      await first('CreateRole', { RoleName: 'Holder', AssumeRolePolicyDocument: TRUST })
      for (let round = 0; round < ROUNDS; round += 1) {
        const { Policy } = await first('CreatePolicy', { PolicyName: `Policy${round}`, PolicyDocument: ANYTHING })
        const PolicyArn = Policy.Arn
        const loser = await loserOf(
          first('AttachRolePolicy', { RoleName: 'Holder', PolicyArn }),
          second('DeletePolicy', { PolicyArn }),
        )
        expect(['DeleteConflict', 'NoSuchEntity']).toContain(loser)
      }
    })

    test('a role is deleted, or something is on it, and never both', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const RoleName = `Role${round}`
        await first('CreateRole', { RoleName, AssumeRolePolicyDocument: TRUST })
        const loser = await loserOf(
          first('PutRolePolicy', { RoleName, PolicyName: 'a', PolicyDocument: ANYTHING }),
          second('DeleteRole', { RoleName }),
        )
        expect(['DeleteConflict', 'NoSuchEntity']).toContain(loser)
      }
    })

    test('one makes the role of a name, whatever its capitals', async () => {
      const names = ['Same', 'same', 'SAME']
      const made = names.flatMap((RoleName) =>
        [first, second].map((call) => call('CreateRole', { RoleName, AssumeRolePolicyDocument: TRUST })),
      )
      const settled = await Promise.allSettled(made)
      expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(settled.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { name: 'EntityAlreadyExists' },
      })
    })
  })
})
