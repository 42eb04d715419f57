/** What an audit knows of an account: its IAM users, their keys, and what could not be read. No secret is in it. */

import type { LastUse, Unanswered } from '../inquiry/key-facts.ts'
import type { Breadth } from './policy-breadth.ts'

export interface AuditedKey {
  readonly accessKeyId: string
  readonly status: 'Active' | 'Inactive'
  readonly createdAt?: Date
  /** Absent where nobody could say; without a moment in it the key was never used. */
  readonly lastUsed?: LastUse
}

/** Whether a person can sign in to the console as the user. */
export type PasswordPresence = 'yes' | 'no' | 'unknown'

export interface AuditedUser {
  readonly userName: string
  readonly createdAt?: Date
  readonly password: PasswordPresence
  readonly passwordLastUsed?: Date
  readonly keys: readonly AuditedKey[]
  /** Of a user with keys. */
  readonly breadth?: Breadth
}

export interface AuditedAccount {
  readonly accountId: string
  readonly accountName?: string
  /** The permission set that it was read with. */
  readonly roleName: string
  readonly readAt: Date
  /** Whether the root user has keys; absent where nobody could say. */
  readonly hasRootKeys?: boolean
  readonly hasRootMfa?: boolean
  readonly users: readonly AuditedUser[]
  readonly cannot: readonly Unanswered[]
}

export interface UnreadAccount {
  readonly accountId: string
  readonly accountName?: string
  readonly why: string
}

/** All that an audit has found. */
export interface Audit {
  readonly session: string
  readonly startUrl: string
  readonly startedAt: Date
  readonly endedAt: Date
  /** By account id. */
  readonly accounts: readonly AuditedAccount[]
  readonly unread: readonly UnreadAccount[]
}

type Members = Readonly<Record<string, unknown>>

/** What `JSON.stringify` made of an account; nothing for any other text. */
export function parseAuditedAccount(text: string | undefined): AuditedAccount | undefined {
  try {
    return reviveAccount(JSON.parse(text ?? '') as Members)
  } catch {
    return undefined
  }
}

function reviveAccount(found: Members): AuditedAccount | undefined {
  const { accountId, roleName, users, cannot } = found
  const readAt = dateOf(found['readAt'])
  if (typeof accountId !== 'string' || typeof roleName !== 'string' || !readAt) return undefined
  if (!Array.isArray(users) || !Array.isArray(cannot)) return undefined
  return { ...(found as unknown as AuditedAccount), readAt, users: users.map((user) => reviveUser(user as Members)) }
}

function reviveUser(user: Members): AuditedUser {
  const keys = (user['keys'] as readonly Members[]).map((key): AuditedKey => {
    const used = key['lastUsed'] as Members | undefined
    const at = dateOf(used?.['at'])
    const lastUsed = used && { lastUsed: { ...(used as LastUse), ...(at && { at }) } }
    return { ...(key as unknown as AuditedKey), ...withDate('createdAt', key['createdAt']), ...lastUsed }
  })
  const dates = {
    ...withDate('createdAt', user['createdAt']),
    ...withDate('passwordLastUsed', user['passwordLastUsed']),
  }
  return { ...(user as unknown as AuditedUser), ...dates, keys }
}

function dateOf(value: unknown): Date | undefined {
  const moment = new Date(String(value))
  return typeof value !== 'string' || Number.isNaN(moment.getTime()) ? undefined : moment
}

function withDate<Name extends string>(name: Name, value: unknown): { readonly [Each in Name]?: Date } {
  const moment = dateOf(value)
  return (moment ? { [name]: moment } : {}) as { readonly [Each in Name]?: Date }
}
