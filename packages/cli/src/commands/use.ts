/** use: the profile of this shell. Sets AWS_PROFILE and nothing secret. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { findProfileTags, type TagColour } from '../hot/prompt-tags.ts'
import type { Machine } from '../machine/machine.ts'
import { Interrupted } from '../machine/question.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { getProfile } from '../shared-config/settings.ts'
import { findText, loadSharedConfig, type SharedConfig } from '../shared-config/shared-config.ts'
import { colourLine, RUNS } from '../shell-hooks/hook-script.ts'
import {
  findShell,
  HOOK_VARIABLE,
  quoteFor,
  SHELLS,
  type Shell,
  setVariable,
  unsetVariable,
} from '../shell-hooks/shells.ts'
import { type Command, findOption, jsonOption, type OptionValues } from './command.ts'
import { loadProfileSettings } from './profile-settings.ts'

/** The profile before this one, for `mayfly use -`; empty when there was none. */
const PREVIOUS_VARIABLE = 'MAYFLY_PREVIOUS_PROFILE'

export const use: Command = {
  words: 'use',
  summary: 'use a profile in this shell: sets AWS_PROFILE, and nothing secret',
  options: [
    { name: '--clear', summary: 'use none' },
    { name: '--yes', summary: 'do not ask, also where a tag wants it (confirm = yes)' },
    { name: '--shell', value: 'SHELL', summary: 'print for this shell', choices: SHELLS },
    jsonOption('{ set, unset }, the variables to set and to unset, for other shells'),
  ],
  parameters: { usage: '[PROFILE | -]', most: 1 },
  example: 'mayfly use default',
  async run(options, machine, { parameters }) {
    const next = await chooseNext(machine, options, parameters[0])
    const change = changeTo(machine, next?.name)
    if (options['json'] === true) {
      machine.terminal.write(`${JSON.stringify(change, undefined, 2)}\n`)
      return 0
    }
    const shell = SHELLS.find((each) => each === findOption(options, 'shell')) ?? (await findShell(machine))
    const hook = machine.env[HOOK_VARIABLE]
    const isHooked = hook === shell
    machine.terminal.write(formatLines(shell, change, isHooked ? next : undefined))
    // One shell's quotes mean something else to another: its hook shows these lines instead of running them.
    if (hook === undefined || isHooked) machine.terminal.write(`${RUNS}\n`)
    if (machine.terminal.shown && !isHooked) tellHook(machine, shell, next?.name)
    else tellChange(machine, next)
    tellShadows(machine)
    return 0
  },
}

interface NextProfile {
  readonly name: string
  readonly colour: TagColour | undefined
  readonly tags: readonly string[]
  readonly about: string
}

/** The profile that was asked for; nothing for none. */
async function chooseNext(
  machine: Machine,
  options: OptionValues,
  typed: string | undefined,
): Promise<NextProfile | undefined> {
  const isClear = options['clear'] === true
  if (isClear && typed !== undefined) throw new ArgumentRefusal('--clear takes no profile.', 'See: mayfly use --help')
  if (isClear) return undefined
  const wanted = typed ?? findOption(options, 'profile')
  if (wanted === '-') {
    const former = machine.env[PREVIOUS_VARIABLE]
    if (former === undefined) {
      throw new Refusal('not-found', 'There was no other profile in this shell.', { hint: 'Choose one: mayfly use' })
    }
    return former === '' ? undefined : describe(machine, options, former)
  }
  return describe(machine, options, wanted ?? (await choose(machine)))
}

async function choose(machine: Machine): Promise<string> {
  const config = await loadSharedConfig(machine)
  if (config.profiles.size === 0) {
    throw new Refusal('not-found', 'There are no profiles yet.', { hint: 'Make some: mayfly setup' })
  }
  const { chooseProfile, mayChoose } = await import('../finding/choose-profile.ts')
  if (mayChoose(machine)) return chooseProfile(machine, config, { title: 'Which profile is this shell to use?' })
  throw new ArgumentRefusal('Which profile? Nobody can be asked here.', 'Name one: mayfly use PROFILE')
}

/** Asks where a tag wants it, and remembers the use. */
async function describe(machine: Machine, options: OptionValues, name: string): Promise<NextProfile> {
  const settings = await loadProfileSettings(machine, options, name)
  getProfile(settings)
  const { readTagRules } = await import('../finding/tags.ts')
  const found = settings.profileName
  const { tags, colour, confirms } = findProfileTags(await readTagRules(machine), found)
  const next = { name: found, tags, colour, about: aboutProfile(settings.config, found) }
  if (confirms && options['yes'] !== true && machine.env['AWS_PROFILE'] !== found) await confirm(machine, next)
  return next
}

