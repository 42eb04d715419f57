/** The shells that Mayfly speaks with: which one asks, and how a variable is set in it. */

import type { Machine, Platform } from '../machine/machine.ts'
import { formatVariable } from '../role-credentials/formats.ts'

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const
export type Shell = (typeof SHELLS)[number]

/** Set by the shell's function around Mayfly: what is printed will be run by that shell. */
export const HOOK_VARIABLE = 'MAYFLY_HOOK'

/** A shell by the name of its program; `sh` and its kin read what bash reads. */
export function findShellByName(program: string | undefined): Shell | undefined {
  const name = (program ?? '')
    .replace(/^-/, '')
    .replace(/^.*[\\/]/, '')
    .replace(/\.exe$/i, '')
    .toLowerCase()
  if (name === 'pwsh') return 'powershell'
  if (['sh', 'dash', 'ash', 'ksh', 'mksh'].includes(name)) return 'bash'
  return SHELLS.find((shell) => shell === name)
}

/** The shell that is to read what is printed: the hook says it, else the program that started this one, else SHELL. */
export async function findShell(machine: Machine): Promise<Shell> {
  const hook = SHELLS.find((shell) => shell === machine.env[HOOK_VARIABLE])
  if (hook) return hook
  const parent = findShellByName(await machine.childProcess.findParent())
  return parent ?? findShellByName(machine.env['SHELL']) ?? usualShell(machine.platform)
}

const usualShell = (platform: Platform): Shell => (platform === 'win32' ? 'powershell' : 'bash')

const FORMAT_OF = { bash: 'env', zsh: 'env', fish: 'fish', powershell: 'powershell' } as const

/** A line that sets an exported variable. It ends with a semicolon: `eval $(…)` without quotes joins lines. */
export const setVariable = (shell: Shell, name: string, value: string): string =>
  `${formatVariable(FORMAT_OF[shell], name, value)};`

export function unsetVariable(shell: Shell, name: string): string {
  if (shell === 'fish') return `set -e ${name};`
  if (shell === 'powershell') return `Remove-Item Env:${name} -ErrorAction SilentlyContinue;`
  return `unset ${name};`
}

/** A word for the shell's command line. */
export function quoteFor(shell: Shell, word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  if (shell === 'fish') return `'${word.replace(/[\\']/g, '\\$&')}'`
  if (shell === 'powershell') return `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'`
  return `'${word.replaceAll("'", `'\\''`)}'`
}
