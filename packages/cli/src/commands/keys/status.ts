/** keys status: every retirement, how far it is, and what is next. */

import { askByAccount } from '../../long-term-keys/inquiry/by-account.ts'
import { type KnownKey, readKnownKeys } from '../../long-term-keys/inquiry/known-keys.ts'
import { tryAccessPath } from '../../long-term-keys/retirement/access-path.ts'
import { listRetirements } from '../../long-term-keys/retirement/journal.ts'
import { lookAt } from '../../long-term-keys/retirement/look.ts'
import { isLeftToClose, outlookOf } from '../../long-term-keys/retirement/outlook.ts'
import { FINAL_STEPS, type Retirement } from '../../long-term-keys/retirement/retirement.ts'
import type { Machine } from '../../machine/machine.ts'
import { EXIT } from '../../problems/exit-codes.ts'
import { printable } from '../../problems/problem.ts'
import { type Command, jsonOption, type OptionValues } from '../command.ts'
import { formatTable } from '../table.ts'
import { formatAge } from './find/key-age.ts'
import { formatJson } from './json-text.ts'
import { hintOf, listStraggler } from './retire/advance.ts'
import { describeRetirement, lastUseOf, RETIREMENT_SHAPE } from './retire/retirement-json.ts'
import { statusNotes } from './retire/status-notes.ts'
import { formatLines } from './retire/tell.ts'
import { formatOutlook } from './retire/words.ts'

export const keysStatus: Command = {
  words: 'keys status',
  summary: 'show the retirement of every key: how far it is, since when, and what is next',
  options: [
    { name: '--ask', summary: 'ask AWS how each key stands now, and note it' },
    { name: '--all', summary: 'show those that have ended, too' },
    jsonOption(`{ retirements: [${RETIREMENT_SHAPE}], damaged }; damaged names journals that cannot be read`),
  ],
  example: 'mayfly keys status',
  async run(options, machine) {
    const { retirements, damaged } = await listRetirements(machine)
    const isJson = options['json'] === true
    const shown = retirements.filter(({ step }) => options['all'] || isJson || !FINAL_STEPS.includes(step))
    const current = options['ask'] === true ? await askAll(machine, options, shown) : shown
    const now = machine.clock.now()
    const known = await readKnownKeys(machine)
    if (isJson) {
      const described = current.map((each) => describeRetirement(each, now, known.get(each.accessKeyId)))
      const whole = { retirements: described, damaged }
      machine.terminal.write(formatJson(whole))
    } else machine.terminal.write(formatStatus(current, retirements.length - current.length, { machine, known }))
    for (const path of damaged) machine.terminal.writeError(`${path} cannot be understood.\n`)
    const isUnasked = options['ask'] === true && current.some(isNotKnown)
    return damaged.length === 0 && !isUnasked ? 0 : EXIT.other
  },
}

const isNotKnown = (retirement: Retirement): boolean =>
  !FINAL_STEPS.includes(retirement.step) && retirement.standing?.status === 'unknown' && !isLeftToClose(retirement)

async function askAll(
  machine: Machine,
  options: OptionValues,
  shown: readonly Retirement[],
): Promise<readonly Retirement[]> {
  const answers = await askByAccount(shown, async ({ accessKeyId, asProfile }) => {
    const path = await tryAccessPath(machine, options, asProfile)
    return { path, look: await lookAt(machine, accessKeyId, path) }
  })
  const hints = new Set<string>()
  for (const { path, look } of answers) {
    const { accessKeyId } = look.retirement
    for (const hint of hintOf(path)) hints.add(hint)
    machine.terminal.writeError(formatLines(await listStraggler(machine, look)))
    const [first] = look.standing.cannot
    if (first && look.standing.status !== 'unknown')
      machine.terminal.writeError(`${accessKeyId}: ${printable(`${first.what}: ${first.why}`)}\n`)
  }
  machine.terminal.writeError(formatLines([...hints]))
  return answers.map(({ look }) => look.retirement)
}

/** `5 days`, `today`, `never`: by when AWS was asked last. */
function formatLastDay(retirement: Retirement, known: KnownKey | undefined, now: Date): string {
  const used = lastUseOf(retirement, known)
  if (!used) return 'not known'
  return used.at === undefined ? 'never' : formatAge(used.at, now)
}

/** What can be done first, first; then by account and user. */
function sortByNext(shown: readonly Retirement[], now: Date): readonly Retirement[] {
  const weigh = (each: Retirement): string =>
    [outlookOf(each, now).at?.toISOString() ?? '', each.accountId, each.userName, each.accessKeyId].join(' ')
  return shown
    .map((each) => ({ each, weight: weigh(each) }))
    .sort((one, other) => (one.weight < other.weight ? -1 : 1))
    .map(({ each }) => each)
}

interface StatusFacts {
  readonly machine: Machine
  readonly known: ReadonlyMap<string, KnownKey>
}

function formatStatus(shown: readonly Retirement[], hidden: number, { machine, known }: StatusFacts): string {
  const { clock, terminal } = machine
  const now = clock.now()
  const number = shown.length === 0 ? hidden : `${hidden} more`
  const more = hidden === 0 ? '' : `${number} ${hidden === 1 ? 'has' : 'have'} ended: mayfly keys status --all\n`
  if (shown.length === 0) return more || 'No key is being retired. Which there are: mayfly keys find\n'
  // Users of several accounts mostly have the same names.
  const hasAccounts = new Set(shown.map(({ accountId }) => accountId)).size > 1
  const head = ['KEY', ...(hasAccounts ? ['ACCOUNT'] : []), 'USER', 'STEP', 'SINCE', 'USED', 'NEXT']
  const rows = sortByNext(shown, now).map((retirement) => [
    retirement.accessKeyId,
    ...(hasAccounts ? [retirement.accountId ?? ''] : []),
    retirement.userName ?? '',
    retirement.step,
    formatAge(retirement.since, now),
    formatLastDay(retirement, known.get(retirement.accessKeyId), now),
    formatOutlook(retirement, now),
  ])
  const notes = formatLines(statusNotes(shown, now))
  return `${formatTable(head, rows, { columns: terminal.size.columns, cuts: head.indexOf('USER') })}${more}${notes}`
}
