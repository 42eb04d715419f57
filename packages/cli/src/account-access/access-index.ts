/** Which accounts and roles a session reaches, as the portal last said: ~/.mayfly/access. No secret is in it. */

import { sha1 } from '../hot/sha1.ts'
import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'

export interface AccessAccount {
  readonly accountId: string
  readonly accountName?: string
  readonly emailAddress?: string
  /** Sorted. Empty where the portal names the account and no role in it. */
  readonly roles: readonly string[]
}

export interface AccessIndex {
  readonly sessionName: string
  readonly startUrl: string
  readonly region: string
  /** When the portal was asked. */
  readonly takenAt: Date
  /** By account id. */
  readonly accounts: readonly AccessAccount[]
}

/** The folder of all indexes. */
const accessFolder = (machine: Machine): string => joinPath(machine, ownFolder(machine), 'access')

const pathOf = (machine: Machine, sessionName: string): string =>
  joinPath(machine, accessFolder(machine), `${sha1(sessionName)}.json`)

/** What is known of a session's access; nothing where it was never asked, or where the file says something else. */
export async function readAccessIndex(machine: Machine, sessionName: string): Promise<AccessIndex | undefined> {
  const index = parseAccessIndex(await machine.files.readText(pathOf(machine, sessionName)))
  return index?.sessionName === sessionName ? index : undefined
}

/** The indexes of all sessions, by session name. */
export async function listAccessIndexes(machine: Machine): Promise<readonly AccessIndex[]> {
  const folder = accessFolder(machine)
  const names = (await machine.files.list(folder)).filter((name) => /^[0-9a-f]{40}\.json$/.test(name))
  const texts = await Promise.all(names.map((name) => machine.files.readText(joinPath(machine, folder, name))))
  return texts
    .map(parseAccessIndex)
    .filter((index) => index !== undefined)
    .sort((one, other) => (one.sessionName < other.sessionName ? -1 : 1))
}

/** Replaces what is known of a session's access, in one step. */
export async function writeAccessIndex(machine: Machine, index: AccessIndex): Promise<void> {
  const text = `${JSON.stringify({ version: 1, ...index, takenAt: index.takenAt.toISOString() })}\n`
  await machine.files.write(pathOf(machine, index.sessionName), text, { mode: 0o600, folderMode: 0o700 })
}

/** Forgets a session's access; false when nothing was known. */
export const deleteAccessIndex = (machine: Machine, sessionName: string): Promise<boolean> =>
  machine.files.delete(pathOf(machine, sessionName))

function parseAccessIndex(text: string | undefined): AccessIndex | undefined {
  try {
    const { version, sessionName, startUrl, region, takenAt, accounts } = JSON.parse(text ?? '') as Record<
      string,
      unknown
    >
    if (version !== 1 || !Array.isArray(accounts)) return undefined
    if (typeof sessionName !== 'string' || typeof startUrl !== 'string' || typeof region !== 'string') return undefined
    const moment = new Date(String(takenAt))
    if (Number.isNaN(moment.getTime())) return undefined
    return { sessionName, startUrl, region, takenAt: moment, accounts: accounts.flatMap(parseAccount) }
  } catch {
    return undefined
  }
}

function parseAccount(value: unknown): readonly AccessAccount[] {
  if (typeof value !== 'object' || value === null) return []
  const { accountId, accountName, emailAddress, roles } = value as Record<string, unknown>
  if (typeof accountId !== 'string' || !Array.isArray(roles)) return []
  return [
    {
      accountId,
      ...(typeof accountName === 'string' && { accountName }),
      ...(typeof emailAddress === 'string' && { emailAddress }),
      roles: roles.filter((role) => typeof role === 'string'),
    },
  ]
}
