/** The journals of retirements: `~/.mayfly/retirements/<key id>.json`, one a key, written before each act and after it. */

import { win32 } from 'node:path'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'
import { joinPath, ownFolder } from '../../machine/place.ts'
import type { Retirement, RetirementNote, RetirementStep } from './retirement.ts'

export const retirementsFolder = (machine: Pick<Machine, 'platform' | 'home'>): string =>
  joinPath(machine, ownFolder(machine), 'retirements')

/** Access key ids are letters and digits: anything else would be a path of somebody's choosing. */
const KEY_ID = /^[A-Z0-9]{16,128}$/
const JOURNAL_NAME = /^([A-Z0-9]{16,128})\.json$/

const pathOf = (machine: Machine, accessKeyId: string): string =>
  joinPath(machine, retirementsFolder(machine), `${accessKeyId}.json`)

/** Whoever goes on with a retirement holds this: a second terminal, or cron, waits and then finds the step done. */
export function withRetirement<T>(machine: Machine, accessKeyId: string, task: () => Promise<T>): Promise<T> {
  return machine.lock.withLock(`retirement:${accessKeyId}`, task, {
    onWait: () => machine.terminal.writeError(`Waiting for another mayfly that is at work on ${accessKeyId}.\n`),
  })
}

/** Nothing when there is none. A journal that cannot be understood is refused: what it says of a key must not be lost. */
export async function findRetirement(machine: Machine, accessKeyId: string): Promise<Retirement | undefined> {
  if (!KEY_ID.test(accessKeyId)) return undefined
  const path = pathOf(machine, accessKeyId)
  await refuseForeign(machine, path)
  const text = await machine.files.readText(path)
  return text === undefined ? undefined : readJournal(text, path, accessKeyId)
}

/** A journal says which files are to be written, and with what: who else could have written it would write them by our hand. */
async function refuseForeign(machine: Machine, path: string): Promise<void> {
  for (const place of [retirementsFolder(machine), path]) {
    const state = await machine.inspection.describeFile(place)
    if (state?.isOwn === false)
      throw new Refusal('forbidden', `${place} belongs to another user: nothing is done by what it says.`, {
        hint: 'Run it as that user.',
      })
    if (state?.kind === 'other') throw new Refusal('invalid', `${place} is no plain file.`)
  }
}

/** Every retirement, by key id, and the journals that cannot be understood. */
export async function listRetirements(
  machine: Machine,
): Promise<{ readonly retirements: readonly Retirement[]; readonly damaged: readonly string[] }> {
  const names = await machine.files.list(retirementsFolder(machine))
  const retirements: Retirement[] = []
  const damaged: string[] = []
  for (const name of names) {
    const accessKeyId = JOURNAL_NAME.exec(name)?.[1]
    if (accessKeyId === undefined) continue
    const found = await findRetirement(machine, accessKeyId).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
      damaged.push(pathOf(machine, accessKeyId))
      return undefined
    })
    if (found) retirements.push(found)
  }
  return { retirements, damaged }
}

/** What is to be noted of a retirement. */
export type RetirementChange = Partial<{ [Name in keyof Retirement]: Retirement[Name] | undefined }> & {
  /** A line for the history. */
  readonly note?: string
}

/** The retirement as it is with a change, at a moment. An undefined member goes. */
function changeRetirement(retirement: Retirement, { note, ...change }: RetirementChange, now: Date): Retirement {
  const begins = change.step !== undefined && change.step !== retirement.step ? { since: now } : {}
  const line: readonly RetirementNote[] = note === undefined ? [] : [{ at: now, what: note }]
  const whole = { ...retirement, ...begins, ...change, history: [...retirement.history, ...line] }
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as unknown as Retirement
}

/** Writes a change down, in one step, and answers the retirement as it is now. */
export async function noteChange(
  machine: Machine,
  retirement: Retirement,
  change: RetirementChange,
): Promise<Retirement> {
  const changed = changeRetirement(retirement, change, machine.clock.now())
  await writeRetirement(machine, changed)
  return changed
}

export async function writeRetirement(machine: Machine, retirement: Retirement): Promise<void> {
  if (!KEY_ID.test(retirement.accessKeyId)) throw new Error('no access key id')
  const text = `${JSON.stringify(retirement, undefined, 2)}\n`
  await machine.files.write(pathOf(machine, retirement.accessKeyId), text, {
    mode: 0o600,
    setsMode: true,
    folderMode: 0o700,
  })
}

const STEPS: ReadonlySet<string> = new Set<RetirementStep>([
  'planned',
  'swapping',
  'soaking',
  'deactivating',
  'inactive',
  'deleting',
  'deleted',
  'undoing',
  'undone',
  'closed',
])

/** Members that are moments, wherever they stand. */
const MOMENTS: ReadonlySet<string> = new Set([
  'at',
  'since',
  'createdAt',
  'notedAt',
  'swappedAt',
  'soakFrom',
  'deactivatedAt',
  'seenAt',
  'deactivateAt',
  'deleteAt',
])

function readJournal(text: string, path: string, accessKeyId: string): Retirement {
  try {
    const journal = JSON.parse(text, revive) as Retirement
    if (isWhole(journal, accessKeyId)) return journal
  } catch {
    // Told below.
  }
  throw new Refusal('invalid', `The journal ${path} cannot be understood.`, {
    hint: 'It was changed by hand, or written by a newer Mayfly. What AWS says of the key: mayfly keys check',
  })
}

function revive(name: string, value: unknown): unknown {
  if (name === 'ownUses' && Array.isArray(value)) return value.map(momentOf)
  return MOMENTS.has(name) ? momentOf(value) : value
}

function momentOf(value: unknown): Date {
  const moment = new Date(String(value))
  if (Number.isNaN(moment.getTime())) throw new Error('no moment')
  return moment
}

function isWhole(journal: Retirement, accessKeyId: string): boolean {
  const { version, step, since, createdAt, notedAt, profile, asProfile, soakDays, restDays } = journal
  const isDescribed = version === 1 && journal.accessKeyId === accessKeyId && STEPS.has(step)
  const hasMoments = [since, createdAt, notedAt].every((moment) => moment instanceof Date)
  const hasProfile = typeof profile?.profileName === 'string' && typeof asProfile === 'string'
  const hasNumbers = [soakDays, restDays].every((count) => typeof count === 'number' && count >= 0)
  const { edits, stragglers, history, ownUses, backupKey } = journal
  // It becomes the name of a file that is read, and deleted.
  const hasKeyName = backupKey === undefined || /^[0-9a-f]{8,64}$/.test(backupKey.id)
  const hasLists = [edits, stragglers, history, ownUses].every(Array.isArray)
  return (
    // Windows takes what is absolute to others, too.
    isDescribed &&
    hasMoments &&
    hasProfile &&
    hasNumbers &&
    hasLists &&
    hasKeyName &&
    edits.every(({ edit }) => win32.isAbsolute(edit.path))
  )
}
