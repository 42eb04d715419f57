/** Reads one account: its IAM users with their keys, and whether its root user has any. */

import type { Machine } from '../../machine/machine.ts'
import { findMember } from '../../sign-in/answer.ts'
import { findStructure, type IamUser, type KeyDescription } from '../inquiry/iam-answers.ts'
import type { Iam } from '../inquiry/iam-client.ts'
import type { Unanswered } from '../inquiry/key-facts.ts'
import { describeRefusal, isDenied, isMissing } from '../inquiry/key-state.ts'
import type { AuditedAccount, AuditedKey, AuditedUser, PasswordPresence } from './audited-account.ts'
import { breadthOf } from './policy-breadth.ts'
import { createPolicyReader, type PolicyReader } from './user-breadth.ts'

/** An account that is to be read, and with which permission set. */
export interface AccountToRead {
  readonly accountId: string
  readonly accountName?: string
  readonly roleName: string
}

/** Users that are read at once: the limiter lets no more calls through anyway. */
const AT_ONCE = 8

interface Reading {
  readonly iam: Iam
  readonly policies: PolicyReader
  /** What could not be read, each thing once. */
  readonly cannot: Map<string, string>
}

/** Rejects where the users cannot be listed: of such an account nothing is known. */
export async function readAccount({ clock }: Machine, iam: Iam, account: AccountToRead): Promise<AuditedAccount> {
  const cannot = new Map<string, string>()
  const reading: Reading = { iam, policies: createPolicyReader(iam), cannot }
  const root = await readRoot(reading)
  const listed = await iam.listUsers()
  const users: AuditedUser[] = new Array(listed.length)
  const queue = listed.entries()
  const work = async (): Promise<void> => {
    for (const [index, user] of queue) users[index] = await readUser(reading, user)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, listed.length) }, work))
  const unanswered = [...cannot].map(([what, why]): Unanswered => ({ what, why }))
  return { ...account, readAt: clock.now(), ...root, users, cannot: unanswered }
}

async function readRoot({ iam, cannot }: Reading): Promise<Pick<AuditedAccount, 'hasRootKeys' | 'hasRootMfa'>> {
  const summary = await iam.call('GetAccountSummary').catch((error: unknown) => {
    cannot.set('whether the root user has keys', describeRefusal(error))
  })
  const map = findStructure(summary, 'SummaryMap')
  const keys = findStructure(map, 'AccountAccessKeysPresent')
  const factors = findStructure(map, 'AccountMFAEnabled')
  return {
    ...(typeof keys === 'number' && { hasRootKeys: keys > 0 }),
    ...(typeof factors === 'number' && { hasRootMfa: factors > 0 }),
  }
}

async function readUser(reading: Reading, user: IamUser): Promise<AuditedUser> {
  const { iam, policies } = reading
  const { userName, createdAt, passwordLastUsed } = user
  const password = await findPassword(reading, user)
  const base = { userName, password, ...(createdAt && { createdAt }), ...(passwordLastUsed && { passwordLastUsed }) }
  const listed = await attempt(reading, 'the keys of some users', () => iam.listAccessKeys(userName))
  if (!listed || listed.length === 0) return { ...base, keys: [] }
  const keys = await Promise.all(listed.map((key) => readKey(reading, key)))
  const found = await attempt(reading, 'the policies of some users', () => policies.read(userName))
  return { ...base, keys, breadth: found ? breadthOf(found) : 'unknown' }
}

async function readKey(reading: Reading, { accessKeyId, status, createdAt }: KeyDescription): Promise<AuditedKey> {
  const used = await attempt(reading, 'the last use of some keys', () => reading.iam.getAccessKeyLastUsed(accessKeyId))
  return { accessKeyId, status, ...(createdAt && { createdAt }), ...(used && { lastUsed: used.lastUsed }) }
}

const PASSWORDS = 'who has a console password'

/** IAM has a login profile for each user with a password. Whoever may not ask for one may not ask for the others. */
async function findPassword({ iam, cannot }: Reading, user: IamUser): Promise<PasswordPresence> {
  const { userName, passwordLastUsed } = user
  if (cannot.has(PASSWORDS)) return passwordLastUsed ? 'yes' : 'unknown'
  try {
    const output = await iam.call('GetLoginProfile', { UserName: userName })
    return findMember(findStructure(output, 'LoginProfile'), 'UserName') === undefined ? 'unknown' : 'yes'
  } catch (error) {
    if (isMissing(error)) return 'no'
    cannot.set(PASSWORDS, describeRefusal(error))
    return passwordLastUsed ? 'yes' : 'unknown'
  }
}

/** Nothing where IAM refuses, which is noted once; what ends every call ends the reading of the account. */
async function attempt<Value>(
  { cannot }: Reading,
  what: string,
  ask: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await ask()
  } catch (error) {
    // A user that was deleted meanwhile is no fault.
    if (isMissing(error)) return undefined
    if (!isDenied(error)) throw error
    if (!cannot.has(what)) cannot.set(what, describeRefusal(error))
    return undefined
  }
}
