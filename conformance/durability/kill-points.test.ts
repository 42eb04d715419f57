/**
 * The server is killed with SIGKILL after every request and after every commit of the numbered steps of
 * docs/explanation/sign-in.md; then it starts again, the journey goes on or is told what to do, and nothing that
 * was acknowledged is lost. The kill points come from a traced run. The usual run takes one in so many of them, others
 * each time; with MAYFLY_LONG_TESTS all.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, type TestContext, test } from 'vitest'
import { engines } from '../harness/engines.ts'
import { root } from '../harness/root.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { Answered, Journey } from './journey.ts'

interface Step {
  readonly name: string
  /** What the step needs to have been acknowledged; where it is missing, the steps that give it run again. */
  readonly take: (journey: Journey) => Promise<void>
  /** Where a client starts again when this step's one-time thing was used up by an answer that never arrived. */
  readonly startAgainAt?: string
  /** The answer of a page to whoever does the step again after it was done: it says so, and the next step works. */
  readonly alreadyDone?: number
  /** It ends what was acknowledged before: with no answer to it, that may or may not hold. */
  readonly ends?: true
}

/** The steps of docs/explanation/sign-in.md, by section and number there. */
const STEPS: readonly Step[] = [
  { name: 'browser 1: RegisterClient', take: (journey) => journey.registerClient() },
  { name: 'browser 3: sign-in', take: (journey) => journey.signIn() },
  { name: 'browser 4 and 5: consent and the code', take: (journey) => journey.consent() },
  {
    name: 'browser 6: CreateToken with the code',
    take: (journey) => journey.redeemCode(),
    startAgainAt: 'browser 4 and 5: consent and the code',
  },
  { name: 'credentials 1: ListAccounts', take: (journey) => journey.listAccounts() },
  { name: 'credentials 2: GetRoleCredentials', take: (journey) => journey.getRoleCredentials() },
  { name: 'credentials 3: GetCallerIdentity', take: (journey) => journey.getCallerIdentity() },
  { name: 'staying signed in 1: refresh', take: (journey) => journey.refresh() },
  { name: 'device 2: StartDeviceAuthorization', take: (journey) => journey.startDeviceAuthorization() },
  { name: 'device 6: a poll before the person has answered', take: (journey) => journey.poll() },
  { name: 'device 3 to 5: the code is confirmed', take: (journey) => journey.allowDevice(), alreadyDone: 404 },
  {
    name: 'device 6: CreateToken with the device code',
    take: (journey) => journey.redeemDeviceCode(),
    startAgainAt: 'device 2: StartDeviceAuthorization',
  },
  { name: 'signing out 1: Logout', take: (journey) => journey.logout(), alreadyDone: 401, ends: true },
]

const ONE_OF = process.env['MAYFLY_LONG_TESTS'] === '1' ? 1 : 3

/** Every so many of the points, beginning anywhere. */
function choose<Point>(points: readonly Point[]): readonly (readonly [number, Point])[] {
  const first = Math.floor(Math.random() * ONE_OF)
  return [...points.entries()].filter(([index]) => index % ONE_OF === first)
}

interface Fresh {
  readonly server: ServerProcess
  readonly stop: () => Promise<void>
}

/** Whatever was acknowledged still holds. */
async function expectNothingLost(journey: Journey): Promise<void> {
  const { got } = journey
  if (got.signedOut) {
    await expect(journey.listAccounts()).rejects.toMatchObject({ status: 401 })
    return
  }
  if (got.accessToken) await journey.listAccounts()
  if (got.deviceAccessToken) await journey.listAccounts(got.deviceAccessToken)
  if (got.roleCredentials) await journey.getCallerIdentity()
}

