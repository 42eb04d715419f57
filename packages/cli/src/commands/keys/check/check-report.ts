/** What was found out about keys, for a person: a table, or all of one key. */

import type { KeyFacts } from '../../../long-term-keys/inquiry/key-facts.ts'
import { formatTable } from '../../table.ts'
import { formatAge, formatLastUse } from '../find/key-age.ts'
import { formatPlace } from '../find/place-words.ts'
import type { CheckedKey } from './checked-key.ts'
import { formatLead } from './lead.ts'

export interface CheckedFacts {
  readonly key: CheckedKey
  readonly facts: KeyFacts
}

export interface ReportSurroundings {
  readonly now: Date
  readonly home: string
  readonly columns: number
}

const HEAD = ['KEY', 'STATE', 'USER', 'AGE', 'LAST USED'] as const
const MOST_PLACES = 5

/** Root users' keys first: they are an emergency. */
export const byUrgency = (one: CheckedFacts, other: CheckedFacts): number =>
  urgencyOf(one.facts) - urgencyOf(other.facts)

const ORDER = ['live', 'unknown', 'inactive', 'dead']
const urgencyOf = ({ isRoot, state }: KeyFacts): number => (isRoot ? -1 : ORDER.indexOf(state))

export function formatReport(checked: readonly CheckedFacts[], where: ReportSurroundings): string {
  const [only] = checked
  if (checked.length === 1 && only) return `${formatOne(only, where)}${formatNext(checked)}`
  const rows = checked.map(({ facts }) => [
    facts.accessKeyId,
    stateOf(facts),
    userOf(facts),
    facts.createdAt ? formatAge(facts.createdAt, where.now) : '',
    formatLastUse(facts.lastUsed, facts.ownUses, where.now),
  ])
  const table = formatTable(HEAD, rows, { columns: where.columns, cuts: 2 })
  return `${table}${checked.map(({ facts }) => formatNotes(facts, where)).join('')}${formatNext(checked)}`
}

const stateOf = ({ isRoot, isCanary, state }: KeyFacts): string => (isRoot ? 'ROOT' : isCanary ? 'canary' : state)

function userOf({ userName, accountId = '?', isRoot, isCanary }: KeyFacts): string {
  if (isCanary) return `${accountId}`
  return isRoot ? `root of ${accountId}` : userName === undefined ? accountId : `${userName} in ${accountId}`
}

/** What a table has no room for, of those keys that it matters for. */
function formatNotes(facts: KeyFacts, { columns }: ReportSurroundings): string {
  const { accessKeyId, isRoot, state, reason } = facts
  const lines = [
    ...(isRoot ? ROOT_WORDS : []),
    ...(state === 'unknown' || /^SignatureDoesNotMatch|^AccessDenied|^InvalidClientTokenId/.test(reason)
      ? [reason]
      : []),
  ]
  return lines.length === 0 ? '' : `\n${accessKeyId}\n${lines.map((line) => formatLead('  ', line, columns)).join('')}`
}

const ROOT_WORDS = [
  'This is a key of the root user: it may do everything, and nothing can limit it.',
  'Now: sign in as root, deactivate it (Security credentials), delete it when nothing fails.',
]

function formatOne({ key, facts }: CheckedFacts, { now, home, columns }: ReportSurroundings): string {
  const { accessKeyId, accountId, reason, arn, createdAt, lastUsed, otherKeys, policies, tags, cannot, askedAs } = facts
  const places = key.places.map((place) => formatPlace(place, home))
  const more = places.length - MOST_PLACES
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['State', [`${stateOf(facts)}: ${reason}`]],
    ['', facts.isRoot ? ROOT_WORDS : []],
    ['Account', [accountId ?? 'not known']],
    ['User', arn === undefined && facts.userName === undefined ? [] : [arn ?? facts.userName ?? '']],
    ['Created', createdAt ? [`${createdAt.toISOString().slice(0, 10)} (${formatAge(createdAt, now)})`] : []],
    ['Last used', [formatLastUse(lastUsed, facts.ownUses, now)]],
    ['Policies', policies ? listPolicies(policies) : []],
    [
      'Other key',
      otherKeys.map(
        (each) => `${each.accessKeyId}, ${each.status}, last used ${formatLastUse(each.lastUsed, [], now)}`,
      ),
    ],
    ['Tags', tags.slice(0, MOST_PLACES).map(({ key: name, value }) => `${name} = ${value}`)],
    ['Lies in', [...places.slice(0, MOST_PLACES), ...(more > 0 ? [`and ${more} more places`] : [])]],
    ['Asked as', [askedAs.length === 0 ? 'nobody' : askedAs.join(', ')]],
    ['Not known', cannot.slice(0, MOST_PLACES).map(({ what, why }) => `${what}: ${why}`)],
  ]
  const text = rows.flatMap(([name, lines]) =>
    lines.map((line, index) => formatLead(`  ${(index === 0 ? name : '').padEnd(10)} `, line, columns)),
  )
  return `${accessKeyId}\n${text.join('')}`
}

function listPolicies({ policies, isWhole }: NonNullable<KeyFacts['policies']>): readonly string[] {
  if (policies.length === 0) return [isWhole ? 'none: it may do nothing' : 'not known']
  return policies.map(({ name, way, groupName }) => `${name} (${groupName === undefined ? way : `group ${groupName}`})`)
}

/** The next command to type. */
function formatNext(checked: readonly CheckedFacts[]): string {
  const first = checked.find(({ facts: { state, isRoot } }) => state === 'live' && !isRoot)
  return first ? `\nWhat would take its place: mayfly keys plan ${first.facts.accessKeyId}\n` : ''
}
