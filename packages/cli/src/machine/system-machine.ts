/** This computer, and the process that runs on it. */

import { homedir, platform as systemPlatform } from 'node:os'
import { systemClock } from '@mayfly/identity-center/clock'
import { randomHex, systemRandom } from '@mayfly/identity-center/random'
import { joinPath, ownFolder } from '../shared-config/paths.ts'
import { createBrowser } from './browser.ts'
import { systemChildProcess } from './child-process.ts'
import { createFiles } from './files.ts'
import { createHttp } from './http.ts'
import { createLock } from './lock.ts'
import { systemLoopback } from './loopback.ts'
import type { Environment, Machine, Platform } from './machine.ts'
import { createTerminal, type Terminal } from './terminal.ts'

/** The machine that the program runs on. Standard streams are opened when they are first used: it takes milliseconds. */
export function createSystemMachine(): Machine {
  const { env } = process
  const platform = platformOf(systemPlatform())
  const home = homeOf(env, platform)
  const files = createFiles(() => `${process.pid}-${randomHex(systemRandom, 8)}`)
  let terminal: Terminal | undefined
  const openTerminal = (): Terminal => {
    terminal ??= createTerminal({ input: process.stdin, output: process.stdout, error: process.stderr })
    return terminal
  }
  return {
    clock: systemClock,
    random: systemRandom,
    env,
    platform,
    home,
    files,
    http: createHttp({ env, clock: systemClock, chance: Math.random, readFile: files.read }),
    get terminal() {
      return openTerminal()
    },
    browser: createBrowser({ platform, env }),
    loopback: systemLoopback,
    lock: createLock(joinPath({ platform }, ownFolder({ platform, home, env }), 'locks'), (sentence) =>
      process.stderr.write(`mayfly: ${sentence}\n`),
    ),
    childProcess: systemChildProcess,
  }
}

/** A BSD is treated as Linux: paths, permissions and signals are the same. */
const platformOf = (name: string): Platform => (name === 'win32' || name === 'darwin' ? name : 'linux')

/** `~` as Python's expanduser finds it: HOME, on Windows USERPROFILE; else what the system says. */
export function homeOf(env: Environment, platform: Platform): string {
  const named = env[platform === 'win32' ? 'USERPROFILE' : 'HOME']
  const home = named || homedir()
  return home.length > 1 ? home.replace(platform === 'win32' ? /[\\/]+$/ : /\/+$/, '') || '/' : home
}
