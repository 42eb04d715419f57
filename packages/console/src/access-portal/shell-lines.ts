/** Lines that set environment variables, ready to paste into the shell that a person uses. */

export type Shell = 'posix' | 'powershell' | 'cmd'

export type Variables = readonly (readonly [name: string, value: string])[]

/** How a person chooses a shell. */
export const SHELLS: readonly { id: Shell; text: string }[] = [
  { id: 'posix', text: 'macOS and Linux' },
  { id: 'powershell', text: 'PowerShell' },
  { id: 'cmd', text: 'Command Prompt' },
]

/** One line a variable, or undefined when this shell has no way to write one of the values. */
export function formatVariables(shell: Shell, variables: Variables): string | undefined {
  const lines = variables.map(([name, value]) => formatVariable(shell, name, value))
  return lines.every((line) => line !== undefined) ? lines.join('\n') : undefined
}

function formatVariable(shell: Shell, name: string, value: string): string | undefined {
  // A pasted line break would run what follows it.
  if (hasControlCharacter(value)) return undefined
  switch (shell) {
    case 'posix':
      return `export ${name}='${value.replaceAll("'", `'\\''`)}'`
    case 'powershell':
      // PowerShell ends a single-quoted text at a typographic quote too (about_Quoting_Rules); doubling keeps each.
      return `$Env:${name} = '${value.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`
    case 'cmd':
      // At the prompt nothing escapes a percent sign, and a quote would end the quoting that tames & | < > ^.
      return /["%]/.test(value) ? undefined : `set "${name}=${value}"`
  }
}

function hasControlCharacter(value: string): boolean {
  return [...value].some((character) => character < ' ' || character === '\u007f')
}