/** Takes a step as a client does: once more when the connection broke, from further back when it is told to. */
async function takeStep(journey: Journey, index: number, restart: () => Promise<void>): Promise<void> {
  const step = STEPS[index]
  if (!step) return
  try {
    await step.take(journey)
  } catch (error) {
    if (error instanceof Answered) throw error
    await restart()
    if (!step.ends) await expectNothingLost(journey)
    await step.take(journey).catch(async (again: Error) => {
      if (again instanceof Answered && again.status === step.alreadyDone) {
        if (step.ends) journey.got.signedOut = true
        return
      }
      // The one-time thing was used up; the answer says so in the modelled words, and the client starts there again.
      const from = STEPS.findIndex(({ name }) => name === step.startAgainAt)
      if (from < 0) throw again
      expect(again).toMatchObject({ status: 400, type: 'InvalidGrantException' })
      for (const earlier of STEPS.slice(from, index + 1)) await earlier.take(journey)
    })
  }
}

describe.each(engines)('killed at any point, on $name', ({ open }) => {
  const trace = join(mkdtempSync(join(tmpdir(), 'mayfly-trace-')), 'commits')
  afterAll(() => rmSync(join(trace, '..'), { recursive: true, force: true }))

  const environment = (extra: Readonly<Record<string, string>>): Record<string, string> => ({
    NODE_OPTIONS: `--require ${join(root, 'conformance/durability/commit-hook.cjs')}`,
    MAYFLY_STORE_PACKAGE: join(root, 'packages/store/package.json'),
    ...extra,
  })

  /** A server on an empty database of its own, and what puts both away. */
  async function fresh(context: TestContext, extra: Readonly<Record<string, string>>): Promise<Fresh> {
    const engine = await open()
    if ('skip' in engine) return context.skip(engine.skip)
    const { database, close } = engine
    const server = await ServerProcess.start({
      env: environment(extra),
      ...(database === undefined ? {} : { database }),
    })
    const stop = async (): Promise<void> => {
      await server.stop()
      await close()
    }
    return { server, stop }
  }

  /** The whole journey, killing after the request of step `killAfter`. */
  async function walk(server: ServerProcess, killAfter: number, restart: () => Promise<void>): Promise<void> {
    const journey = await Journey.start(server.origin)
    try {
      for (let index = 0; index < STEPS.length; index++) {
        await takeStep(journey, index, restart)
        if (index !== killAfter) continue
        await server.kill()
        await restart()
        await expectNothingLost(journey)
      }
      // These questions leave audit records of their own, so the kill may fall among them.
      await expectNothingLost(journey).catch(async () => {
        await restart()
        await expectNothingLost(journey)
      })
    } finally {
      journey.stop()
    }
  }

  let commitsAtStart = 0
  let points: string[] = []

  test('a traced run lists at least twenty kill points', async (context) => {
    const { server, stop } = await fresh(context, { MAYFLY_COMMIT_TRACE: trace })
    try {
      commitsAtStart = lines(trace).length
      await walk(server, -1, () => Promise.reject(new Error('nobody killed it')))
      points = lines(trace).slice(commitsAtStart)
      console.log(`${points.length} commits and ${STEPS.length} requests: ${points.length + STEPS.length} kill points`)
      expect(points.length + STEPS.length, points.join('\n')).toBeGreaterThanOrEqual(20)
    } finally {
      await stop()
    }
  })

  test('after a request the journey goes on', async (context) => {
    for (const [index, { name }] of choose(STEPS)) {
      const { server, stop } = await fresh(context, {})
      try {
        await walk(server, index, () => server.start())
      } catch (error) {
        throw new Error(`killed after ${name}: ${String(error)}\n${server.output}`, { cause: error })
      } finally {
        await stop()
      }
    }
  }, 300_000)

  test('after a commit the journey goes on', async (context) => {
    for (const [index, point] of choose(points)) {
      const { server, stop } = await fresh(context, { MAYFLY_KILL_AT_COMMIT: String(commitsAtStart + index + 1) })
      let kills = 0
      try {
        await walk(server, -1, async () => {
          kills += 1
          await server.kill()
          server.forget('MAYFLY_KILL_AT_COMMIT')
          await server.start()
        })
        expect(kills, 'it was killed once').toBe(1)
      } catch (error) {
        throw new Error(`killed at commit ${point}: ${String(error)}\n${server.output}`, { cause: error })
      } finally {
        await stop()
      }
    }
  }, 600_000)
})

const lines = (file: string): string[] => readFileSync(file, 'utf8').split('\n').filter(Boolean)
