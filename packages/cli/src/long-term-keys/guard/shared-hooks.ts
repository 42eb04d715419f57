/** Hooks for all repositories of a person: git's own setting, and a folder whose hooks hand on to those of each repository. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'
import { joinPath } from '../../machine/place.ts'
import { HANDED_ON, type HookName, handOnScript, type OwnPlace, sharedHookScript } from './hook-scripts.ts'
import { describeHook, installHook } from './hooks.ts'

/**
 * Beside git's own settings and not in Mayfly's folder: were it gone with that while the setting stays, git would run no hook
 * of any repository, and say nothing.
 */
export const sharedFolder = (machine: Machine): string =>
  joinPath(machine, machine.home, '.config', 'git', 'mayfly-hooks')

/** What `core.hooksPath` is for this person; nothing when it is not set. */
export async function findSharedSetting(machine: Machine): Promise<string | undefined> {
  const words = ['config', '--global', '--type=path', '--get', 'core.hooksPath']
  const { exitCode, stdout } = await machine.childProcess.run('git', words, machine.env).catch((error: unknown) => {
    throw new Refusal('not-found', 'git is not installed here, or not on PATH.', { cause: error })
  })
  return exitCode === 0 ? stdout.replace(/\r?\n$/, '') : undefined
}

const listHooks = (names: readonly HookName[], place: OwnPlace) => [
  ...names.map((name) => ({ name, script: sharedHookScript(name, place) })),
  ...(['pre-commit', 'pre-push'] as const)
    .filter((name) => !names.includes(name))
    .map((name) => ({ name, script: handOnScript(name) })),
  ...HANDED_ON.map((name) => ({ name, script: handOnScript(name) })),
]

/** Writes the folder first, the setting last: killed between, nothing is in force. */
export async function installSharedHooks(
  machine: Machine,
  names: readonly HookName[],
  place: OwnPlace,
): Promise<string> {
  const folder = sharedFolder(machine)
  const set = await findSharedSetting(machine)
  if (set !== undefined && set !== folder)
    throw new Refusal('conflict', `All your repositories have their hooks in ${set} already (core.hooksPath).`, {
      hint: `Add a line to ${joinPath(machine, set, 'pre-commit')}: mayfly keys find --staged`,
    })
  for (const hook of listHooks(names, place)) {
    const { state, path } = await describeHook(machine, folder, hook.name)
    if (state === 'other') throw new Refusal('conflict', `${path} is none of ours.`, { hint: 'Take it away first.' })
    await installHook(machine, folder, hook)
  }
  if (set === undefined)
    await machine.childProcess.run('git', ['config', '--global', 'core.hooksPath', folder], machine.env)
  return folder
}

/** The setting first. False when there was none of ours. */
export async function removeSharedHooks(machine: Machine): Promise<boolean> {
  const folder = sharedFolder(machine)
  const isSet = (await findSharedSetting(machine)) === folder
  if (isSet) await machine.childProcess.run('git', ['config', '--global', '--unset', 'core.hooksPath'], machine.env)
  const names = await machine.files.list(folder)
  for (const name of names) {
    const text = await machine.files.readText(joinPath(machine, folder, name))
    if (text?.includes('\n# mayfly keys guard')) await machine.files.delete(joinPath(machine, folder, name))
  }
  await machine.files.deleteEmptyFolder(folder)
  return isSet || names.length > 0
}
