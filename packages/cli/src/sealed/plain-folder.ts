/** A folder of tokens, registrations or role credentials, and the plain one that AWS's tools share. */

import type { Machine } from '../machine/machine.ts'
import { joinPath } from '../machine/place.ts'

/** Which of AWS's two caches: `~/.aws/sso/cache` or `~/.aws/cli/cache`. */
export type CacheName = 'sso' | 'cli'

export interface CacheFolder {
  /** Where it lies, to tell a person. */
  readonly place: string
  /** Where one of its files lies, to tell a person. */
  pathOf(name: string): string
  /**
   * The text of a file; nothing when there is none. A plain one may be torn (the AWS CLI truncates and writes); a sealed
   * one that cannot be opened rejects with DamagedRecord, and with a Refusal when the data key cannot be had.
   */
  read(name: string): Promise<string | undefined>
  /** Replaces a file in one step, for its owner's eyes alone. */
  write(name: string, content: string): Promise<void>
  /** Names of its files, sorted. */
  list(): Promise<readonly string[]>
  /** Deletes a file; false when there was none. */
  delete(name: string): Promise<boolean>
  /** True when `write` may be expected to work. In sealed mode the data key must be at hand for it. */
  isWritable(name: string): Promise<boolean>
}

/** The folder that AWS's tools share, whatever the mode. It does not move with AWS_CONFIG_FILE. */
export const openSharedFolder = (machine: Machine, cache: CacheName): CacheFolder =>
  openPlainFolder(machine, joinPath(machine, machine.home, '.aws', cache, 'cache'))

/** Plain files in one folder. */
export function openPlainFolder(machine: Machine, place: string): CacheFolder {
  const pathOf = (name: string): string => joinPath(machine, place, name)
  return {
    place,
    pathOf,
    read: (name) => machine.files.readText(pathOf(name)),
    write: (name, content) => machine.files.write(pathOf(name), content, { mode: 0o600 }),
    list: () => machine.files.list(place),
    delete: (name) => machine.files.delete(pathOf(name)),
    isWritable: (name) => machine.files.isWritable(pathOf(name)),
  }
}
