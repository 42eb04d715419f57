/** Makes a planned change of a file, and takes it back, never over somebody else's change. */

import { posix, win32 } from 'node:path'
import { Refusal } from '@mayfly/identity-center/refusal'
import { ChangedMeanwhile } from '../../machine/files.ts'
import type { Machine } from '../../machine/machine.ts'
import { configPath } from '../../shared-config/paths.ts'
import { editedBytes, hashOf, splicesOf, textOf } from './edited-bytes.ts'
import type { FileEdit } from './file-edit.ts'
import { type AddedSection, parseAddedSections, removeSections } from './text/added-sections.ts'
import { carrySplices, invertSplices } from './text/inverse.ts'
import { applySplices, type Splice } from './text/splice.ts'
import { decodeAs, writeText } from './text/text-of-file.ts'
import { findUnwritable } from './writable.ts'

export { hashOf }

/** `done`: the file holds the change now. `already`: it did before. */
export type Applied = 'done' | 'already'

/** `whole`: the former bytes are back. `lines`: the file was changed since, and only our lines are back. */
export type Reverted = 'whole' | 'lines' | 'already'

/**
 * Makes the change in one step. `keepBackup` is given the former bytes (null for a file that is made) and has kept them
 * when its promise is fulfilled; nothing is written before. Refuses (`conflict`) a file that is not the planned one.
 */
export const applyEdit = (
  machine: Machine,
  edit: FileEdit,
  keepBackup: (former: Uint8Array | null) => Promise<void>,
): Promise<Applied> =>
  withFile(machine, edit.path, async (present) => {
    const hash = hashOf(present)
    if (hash === edit.after) return 'already'
    if (hash !== edit.before) throw changed(edit.path)
    const bytes = editedBytes(edit, present)
    if (!bytes || hashOf(bytes) !== edit.after) throw new Error(`The change of ${edit.path} does not fit it.`)
    await keepBackup(present)
    await replace(machine, edit.path, bytes, present)
    return 'done'
  })

/** Refuses (`invalid`, `conflict`) when one of the changes could not be made as things stand, before any is. */
export async function refuseUnlessReady(machine: Machine, edits: readonly FileEdit[]): Promise<void> {
  for (const { path, before, after } of edits) {
    const unwritable = await findUnwritable(machine, path)
    if (unwritable)
      throw new Refusal('invalid', `${path} cannot be changed. ${unwritable.why}`, { hint: unwritable.advice })
    const hash = hashOf((await machine.files.read(path)) ?? null)
    if (hash !== before && hash !== after) throw changed(path)
  }
}

/**
 * Puts back what the change took: `former` are the bytes that `keepBackup` was given. A file that is gone, and its folder is
 * not, is whole again. Refuses (`conflict`) and writes nothing where our lines, or the lines beside them, were changed since.
 */
export const revertEdit = (machine: Machine, edit: FileEdit, former: Uint8Array | null): Promise<Reverted> =>
  withFile(machine, edit.path, async (present) => {
    if (hashOf(former) !== edit.before) throw new Error(`These are not the former bytes of ${edit.path}.`)
    const hash = hashOf(present)
    if (hash === edit.before) return 'already'
    if (hash === edit.after) {
      if (former === null) await machine.files.delete(edit.path)
      else await replace(machine, edit.path, former, present)
      return 'whole'
    }
    if (!present && former) {
      // Whoever has moved it away keeps what it held since.
      await refuseWithoutFolder(machine, edit.path)
      await replace(machine, edit.path, former, present)
      return 'whole'
    }
    const bytes = present && carryBack(edit, former, present)
    if (!bytes) throw changedSince(edit.path)
    await replace(machine, edit.path, bytes, present)
    return 'lines'
  })

async function refuseWithoutFolder(machine: Machine, path: string): Promise<void> {
  const folder = (machine.platform === 'win32' ? win32 : posix).dirname(path)
  if ((await machine.inspection.describeFile(folder))?.kind === 'folder') return
  throw new Refusal('conflict', `${folder} is not there any more.`, { hint: 'Nothing was written.' })
}

function carryBack(edit: FileEdit, former: Uint8Array | null, present: Uint8Array): Uint8Array | undefined {
  const before = textOf(edit, former)
  const current = decodeAs(present, edit.encoding)
  if (before === undefined || current === undefined) return undefined
  const splices = splicesOf(edit)
  const text = carryText(edit, applySplices(before, splices), current, invertSplices(before, splices))
  return text === undefined || hasNewTwin(before, text) ? undefined : writeText(text, edit.encoding)
}

/** Sections that were added to AWS's config go by their names: `aws configure set` writes into them, and others beside them. */
function carryText({ kind }: FileEdit, after: string, current: string, splices: readonly Splice[]): string | undefined {
  const sections: AddedSection[] = []
  const others = splices.filter(({ start, end, text }) => {
    const isAdded = kind === 'aws-config' && text === ''
    const added = isAdded ? parseAddedSections(after.slice(start, end)) : undefined
    if (added) sections.push(...added)
    return !added
  })
  const text = others.length === 0 ? current : carrySplices(after, current, others)
  return text === undefined ? undefined : removeSections(text, sections)
}

/** A section that somebody has made anew since, as `aws configure` does, would be there twice: no tool reads such a file. */
function hasNewTwin(before: string, text: string): boolean {
  const former = countSections(before)
  return [...countSections(text)].some(([name, count]) => count > 1 && count > (former.get(name) ?? 0))
}

function countSections(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [, name = ''] of text.matchAll(/^[ \t]*\[([^[\]\r\n]{1,300})\][ \t]*(?:[#;].*)?\r?$/gm))
    counts.set(name.trim(), (counts.get(name.trim()) ?? 0) + 1)
  return counts
}

/** While no other process of ours writes the file; `setup` and its like write the config file. */
export async function withFile<T>(
  machine: Machine,
  path: string,
  task: (present: Uint8Array | null) => Promise<T>,
): Promise<T> {
  const config = configPath(machine)
  const isConfig = path === config || path === (await machine.files.followLinks(config))
  return machine.lock.withLock(isConfig ? `config:${config}` : `edit:${path}`, async () => {
    await machine.files.clearLeftBehind(path)
    return task(await readPlain(machine, path))
  })
}

/** The bytes of a file, null for none. Refuses (`conflict`) a pipe, which some keep in a file's place and which may never answer. */
async function readPlain(machine: Machine, path: string): Promise<Uint8Array | null> {
  const state = await machine.inspection.describeFile(path)
  if (state && state.kind !== 'file')
    throw new Refusal('conflict', `${path} is no plain file any more.`, { hint: 'Put the lines back by hand.' })
  return (await machine.files.read(path)) ?? null
}

async function replace(machine: Machine, path: string, bytes: Uint8Array, expects: Uint8Array | null): Promise<void> {
  try {
    await machine.files.write(path, bytes, { mode: 0o600, folderMode: 0o700, expects })
  } catch (error) {
    throw error instanceof ChangedMeanwhile ? changed(path) : error
  }
}

const changed = (path: string): Refusal =>
  new Refusal('conflict', `${path} is not the file that the change was planned on: somebody has changed it since.`, {
    hint: 'Nothing was written. Look at a new plan: mayfly keys plan',
  })

const changedSince = (path: string): Refusal =>
  new Refusal('conflict', `${path} was changed since, in the lines that would have to go back or right beside them.`, {
    hint: 'Nothing was written. Put the lines back by hand.',
  })
