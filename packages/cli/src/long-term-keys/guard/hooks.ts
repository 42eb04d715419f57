/** Puts hooks into a folder beside those that are there, and takes them away again: what was there stays byte for byte. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'
import { joinPath } from '../../machine/place.ts'
import { FORMER, isAsWritten, MARK } from './hook-scripts.ts'

export interface HookState {
  readonly name: string
  readonly path: string
  /** `ours`: as it was put there; `changed`: ours, and changed by hand since; `other`: another hook. */
  readonly state: 'absent' | 'ours' | 'changed' | 'other'
  /** The hook that was there before, and runs first. */
  readonly former: string | undefined
}

export async function describeHook(machine: Machine, folder: string, name: string): Promise<HookState> {
  const path = joinPath(machine, folder, name)
  const text = await machine.files.readText(path)
  const former = (await machine.files.stamp(path + FORMER)) === undefined ? undefined : path + FORMER
  const isOurs = text?.includes(`\n${MARK}`) === true
  const state = text === undefined ? 'absent' : !isOurs ? 'other' : isAsWritten(text) ? 'ours' : 'changed'
  return { name, path, state, former }
}

/** Answers what lies there now. A hook that is there gets another name first; killed between, a second run ends the work. */
export async function installHook(
  machine: Machine,
  folder: string,
  hook: { readonly name: string; readonly script: string },
): Promise<HookState> {
  const before = await describeHook(machine, folder, hook.name)
  const { path, state, former } = before
  // It would be written to where the link leads: out of the repository, as whoever packed it has chosen.
  if (state !== 'other' && (await machine.carefulFiles.look(path))?.kind === 'link')
    throw new Refusal('conflict', `${path} is a link to what is not there, or to a hook of another folder.`, {
      hint: 'Delete the link; then run this again.',
    })
  if (state === 'other' && !(await machine.files.rename(path, path + FORMER)))
    throw new Refusal('conflict', `There is a hook ${path}, and one from before beside it: ${former}`, {
      hint: 'Somebody has put it there since. Put the two together, and run it again.',
    })
  if (state === 'changed')
    throw new Refusal('conflict', `${path} is ours, and was changed by hand since.`, {
      hint: 'Keep what you wrote elsewhere and delete it; then run this again.',
    })
  await machine.files.write(path, hook.script, { mode: 0o755, setsMode: true, folderMode: 0o755 })
  return describeHook(machine, folder, hook.name)
}

/** Answers whether something was taken away. One that was changed by hand stays. */
export async function removeHook(
  machine: Machine,
  state: HookState,
): Promise<'removed' | 'restored' | 'kept' | 'absent'> {
  if (state.state === 'changed') return 'kept'
  if (state.state === 'other') return 'absent'
  const hadOne = state.state === 'ours' && (await machine.files.delete(state.path))
  if (state.former !== undefined) {
    await machine.files.rename(state.former, state.path)
    return 'restored'
  }
  return hadOne ? 'removed' : 'absent'
}
