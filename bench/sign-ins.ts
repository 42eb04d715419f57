/** Password sign-ins against argon2id alone on the same core, and what a storm of them does to refreshes. */

import { alice, bob } from '../conformance/harness/example.ts'
import { Person } from '../conformance/harness/person.ts'
import { ServerProcess } from '../conformance/harness/server-process.ts'
import { refreshes } from './cases.ts'
import { openFamilies } from './families.ts'
import { load } from './load.ts'
import { CLIENT_CORE, pin, SERVER_CORE, startProgram } from './processes.ts'
import { median } from './whole-process.ts'

export interface SignInFigure {
  readonly signInsPerSecond: number
  readonly hashesPerSecond: number
  readonly ratio: number
  /** Milliseconds, of a refresh: without sign-ins, and while as many as can sign in. */
  readonly calmP99: number
  readonly stormP99: number
}

/** Enough to keep the hashing pool busy, and no more of one name than may be tried at once. */
const PEOPLE = [alice, alice, alice, alice, bob, bob, bob, bob]

/** Refreshes come on this many connections. */
const REFRESHING = 8

interface Options {
  readonly duration: number
  readonly rounds: number
}

export async function measureSignIns({ duration, rounds }: Options): Promise<SignInFigure> {
  const server = await ServerProcess.start()
  pin(server.pid, SERVER_CORE)
  pin(process.pid, CLIENT_CORE)
  try {
    const families = await openFamilies(server.origin, 200)
    const refresh = async (milliseconds = duration): Promise<number> => {
      const source = refreshes(new URL(server.origin).host, families, REFRESHING)
      const { p99, refused } = await load({
        port: server.port,
        connections: REFRESHING,
        source,
        duration: milliseconds,
      })
      if (refused > 0) throw new Error(`${refused} refreshes were refused`)
      return p99
    }
    await refresh()
    await storm(server.origin, duration)
    const figures = { signIns: [] as number[], hashes: [] as number[], calm: [] as number[], stormy: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      figures.hashes.push(await hashAlone(duration))
      figures.signIns.push(await storm(server.origin, duration))
      figures.calm.push(await refresh())
      const [p99] = await Promise.all([refresh(), storm(server.origin, duration)])
      figures.stormy.push(p99)
    }
    const signInsPerSecond = median(figures.signIns)
    const hashesPerSecond = median(figures.hashes)
    const ratio = median(figures.signIns.map((each, round) => each / (figures.hashes[round] ?? Number.NaN)))
    const [calmP99, stormP99] = [median(figures.calm), median(figures.stormy)]
    return { signInsPerSecond, hashesPerSecond, ratio, calmP99, stormP99 }
  } finally {
    await server.stop()
  }
}

/** A browser that nobody has used before, each time. */
async function signIn(origin: string, who: typeof alice | typeof bob): Promise<void> {
  const person = new Person()
  const after = await person.submit(await person.open(`${origin}/sign-in`), who, { action: '/sign-in' })
  if (after.status !== 200 || !new URL(after.url).pathname.startsWith('/start')) {
    throw new Error(`${who.userName} was not let in: ${after.status} ${after.url}`)
  }
}

/** How many sign in a second while all of them go on. */
async function storm(origin: string, milliseconds: number): Promise<number> {
  let done = 0
  const start = performance.now()
  const end = start + milliseconds
  await Promise.all(
    PEOPLE.map(async (who) => {
      while (performance.now() < end) {
        await signIn(origin, who)
        done += 1
      }
    }),
  )
  return (done * 1000) / (performance.now() - start)
}

async function hashAlone(milliseconds: number): Promise<number> {
  const floor = await startProgram('argon2-floor.ts', [String(milliseconds)])
  await floor.stop()
  return Number(floor.said)
}
