/** keys retire: a long-term key gives its place to a profile that signs in, rests, and is deleted, step by step. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { loadPlanning } from '../../long-term-keys/planning/load-ahead.ts'
import { getRetirement } from '../../long-term-keys/retirement/access-path.ts'
import { deleteBackups } from '../../long-term-keys/retirement/backups.ts'
import { noteChange, withRetirement } from '../../long-term-keys/retirement/journal.ts'
import { FINAL_STEPS, type Retirement } from '../../long-term-keys/retirement/retirement.ts'
import type { Machine } from '../../machine/machine.ts'
import { Interrupted } from '../../machine/question.ts'
import { ArgumentRefusal } from '../../problems/argument-refusal.ts'
import { EXIT } from '../../problems/exit-codes.ts'
import { describeProblem, type Problem } from '../../problems/problem.ts'
import { type Command, findOption, type OptionValues } from '../command.ts'
import { type Advanced, advance, permitBy, type Say } from './retire/advance.ts'
import { type Begun, beginRetirement } from './retire/begin.ts'
import { runDue } from './retire/due.ts'
import { createSchedule, parseDays, readConsent, retireOptions } from './retire/retire-options.ts'
import { formatLines, tell } from './retire/tell.ts'
import { formatTimer, type Timer } from './retire/timer.ts'
import { findLastingProgram } from './retire/timer-surroundings.ts'
import { formatMoment, tellSwap } from './retire/words.ts'

export const keysRetire: Command = {
  words: 'keys retire',
  summary: 'let a profile take the place of a long-term key, then switch the key off and delete it, step by step',
  options: retireOptions,
  parameters: { usage: '[KEY …]', most: 20 },
  example: 'mayfly keys retire --timer crontab',
  loadAhead: loadPlanning,
  async run(options, machine, { parameters: typed }) {
    const timer = findOption(options, 'timer')
    if (timer !== undefined) {
      const ownProgram = { ...machine.ownProgram, ...(await findLastingProgram(machine)) }
      machine.terminal.write(formatTimer(timer as Timer, { ...machine, ownProgram }))
      return EXIT.ok
    }
    if (options['due'] === true) {
      if (typed.length > 0) throw new ArgumentRefusal('--due is of every key.', 'See: mayfly keys retire --help')
      return runDue(machine, options)
    }
    if (typed.length === 0)
      throw new ArgumentRefusal(
        'Which key is missing.',
        'See which there are: mayfly keys find; and: mayfly keys status',
      )
    return retireTyped(machine, options, typed)
  },
}

async function retireTyped(machine: Machine, options: OptionValues, typed: readonly string[]): Promise<number> {
  // What was typed wrong is told before anything is done.
  for (const option of ['soak', 'rest']) parseDays(findOption(options, option), `--${option}`)
  const [told, problems]: [Advanced[], Problem[]] = [[], []]
  // One after the other: what changes for one is there before the next is planned.
  for (const word of new Set(typed)) {
    try {
      const begun = await beginRetirement(machine, options, word)
      if (begun) told.push(await goOn(machine, options, begun))
    } catch (error) {
      if (typed.length === 1 || error instanceof Interrupted) throw error
      const problem = describeProblem(error)
      problems.push(problem)
      machine.terminal.writeError(formatLines([`${word}: ${problem.message}`, ...(problem.hint ? [problem.hint] : [])]))
    }
  }
  if (options['json'] === true) tell(machine, options, told)
  return problems[0]?.exitCode ?? (told.some(({ needsPerson }) => needsPerson) ? EXIT.found : EXIT.ok)
}

async function goOn(machine: Machine, options: OptionValues, { accessKeyId, did }: Begun): Promise<Advanced> {
  const lines: string[] = []
  // Said at once: a person is asked in between.
  const say: Say = (more) => {
    lines.push(...more)
    if (options['json'] !== true) machine.terminal.write(formatLines(more))
  }
  const retirement = await withRetirement(machine, accessKeyId, async () =>
    noteWishes(machine, options, await getRetirement(machine, accessKeyId)),
  )
  if (did.includes('swap')) say(tellSwap(retirement))
  const advanced =
    options['close'] === true
      ? await close(machine, accessKeyId, say)
      : await advance(machine, options, retirement, permitBy(machine, readConsent(options, machine)), say)
  const { step, isDead } = advanced.retirement
  // Nothing is left to delete but what the files held.
  if (isDead && step === 'soaking' && options['yes'] === true && findOption(options, 'to') === 'deleted')
    return { ...(await close(machine, accessKeyId, say)), did, lines }
  const isEnded = FINAL_STEPS.includes(step)
  const last = options['schedule'] === true && !isEnded ? await schedule(machine, options, accessKeyId, say) : undefined
  return { ...advanced, retirement: last ?? advanced.retirement, did: [...did, ...advanced.did], lines }
}

/** What is typed for one that is under way counts from then on. */
async function noteWishes(machine: Machine, options: OptionValues, retirement: Retirement): Promise<Retirement> {
  const [soak, rest, as] = [findOption(options, 'soak'), findOption(options, 'rest'), findOption(options, 'as')]
  const without = findOption(options, 'without-last-used')
  if (without !== undefined && without !== retirement.accessKeyId)
    throw new ArgumentRefusal(
      `--without-last-used names ${without}, and this is ${retirement.accessKeyId}.`,
      'It takes the whole id of the one key that is meant.',
    )
  const change = {
    ...(soak !== undefined && { soakDays: parseDays(soak, '--soak') }),
    ...(rest !== undefined && { restDays: parseDays(rest, '--rest') }),
    ...(as !== undefined && { asProfile: as }),
    ...(without !== undefined && { isWithoutLastUse: true as const, note: 'Goes on without knowing the last use.' }),
  }
  return Object.keys(change).length === 0 ? retirement : noteChange(machine, retirement, change)
}

