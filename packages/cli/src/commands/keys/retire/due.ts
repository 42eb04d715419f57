/** What is scheduled and due, of every key: for cron and its like, with nobody to ask. */

import { getRetirement } from '../../../long-term-keys/retirement/access-path.ts'
import { listRetirements, withRetirement } from '../../../long-term-keys/retirement/journal.ts'
import { tidy } from '../../../long-term-keys/retirement/look.ts'
import { FINAL_STEPS, type Retirement } from '../../../long-term-keys/retirement/retirement.ts'
import type { Machine } from '../../../machine/machine.ts'
import { EXIT } from '../../../problems/exit-codes.ts'
import { describeProblem } from '../../../problems/problem.ts'
import type { OptionValues } from '../../command.ts'
import { type Advanced, advance, permitBySchedule } from './advance.ts'
import { tell } from './tell.ts'

/** One that cannot go on keeps none of the others waiting. */
export async function runDue(machine: Machine, options: OptionValues): Promise<number> {
  const { retirements, damaged } = await listRetirements(machine)
  const told: Advanced[] = []
  for (const retirement of retirements) {
    if (FINAL_STEPS.includes(retirement.step)) await clear(machine, retirement)
    else told.push(isBegun(retirement) ? await goOn(machine, options, retirement) : cutOff(retirement))
  }
  for (const path of damaged) machine.terminal.writeError(`${path} cannot be understood.\n`)
  tell(machine, options, told, { isQuiet: true })
  const isFine = damaged.length === 0 && told.every(({ needsPerson }) => !needsPerson)
  return isFine ? EXIT.ok : EXIT.found
}

/** Those that soak or rest are looked at although nothing is scheduled: whoever runs it wants to hear of stragglers. */
const isBegun = ({ step }: Retirement): boolean => step !== 'planned' && step !== 'swapping'

/** Nobody is there to see whether the tools work: a swap goes on when a person says so. */
const cutOff = (retirement: Retirement): Advanced => ({
  retirement,
  did: [],
  lines: [
    `The retirement of ${retirement.accessKeyId} was cut off in the middle of its files.`,
    `Go on: mayfly keys retire ${retirement.accessKeyId}; or take it back: mayfly keys undo ${retirement.accessKeyId}`,
  ],
  needsPerson: true,
})

const clear = (machine: Machine, { accessKeyId, backupKey }: Retirement): Promise<unknown> =>
  backupKey === undefined
    ? Promise.resolve()
    : withRetirement(machine, accessKeyId, async () => tidy(machine, await getRetirement(machine, accessKeyId)))

async function goOn(machine: Machine, options: OptionValues, retirement: Retirement): Promise<Advanced> {
  try {
    return await advance(machine, options, retirement, permitBySchedule(machine))
  } catch (error) {
    const { message, hint } = describeProblem(error)
    const lines = [`${retirement.accessKeyId}: ${message}`, ...(hint === undefined ? [] : [hint])]
    return { retirement, did: [], lines, needsPerson: true }
  }
}
