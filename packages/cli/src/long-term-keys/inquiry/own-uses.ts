/** When we signed with a long-term key ourselves: ~/.mayfly/own-uses.json. Such a use is none of anybody's who needs the key. */

import { between, type Duration, minutes } from '@mayfly/identity-center/duration'
import type { Machine } from '../../machine/machine.ts'
import { joinPath, ownFolder } from '../../machine/place.ts'
import type { LastUse } from './key-facts.ts'

const MOST_USES = 50
/** IAM may round, and its clock may differ from ours. */
const TOLERANCE: Duration = minutes(3)
/** What we ask with a key. A use of any other service is somebody else's. */
const OWN_SERVICES: ReadonlySet<string> = new Set(['iam', 'sts'])

const pathOf = (machine: Machine): string => joinPath(machine, ownFolder(machine), 'own-uses.json')

/** Our uses of a key, oldest first. */
export async function readOwnUses(machine: Machine, accessKeyId: string): Promise<readonly Date[]> {
  return (await readAll(machine)).get(accessKeyId) ?? []
}

/** Notes a use that is about to be made: one that is noted and never made does no harm, the other way round it would. */
export async function noteOwnUse(machine: Machine, accessKeyId: string): Promise<void> {
  await machine.lock.withLock('own-uses', async () => {
    const all = new Map(await readAll(machine))
    all.set(accessKeyId, [...(all.get(accessKeyId) ?? []), machine.clock.now()].slice(-MOST_USES))
    const uses = Object.fromEntries([...all].map(([id, times]) => [id, times.map((time) => time.toISOString())]))
    const text = `${JSON.stringify({ version: 1, uses })}\n`
    await machine.files.write(pathOf(machine), text, { mode: 0o600, folderMode: 0o700 })
  })
}

/** Whether the last use that IAM names is one of ours. One of somebody else's may hide behind it: IAM keeps the last alone. */
export function isOwnUse({ at, service }: LastUse, ownUses: readonly Date[]): boolean {
  if (at === undefined || (service !== undefined && !OWN_SERVICES.has(service))) return false
  return ownUses.some((own) => Math.abs(between(own, at)) <= TOLERANCE)
}

async function readAll(machine: Machine): Promise<ReadonlyMap<string, readonly Date[]>> {
  try {
    const { version, uses } = JSON.parse((await machine.files.readText(pathOf(machine))) ?? '') as {
      version?: unknown
      uses?: unknown
    }
    if (version !== 1 || typeof uses !== 'object' || uses === null) return new Map()
    return new Map(Object.entries(uses).map(([id, times]) => [id, parseTimes(times)]))
  } catch {
    return new Map()
  }
}

const parseTimes = (times: unknown): readonly Date[] =>
  (Array.isArray(times) ? times : [])
    .map((time) => new Date(String(time)))
    .filter((time) => !Number.isNaN(time.getTime()))
