/** keys plan: what would take a long-term key's place, which lines of which files would change, and when it would end. */

import { askByAccount } from '../../long-term-keys/inquiry/by-account.ts'
import { rememberKeys } from '../../long-term-keys/inquiry/known-keys.ts'
import { groupByKey, type KeyPlaces, placeless } from '../../long-term-keys/planning/found-keys.ts'
import { loadPlanning } from '../../long-term-keys/planning/load-ahead.ts'
import { openPlanning } from '../../long-term-keys/planning/plan-retirement.ts'
import type { RetirementPlan } from '../../long-term-keys/planning/retirement-plan.ts'
import { listRetirements } from '../../long-term-keys/retirement/journal.ts'
import { searchForKeys } from '../../long-term-keys/search/search-for-keys.ts'
import type { Machine } from '../../machine/machine.ts'
import { ArgumentRefusal } from '../../problems/argument-refusal.ts'
import { EXIT } from '../../problems/exit-codes.ts'
import { loadSettings } from '../../shared-config/settings.ts'
import { type Command, findOption, jsonOption, type OptionValues } from '../command.ts'
import { askingOptions } from './check/asking-options.ts'
import { createProgressLine } from './find/progress-line.ts'
import { formatJson } from './json-text.ts'
import { describePlan } from './plan/plan-json.ts'
import { formatPlan } from './plan/plan-report.ts'
import { parseDays } from './retire/retire-options.ts'

/** Seconds. More than a home takes on any disk; what was found by then counts. */
const SECONDS = 60

export const keysPlan: Command = {
  words: 'keys plan',
  summary: 'show what would take the place of long-term keys, and every line that would change; writes nothing',
  options: [
    { name: '--permission-set', value: 'NAME', summary: "the permission set that takes the key's place" },
    {
      name: '--soak',
      value: 'DAYS',
      summary: 'how long without a use before it is switched off: 7d (default), 12h, 0d',
    },
    { name: '--rest', value: 'DAYS', summary: 'how long switched off before it is deleted: 7d (default), 12h, 0d' },
    ...askingOptions,
    { name: '--offline', summary: 'look at this computer alone; ask nobody' },
    { name: '--delete-history', summary: "delete the lines of a shell's history that hold the key" },
    { name: '--snippets', summary: 'show the lines to paste for machines that use the key' },
    jsonOption(
      '{ plans: [{ accessKeyId, accountId, state, reason, isRoot, isCanary, arn, userName, createdAt, lastUsedAt, places, replacement, edits: [{ path, foundAs, kind, isNew, diff, notes }], byHand: [{ place, kind, why, advice }], steps: [{ step, at }], obstacles, snippets: [{ machine, heading, language, lines }] }] }; of a secret the last four characters',
    ),
  ],
  parameters: { usage: '[KEY …]', most: 100 },
  example: 'mayfly keys plan --offline',
  loadAhead: loadPlanning,
  async run(options, machine, { parameters }) {
    const settings = await loadSettings(machine, options)
    const planning = openPlanning(machine, settings, {
      offline: options['offline'] === true,
      noSigning: options['no-signing'] === true,
      deletesHistory: options['delete-history'] === true,
      soakDays: parseDays(findOption(options, 'soak'), '--soak'),
      restDays: parseDays(findOption(options, 'rest'), '--rest'),
      permissionSet: findOption(options, 'permission-set'),
      as: findOption(options, 'as'),
    })
    const keys = chooseKeys(await searchAll(machine), parameters)
    const plans = await askByAccount(keys, planning.plan)
    await rememberKeys(
      machine,
      plans.map(({ facts }) => facts),
    )
    await print(machine, options, plans)
    return plans.some(({ obstacles }) => obstacles.length > 0) ? EXIT.found : EXIT.ok
  },
}

async function searchAll(machine: Machine): Promise<readonly KeyPlaces[]> {
  const line = createProgressLine(machine)
  try {
    const { found } = await searchForKeys(machine, { seconds: SECONDS, withHistory: true }, line.show)
    return groupByKey(found)
  } finally {
    line.clear()
  }
}

/** Those that were named by id or by a profile that holds them; without a name every one but bait. */
function chooseKeys(keys: readonly KeyPlaces[], typed: readonly string[]): readonly KeyPlaces[] {
  if (typed.length === 0) return keys.filter(({ isCanary }) => !isCanary)
  const chosen = typed.map((word) => {
    const key = keys.find(
      ({ accessKeyId, found }) => accessKeyId === word || found.some((each) => isOfProfile(each, word)),
    )
    if (key) return key
    if (/^AKIA[A-Z0-9]{12,}$/.test(word)) return placeless(word)
    throw new ArgumentRefusal(
      `${JSON.stringify(word)} is neither the id of a long-term key nor a profile that has one.`,
      'See which there are: mayfly keys find',
    )
  })
  return [...new Set(chosen)]
}

const isOfProfile = ({ kind, uses }: KeyPlaces['found'][number], name: string): boolean =>
  (kind === 'aws-credentials' || kind === 'aws-config') && uses.some((use) => use.name === name)

async function print(machine: Machine, options: OptionValues, plans: readonly RetirementPlan[]): Promise<void> {
  const { terminal, home, clock } = machine
  if (options['json'] === true) {
    terminal.write(formatJson({ plans: plans.map(describePlan) }))
    return
  }
  if (plans.length === 0) terminal.write('No long-term access key lies on this computer where it was looked for.\n')
  const columns = terminal.shown ? terminal.size.columns : 80
  const where = { home, columns, styled: terminal.styled, now: clock.now(), withSnippets: options['snippets'] === true }
  const { retirements } = await listRetirements(machine)
  const known = new Map(retirements.map((each) => [each.accessKeyId, each]))
  terminal.write(plans.map((plan) => formatPlan(plan, where, known.get(plan.accessKeyId))).join('\n'))
}
