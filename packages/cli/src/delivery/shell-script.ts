/** Lines that set or clear variables, for each shell. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Environment, Platform } from '../machine/machine.ts'
import { type Format, formatVariable } from '../role-credentials/formats.ts'
import { ALSO_SET, type Variables } from './variables.ts'

/** The shells whose words are known; `dotenv` is a file of lines `NAME=value`. */
export const SHELLS = ['bash', 'zsh', 'fish', 'powershell', 'cmd', 'dotenv'] as const
export type Shell = (typeof SHELLS)[number]

const FORMAT_OF: Readonly<Record<Exclude<Shell, 'dotenv' | 'cmd'>, Exclude<Format, 'process'>>> = {
  bash: 'env',
  zsh: 'env',
  fish: 'fish',
  powershell: 'powershell',
}

/** A script that clears and sets these variables, with its line end. Refuses a value that the shell has no quotes for. */
export function formatScript(shell: Shell, { set, unset }: Variables): string {
  const lines = [...(shell === 'dotenv' ? [] : formatUnset(shell, unset)), ...formatSet(shell, set)]
  return lines.map((line) => `${line}\n`).join('')
}

function formatSet(shell: Shell, set: Variables['set']): readonly string[] {
  // cmd.exe has no way to write the percent signs of it, and a .env file is read by programs, not by Mayfly.
  const kept = Object.entries(set).filter(
    ([name]) => !(shell === 'cmd' && name === ALSO_SET) && !(shell === 'dotenv' && name.startsWith('MAYFLY_')),
  )
  return kept.map(([name, value]) => formatLine(shell, name, value))
}

/** One line `NAME=value` in the words of the shell. */
function formatLine(shell: Shell, name: string, value: string): string {
  if (shell === 'dotenv') return formatDotenvLine(name, value)
  return shell === 'cmd' ? formatCmdLine(name, value) : formatVariable(FORMAT_OF[shell], name, value)
}

function formatUnset(shell: Exclude<Shell, 'dotenv'>, names: readonly string[]): readonly string[] {
  if (names.length === 0) return []
  switch (shell) {
    case 'bash':
    case 'zsh':
      return [`unset ${names.join(' ')}`]
    case 'fish':
      return names.map((name) => `set -e ${name}`)
    case 'powershell':
      return [`Remove-Item ${names.map((name) => `Env:${name}`).join(',')} -ErrorAction SilentlyContinue`]
    case 'cmd':
      return names.map((name) => `set ${name}=`)
  }
}

const PLAIN = /^[\w+/=:.@,-]*$/

/** In quotes nothing is special to cmd.exe but a percent sign, and a quote would end them. */
function formatCmdLine(name: string, value: string): string {
  if (PLAIN.test(value)) return `set ${name}=${value}`
  return /["%]/.test(value) || hasControlCharacter(value) ? refuse(name, 'cmd.exe') : `set "${name}=${value}"`
}

/** Without quotes where that is possible: `docker --env-file` takes quotes for a part of the value. */
export function formatDotenvLine(name: string, value: string): string {
  if (PLAIN.test(value)) return `${name}=${value}`
  if (hasControlCharacter(value)) return refuse(name, 'a .env file')
  if (!value.includes("'")) return `${name}='${value}'`
  // Readers of .env files do not agree on what a backslash or a dollar sign is in double quotes.
  return /["\\$`]/.test(value) ? refuse(name, 'a .env file') : `${name}="${value}"`
}

const hasControlCharacter = (value: string): boolean => /\p{Cc}/u.test(value)

function refuse(name: string, where: string): never {
  throw new Refusal('invalid', `${name} has characters that cannot be written safely for ${where}.`, {
    hint: 'Hand it to the program itself: mayfly exec',
  })
}

/** The shell that is asking: the program that started this one where that is a shell, else the one a person uses. */
export function findShell({
  env,
  platform,
  parent,
}: {
  readonly env: Environment
  readonly platform: Platform
  readonly parent: string | undefined
}): Shell {
  // cmd.exe sets PROMPT for what it starts, PowerShell does not.
  if (platform === 'win32') return env['PROMPT'] === undefined ? 'powershell' : 'cmd'
  const own = shellOf(parent) ?? shellOf(env['SHELL']?.split('/').at(-1))
  return own ?? 'bash'
}

/** Every shell of POSIX's kind reads what bash reads. */
const KNOWN: Readonly<Record<string, Shell>> = {
  bash: 'bash',
  sh: 'bash',
  dash: 'bash',
  ash: 'bash',
  ksh: 'bash',
  zsh: 'zsh',
  fish: 'fish',
  pwsh: 'powershell',
}

const shellOf = (name: string | undefined): Shell | undefined => (name === undefined ? undefined : KNOWN[name])

/** How the output is taken over into the shell itself. */
export const USES: Readonly<Record<Exclude<Shell, 'dotenv'>, (line: string) => string>> = {
  bash: (line) => `eval "$(${line})"`,
  zsh: (line) => `eval "$(${line})"`,
  fish: (line) => `${line} | source`,
  powershell: (line) => `${line} | Out-String | Invoke-Expression`,
  cmd: (line) => `for /f "delims=" %i in ('${line}') do @%i`,
}
