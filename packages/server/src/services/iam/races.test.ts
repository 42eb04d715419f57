import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { forEachEngine } from '../../../../store/src/testing/engines.ts'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { IAM_QUOTAS } from './quotas.ts'

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

    /** The names of what those that lost were told; all are asked at once, at both nodes. */
    async function losersOf(many: number, ask: (call: Call) => Promise<unknown>): Promise<string[]> {
      const asked = Array.from({ length: many }, (_, turn) => ask(turn % 2 === 0 ? first : second))
      const settled = await Promise.allSettled(asked)
      return settled.flatMap((each) => (each.status === 'rejected' ? [String(each.reason.name)] : []))
    }

    test('of many who make a key of one user two do, and of two who make the second one does', async () => {
      await first('CreateUser', { UserName: 'build' })
      const makeKey = (call: Call) => call('CreateAccessKey', { UserName: 'build' })
      expect(await losersOf(10, makeKey)).toEqual(Array.from({ length: 8 }, () => 'LimitExceeded'))
      for (let round = 0; round < ROUNDS; round += 1) {
        const { AccessKeyMetadata } = await second('ListAccessKeys', { UserName: 'build' })
        expect(AccessKeyMetadata).toHaveLength(2)
        await first('DeleteAccessKey', { UserName: 'build', AccessKeyId: AccessKeyMetadata[0].AccessKeyId })
        expect(await losersOf(2, makeKey)).toEqual(['LimitExceeded'])
      }
    })

    test('of many who make the last user of an account one does', async () => {
      const store = nodes[0]?.context.store
      const { User } = await first('CreateUser', { UserName: 'u' })
      const user = await store?.iamUsers.find(User.UserId)
      if (!store || !user) throw new Error('u is missing')
      const missing = IAM_QUOTAS.usersPerAccount - 1 - (await store.iamUsers.countOf(user.accountId))
      const others = Array.from({ length: missing }, (_, index) => ({ ...user, name: `u${index}`, id: `AIDA${index}` }))
      await store.transaction(async (tx) => {
        for (const other of others) await tx.iamUsers.insert(other)
      })
      const names = Array.from({ length: 12 }, (_, index) => `last${index}`)
      const losers = await losersOf(names.length, (call) => call('CreateUser', { UserName: names.pop() }))
      await store.transaction(async (tx) => {
        for (const { id } of others) await tx.iamUsers.delete(id)
      })
      expect(losers).toEqual(Array.from({ length: 11 }, () => 'LimitExceeded'))
    })

    test('a user is deleted, or has a key, and never both', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const UserName = `user${round}`
        await first('CreateUser', { UserName })
        const loser = await loserOf(first('CreateAccessKey', { UserName }), second('DeleteUser', { UserName }))
        expect(['DeleteConflict', 'NoSuchEntity']).toContain(loser)
      }
    })

    test('one makes the user of a name, and one takes a name over, whatever its capitals', async () => {
      const names = ['Same', 'same', 'SAME', 'sAme']
      const made = await losersOf(names.length, (call) => call('CreateUser', { UserName: names.pop() }))
      expect(made).toEqual(['EntityAlreadyExists', 'EntityAlreadyExists', 'EntityAlreadyExists'])
      for (const UserName of ['one', 'two']) await first('CreateUser', { UserName })
      const olds = ['one', 'two']
      const renamed = await losersOf(2, (call) => call('UpdateUser', { UserName: olds.pop(), NewUserName: 'Wanted' }))
      expect(renamed).toEqual(['EntityAlreadyExists'])
    })

    test('a policy is attached to a user or deleted, and never both', async () => {
      await first('CreateUser', { UserName: 'holder' })
      for (let round = 0; round < ROUNDS; round += 1) {
        const input = { PolicyName: `OfUser${round}`, PolicyDocument: ANYTHING }
        const PolicyArn = (await first('CreatePolicy', input)).Policy.Arn
        const loser = await loserOf(
          first('AttachUserPolicy', { UserName: 'holder', PolicyArn }),
          second('DeletePolicy', { PolicyArn }),
        )
        expect(['DeleteConflict', 'NoSuchEntity']).toContain(loser)
      }
    })
  })
})
