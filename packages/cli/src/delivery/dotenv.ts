/** A .env file with credentials put into it or taken out, and every other line as it was. */

import { formatDotenvLine } from './shell-script.ts'
import type { Variables } from './variables.ts'

/** Keys of another time would shadow, or be sent beside, the new ones. */
const GO_TOGETHER: readonly string[] = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
]

/** The text with the variables in it: where a line of the same name was, or at the end. */
export function putIntoDotenv(text: string, set: Variables['set']): string {
  const wanted = Object.entries(set).filter(([name]) => !name.startsWith('MAYFLY_'))
  const left = new Map(wanted.map(([name, value]) => [name, formatDotenvLine(name, value)]))
  const names = new Set([...left.keys(), ...GO_TOGETHER])
  const lines = linesOf(text).flatMap((line) => {
    const name = nameOf(line)
    if (name === undefined || !names.has(name)) return [line]
    const own = left.get(name)
    left.delete(name)
    return own === undefined ? [] : [own]
  })
  return join(text, [...lines, ...left.values()])
}

/** The text without any line of these names. */
export function takeFromDotenv(text: string, names: readonly string[]): string {
  return join(
    text,
    linesOf(text).filter((line) => !names.includes(nameOf(line) ?? '')),
  )
}

/** True when a line of the file names a profile: an SDK may take that instead of the keys. */
export const namesProfile = (text: string): boolean => linesOf(text).some((line) => nameOf(line) === 'AWS_PROFILE')

const nameOf = (line: string): string | undefined => /^\s*(?:export\s+)?(\w+)\s*=/.exec(line)?.[1]

const linesOf = (text: string): readonly string[] =>
  text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .slice(text === '' ? 1 : 0)

/** With the line ends that the file has. */
const join = (text: string, lines: readonly string[]): string => {
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  return lines.map((line) => `${line}${end}`).join('')
}
