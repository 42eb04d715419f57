/** What a retirement comes to, in words for a person. */

import type { ActOutcome } from '../../../long-term-keys/retirement/acts.ts'
import {
  activateCommand,
  deactivateCommand,
  deleteCommand,
  lookupCommand,
} from '../../../long-term-keys/retirement/hand-over.ts'
import type { NextStep } from '../../../long-term-keys/retirement/next-step.ts'
import { type Outlook, outlookOf } from '../../../long-term-keys/retirement/outlook.ts'
import type { Retirement, Straggler } from '../../../long-term-keys/retirement/retirement.ts'
import { formatInstant } from '../../../sign-in/token-cache.ts'

/** `2026-11-28 10:00 UTC` */
export const formatMoment = (moment: Date): string => `${formatInstant(moment).slice(0, 16).replace('T', ' ')} UTC`

/** `7 days`, `1 day`, `12 hours`. */
function formatDays(count: number): string {
  if (count > 0 && count < 1) return plural(Math.round(count * 24), 'hour')
  return plural(Number(count.toFixed(2)), 'day')
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** `s3 in eu-west-1`, as far as IAM says. */
function formatUse({ service, region }: { readonly service?: string; readonly region?: string }): string {
  if (service === undefined) return 'a service that IAM does not name'
  return region === undefined ? service : `${service} in ${region}`
}

/** What a swap has come to. Lines. */
/** Where no file holds the key, it is tried who is to switch it off. */
export const tellSwap = ({ accessKeyId, edits, profile, asProfile, testedArn }: Retirement): readonly string[] => [
  edits.length === 0
    ? `No file had to change. Tested: ${asProfile} is ${testedArn ?? 'a role'}.`
    : `${plural(edits.length, 'file')} changed, backed up (sealed). Tested: ${profile.profileName} is ${testedArn ?? 'a role'}.`,
  `To take it back: mayfly keys undo ${accessKeyId}`,
]

const BY_ITSELF = 'That is scheduled: the first run of mayfly keys retire --due after it does it.'

/** Why nothing is done now, and what there is to do. Lines. */
export function explainWait(retirement: Retirement, next: Extract<NextStep, { do: 'wait' }>): readonly string[] {
  const { accessKeyId, soakDays, restDays, standing, schedule } = retirement
  const until = next.until ? formatMoment(next.until) : ''
  switch (next.why) {
    case 'soak':
      return [
        `It soaks: after ${formatDays(soakDays)} without a use it may be switched off, from ${until} on.`,
        schedule ? BY_ITSELF : `Then: mayfly keys retire ${accessKeyId}`,
      ]
    case 'rest':
      return [
        `It is switched off and rests (${formatDays(restDays)}): it may be deleted from ${until} on.`,
        schedule?.to === 'deleted' ? BY_ITSELF : `Then: mayfly keys retire ${accessKeyId} --to deleted`,
      ]
    case 'clock':
      return [`The clock of this computer is behind what was noted (${until}): nothing is done until it is right.`]
    case 'last-use':
      return [
        `When ${accessKeyId} was last used cannot be read${whyNot(retirement)}. A key that may be in use is not switched off.`,
        'Name a profile that may read it (iam:GetAccessKeyLastUsed): --as PROFILE',
        `To go on without knowing: mayfly keys retire ${accessKeyId} --without-last-used ${accessKeyId}`,
      ]
    case 'unasked':
      if (retirement.isDead && retirement.step === 'soaking')
        return [
          `${accessKeyId} opened nothing when it was asked: there is nothing to switch off, and no file holds it now.`,
          `What the files held is kept, sealed, until you say: mayfly keys retire ${accessKeyId} --close`,
        ]
      return [
        `How ${accessKeyId} stands could not be asked${whyNot(retirement)}.`,
        ...(standing?.cannot.some(({ why }) => /AccessDenied/.test(why))
          ? ['Name a profile that may read it: --as PROFILE', ...handOverLines(retirement)]
          : [`Once that is right: mayfly keys retire ${accessKeyId}`]),
      ]
  }
}

function whyNot({ standing }: Retirement): string {
  const [first] = standing?.cannot ?? []
  return first ? ` (${first.what}: ${first.why})` : ''
}

/** Who still uses the key, and how to find out more. Lines. */
export function tellStraggler(
  retirement: Retirement,
  straggler: Straggler,
  places: readonly string[],
): readonly string[] {
  return [
    `Somebody still uses ${retirement.accessKeyId}: ${formatUse(straggler)}, at ${formatMoment(straggler.at)}.`,
    `The ${retirement.deactivatedAt ? 'rest' : 'soak'} begins anew with that.`,
    ...(places.length === 0
      ? ['No file of this computer holds it any more: it is used elsewhere, or by a program that keeps it in memory.']
      : ['It still lies in:', ...places.map((place) => `  ${place}`)]),
    'Which program, and from where (CloudTrail, some minutes late):',
    `  ${lookupCommand(retirement, straggler)}`,
  ]
}

/** For an administrator. Lines. */
export function handOverLines(retirement: Retirement): readonly string[] {
  const isOff = retirement.step === 'inactive' || retirement.step === 'deleting'
  return [
    'For an administrator of the account:',
    `  ${isOff ? deleteCommand(retirement) : deactivateCommand(retirement)}`,
    ...(isOff ? [] : ['And back, as long as it is not deleted:', `  ${activateCommand(retirement)}`]),
    `When it is done: mayfly keys retire ${retirement.accessKeyId}`,
  ]
}

const NEXT_WORDS: Readonly<Record<Outlook['next'], string>> = {
  swap: 'swap',
  deactivate: 'deactivate',
  delete: 'delete',
  undo: 'go on undoing',
  close: 'close: it opens nothing',
  nothing: '',
}

const HINDRANCE_WORDS: Readonly<Record<NonNullable<Outlook['hindrance']>, string>> = {
  administrator: 'by an administrator',
  'last-use': 'last use unknown',
  unasked: 'not asked',
}

/** `deactivate 2026-11-28, scheduled`: on that day at the earliest. */
export function formatOutlook(retirement: Retirement, now: Date): string {
  const { next, at, isScheduled, hindrance } = outlookOf(retirement, now)
  const word = NEXT_WORDS[next]
  if (word === '') return ''
  const when = at === undefined ? '' : at > now ? ` ${formatInstant(at).slice(0, 10)}` : ' now'
  const by = hindrance === undefined ? '' : `, ${HINDRANCE_WORDS[hindrance]}`
  return `${word}${when}${by}${isScheduled && next !== 'undo' ? ', scheduled' : ''}`
}

/** What an act has come to. Lines. */
export function tellOutcome(what: 'deactivate' | 'delete', outcome: ActOutcome): readonly string[] {
  if (outcome.is === 'changed') return []
  const { retirement } = outcome
  if (outcome.is === 'handed-over')
    return [
      `The profile ${retirement.asProfile} may not ${what === 'delete' ? 'delete the key' : 'switch the key off'}.`,
      `Another profile of yours may: mayfly keys retire ${retirement.accessKeyId} --as PROFILE`,
      ...handOverLines(retirement),
    ]
  return what === 'delete'
    ? [`${retirement.accessKeyId} is deleted. Its backups are deleted too.`]
    : [
        `${retirement.accessKeyId} is switched off. What still needs it fails from now on.`,
        `To take everything back: mayfly keys undo ${retirement.accessKeyId}`,
      ]
}