function aboutProfile({ profiles }: SharedConfig, name: string): string {
  const profile = profiles.get(name)
  const parts = ['sso_account_id', 'sso_role_name'].map((key) => findText(profile, key) ?? '')
  return parts.filter((part) => part !== '').join(', ')
}

async function confirm(machine: Machine, { name, tags, colour }: NextProfile): Promise<void> {
  const { mayChoose } = await import('../finding/choose-profile.ts')
  const why = tags.length === 0 ? '' : ` (${tags.join(', ')})`
  if (!mayChoose(machine)) {
    throw new Refusal('forbidden', `${name}${why} is to be confirmed, and nobody can be asked here.`, {
      hint: 'Add --yes.',
    })
  }
  const answers = ['No', `Yes, use ${name}`]
  const index = await machine.terminal.pick({
    title: `Use ${name}${why} in this shell?`,
    total: answers.length,
    filter: (query) =>
      answers.flatMap((answer, place) => (answer.toLowerCase().startsWith(query.trim().toLowerCase()) ? [place] : [])),
    row: (place) => [{ text: answers[place] ?? '', ...(place === 1 && { colour }) }],
  })
  if (index !== 1) throw new Interrupted()
}

interface Change {
  readonly set: Readonly<Record<string, string>>
  readonly unset: readonly string[]
}

function changeTo({ env }: Machine, next: string | undefined): Change {
  const current = env['AWS_PROFILE'] ?? ''
  const former = current === (next ?? '') ? env[PREVIOUS_VARIABLE] : current
  const previous = former === undefined ? {} : { [PREVIOUS_VARIABLE]: former }
  return next === undefined
    ? { set: previous, unset: ['AWS_PROFILE'] }
    : { set: { AWS_PROFILE: next, ...previous }, unset: [] }
}

const COLOUR_CODES = { red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const

/** What the shell runs. With the hook also what its prompt is to show, which is not exported. */
function formatLines(shell: Shell, { set, unset }: Change, shown: NextProfile | undefined): string {
  const colour = shown?.colour === undefined ? '' : `${COLOUR_CODES[shown.colour]}:${shown.name}`
  const lines = [
    ...Object.entries(set).map(([name, value]) => setVariable(shell, name, value)),
    ...unset.map((name) => unsetVariable(shell, name)),
    ...(shown ? [colourLine(shell, colour)] : []),
  ]
  return `${lines.join('\n')}\n`
}

const printable = (text: string): string => text.replace(/\p{Cc}/gu, '')

/** Nothing has changed yet: a program cannot change its shell. */
function tellHook({ terminal }: Machine, shell: Shell, name: string | undefined): void {
  const words = name === undefined ? 'mayfly use --clear' : `mayfly use ${quoteFor(shell, name)}`
  const now = {
    bash: `eval "$(${words})"`,
    zsh: `eval "$(${words})"`,
    fish: `${words} | source`,
    powershell: `${words} | Out-String | Invoke-Expression`,
  }[shell]
  terminal.writeError(
    `\nNothing has changed in this shell: it has no hook of Mayfly.\nTo let it run these lines: ${printable(now)}\nFor good: mayfly hook install\n`,
  )
}

function tellChange({ terminal, env }: Machine, next: NextProfile | undefined): void {
  if (!terminal.watched) return
  if (!next) {
    terminal.writeError('This shell uses no profile.\n')
    return
  }
  const { name, colour, about, tags } = next
  const code = colour === undefined || env['NO_COLOR'] ? undefined : COLOUR_CODES[colour]
  const shown = code === undefined ? printable(name) : `\x1b[${code}m${printable(name)}\x1b[0m`
  const beside = [about, tags.join(' ')].filter((part) => part !== '').join(', ')
  terminal.writeError(`This shell uses ${shown}${beside === '' ? '' : ` (${printable(beside)})`}.\n`)
}

/** What goes before AWS_PROFILE in AWS's tools, told because it would be looked for at the wrong end. */
function tellShadows({ terminal, env }: Machine): void {
  if (env['AWS_ACCESS_KEY_ID']) {
    terminal.writeError(
      'mayfly: [WARNING]: AWS_ACCESS_KEY_ID is set here, and goes before AWS_PROFILE. Unset it with its companions.\n',
    )
  }
  const former = env['AWS_DEFAULT_PROFILE']
  if (former !== undefined) {
    terminal.writeError(
      'mayfly: [WARNING]: AWS_DEFAULT_PROFILE is set here. boto3 takes it before AWS_PROFILE: unset it.\n',
    )
  }
}
