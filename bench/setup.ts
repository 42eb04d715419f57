/** `mayfly setup` behind a portal that bears twenty calls in any second, against the time that this limit allows. */

import { Home } from '../conformance/harness/home.ts'
import { SetupWorld } from '../conformance/setup/setup-world.ts'

export interface SetupFigure {
  readonly accounts: number
  readonly roles: number
  readonly seconds: number
  /** Against the fewest calls at twenty a second. */
  readonly ratio: number
  readonly calls: number
  readonly leastCalls: number
  readonly refused: number
  /** Of a second run, which finds nothing to change. */
  readonly againSeconds: number
  readonly mebibytes: number
}

const LIMIT = 20

export async function measureSetup(accounts: number): Promise<SetupFigure> {
  const world = await SetupWorld.start(accounts)
  const home = new Home()
  try {
    const limit = world.limit(LIMIT)
    const run = await world.setup(home, [world.server.startUrl, '--yes', '--json'])
    if (run.status !== 0) throw new Error(`setup ended with ${run.status}:\n${run.stderr}`)
    const [session] = JSON.parse(run.stdout).sessions
    const leastCalls = accounts + Math.ceil(accounts / 100)
    const calls = limit.arrivals.length
    const { refused } = limit
    const again = await world.setup(home, ['--yes'])
    return {
      accounts,
      roles: session.roles,
      seconds: run.milliseconds / 1000,
      ratio: run.milliseconds / ((leastCalls / LIMIT) * 1000),
      calls,
      leastCalls,
      refused,
      againSeconds: again.milliseconds / 1000,
      mebibytes: Math.max(run.mostMemory, again.mostMemory),
    }
  } finally {
    home.remove()
    await world.stop()
  }
}
