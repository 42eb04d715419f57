/** What an interrupted run has learned already: ~/.mayfly/setup, replaced in one step, for an hour. */

import { createHash } from 'node:crypto'
import { between, hours, milliseconds } from '@mayfly/identity-center/duration'
import { sha1 } from '../hot/sha1.ts'
import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'
import type { CachedToken } from '../sign-in/token-cache.ts'

/** Whose access is being read. */
export interface AccessQuestion {
  readonly sessionName: string
  readonly startUrl: string
}

export interface PartialAccess {
  /** Roles by account id, of the accounts that were read. */
  readonly roles: ReadonlyMap<string, readonly string[]>
  /** Keeps an account's roles. Returns at once; a moment later they are on the disk. */
  keep(accountId: string, roles: readonly string[]): void
  /** The session goes on under a refreshed token. */
  follow(token: CachedToken): void
  /** Resolves when all that was kept is on the disk. */
  settle(): Promise<void>
  /** Everything is known: nothing is left to go on from. */
  delete(): Promise<void>
}

const LIFE = hours(1)
/** Between two writes: so much may have to be asked again after a kill. */
const PAUSE = milliseconds(250)

/** Opens what is left of a run by the same person, through the same sign-in, within the last hour. */
export async function openPartialAccess(
  machine: Machine,
  { sessionName, startUrl }: AccessQuestion,
  token: CachedToken,
): Promise<PartialAccess> {
  const folder = joinPath(machine, ownFolder(machine), 'setup')
  const name = `${sha1(sessionName)}.partial.json`
  const path = joinPath(machine, folder, name)
  await deleteLeftovers(machine, folder, name)
  const now = machine.clock.now()
  const found = parsePartial(await machine.files.readText(path))
  let holder = holderOf(token)
  const age = found && between(found.startedAt, now)
  const isOurs =
    found?.sessionName === sessionName &&
    found.startUrl === startUrl &&
    found.holder.some((one) => holder.includes(one))
  const goesOn = isOurs && age !== undefined && age >= 0 && age < LIFE ? found : undefined
  const startedAt = goesOn?.startedAt ?? now
  const roles = new Map(goesOn?.roles)
  const writer = createWriter(machine, async () => {
    const content = { version: 1, sessionName, startUrl, holder, startedAt, roles: Object.fromEntries(roles) }
    // Without it nothing is lost but time.
    await machine.files.write(path, JSON.stringify(content), { mode: 0o600, folderMode: 0o700 }).catch(() => undefined)
  })
  return {
    roles,
    keep(accountId, read) {
      roles.set(accountId, read)
      writer.want()
    },
    follow(refreshed) {
      holder = [...new Set([...holder, ...holderOf(refreshed)])].slice(-8)
    },
    settle: writer.settle,
    async delete() {
      await writer.settle()
      await machine.files.delete(path)
    },
  }
}

interface Writer {
  /** There is something to be written. */
  want(): void
  /** Resolves when everything is. */
  settle(): Promise<void>
}

/** Writes at once, and then what has come meanwhile, with a pause in between. */
function createWriter({ clock }: Machine, write: () => Promise<void>): Writer {
  let [wanted, written] = [0, 0]
  let writing: Promise<void> | undefined
  let hurry = new AbortController()

  async function writeAll(): Promise<void> {
    while (written < wanted) {
      const count = wanted
      await write()
      written = count
      await clock.sleep(PAUSE, hurry.signal).catch(() => undefined)
    }
    writing = undefined
  }

  return {
    want() {
      wanted += 1
      writing ??= writeAll()
    },
    async settle() {
      hurry.abort()
      await writing
      hurry = new AbortController()
    },
  }
}

/**
 * By what a sign-in is known again without keeping its secrets: one of the two tokens outlives a refresh, and a new
 * sign-in, which may be somebody else's, has neither.
 */
const holderOf = ({ accessToken, refreshToken }: CachedToken): readonly string[] =>
  [accessToken, refreshToken].flatMap((secret) =>
    secret === undefined ? [] : [createHash('sha256').update(`mayfly access ${secret}`).digest('hex').slice(0, 16)],
  )

interface StoredAccess {
  readonly sessionName: string
  readonly startUrl: string
  readonly holder: readonly string[]
  readonly startedAt: Date
  readonly roles: ReadonlyMap<string, readonly string[]>
}

function parsePartial(text: string | undefined): StoredAccess | undefined {
  try {
    const { version, sessionName, startUrl, holder, startedAt, roles } = JSON.parse(text ?? '') as Record<
      string,
      unknown
    >
    const moment = new Date(String(startedAt))
    if (version !== 1 || typeof roles !== 'object' || roles === null || !Array.isArray(holder)) return undefined
    if (Number.isNaN(moment.getTime())) return undefined
    const lists = Object.entries(roles).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]))
    return {
      sessionName: String(sessionName),
      startUrl: String(startUrl),
      holder: holder.map(String),
      startedAt: moment,
      roles: new Map(lists.map(([accountId, names]) => [accountId, names.map(String)])),
    }
  } catch {
    return undefined
  }
}

/** What a killed run was about to put in place. Whoever calls this holds the session's lock. */
async function deleteLeftovers(machine: Machine, folder: string, name: string): Promise<void> {
  for (const leftover of await machine.files.list(folder))
    if (leftover.startsWith(`.${name}.`) && leftover.endsWith('.tmp'))
      await machine.files.delete(joinPath(machine, folder, leftover)).catch(() => undefined)
}
