/** env: prints a profile's credentials as variables, for a shell or a .env file. */

import { basename, dirname } from 'node:path'
import { Refusal } from '@mayfly/identity-center/refusal'
import { deliverProfile } from '../delivery/delivered.ts'
import { namesProfile, putIntoDotenv, takeFromDotenv } from '../delivery/dotenv.ts'
import { findShell, formatScript, SHELLS, type Shell, USES } from '../delivery/shell-script.ts'
import { listOwnVariables, type Variables } from '../delivery/variables.ts'
import type { Machine } from '../machine/machine.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { shellWord } from '../shared-config/shell-word.ts'
import { type Command, findOption, jsonOption, type OptionValues } from './command.ts'
import { getDelivered, loadDelivered } from './exec-profile.ts'

export const env: Command = {
  words: 'env',
  summary: "print a profile's credentials as variables, for a shell or a .env file",
  options: [
    { name: '--shell', value: 'SHELL', summary: 'for which', choices: SHELLS },
    { name: '--file', value: 'FILE', summary: 'put them into this .env file, whose other lines stay' },
    { name: '--unset', summary: 'print how to clear them; with --file: take them out' },
    { name: '--no-sign-in', summary: 'fail instead of opening a sign-in page' },
    jsonOption('{ variables, unset }; variables by their names'),
  ],
  parameters: { usage: '[PROFILE]', most: 1 },
  example: 'mayfly env default --shell bash',
  async run(options, machine, words) {
    const file = findOption(options, 'file')
    const shell = await chooseShell(machine, options)
    const variables = options['unset'] === true ? clear(machine) : await deliver(machine, options, words.parameters[0])
    if (file !== undefined) await writeFile(machine, file, variables)
    else if (options['json'] === true) machine.terminal.write(formatJson(variables))
    else {
      machine.terminal.write(formatScript(shell, variables))
      if (machine.terminal.styled && shell !== 'dotenv') tellUse(machine, shell, words.parameters)
    }
    return 0
  },
}

async function chooseShell(machine: Machine, options: OptionValues): Promise<Shell> {
  const typed = SHELLS.find((shell) => shell === findOption(options, 'shell'))
  const hasFile = findOption(options, 'file') !== undefined
  if (hasFile && typed !== undefined && typed !== 'dotenv') {
    throw new ArgumentRefusal(`--file writes a .env file, not words for ${typed}.`, 'See: mayfly env --help')
  }
  if (typed === 'dotenv' && !hasFile && options['unset'] === true) {
    throw new ArgumentRefusal('A .env file clears no variables.', 'To take them out of one: add --file FILE')
  }
  if (typed !== undefined) return typed
  const parent = await machine.childProcess.findParent()
  return findShell({ env: machine.env, platform: machine.platform, parent })
}

const clear = (machine: Machine): Variables => ({ set: {}, unset: listOwnVariables(machine.env) })

async function deliver(machine: Machine, options: OptionValues, typed: string | undefined): Promise<Variables> {
  const { inner, settings } = await loadDelivered(machine, options, typed)
  const delivered = await getDelivered(inner, settings, options)
  return deliverProfile(inner, { settings, env: inner.env, ...delivered })
}

const formatJson = ({ set, unset }: Variables): string => `${JSON.stringify({ variables: set, unset }, undefined, 2)}\n`

/** To somebody who sees the lines on the screen, where they have no effect. */
function tellUse({ terminal, platform }: Machine, shell: Exclude<Shell, 'dotenv'>, words: readonly string[]): void {
  const line = ['mayfly env', ...words.map((word) => shellWord(word, platform))].join(' ')
  terminal.writeError(`\nTo set them in this shell: ${USES[shell](line)}\n`)
}

/** Puts them into the file, readable for its owner alone. */
async function writeFile(machine: Machine, path: string, variables: Variables): Promise<void> {
  const { terminal, files } = machine
  const target = await findTarget(machine, path)
  const former = (await files.readText(path)) ?? ''
  const text =
    Object.keys(variables.set).length === 0
      ? takeFromDotenv(former, variables.unset)
      : putIntoDotenv(former, variables.set)
  if (text !== former || Object.keys(variables.set).length > 0)
    await files.write(target, text, { mode: 0o600, setsMode: true })
  if (Object.keys(variables.set).length === 0) return
  if (namesProfile(text)) {
    terminal.writeError(`${path} also names AWS_PROFILE, which some programs take instead of these keys.\n`)
  }
  if (await isSharedByGit(machine, target)) {
    terminal.writeError(`git does not ignore ${path}: these credentials could be committed. Add it to .gitignore.\n`)
  }
}

/** Where the file lies. A link that came with a repository leads where its author likes: keys do not go there. */
async function findTarget(machine: Machine, path: string): Promise<string> {
  const target = await machine.files.followLinks(path)
  if (target === path) return path
  if (await isSharedByGit(machine, path)) {
    throw new Refusal('forbidden', `${path} is a link of this repository, to ${target}. Nothing was written.`, {
      hint: 'Name the file itself, if that is what you want: --file FILE',
    })
  }
  machine.terminal.writeError(`${path} is a link: this is about ${target}.\n`)
  return target
}

/** Git says 1 for a file of a work tree that it does not ignore, 128 outside of any. */
async function isSharedByGit(machine: Machine, path: string): Promise<boolean> {
  // Found as a shell finds it, not as Windows does: in the folder one is in. A repository's own settings start no program.
  const git = await machine.childProcess.find('git', machine.env)
  if (git.found !== 'program') return false
  const words = ['-c', 'core.fsmonitor=false', '-C', dirname(path), 'check-ignore', '-q', '--', basename(path)]
  const asked = await machine.childProcess.run(git.path, words, machine.env).catch(() => undefined)
  return asked?.exitCode === 1
}
