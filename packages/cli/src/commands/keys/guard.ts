/** keys guard: hooks of Git, and steps of pipelines, that stop long-term keys on their way into a repository. */

import { resolve } from 'node:path'
import { getHookFolder, type HookFolder } from '../../long-term-keys/guard/hook-folder.ts'
import { type HookName, hookScript, type OwnPlace } from '../../long-term-keys/guard/hook-scripts.ts'
import { describeHook, type HookState, installHook, removeHook } from '../../long-term-keys/guard/hooks.ts'
import { pipelineStep } from '../../long-term-keys/guard/pipeline-steps.ts'
import {
  findSharedSetting,
  installSharedHooks,
  removeSharedHooks,
  sharedFolder,
} from '../../long-term-keys/guard/shared-hooks.ts'
import type { Machine } from '../../machine/machine.ts'
import { ArgumentRefusal } from '../../problems/argument-refusal.ts'
import { EXIT } from '../../problems/exit-codes.ts'
import { type Command, type CommandOption, findOption, jsonOption, type OptionValues } from '../command.ts'
import { formatGuard, formatInstalled, formatManaged, formatRemoved } from './guard/guard-words.ts'
import { formatJson } from './json-text.ts'

const repositoryOption: CommandOption = {
  name: '--repository',
  value: 'PATH',
  summary: 'the repository, when it is not the one in which this runs',
}

const NAMES = ['pre-commit', 'pre-push'] as const

const ownPlace = ({ ownProgram }: Machine): OwnPlace => ({ node: ownProgram.node, script: ownProgram.script })

const folderOf = (options: OptionValues): string => resolve(findOption(options, 'repository') ?? '.')

const writeJson = (machine: Machine, value: object): void => machine.terminal.write(formatJson(value))

const describeHooks = (machine: Machine, { path }: HookFolder): Promise<readonly HookState[]> =>
  Promise.all(NAMES.map((name) => describeHook(machine, path, name)))

const describeFolder = ({ repository, path, kind, manager }: HookFolder) => ({
  repository,
  folder: path,
  kind,
  manager: manager ? { name: manager.name, file: manager.file, lines: manager.lines.split('\n') } : null,
})

const describeStates = (states: readonly HookState[]) =>
  states.map(({ name, path, state, former }) => ({ name, path, state, former: former ?? null }))

const GUARD_JSON =
  '{ repository, folder, kind, manager: { name, file, lines }, hooks: [{ name, path, state, former }], global }; a kind is own, shared or tracked; a state is absent, ours, changed or other'

export const keysGuard: Command = {
  words: 'keys guard',
  summary: 'show whether hooks of Git look for long-term keys before a commit and a push',
  options: [repositoryOption, jsonOption(GUARD_JSON)],
  example: 'mayfly keys guard',
  async run(options, machine) {
    const folder = await getHookFolder(machine, folderOf(options))
    const hooks = await describeHooks(machine, folder)
    const isGlobal = (await findSharedSetting(machine)) === sharedFolder(machine)
    if (options['json'] === true)
      writeJson(machine, { ...describeFolder(folder), hooks: describeStates(hooks), global: isGlobal })
    else machine.terminal.write(formatGuard(folder, hooks, { isGlobal, home: machine.home }))
    return EXIT.ok
  },
}

export const keysGuardInstall: Command = {
  words: 'keys guard install',
  summary: 'let Git look for long-term keys in what is about to be committed',
  options: [
    repositoryOption,
    { name: '--pre-push', summary: 'look at what is about to be pushed too' },
    { name: '--global', summary: 'in all your repositories; their own hooks still run' },
    {
      name: '--ci',
      value: 'WHERE',
      summary: 'print a step for a pipeline instead, and change nothing',
      choices: ['github', 'gitlab'],
    },
    jsonOption(
      '{ repository, folder, kind, manager: { name, file, lines }, hooks: [{ name, path, state, former }], installed }; with --global { folder, hooks: [names] }',
    ),
  ],
  example: 'mayfly keys guard install --ci github',
  async run(options, machine) {
    const pipeline = findOption(options, 'ci')
    if (pipeline === 'github' || pipeline === 'gitlab') {
      machine.terminal.write(pipelineStep(pipeline))
      return EXIT.ok
    }
    const names = options['pre-push'] === true ? NAMES : (['pre-commit'] as const)
    if (options['global'] === true) return installForAll(options, machine, names)
    const folder = await getHookFolder(machine, folderOf(options))
    const isManaged = folder.manager !== undefined || folder.kind !== 'own'
    if (!isManaged) {
      for (const name of names) {
        await installHook(machine, folder.path, { name, script: hookScript(name, ownPlace(machine)) })
      }
    }
    const hooks = await describeHooks(machine, folder)
    if (options['json'] === true)
      writeJson(machine, { ...describeFolder(folder), hooks: describeStates(hooks), installed: !isManaged })
    else machine.terminal.write(isManaged ? formatManaged(folder, machine.home) : formatInstalled(hooks, machine.home))
    // What a tool or a team manages is theirs to change: it was said how.
    return isManaged ? EXIT.found : EXIT.ok
  },
}

async function installForAll(options: OptionValues, machine: Machine, names: readonly HookName[]): Promise<number> {
  if (options['repository'] !== undefined)
    throw new ArgumentRefusal(
      'argument --global: not allowed with argument --repository',
      'See: mayfly keys guard install --help',
    )
  const folder = await installSharedHooks(machine, names, ownPlace(machine))
  if (options['json'] === true) writeJson(machine, { folder, hooks: names })
  else
    machine.terminal.write(
      `All your repositories are guarded now: git looks for hooks in\n${folder}\nand these hand on to each repository's own. A repository that sets core.hooksPath\nitself (husky does) is not reached: mayfly keys guard install there.\n`,
    )
  return EXIT.ok
}

export const keysGuardRemove: Command = {
  words: 'keys guard remove',
  summary: 'take the hooks away again, and put those back that were there before',
  options: [
    repositoryOption,
    { name: '--global', summary: 'those of all your repositories' },
    jsonOption('{ repository, removed: [{ name, path, outcome }] }; with --global { global }'),
  ],
  example: 'mayfly keys guard remove',
  async run(options, machine) {
    if (options['global'] === true) {
      const hadOne = await removeSharedHooks(machine)
      if (options['json'] === true) writeJson(machine, { global: hadOne })
      else
        machine.terminal.write(
          hadOne
            ? 'Taken away: git uses the own hooks of each repository again.\n'
            : 'There was no guard for all repositories.\n',
        )
      return EXIT.ok
    }
    const folder = await getHookFolder(machine, folderOf(options))
    const removed: { name: string; path: string; outcome: Awaited<ReturnType<typeof removeHook>> }[] = []
    for (const hook of await describeHooks(machine, folder)) {
      removed.push({ name: hook.name, path: hook.path, outcome: await removeHook(machine, hook) })
    }
    if (options['json'] === true) writeJson(machine, { repository: folder.repository, removed })
    else machine.terminal.write(formatRemoved(removed, machine.home))
    return removed.some(({ outcome }) => outcome === 'kept') ? EXIT.found : EXIT.ok
  },
}
