/** The options of `keys retire`, and what was typed as values. */

import { after, days } from '@mayfly/identity-center/duration'
import type { Retirement, Schedule } from '../../../long-term-keys/retirement/retirement.ts'
import type { Machine } from '../../../machine/machine.ts'
import { ArgumentRefusal } from '../../../problems/argument-refusal.ts'
import { type CommandOption, findOption, jsonOption, type OptionValues } from '../../command.ts'
import { type Consent, GOALS, type Goal } from './consent.ts'
import { RETIREMENT_SHAPE } from './retirement-json.ts'
import { TIMERS } from './timer.ts'

export const retireOptions: readonly CommandOption[] = [
  { name: '--to', value: 'STEP', summary: 'how far to go; soak changes files alone', choices: GOALS },
  { name: '--soak', value: 'DAYS', summary: 'how long without a use before it is switched off: 7d (default), 12h, 0d' },
  { name: '--rest', value: 'DAYS', summary: 'how long switched off before it is deleted: 7d (default), 12h, 0d' },
  { name: '--permission-set', value: 'NAME', summary: "the permission set that takes the key's place" },
  { name: '--as', value: 'PROFILE', summary: 'switch off and delete the key as this profile' },
  { name: '--schedule', summary: 'let --due do what comes later, up to --to' },
  { name: '--due', summary: 'do what is scheduled and due, of every key; for cron and its like' },
  { name: '--timer', value: 'KIND', summary: 'print lines that run --due every day', choices: TIMERS },
  { name: '--without-last-used', value: 'KEY', summary: 'go on although nobody can say when this key was last used' },
  { name: '--delete-history', summary: "delete the lines of a shell's history that hold the key" },
  { name: '--force', summary: 'go on although machines use the key' },
  { name: '--close', summary: 'end it here: delete the backups, leave the key and the files as they are' },
  { name: '--yes', summary: 'do not ask; a key is deleted only with --to deleted' },
  jsonOption(`{ retirements: [${RETIREMENT_SHAPE.replace(/ }$/, ', did, told, needsPerson }')}] }`),
]

const DEFAULT_DAYS = 7
const MOST_DAYS = 365

/** `7d`, `12h`, `7`: days. */
export function parseDays(typed: string | undefined, option: string): number {
  if (typed === undefined) return DEFAULT_DAYS
  const [, count, unit = 'd'] = /^(\d{1,4}(?:\.\d+)?)([dh])?$/.exec(typed) ?? []
  const parsed = unit === 'h' ? Number(count) / 24 : Number(count)
  if (count === undefined || parsed > MOST_DAYS)
    throw new ArgumentRefusal(
      `argument ${option}: '${typed}' is no number of days (7d, 12h, 0d)`,
      'See: mayfly keys retire --help',
    )
  return parsed
}

export const readConsent = (options: OptionValues, { terminal }: Machine): Consent => ({
  to: findOption(options, 'to') as Goal | undefined,
  isGiven: options['yes'] === true,
  mayAsk: terminal.interactive && options['json'] !== true,
})

/** The dates on which `--due` goes on: as early as the rules allow, and later where the key is used meanwhile. */
export function createSchedule(
  { swappedAt, createdAt, deactivatedAt, soakDays, restDays }: Retirement,
  to: Goal | undefined,
): Schedule {
  const deactivateAt = after(swappedAt ?? createdAt, days(soakDays))
  if (to !== 'deleted') return { to: 'inactive', deactivateAt }
  return { to, deactivateAt, deleteAt: after(deactivatedAt ?? deactivateAt, days(restDays)) }
}