async function schedule(machine: Machine, options: OptionValues, accessKeyId: string, say: Say): Promise<Retirement> {
  const { to, isGiven, mayAsk } = readConsent(options, machine)
  if (to === 'deleted' && !isGiven && !(mayAsk && (await agreesToDelete(machine, accessKeyId))))
    throw new ArgumentRefusal(
      `Nothing was scheduled: nobody agreed to delete ${accessKeyId}.`,
      `To do it without a question: mayfly keys retire ${accessKeyId} --schedule --to deleted --yes`,
    )
  const scheduled = await withRetirement(machine, accessKeyId, async () => {
    const current = await getRetirement(machine, accessKeyId)
    return noteChange(machine, current, { schedule: createSchedule(current, to), note: 'Scheduled.' })
  })
  const { deactivateAt, deleteAt } = scheduled.schedule ?? {}
  say([
    ...(scheduled.step === 'soaking' && deactivateAt ? [`Scheduled: off from ${formatMoment(deactivateAt)} on.`] : []),
    ...(deleteAt ? [`Scheduled: deleted from ${formatMoment(deleteAt)} on.`] : []),
    'A use of the key meanwhile moves the dates. They come true when this runs, each day or so: mayfly keys retire --due',
    'Lines for that: mayfly keys retire --timer crontab (or systemd, launchd, schtasks)',
  ])
  return scheduled
}

const agreesToDelete = async ({ terminal }: Machine, accessKeyId: string): Promise<boolean> =>
  /^y(es)?$/i.test(await terminal.ask({ prompt: `Let ${accessKeyId} be deleted when that is due? [y/N]: ` }))

/** The person ends it: what could be undone cannot be any more. */
const close = (machine: Machine, accessKeyId: string, say: Say): Promise<Advanced> =>
  withRetirement(machine, accessKeyId, async () => {
    const found = await getRetirement(machine, accessKeyId)
    if (found.step === 'undoing' || found.step === 'swapping')
      throw new Refusal('conflict', `The retirement of ${accessKeyId} is in the middle of its files.`, {
        hint: `Go on, or take it back: mayfly keys undo ${accessKeyId}`,
      })
    const closed = await noteChange(machine, found, { step: 'closed', schedule: undefined, note: 'Closed by hand.' })
    const left = await deleteBackups(machine, accessKeyId, closed.backupKey)
    const retirement = left.length > 0 ? closed : await noteChange(machine, closed, { backupKey: undefined })
    say([`The retirement of ${accessKeyId} is closed: its backups are deleted, the key is left as it is.`, ...left])
    return { retirement, did: [], lines: [], needsPerson: false }
  })
