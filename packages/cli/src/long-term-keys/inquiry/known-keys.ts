/** What AWS last said of keys: ~/.mayfly/known-keys.json, so that whoever asks nobody has it too. No secret is in it. */

import type { Machine } from '../../machine/machine.ts'
import { joinPath, ownFolder } from '../../machine/place.ts'
import type { KeyFacts, KeyState, LastUse } from './key-facts.ts'
import { isOwnUse } from './own-uses.ts'

/** Of a key, at the moment it was asked for. */
export interface KnownKey {
  readonly askedAt: Date
  readonly state: Exclude<KeyState, 'unknown'>
  readonly userName?: string
  readonly lastUsed?: KnownUse
}

/** Who may say whether a key lives may not always say when it was used: this is of the last who could. */
export interface KnownUse extends LastUse {
  readonly askedAt: Date
  /** It was Mayfly that used it. */
  readonly isOurs: boolean
}

/** What is learned of a key. */
export type LearnedKey = Pick<KeyFacts, 'accessKeyId' | 'state' | 'userName' | 'lastUsed' | 'ownUses'>

/** Keys that are kept, those that were asked for last. */
const MOST_KEYS = 1000
const STATES: readonly string[] = ['live', 'inactive', 'dead'] satisfies readonly KnownKey['state'][]

const pathOf = (machine: Pick<Machine, 'platform' | 'home'>): string =>
  joinPath(machine, ownFolder(machine), 'known-keys.json')

/** By key id. Empty where nothing is known, or the file says nothing that can be understood. */
export async function readKnownKeys(
  machine: Pick<Machine, 'platform' | 'home' | 'files'>,
): Promise<ReadonlyMap<string, KnownKey>> {
  try {
    const { version, keys } = JSON.parse((await machine.files.readText(pathOf(machine))) ?? '') as {
      version?: unknown
      keys?: unknown
    }
    if (version !== 1 || typeof keys !== 'object' || keys === null) return new Map()
    return new Map(
      Object.entries(keys).flatMap(([id, value]) => {
        const known = parseKey(value)
        return known ? [[id, known]] : []
      }),
    )
  } catch {
    return new Map()
  }
}

/** Notes what was learned. Never rejects: that it cannot be kept is no reason to lose an answer. */
export async function rememberKeys(machine: Machine, learned: readonly LearnedKey[]): Promise<void> {
  const told = learned.filter(({ state }) => state !== 'unknown')
  if (told.length === 0) return
  await machine.lock
    .withLock('known-keys', async () => {
      const now = machine.clock.now()
      const all = new Map(await readKnownKeys(machine))
      for (const key of told) {
        const known = learn(all.get(key.accessKeyId), key, now)
        // The youngest stand last.
        all.delete(key.accessKeyId)
        all.set(key.accessKeyId, known)
      }
      const keys = Object.fromEntries([...all].slice(-MOST_KEYS))
      const text = `${JSON.stringify({ version: 1, keys })}\n`
      await machine.files.write(pathOf(machine), text, { mode: 0o600, folderMode: 0o700 })
    })
    .catch(() => undefined)
}

function learn(former: KnownKey | undefined, key: LearnedKey, askedAt: Date): KnownKey {
  const { state, userName = former?.userName, lastUsed, ownUses } = key
  const used = lastUsed ? { ...lastUsed, askedAt, isOurs: isOwnUse(lastUsed, ownUses) } : former?.lastUsed
  return {
    askedAt,
    state: state as KnownKey['state'],
    ...(userName !== undefined && { userName }),
    ...(used && { lastUsed: used }),
  }
}

function parseKey(value: unknown): KnownKey | undefined {
  const { askedAt, state, userName, lastUsed } = (value ?? {}) as Record<string, unknown>
  const moment = parseTime(askedAt)
  if (!moment || typeof state !== 'string' || !STATES.includes(state)) return undefined
  const used = parseUse(lastUsed)
  return {
    askedAt: moment,
    state: state as KnownKey['state'],
    ...(typeof userName === 'string' && { userName }),
    ...(used && { lastUsed: used }),
  }
}

function parseUse(value: unknown): KnownUse | undefined {
  const { askedAt, at, service, region, isOurs } = (value ?? {}) as Record<string, unknown>
  const [moment, used] = [parseTime(askedAt), parseTime(at)]
  // Without a moment it would say "never".
  if (!moment || (at !== undefined && !used)) return undefined
  return {
    askedAt: moment,
    isOurs: isOurs === true,
    ...(used && { at: used }),
    ...(typeof service === 'string' && { service }),
    ...(typeof region === 'string' && { region }),
  }
}

function parseTime(value: unknown): Date | undefined {
  const time = typeof value === 'string' ? new Date(value) : undefined
  return time && !Number.isNaN(time.getTime()) ? time : undefined
}
