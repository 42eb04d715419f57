/** What an interrupted audit has read already: ~/.mayfly/audits, a file an account, for a day. No secret is in it. */

import { between, days } from '@mayfly/identity-center/duration'
import { sha1 } from '../../hot/sha1.ts'
import type { Machine } from '../../machine/machine.ts'
import { joinPath, ownFolder } from '../../machine/place.ts'
import { type AuditedAccount, parseAuditedAccount, type UnreadAccount } from './audited-account.ts'
import type { AccountToRead } from './read-account.ts'

/** What was asked for: another question is another audit. */
export interface AuditQuestion {
  readonly session: string
  readonly startUrl: string
  /** As typed; empty when somebody chose. */
  readonly roleNames: readonly string[]
  readonly accountPatterns: readonly string[]
}

/** What is to be read, once it is known. */
export interface AuditPlan {
  readonly startedAt: Date
  readonly accounts: readonly AccountToRead[]
  /** Accounts in which no permission set that was chosen is granted. */
  readonly unreachable: readonly UnreadAccount[]
  readonly reader: AuditReader
}

/** Who reads. What one person was granted is not told to another who signs in to the same session. */
export interface AuditReader {
  /** As AWS knows the person: absent where nobody could say. */
  readonly name?: string
  /** Absent for a sign-in that was not Mayfly's. */
  readonly signedInAt?: Date
}

/** By name; where it is not known of both, the one sign-in is one person's. */
export function isSameReader(one: AuditReader, other: AuditReader): boolean {
  if (one.name !== undefined && other.name !== undefined) return one.name === other.name
  return one.signedInAt !== undefined && one.signedInAt.getTime() === other.signedInAt?.getTime()
}

export interface AuditState {
  /** Of a run that was interrupted within the last day. */
  readonly plan: AuditPlan | undefined
  /** By account id: what that run has read. */
  readonly read: ReadonlyMap<string, AuditedAccount>
  begin(plan: AuditPlan): Promise<void>
  /** Resolves when it is on the disk. */
  keep(account: AuditedAccount): Promise<void>
  /** Everything is known: nothing is left to go on from. */
  delete(): Promise<void>
}

const LIFE = days(1)
const PRIVATE = { mode: 0o600, folderMode: 0o700 } as const
const PLAN = 'audit.json'

const auditsFolder = (machine: Machine): string => joinPath(machine, ownFolder(machine), 'audits')

export const auditName = ({ session, startUrl, roleNames, accountPatterns }: AuditQuestion): string =>
  sha1(JSON.stringify([session, startUrl, roleNames, accountPatterns]))

/** Opens what is left of the same question's last run; `isFresh` forgets it. Whoever calls this holds the audit's lock. */
export async function openAuditState(machine: Machine, question: AuditQuestion, isFresh: boolean): Promise<AuditState> {
  const folder = joinPath(machine, auditsFolder(machine), auditName(question))
  const forget = async (): Promise<void> => void (await machine.files.deleteTree(folder))
  const found = isFresh ? undefined : await readPlan(machine, folder)
  if (!found) await forget()
  await forgetOthers(machine, auditName(question))
  const read = new Map<string, AuditedAccount>()
  for (const account of found?.accounts ?? []) {
    const text = await machine.files.readText(joinPath(machine, folder, nameOf(account)))
    const known = parseAuditedAccount(text)
    if (known?.accountId === account.accountId) read.set(account.accountId, known)
  }
  return {
    plan: found,
    read,
    begin: (plan) =>
      machine.files.write(joinPath(machine, folder, PLAN), JSON.stringify({ version: 1, ...plan }), PRIVATE),
    keep: (account) =>
      machine.files.write(joinPath(machine, folder, nameOf(account)), JSON.stringify(account), PRIVATE),
    delete: forget,
  }
}

const nameOf = ({ accountId }: Pick<AccountToRead, 'accountId'>): string => `${accountId}.json`

async function readPlan(machine: Machine, folder: string): Promise<AuditPlan | undefined> {
  const plan = parsePlan(await machine.files.readText(joinPath(machine, folder, PLAN)))
  const age = plan && between(plan.startedAt, machine.clock.now())
  return age !== undefined && age >= 0 && age < LIFE ? plan : undefined
}

function parsePlan(text: string | undefined): AuditPlan | undefined {
  try {
    const { version, startedAt, accounts, unreachable, reader } = JSON.parse(text ?? '') as Record<string, unknown>
    const moment = new Date(String(startedAt))
    if (version !== 1 || Number.isNaN(moment.getTime())) return undefined
    if (!Array.isArray(accounts) || !Array.isArray(unreachable)) return undefined
    const isAccount = (one: AccountToRead): boolean => /^\d{12}$/.test(one.accountId) && one.roleName !== undefined
    return { startedAt: moment, accounts: accounts.filter(isAccount), unreachable, reader: parseReader(reader) }
  } catch {
    return undefined
  }
}

function parseReader(value: unknown): AuditReader {
  const { name, signedInAt } = (value ?? {}) as Record<string, unknown>
  const moment = new Date(String(signedInAt))
  return {
    ...(typeof name === 'string' && { name }),
    ...(!Number.isNaN(moment.getTime()) && { signedInAt: moment }),
  }
}

/** Whatever nobody has gone on with for a day tells where keys are, and helps nobody any more. */
async function forgetOthers(machine: Machine, own: string): Promise<void> {
  for (const name of await machine.files.list(auditsFolder(machine))) {
    const folder = joinPath(machine, auditsFolder(machine), name)
    if (name !== own && /^[0-9a-f]{40}$/.test(name) && !(await readPlan(machine, folder)))
      await machine.files.deleteTree(folder)
  }
}
