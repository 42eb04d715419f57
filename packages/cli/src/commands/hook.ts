/** hook: what a shell reads so that `mayfly use` can change its environment. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../machine/machine.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { hookScript } from '../shell-hooks/hook-script.ts'
import { type HookPlan, installHook, planHook, removeHooks } from '../shell-hooks/install.ts'
import { findShell, quoteFor, SHELLS, type Shell } from '../shell-hooks/shells.ts'
import { type Command, type CommandOption, findOption, jsonOption, type OptionValues } from './command.ts'

const shellOption: CommandOption = {
  name: '--shell',
  value: 'SHELL',
  summary: 'the shell, when it is not the one in which this runs',
  choices: SHELLS,
}

/** The shell named in words, or the one in which this runs. */
export async function findNamedShell(machine: Machine, named: string | undefined, words: string): Promise<Shell> {
  if (named === undefined) return findShell(machine)
  const shell = SHELLS.find((each) => each === named)
  if (shell) return shell
  throw new ArgumentRefusal(
    `There is no hook for ${named}. There are some for: ${SHELLS.join(', ')}`,
    `See: mayfly ${words} --help`,
  )
}

export const hook: Command = {
  words: 'hook',
  summary: "print the shell's part of mayfly use, with the completion; install puts it in place",
  options: [],
  parameters: { usage: '[SHELL]', most: 1 },
  example: 'mayfly hook bash',
  async run(_options, machine, { parameters }) {
    machine.terminal.write(hookScript(await findNamedShell(machine, parameters[0], 'hook')))
    return 0
  },
}

export const hookInstall: Command = {
  words: 'hook install',
  summary: 'let a shell read the hook when it starts',
  options: [
    shellOption,
    {
      name: '--file',
      value: 'FILE',
      summary: 'the file that the shell reads when it starts, when it is not the usual',
    },
    { name: '--dry-run', summary: 'show what would be written' },
    jsonOption('{ shell, file, script, lines, changed }'),
  ],
  example: 'mayfly hook install --dry-run',
  async run(options, machine) {
    const shell = await findNamedShell(machine, findOption(options, 'shell'), 'hook install')
    const plan = await planHook(machine, shell, findOption(options, 'file'))
    const isDry = options['dry-run'] === true
    const changed = isDry ? false : await install(machine, plan)
    machine.terminal.write(options['json'] === true ? formatJson(plan, changed) : formatText(plan, { isDry, changed }))
    return 0
  },
}

/** Some people's files are made by a tool and can only be read: they put the lines where the tool finds them. */
async function install(machine: Machine, plan: HookPlan): Promise<boolean> {
  try {
    return await installHook(machine, plan)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM') throw error
    throw new Refusal('forbidden', `${plan.rcFile} cannot be written.`, {
      cause: error,
      hint: `Put these lines where they are read when ${plan.shell} starts:\n${plan.block}`,
    })
  }
}

const formatJson = ({ shell, rcFile, scriptFile, block }: HookPlan, changed: boolean): string =>
  `${JSON.stringify({ shell, file: rcFile, script: scriptFile, lines: block.split('\n'), changed }, undefined, 2)}\n`

function formatText(
  { shell, rcFile, scriptFile, block }: HookPlan,
  { isDry, changed }: { readonly isDry: boolean; readonly changed: boolean },
): string {
  const lines = block
    .split('\n')
    .map((line) => `  ${line}\n`)
    .join('')
  if (isDry) return `${rcFile} would get these lines, which read ${scriptFile}:\n\n${lines}`
  const what = changed ? 'has these lines now' : 'has these lines already'
  const reads = `. ${quoteFor(shell, scriptFile)}`
  return `${rcFile} ${what}, which read ${scriptFile}:\n\n${lines}\nOpen a new ${shell}, or run in this one:\n  ${reads}\n`
}

export const hookRemove: Command = {
  words: 'hook remove',
  summary: 'take the hook out of the files of all shells',
  options: [jsonOption('{ files }')],
  example: 'mayfly hook remove',
  async run(options: OptionValues, machine) {
    const files = await removeHooks(machine)
    if (options['json'] === true) machine.terminal.write(`${JSON.stringify({ files }, undefined, 2)}\n`)
    else if (files.length === 0) machine.terminal.write('No file of a shell holds a hook of Mayfly.\n')
    else for (const file of files) machine.terminal.write(`Taken out of ${file}\n`)
    return 0
  },
}
