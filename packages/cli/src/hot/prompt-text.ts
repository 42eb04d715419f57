/** A prompt's text out of a format and values, with colours as each shell wants them in its prompt. */

import type { TagColour } from './prompt-tags.ts'

export const SHELLS_OF_PROMPT = ['bash', 'zsh', 'fish', 'powershell'] as const
export type PromptShell = (typeof SHELLS_OF_PROMPT)[number]

export interface PromptValue {
  readonly text: string
  readonly colour?: TagColour | undefined
}

export interface PromptLook {
  /** Without one, colours are written as any terminal takes them. */
  readonly shell?: PromptShell | undefined
  readonly hasColours: boolean
}

/** `{profile}` stands for a value; what stands in `[…]` is left out when no value in it has a text. */
export function formatPrompt(format: string, values: Readonly<Record<string, PromptValue>>, look: PromptLook): string {
  const fill = (part: string): string =>
    part.replace(/\{(\w+)\}/g, (_, name: string) => formatValue(values[name], look))
  const isFilled = (part: string): boolean =>
    [...part.matchAll(/\{(\w+)\}/g)].some(([, name = '']) => (values[name]?.text ?? '') !== '')
  return format
    .split(/(\[[^[\]]*\])/)
    .map((part) => (/^\[.*\]$/s.test(part) ? (isFilled(part) ? fill(part.slice(1, -1)) : '') : fill(part)))
    .join('')
}

const CODES: Readonly<Record<TagColour, number>> = { red: 31, green: 32, yellow: 33, blue: 34, magenta: 35, cyan: 36 }

/** What takes no room on the line, told to the shell that counts: readline's own signs for bash, zsh's for zsh. */
const UNCOUNTED: Readonly<Record<PromptShell, readonly [string, string]>> = {
  bash: ['\x01', '\x02'],
  zsh: ['%{', '%}'],
  fish: ['', ''],
  powershell: ['', ''],
}

function formatValue(value: PromptValue | undefined, { shell, hasColours }: PromptLook): string {
  const plain = (value?.text ?? '').replace(/\p{Cc}/gu, '')
  const text = shell === 'zsh' ? plain.replaceAll('%', '%%') : plain
  if (!hasColours || value?.colour === undefined || text === '') return text
  const [on, off] = shell === undefined ? ['', ''] : UNCOUNTED[shell]
  return `${on}\x1b[${CODES[value.colour]}m${off}${text}${on}\x1b[0m${off}`
}
