/** A setup that is ended half-way, and run again. */

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Home } from '../harness/home.ts'
import { MAYFLY } from '../harness/mayfly.ts'
import type { SetupRun, SetupWorld } from './setup-world.ts'

export interface Interruption {
  readonly rest: SetupRun
  /** Accounts whose roles were asked for before the end. */
  readonly asked: number
  /** Calls for roles of the second run. */
  readonly askedAgain: number
  /** As many as the person reaches. */
  readonly accounts: number
}

/** Ends a first run by a signal when it has asked for half of `expected` accounts; then runs it again. */
export async function interruptAtHalf(
  world: SetupWorld,
  home: Home,
  signal: 'SIGINT' | 'SIGKILL',
  expected: number,
): Promise<Interruption> {
  world.limit(20)
  const rolesAsked = (): number => world.proxy.count('/assignment/roles')
  const child = spawn(process.execPath, [MAYFLY, 'setup', world.server.startUrl, '--yes'], {
    env: home.env(home.browser()),
    stdio: 'ignore',
  })
  const ended = new Promise((resolve) => child.on('close', (status, by) => resolve(status ?? by)))
  while (rolesAsked() < expected / 2) await new Promise((resolve) => setTimeout(resolve, 10))
  child.kill(signal)
  expect(await ended).toBe(signal === 'SIGINT' ? 130 : 'SIGKILL')
  expect(existsSync(join(home.path, '.aws/config'))).toBe(false)
  const asked = rolesAsked()
  // The portal's memory of a second is of no matter here.
  await new Promise((resolve) => setTimeout(resolve, 1100))
  const rest = await world.setup(home, [world.server.startUrl, '--yes'])
  const accounts = Number(/^(\d+) accounts/m.exec(rest.stderr)?.[1])
  return { rest, asked, askedAgain: rolesAsked() - asked, accounts }
}
