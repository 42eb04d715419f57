/** In which order an organization's keys are best retired, and why each stands where it does. A decision of values. */

import { between, type Duration, days } from '@mayfly/identity-center/duration'
import type { LastUse } from '../inquiry/key-facts.ts'
import type { AuditedAccount, AuditedKey, AuditedUser, PasswordPresence } from './audited-account.ts'
import { type Breadth, severityOf } from './policy-breadth.ts'

/** The steps of an organization's retirement, in their order. Names are stable: scripts read them. */
export const TIERS = ['root', 'unused-wide', 'unused', 'inactive', 'spare', 'person', 'machine', 'new'] as const
export type Tier = (typeof TIERS)[number]

interface TierWords {
  readonly title: string
  /** Why keys of this tier stand where they do. */
  readonly why: string
  readonly action: string
}

export const TIER_WORDS: Readonly<Record<Tier, TierWords>> = {
  root: {
    title: 'Root keys: an emergency',
    why: 'Nothing bounds a root key: no policy, no boundary, no service control policy in the management account.',
    action: 'Delete it today, as the root user, and look at what it did',
  },
  'unused-wide': {
    title: 'Unused, and wide',
    why: 'Nobody misses the key, and a thief gains most by it.',
    action: 'Switch it off now; delete it after the soak',
  },
  unused: {
    title: 'Unused',
    why: 'Nobody misses the key.',
    action: 'Switch it off now; delete it after the soak',
  },
  inactive: {
    title: 'Switched off already',
    why: 'The key signs nothing, but anybody who may change the user can switch it on again.',
    action: 'Delete it',
  },
  spare: {
    title: 'The spare of two',
    why: "The user's other key was used later: what still uses this one can take that one, or better, none.",
    action: 'Find who uses it; move them, switch it off, delete it',
  },
  person: {
    title: "A person's",
    why: 'The user has a console password: a person who can sign in instead, at once.',
    action: 'Give the person a permission set; mayfly keys retire on their computer',
  },
  machine: {
    title: "A machine's",
    why: 'No console password: a program that needs a role of its own, which takes longest to arrange.',
    action: 'Give it a role: OIDC federation, Roles Anywhere, an instance role',
  },
  new: {
    title: 'New, and not used yet',
    why: 'It was made a few days ago, and may be about to be put to use.',
    action: 'Ask who made it',
  },
}

/** A key of this age that was used never, or not since, is unused. */
const UNUSED: Duration = days(90)
const NEW: Duration = days(7)

export interface RankedKey {
  /** From 1. */
  readonly rank: number
  readonly tier: Tier
  readonly accountId: string
  readonly accountName?: string
  /** Absent for the root user. */
  readonly userName?: string
  /** Absent for a root key: IAM names none. */
  readonly accessKeyId?: string
  readonly status?: 'Active' | 'Inactive'
  /** Whole days. */
  readonly age?: number
  /** Absent where nobody could say, and for root keys. */
  readonly lastUsed?: LastUse
  /** Whole days since; absent when it was never used, or nobody could say. */
  readonly idle?: number
  readonly password?: PasswordPresence
  readonly breadth?: Breadth
  /** Sentences without a full stop, the first one first to be read. */
  readonly reasons: readonly string[]
}

type Unranked = Omit<RankedKey, 'rank'>

/** Every key of these accounts, in the order in which they are to go. */
export function rankKeys(accounts: readonly AuditedAccount[], now: Date): readonly RankedKey[] {
  const all = accounts.flatMap((account) => [
    ...rootKey(account),
    ...account.users.flatMap((user) => user.keys.map((key) => judgeKey(account, user, key, now))),
  ])
  return all.sort(compare).map((key, index) => ({ rank: index + 1, ...key }))
}

const placeOf = ({ accountId, accountName }: AuditedAccount) => ({
  accountId,
  ...(accountName !== undefined && { accountName }),
})

function rootKey(account: AuditedAccount): readonly Unranked[] {
  if (account.hasRootKeys !== true) return []
  const factor = account.hasRootMfa === false ? ['the root user has no second factor either'] : []
  return [
    {
      ...placeOf(account),
      tier: 'root',
      breadth: 'everything',
      reasons: ['the root user has an access key', ...factor],
    },
  ]
}

