/** Three nodes on one PostgreSQL are one service: docs/guides/run-a-server.md promises it. */

import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { findPostgres } from '../../packages/store/src/testing/engines.ts'
import { Answered, Journey } from '../durability/journey.ts'
import { type Cluster, startCluster } from './cluster.ts'

const missing = await findPostgres().then((answer) => ('missing' in answer ? answer.missing : undefined))

describe.skipIf(missing !== undefined)('three nodes on one PostgreSQL', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster.stop())

  /** Somebody who is signed in at the first node, with tokens and role credentials from it. */
  async function signedIn(): Promise<Journey> {
    const journey = await Journey.start(cluster.nodes[0].origin)
    onTestFinished(() => journey.stop())
    await journey.registerClient()
    await journey.consent()
    await journey.redeemCode()
    await journey.getRoleCredentials()
    return journey
  }

  /** What a journey's tokens and keys are for, at every node. */
  const uses = (journey: Journey) =>
    cluster.nodes.flatMap(({ origin }) =>
      [() => journey.listAccounts(), () => journey.getRoleCredentials(), () => journey.getCallerIdentity()].map(
        (use) => async () => {
          journey.origin = origin
          await use()
        },
      ),
    )

  /** Milliseconds until each of them is refused. */
  async function timeToRefusal(journey: Journey): Promise<number> {
    const start = performance.now()
    for (const use of uses(journey)) {
      while (await isAnswered(use)) {
        if (performance.now() - start > 10_000) throw new Error('it still works after ten seconds')
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
    return performance.now() - start
  }

  test('nodes that start at once on an empty database make one instance of it', async () => {
    const client = new pg.Client(cluster.postgres.url)
    await client.connect()
    onTestFinished(() => client.end())
    expect((await client.query('select * from instances')).rowCount).toBe(1)
    const steps = (await client.query<{ number: number }>('select number from migrations')).rows.map(
      ({ number }) => number,
    )
    expect(new Set(steps).size).toBe(steps.length)
    expect((await client.query("select * from users where user_name = 'alice'")).rowCount).toBe(1)
  })

  test('what one node gave the others honour', async () => {
    const journey = await signedIn()
    for (const use of uses(journey)) await use()
    for (const { origin } of cluster.nodes) {
      journey.origin = origin
      await journey.refresh()
    }
  })

  test('a session that ends at one node is over at all of them within a second', async () => {
    const journey = await signedIn()
    for (const use of uses(journey)) await use()
    journey.origin = cluster.nodes[2].origin
    await journey.endSession(cluster.nodes[0].origin)
    expect(await timeToRefusal(journey)).toBeLessThan(1000)
    for (const { origin } of cluster.nodes) {
      journey.origin = origin
      await expect(journey.refresh()).rejects.toMatchObject({ status: 400, type: 'InvalidGrantException' })
    }
  })

  test('a user who is disabled is shut out of all nodes within a second', async () => {
    const journey = await signedIn()
    for (const use of uses(journey)) await use()
    await cluster.command('users', 'disable', 'alice')
    expect(await timeToRefusal(journey)).toBeLessThan(1000)
    await cluster.command('users', 'enable', 'alice')
    // What was issued before stays void.
    expect(await timeToRefusal(journey)).toBeLessThan(1000)
    for (const use of uses(await signedIn())) await use()
  })

  test('a code that is redeemed at all nodes at once gives one token, and that one is revoked', async () => {
    const journey = await signedIn()
    await journey.consent()
    const redemptions = Array.from({ length: 15 }, (_, index) => {
      journey.origin = cluster.nodes[index % 3]?.origin ?? ''
      return journey.redeemCode()
    })
    const answers = await Promise.allSettled(redemptions)
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.type] : []))
    expect(new Set(refusals)).toEqual(new Set(['InvalidGrantException']))
    await expect(journey.listAccounts()).rejects.toMatchObject({ status: 401 })
  })

  test('PostgreSQL is restarted under load: requests fail cleanly, then all nodes go on by themselves', async () => {
    const journeys = await Promise.all([signedIn(), signedIn(), signedIn()])
    const pids = cluster.nodes.map(({ pid }) => pid)
    let running = true
    const outcomes = new Map<string, number>()
    const load = cluster.nodes.flatMap(({ origin }, index) =>
      Array.from({ length: 4 }, async (_, worker) => {
        const journey = journeys[index] as Journey
        journey.origin = origin
        while (running) {
          const outcome = await outcomeOf(() => (worker % 2 === 0 ? journey.listAccounts() : journey.refresh()))
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      }),
    )
    await new Promise((resolve) => setTimeout(resolve, 500))
    await cluster.postgres.restart()
    const start = performance.now()
    for (const use of journeys.flatMap(uses)) {
      while (!(await isAnswered(use, 500))) expect(performance.now() - start).toBeLessThan(10_000)
    }
    running = false
    await Promise.all(load)
    // An answer or a fault in the protocol of the caller, never a broken connection, never a wrong refusal.
    expect([...outcomes.keys()].filter((outcome) => !/^(200|500 InternalServerException)$/.test(outcome))).toEqual([])
    expect(outcomes.get('200')).toBeGreaterThan(10)
    expect(outcomes.get('500 InternalServerException')).toBeGreaterThan(0)
    expect(cluster.nodes.map(({ pid }) => pid)).toEqual(pids)
    for (const journey of journeys) await journey.refresh()
  })
})

/** True when it was answered, false when it was refused as `status` says or as one who may not. */
async function isAnswered(use: () => Promise<void>, status?: number): Promise<boolean> {
  try {
    await use()
    return true
  } catch (error) {
    const expected = status === undefined ? [401, 403] : [status]
    if (error instanceof Answered && expected.includes(error.status)) return false
    throw error
  }
}

async function outcomeOf(use: () => Promise<void>): Promise<string> {
  try {
    await use()
    return '200'
  } catch (error) {
    return error instanceof Answered ? `${error.status} ${error.type}` : String(error)
  }
}
