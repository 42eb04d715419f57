/**
 * The server is killed with SIGKILL after each commit of what an administrator writes. Started again, it has lost nothing
 * that it answered, and nothing is half done.
 */

import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { engines } from '../harness/engines.ts'
import { expectWhole, WRITES, type Write } from './administrative-writes.ts'
import { MOST_COMMITS, type Running, startKillable } from './killable-server.ts'

/** Whether it was killed on the way; an answer of the server is none. */
async function isKilled(act: () => Promise<unknown>, order: string): Promise<boolean> {
  try {
    await act()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
  const wasKilled = !existsSync(order)
  rmSync(order, { force: true })
  return wasKilled
}

/** Kills the server after each commit of one write in turn; how often that was. */
async function killAtEachCommit(write: Write, { server, world, order }: Running): Promise<number> {
  for (let commit = 1; commit <= MOST_COMMITS; commit += 1) {
    const made = await write.prepare(world)
    writeFileSync(order, String(commit))
    const wasKilled = await isKilled(() => write.act(world, made), order)
    if (wasKilled) {
      await server.kill()
      await server.start()
      await write.act(world, made).catch((error: Error) => {
        if (!write.again?.test(error.name)) throw error
      })
    }
    await write.check(world, made)
    if (!wasKilled) return commit - 1
  }
  throw new Error(`${write.name} makes more commits than ${MOST_COMMITS}`)
}

describe.each(engines)('administered and killed, on $name', (engine) => {
  test('what was answered is there, and nothing is half done', async (context) => {
    const running = await startKillable(engine, context)
    let kills = 0
    for (const write of WRITES) {
      try {
        kills += await killAtEachCommit(write, running)
        await expectWhole(running.world)
      } catch (error) {
        throw new Error(`${write.name}: ${String(error)}\n${running.server.output.slice(-2000)}`, { cause: error })
      }
    }
    console.log(`${WRITES.length} writes, killed ${kills} times`)
    expect(kills).toBeGreaterThanOrEqual(WRITES.length)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const verified = await running.command('audit', 'verify')
    expect(verified.stdout).toContain('The chain is whole.')
    const { Events } = await running.world.call('mayfly', 'ListAuditEvents', { EventName: 'MoveAccount' })
    expect((Events as unknown[]).length).toBeGreaterThanOrEqual(2)
  })
})