function judgeKey(account: AuditedAccount, user: AuditedUser, key: AuditedKey, now: Date): Unranked {
  const { accessKeyId, status, createdAt, lastUsed } = key
  const { userName, password, breadth = 'unknown' } = user
  const age = createdAt && wholeDays(between(createdAt, now))
  const idle = lastUsed?.at && wholeDays(between(lastUsed.at, now))
  const facts = {
    accessKeyId,
    status,
    userName,
    password,
    breadth,
    ...(age !== undefined && { age }),
    ...(idle !== undefined && { idle }),
    ...(lastUsed && { lastUsed }),
  }
  const tier = tierOf(user, key, { age, idle, breadth })
  return { ...placeOf(account), ...facts, tier, reasons: reasonsOf(facts) }
}

interface Figures {
  readonly age: number | undefined
  readonly idle: number | undefined
  readonly breadth: Breadth
}

function tierOf(user: AuditedUser, key: AuditedKey, { age, idle, breadth }: Figures): Tier {
  if (key.status === 'Inactive') return 'inactive'
  const isNever = key.lastUsed !== undefined && key.lastUsed.at === undefined
  if (isNever && age !== undefined && age < wholeDays(NEW)) return 'new'
  if (isNever || (idle !== undefined && idle >= wholeDays(UNUSED))) {
    return breadth === 'everything' || breadth === 'wide' ? 'unused-wide' : 'unused'
  }
  const isSpare = user.keys.some(
    (other) => other !== key && other.status === 'Active' && lastOf(other) > lastOf(key) + days(1),
  )
  if (isSpare) return 'spare'
  return user.password === 'yes' ? 'person' : 'machine'
}

const lastOf = ({ lastUsed }: AuditedKey): number => lastUsed?.at?.getTime() ?? 0

const BREADTH_WORDS: Readonly<Record<Breadth, string>> = {
  everything: 'its user may do everything',
  wide: 'its user may use whole services',
  narrow: 'its user may do little',
  nothing: 'its user has no policy at all',
  unknown: 'what its user may do could not be read whole',
}

function reasonsOf({
  status,
  lastUsed,
  age,
  idle,
  password,
  breadth,
}: Omit<Unranked, 'tier' | 'reasons' | 'accountId'>) {
  const reasons: string[] = []
  if (status === 'Inactive') reasons.push('switched off')
  if (!lastUsed) reasons.push('nobody could say when it was last used')
  else if (idle === undefined) reasons.push(age === undefined ? 'never used' : `never used in ${countDays(age)}`)
  else {
    const { service, region } = lastUsed
    const where = [service && `for ${service}`, region && `in ${region}`].filter(Boolean).join(' ')
    reasons.push(`last used ${idle === 0 ? 'today' : `${countDays(idle)} ago`}${where === '' ? '' : ` ${where}`}`)
  }
  if (breadth !== undefined) reasons.push(BREADTH_WORDS[breadth])
  if (password === 'yes') reasons.push('a person signs in as its user')
  if (age !== undefined && age >= 365) reasons.push(`made ${countDays(age)} ago`)
  return reasons
}

export const countDays = (count: number): string => (count === 1 ? '1 day' : `${count} days`)

const wholeDays = (length: Duration): number => Math.max(0, Math.floor(length / days(1)))

/** By tier; then what lets a thief do most, what was used least lately, what is oldest; then by name, so that it is stable. */
function compare(one: Unranked, other: Unranked): number {
  const idleOf = ({ idle, lastUsed, age }: Unranked): number =>
    idle ?? (lastUsed && lastUsed.at === undefined ? (age ?? 0) + 100_000 : -1)
  return (
    TIERS.indexOf(one.tier) - TIERS.indexOf(other.tier) ||
    severityOf(one.breadth) - severityOf(other.breadth) ||
    idleOf(other) - idleOf(one) ||
    (other.age ?? 0) - (one.age ?? 0) ||
    compareTexts(
      `${one.accountId}/${one.userName}/${one.accessKeyId}`,
      `${other.accountId}/${other.userName}/${other.accessKeyId}`,
    )
  )
}

const compareTexts = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
