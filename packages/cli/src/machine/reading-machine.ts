/** As much of this computer as reading its files takes: opened in a moment. */

import { platform as systemPlatform } from 'node:os'
import { systemClock } from '@mayfly/identity-center/clock'
import { createFiles } from './files.ts'
import { homeOf, platformOf } from './home.ts'
import type { Machine } from './machine.ts'

export interface ReadingMachine extends Pick<Machine, 'clock' | 'env' | 'platform' | 'home' | 'files'> {
  /** Prints to standard output. */
  print(text: string): void
}

export function createReadingMachine(): ReadingMachine {
  const platform = platformOf(systemPlatform())
  const { env } = process
  const files = createFiles(() => {
    throw new Error('Nothing is written here.')
  })
  const print = (text: string): void => void process.stdout.write(text)
  return { clock: systemClock, env, platform, home: homeOf(env, platform), files, print }
}
