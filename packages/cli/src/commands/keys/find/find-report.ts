/** What a search found, as a person reads it: one key, all its places. */

import type { KnownKey } from '../../../long-term-keys/inquiry/known-keys.ts'
import type { FoundKey, KeyUse } from '../../../long-term-keys/key/found-key.ts'
import type { Retirement } from '../../../long-term-keys/retirement/retirement.ts'
import type { KeySearch, PassedOverReason } from '../../../long-term-keys/search/key-search.ts'
import { foldLines } from '../../storage/format.ts'
import { formatKnown, formatRetired } from './known-words.ts'
import { formatPlace, shortenHome } from './place-words.ts'

export interface ReportSettings {
  readonly home: string
  readonly milliseconds: number
  readonly noun: 'file' | 'object'
  /** What AWS last said, by key id. */
  readonly known: ReadonlyMap<string, KnownKey>
  /** What became of keys here, by key id. */
  readonly retirements: ReadonlyMap<string, Retirement>
  readonly now: Date
}

const COLUMNS = 80

/** Places of one key that are shown; the rest is counted. */
const MOST_PLACES = 20
/** Programs and profiles of one place that are shown: hundreds of profiles may take a role from one. */
const MOST_USES = 4

export function formatSearch(search: KeySearch, settings: ReportSettings): string {
  const groups = groupByKey(search.found)
  const keys = groups.flatMap((group) => [...formatKey(group, settings), ''])
  return foldLines([...keys, ...summarize(search, groups.length, settings)].map(printable))
}

/** The name of a file that somebody else has written moves no cursor. */
const printable = (line: string): string => line.replace(/\p{C}/gu, '?')

/** Keys with their secrets first, secrets without an id last; in each the order found. */
function groupByKey(found: readonly FoundKey[]): readonly (readonly FoundKey[])[] {
  const groups = Map.groupBy(found, ({ accessKeyId, secret }) => accessKeyId ?? `secret ${secret?.reveal()}`)
  const weight = (group: readonly FoundKey[]): number =>
    group[0]?.accessKeyId === undefined ? 2 : group.some(({ secret }) => secret) ? 0 : 1
  return [...groups.values()].sort((one, other) => weight(one) - weight(other))
}

function formatKey(group: readonly FoundKey[], { home, known, retirements, now }: ReportSettings): readonly string[] {
  const [first] = group
  if (!first) return []
  const { accessKeyId, accountId } = first
  const secret = group.find((found) => found.secret)?.secret
  const head =
    accessKeyId === undefined
      ? `A secret without its id, ${secret}`
      : `${accessKeyId}  ${accountId === undefined ? 'account unknown (a key of before 2019)' : `account ${accountId}`}  ${secret ? `secret ${secret}` : 'no secret beside it'}`
  const bait = first.isCanary ? ['  A canary: it opens nothing, and whoever uses it raises an alarm.'] : []
  const last = known.get(accessKeyId ?? '')
  const retired = retirements.get(accessKeyId ?? '')
  const asked = last && retired?.step !== 'deleted' ? [`  ${formatKnown(last, now)}`] : []
  const places = group.slice(0, MOST_PLACES).flatMap((found) => formatFound(found, home))
  const more = group.length - MOST_PLACES
  return [
    head,
    ...bait,
    ...asked,
    ...(retired ? formatRetired(retired) : []),
    ...places,
    ...(more > 0 ? [`  and ${more} more places: mayfly keys find --json`] : []),
  ]
}

/** In one line where it fits. */
function formatFound(found: FoundKey, home: string): readonly string[] {
  const [place, notes] = [formatPlace(found.place, home), notesOf(found)]
  const line = `  ${[place, ...notes].join('  ')}`
  return line.length <= COLUMNS ? [line] : [`  ${place}`, ...notes.map((note) => `    ${note}`)]
}

function notesOf({ uses, access }: FoundKey): readonly string[] {
  const read = { owner: undefined, group: 'its group may read it', everyone: 'everyone may read it' }
  const open = access && read[access.readableBy]
  // One more takes no more room than its count.
  const shown = uses.length > MOST_USES + 1 ? uses.slice(0, MOST_USES) : uses
  const more = uses.length - shown.length
  return [
    ...shown.map(formatUse),
    ...(more > 0 ? [`and ${more.toLocaleString('en')} more`] : []),
    ...(access && open ? [`! ${open}`] : []),
  ]
}

const formatUse = ({ tool, name, note }: KeyUse): string =>
  `${name === undefined ? tool : `${tool} [${name}]`}${note === undefined ? '' : ` (${note})`}`

function summarize(search: KeySearch, keys: number, settings: ReportSettings): readonly string[] {
  const { found, looked, ended } = search
  const places = found.length === keys ? '' : ` in ${found.length} places`
  const bytes = looked.bytes > 1e9 ? `${(looked.bytes / 1e9).toFixed(1)} GB` : `${Math.ceil(looked.bytes / 1e6)} MB`
  const look = `${count(looked.files, settings.noun)} (${bytes}) looked at in ${(settings.milliseconds / 1000).toFixed(1)} s.`
  const sum =
    keys === 0
      ? ended === 'whole'
        ? 'No long-term key found'
        : 'No long-term key found so far'
      : `${count(keys, 'long-term key')}${places}`
  return [
    `${sum}; ${look}`,
    ...ENDS[ended],
    ...listPassedOver(search, settings),
    ...(found.every((key) => isDeleted(key, settings))
      ? []
      : ['', 'Whether they still work: mayfly keys check', 'What would replace them: mayfly keys plan']),
  ]
}

const isDeleted = ({ accessKeyId }: FoundKey, { retirements }: ReportSettings): boolean =>
  accessKeyId !== undefined && retirements.get(accessKeyId)?.step === 'deleted'

const ENDS: Readonly<Record<KeySearch['ended'], readonly string[]>> = {
  whole: [],
  time: ['! The time was over before everything was looked at. Longer: mayfly keys find --seconds 3600'],
  memory: ['! It ended early: more was found than is kept. Look at a part: mayfly keys find PATH'],
  interrupted: ['! It was interrupted before everything was looked at.'],
}

/** What helps against each; a person is told alone of what may hide a key. */
const REMEDIES: Readonly<Partial<Record<PassedOverReason, string>>> = {
  'other-owner': '--any-owner looks at them',
  'other-file-system': 'name them to look there',
  'too-big': '--everything looks at all of it',
  unreadable: '',
  history: '',
  ignored: '',
}

function listPassedOver({ passedOver }: KeySearch, { home }: ReportSettings): readonly string[] {
  const told = passedOver.filter(({ why }) => REMEDIES[why] !== undefined)
  const rest = passedOver.filter(({ why }) => REMEDIES[why] === undefined)
  const lines = told.map(({ why, what, count: number, examples }) => {
    const shown = examples.slice(0, 2).map((path) => shortenHome(path, home))
    const named = `${shown.join(', ')}${number > shown.length ? ', …' : ''}`
    return `- ${what}: ${number.toLocaleString('en')} (${named})${REMEDIES[why] ? `; ${REMEDIES[why]}` : ''}`
  })
  const sums = rest.map(({ what, count: number }) => `${what}: ${number.toLocaleString('en')}`)
  const sum = sums.length > 0 ? [`- ${sums.join('; ')}. To look at them: --everything`] : []
  return lines.length + sum.length > 0 ? ['Not looked at:', ...lines, ...sum] : []
}

const count = (number: number, noun: string): string =>
  `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
