/** Whether a file can be changed so that nothing of it but the planned lines becomes another. */

import type { Machine } from '../../machine/machine.ts'

/** Why not, and what to do about it. */
export interface Unwritable {
  /** A sentence. */
  readonly why: string
  readonly advice: string
}

/** Its permissions let its owner write, and the system does not: no chmod helps. */
const FROZEN: Unwritable = {
  why: 'It lies on a file system that is read-only, or it cannot be changed at all (chattr +i, an access list).',
  advice: 'Change it where it comes from: a share on its own computer, an image where it is built.',
}

const readOnly = (path: string): Unwritable => ({
  why: 'It is read-only.',
  advice: `Make it writable: chmod u+w ${JSON.stringify(path)}`,
})

/** `path` is the end of its symbolic links. Nothing when it can be written, or made. */
export async function findUnwritable(machine: Machine, path: string): Promise<Unwritable | undefined> {
  const state = await machine.inspection.describeFile(path)
  if (state && state.kind !== 'file') return { why: 'It is no plain file.', advice: 'Change it by hand.' }
  if (state && !state.isOwn)
    return {
      why: 'It belongs to another user: a file that we write would become yours.',
      advice: 'Let its owner change it, or change it by hand.',
    }
  if (state && (!state.isWritable || (state.mode !== undefined && (state.mode & 0o200) === 0)))
    return state.mode !== undefined && (state.mode & 0o200) !== 0 ? FROZEN : readOnly(path)
  if (state && state.names > 1)
    return {
      why: `It has ${state.names} names (hard links): the others would keep the former content.`,
      advice: 'Change it by hand with an editor that writes in place, or make symbolic links of the other names.',
    }
  // By trying it: permissions alone do not tell of a full disk or a quota.
  if (await machine.files.isWritable(path)) return undefined
  return {
    why: 'Its folder cannot be written: it is read-only, or its disk is full.',
    advice: 'Make its folder writable or make room on its disk.',
  }
}
