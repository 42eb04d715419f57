/** Credentials as text: for a program, and for each shell. */

import { Refusal } from '@mayfly/identity-center/refusal'

/** What is exported. Long-term keys have neither token nor expiration. */
export interface ExportedCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

export const FORMATS = ['process', 'env', 'env-no-export', 'powershell', 'windows-cmd', 'fish'] as const
export type Format = (typeof FORMATS)[number]

/** The text to print, with its line end. What AWS issues comes out exactly as the AWS CLI prints it. */
export function formatCredentials(credentials: ExportedCredentials, format: Format): string {
  if (format === 'process') return formatProcess(credentials)
  const line = LINES[format]
  return listVariables(credentials)
    .map(([name, value]) => `${line(name, value)}\n`)
    .join('')
}

/** The JSON of credential_process, as Python's json.dumps indents it. No account id: the AWS CLI leaves it out. */
function formatProcess({ accessKeyId, secretAccessKey, sessionToken, expiration }: ExportedCredentials): string {
  const members = {
    Version: 1,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    ...(sessionToken !== undefined && { SessionToken: sessionToken }),
    ...(expiration && { Expiration: formatExpiration(expiration) }),
  }
  const ascii = (text: string): string =>
    text.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `${ascii(JSON.stringify(members, undefined, 2))}\n`
}

/** `2026-11-21T02:29:33+00:00`, as Python's isoformat has it. */
export const formatExpiration = (moment: Date): string => `${moment.toISOString().slice(0, 19)}+00:00`

function listVariables(credentials: ExportedCredentials): readonly (readonly [string, string])[] {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = credentials
  return [
    ['AWS_ACCESS_KEY_ID', accessKeyId],
    ['AWS_SECRET_ACCESS_KEY', secretAccessKey],
    ...(sessionToken === undefined ? [] : ([['AWS_SESSION_TOKEN', sessionToken]] as const)),
    ...(expiration ? ([['AWS_CREDENTIAL_EXPIRATION', formatExpiration(expiration)]] as const) : []),
  ]
}

/** One variable in a format; refused where its value cannot be written safely. */
export const formatVariable = (format: Exclude<Format, 'process'>, name: string, value: string): string =>
  LINES[format](name, value)

type Line = (name: string, value: string) => string

// The output is handed to eval. Credentials may come from a program (credential_process): what AWS would never issue is
// quoted, and refused where a shell knows no quoting that is safe.
const LINES: Readonly<Record<Exclude<Format, 'process'>, Line>> = {
  env: (name, value) =>
    `export ${name}=${isPlain(value) ? value : `'${oneLine(name, value).replaceAll("'", `'\\''`)}'`}`,
  'env-no-export': (name, value) => `${name}=${isPlain(value) ? value : refuse(name, 'env-no-export')}`,
  powershell: (name, value) =>
    `$Env:${name}=${isPlain(value) ? `"${value}"` : `'${oneLine(name, value).replace(/['\u2018-\u201b]/g, '$&$&')}'`}`,
  'windows-cmd': (name, value) => `set ${name}=${isPlain(value) ? value : refuse(name, 'windows-cmd')}`,
  fish: (name, value) => `set -gx ${name} "${oneLine(name, value).replace(/[\\"$]/g, '\\$&')}"`,
}

/** The characters of keys, tokens and times as AWS issues them. zsh would look for a program behind a first `=`. */
const isPlain = (value: string): boolean => /^(?!=)[\w+/=:.@,-]*$/.test(value) && !value.includes(':=')

function oneLine(name: string, value: string): string {
  return hasControlCharacter(value) ? refuse(name, 'a shell') : value
}

const hasControlCharacter = (value: string): boolean =>
  [...value].some((character) => character < ' ' || character === '\u007f')

function refuse(name: string, format: string): never {
  throw new Refusal('invalid', `${name} has characters that cannot be written safely for ${format}.`, {
    hint: 'Export it with: --format process',
  })
}
