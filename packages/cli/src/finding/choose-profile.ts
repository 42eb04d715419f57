/** Lets a person find a profile in the terminal. */

import type { TagRule } from '../hot/prompt-tags.ts'
import type { Machine } from '../machine/machine.ts'
import type { SharedConfig } from '../shared-config/shared-config.ts'
import { createRowFinder } from './matching.ts'
import { rankByName } from './nearest-names.ts'
import { createRowFormatter } from './profile-columns.ts'
import { listProfileRows } from './profile-rows.ts'
import { readTagRules } from './tags.ts'

export interface ProfileChoice {
  readonly title: string
  /** The name that was meant, perhaps: those like it come first. */
  readonly like?: string
}

/** Whether somebody can choose here: keys come from a terminal, and it shows what is drawn on it. */
export const mayChoose = ({ terminal, env }: Machine): boolean =>
  terminal.interactive && terminal.watched && env['TERM'] !== 'dumb'

/** The name of the profile that was taken. Rejects with Interrupted when none was. */
export async function chooseProfile(
  machine: Machine,
  config: SharedConfig,
  { title, like }: ProfileChoice,
): Promise<string> {
  const rules = await readTagRules(machine).catch((error: Error): readonly TagRule[] => {
    machine.terminal.writeError(`mayfly: [WARNING]: ${error.message}\n`)
    return []
  })
  const listed = await listProfileRows(machine, config, rules)
  const rows = like === undefined ? listed : rankByName(listed, like)
  const find = createRowFinder(rows)
  const format = createRowFormatter(rows, machine.clock.now())
  const isFitting = like !== undefined && find(like).length > 0
  const index = await machine.terminal.pick({
    title,
    total: rows.length,
    ...(isFitting && { query: like }),
    filter: find,
    row: (place, columns) => {
      const row = rows[place]
      return row ? format(row, columns) : []
    },
  })
  return rows[index]?.name ?? ''
}
