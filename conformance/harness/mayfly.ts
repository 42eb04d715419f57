/** The client as it is shipped: the built program, run by its own executable. */

import { join } from 'node:path'
import type { Home } from './home.ts'
import { root } from './root.ts'
import { type ProgramRun, runProgram } from './run-program.ts'

export const MAYFLY = join(root, 'packages/cli/bin/mayfly.cjs')

export interface MayflyOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly browser?: Parameters<Home['browser']>[0]
  readonly timeout?: number
}

const environment = (home: Home, { env, browser }: MayflyOptions): Record<string, string> =>
  home.env({ ...home.browser(browser), ...env })

export const runMayfly = (home: Home, args: readonly string[], options: MayflyOptions = {}): Promise<ProgramRun> =>
  runProgram(process.execPath, [MAYFLY, ...args], {
    env: environment(home, options),
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
  })
