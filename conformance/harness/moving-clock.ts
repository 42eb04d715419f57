/** A clock that is moved for every program that is started with it (libfaketime), however long ago. */

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const LIBRARY = readdirSync('/usr/lib')
  .map((name) => `/usr/lib/${name}/faketime/libfaketime.so.1`)
  .find(existsSync)

/** Why there is none here. */
export const missingFaketime = LIBRARY ? undefined : 'there is no libfaketime (Debian: apt-get install faketime)'

export class MovingClock {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mayfly-clock-'))

  constructor() {
    this.move(0)
  }

  /** So many minutes after now; before it when negative. */
  move(minutes: number): void {
    writeFileSync(join(this.#folder, 'clock'), `${minutes < 0 ? '' : '+'}${minutes}m\n`)
  }

  /** The variables of a program that is to follow it. What waits for a time to pass waits as ever. */
  get env(): Record<string, string> {
    return {
      LD_PRELOAD: LIBRARY ?? '',
      FAKETIME_TIMESTAMP_FILE: join(this.#folder, 'clock'),
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
