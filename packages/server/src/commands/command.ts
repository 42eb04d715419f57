/** What an operator types behind `mayfly-server`, and what it may touch. */

import type { Clock } from '@mayfly/identity-center/clock'
import type { Random } from '@mayfly/identity-center/random'
import type { Store } from '@mayfly/store'
import type { Config } from '../context/settings.ts'
import type { CommandValues } from './options.ts'

export interface CommandContext {
  /** What follows the command's own words. */
  readonly words: readonly string[]
  readonly endpoint?: string
  /** The options of single commands. */
  readonly options: CommandValues
  readonly config: Config
  /** Who typed it, as the machine knows them: for the audit record. */
  readonly operator: string
  readonly clock: Clock
  readonly random: Random
  print(line: string): void
  /** Opens the database of the data folder, which must be there; the command closes it. */
  openStore(): Promise<Store>
}

export interface Command {
  /** `users disable` */
  readonly words: readonly string[]
  /** What follows them: `USER` */
  readonly argument?: string
  readonly summary: string
  /** What may be typed behind `mayfly-server` as it stands, once names and folders are the reader's own. */
  readonly example: string
  run(context: CommandContext): Promise<void>
}
