/** The granted role that somebody who named another one probably meant. */

import { editDistance } from './closest-words.ts'

export interface WantedRole {
  readonly accountId: string
  readonly roleName: string
}

/** An account with the roles in it that the person may take. */
export interface GrantedAccount {
  readonly accountId: string
  readonly accountName?: string | undefined
  readonly roles: readonly string[]
}

export interface NearestRole extends WantedRole {
  readonly accountName?: string | undefined
}

/**
 * The best match: any role of the account itself goes before one of another, an account whose number differs by a slip
 * of the finger before the rest, and of those only a role of nearly the same name counts. Nothing when none is close.
 */
export function findNearestRole(wanted: WantedRole, granted: readonly GrantedAccount[]): NearestRole | undefined {
  let best: { readonly role: NearestRole; readonly likeness: number } | undefined
  for (const { accountId, accountName, roles } of granted) {
    const ofAccount = accountLikeness(wanted.accountId, accountId)
    for (const roleName of roles) {
      const ofRole = nameLikeness(wanted.roleName, roleName)
      if (ofAccount < 3 && ofRole < 0.6) continue
      const likeness = ofAccount + ofRole
      if (best && likeness <= best.likeness) continue
      best = { role: { accountId, roleName, ...(accountName !== undefined && { accountName }) }, likeness }
    }
  }
  return best?.role
}

/** 3 for the same account, 1 for one digit off, less for two or two that changed places; 0 otherwise. */
export function accountLikeness(wanted: string, granted: string): number {
  if (wanted === granted) return 3
  const distance = editDistance(wanted, granted)
  return distance === 1 ? 1 : distance === 2 ? 0.8 : 0
}

/** 1 for the same name but for case and punctuation, down to 0: by letters, by one that holds the other, by words. */
export function nameLikeness(one: string, other: string): number {
  const [a, b] = [plain(one), plain(other)]
  if (a === b) return 1
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  const byLetters = 1 - editDistance(a, b) / long.length
  const byPart = short.length >= 3 && long.includes(short) ? 0.7 + 0.3 * (short.length / long.length) : 0
  return Math.max(byLetters, byPart, sharedWords(one, other) * 0.95)
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** The part of all words of both that both have: `ReadOnly-Prod` and `prod_read_only`. */
function sharedWords(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)]
  const shared = [...a].filter((word) => b.has(word)).length
  return shared / new Set([...a, ...b]).size
}

const wordsOf = (name: string): ReadonlySet<string> =>
  new Set(
    name
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== ''),
  )
