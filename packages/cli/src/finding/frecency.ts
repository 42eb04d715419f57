/** How often and how lately each profile was chosen: `~/.mayfly/frecency.json`. */

import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'

/** One profile's uses: each counts one when it happens, and half as much a week later. */
export interface Uses {
  readonly score: number
  /** When `score` was true; milliseconds since 1970. */
  readonly at: number
}

/** By profile name. */
export type Frecency = ReadonlyMap<string, Uses>

const HALF_LIFE = 7 * 24 * 3_600_000
/** A loop in a script is one use. */
const SAME_USE = 60_000
const MOST_KEPT = 1_000
const TOO_OLD = 0.01

/** What uses are worth now. */
export const scoreAt = ({ score, at }: Uses, now: Date): number =>
  score * 2 ** (-Math.max(0, now.getTime() - at) / HALF_LIFE)

/** The uses after one more; undefined when it changes nothing. */
function addUse(former: Frecency, profileName: string, now: Date): Frecency | undefined {
  const own = former.get(profileName)
  if (own && Math.abs(now.getTime() - own.at) < SAME_USE) return undefined
  const used = { score: (own ? scoreAt(own, now) : 0) + 1, at: now.getTime() }
  const kept = [...former]
    .filter(([name, uses]) => name !== profileName && scoreAt(uses, now) > TOO_OLD)
    .sort(([, one], [, other]) => scoreAt(other, now) - scoreAt(one, now))
    .slice(0, MOST_KEPT - 1)
  return new Map([[profileName, used], ...kept])
}

const frecencyPath = (machine: Machine): string => joinPath(machine, ownFolder(machine), 'frecency.json')

/** Nothing for a file that is missing or damaged: it is a convenience, and grows anew. */
export async function readFrecency(machine: Machine): Promise<Frecency> {
  const text = await machine.files.readText(frecencyPath(machine)).catch(() => undefined)
  try {
    const { profiles } = JSON.parse(text ?? '{}') as { profiles?: Record<string, Partial<Uses>> }
    return new Map(
      Object.entries(profiles ?? {}).flatMap(([name, { score, at }]) =>
        typeof score === 'number' && typeof at === 'number' && score > 0 ? [[name, { score, at }] as const] : [],
      ),
    )
  } catch {
    return new Map()
  }
}

/**
 * Remembers that somebody chose this profile. Read anew and replaced in one step, without a lock: of two terminals in the
 * same millisecond one may lose one use. Never fails: a home that cannot be written remembers nothing.
 */
export async function recordUse(machine: Machine, profileName: string): Promise<void> {
  const next = addUse(await readFrecency(machine), profileName, machine.clock.now())
  if (!next) return
  const text = `${JSON.stringify({ version: 1, profiles: Object.fromEntries(next) })}\n`
  await machine.files.write(frecencyPath(machine), text, { mode: 0o600 }).catch(() => undefined)
}
