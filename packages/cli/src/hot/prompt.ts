/** The part of a shell's prompt that shows profile, account and time left: small files alone, nothing else is loaded. */

import { readFileSync } from 'node:fs'
import { type Expiry, findExpiry, parseExpiryNote } from './prompt-expiry.ts'
import { findAccountName, findIniSection, type PromptValues } from './prompt-files.ts'
import { findProfileTags, parseTags, TAG_COLOURS, type TagColour, type TagRule } from './prompt-tags.ts'
import { formatPrompt, type PromptShell, type PromptValue, SHELLS_OF_PROMPT } from './prompt-text.ts'
import { sha1 } from './sha1.ts'
import { print } from './warm-text.ts'

export interface PromptSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  /** Milliseconds since 1970. */
  readonly now: number
  /** The text of a file; nothing when it cannot be read. */
  readonly read: (path: string) => string | undefined
}

export const DEFAULT_FORMAT = '{profile}[ {account}][ {left}][ {state}]'
const SOON = 15 * 60_000

/** Prints the segment and answers true; false, having printed nothing, when the whole program is to decide. */
export function printPrompt(typed: readonly string[], surroundings: Omit<PromptSurroundings, 'read'>): boolean {
  const text = renderPrompt(typed, { ...surroundings, read: readText })
  if (text === undefined) return false
  if (text !== '') print(text)
  return true
}

function readText(path: string): string | undefined {
  // Most of these files are missing in most homes; without a stack an error costs nothing.
  Error.stackTraceLimit = 0
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** The segment; empty where no profile is in use, and undefined for options that it does not know. */
export function renderPrompt(typed: readonly string[], surroundings: PromptSurroundings): string | undefined {
  const options = readOptions(typed)
  if (!options) return undefined
  const { env } = surroundings
  const name = options.profile || env['AWS_PROFILE'] || env['MAYFLY_PROFILE'] || env['AWS_DEFAULT_PROFILE']
  if (!name) return ''
  const format = options.format ?? DEFAULT_FORMAT
  const wants = (value: string): boolean => format.includes(`{${value}}`)
  const reader = createReader(surroundings)
  const profile = reader.profile(name)
  const { colour, tags } = findProfileTags(readTagRules(reader.own('tags.ini')), name)
  const values: Record<string, PromptValue> = {
    profile: { text: name, colour },
    tags: { text: tags.join(' '), colour },
  }
  if (!profile) {
    values['state'] = { text: 'no such profile', colour: 'red' }
  } else {
    const { sso_account_id: accountId = '', sso_role_name: role = '', sso_session: session = '' } = profile
    const alias = wants('account') && accountId ? reader.accountName(session, accountId) : undefined
    Object.assign(values, { account: { text: alias ?? accountId }, accountId: { text: accountId } })
    Object.assign(values, { role: { text: role }, session: { text: session } })
    if (wants('left') || wants('state')) Object.assign(values, timesOf(reader, profile, surroundings))
  }
  return formatPrompt(format, values, { shell: options.shell, hasColours: !env['NO_COLOR'] })
}

interface PromptOptions {
  format?: string
  profile?: string
  shell?: PromptShell
}

function readOptions(typed: readonly string[]): PromptOptions | undefined {
  const options: PromptOptions = {}
  for (let index = 0; index < typed.length; index += 1) {
    const [, name, attached] = /^--(format|profile|shell)(?:=([\s\S]*))?$/.exec(typed[index] ?? '') ?? []
    const value = attached ?? typed[index + 1]
    if (attached === undefined) index += 1
    if (name === undefined || value === undefined) return undefined
    const shell = SHELLS_OF_PROMPT.find((each) => each === value)
    if (name === 'shell' && !shell) return undefined
    Object.assign(options, { [name]: value })
  }
  return options
}

type Reader = ReturnType<typeof createReader>

/** What lies in the files, and where. */
function createReader({ env, platform, read }: PromptSurroundings) {
  const home = (env[platform === 'win32' ? 'USERPROFILE' : 'HOME'] ?? '').replace(/(.)[\\/]+$/, '$1')
  const expand = (path: string): string => path.replace(/^~(?=[\\/]|$)/, () => home)
  const own = (path: string): string => read(`${home}/.mayfly/${path}`) ?? ''
  const config = read(expand(env['AWS_CONFIG_FILE'] ?? '~/.aws/config')) ?? ''
  let isSealed: boolean | undefined
  return {
    own,
    profile(name: string): PromptValues | undefined {
      const section = findIniSection(config, 'profile', name)
      if (section) return section
      const credentials = read(expand(env['AWS_SHARED_CREDENTIALS_FILE'] ?? '~/.aws/credentials')) ?? ''
      return findIniSection(credentials, '', name)
    },
    session: (name: string): PromptValues | undefined => findIniSection(config, 'sso-session', name),
    accountName: (session: string, accountId: string): string | undefined =>
      session === '' ? undefined : findAccountName(own(`access/${sha1(session)}.json`), accountId),
    /** Sealed records cannot be opened here: a note beside each says when it ends. */
    expiry(cache: 'sso' | 'cli', name: string): Expiry | 'missing' | 'unknown' {
      isSealed ??= /"mode":\s*"sealed"/.test(own('storage.json'))
      const text = isSealed ? own(`expiries/${cache}/${name}`) : (read(`${home}/.aws/${cache}/cache/${name}`) ?? '')
      if (text === '') return isSealed ? 'unknown' : 'missing'
      return (isSealed ? parseExpiryNote(text) : findExpiry(text)) ?? 'unknown'
    },
  }
}

/** How long the credentials are good for, and what becomes of the session. */
function timesOf(reader: Reader, profile: PromptValues, { env, now }: PromptSurroundings): Record<string, PromptValue> {
  if (env['MAYFLY_PROFILE'] && env['AWS_CREDENTIAL_EXPIRATION'] && !env['AWS_PROFILE']) {
    return leftOf(Date.parse(env['AWS_CREDENTIAL_EXPIRATION']), now)
  }
  const { sso_account_id: accountId, sso_role_name: roleName, sso_session: sessionName } = profile
  const startUrl = (sessionName === undefined ? undefined : reader.session(sessionName))?.['sso_start_url']
  const where = sessionName ?? startUrl ?? profile['sso_start_url']
  if (!where) return {}
  const token = reader.expiry('sso', `${sha1(where)}.json`)
  const key = { accountId, roleName, ...(sessionName === undefined ? { startUrl: where } : { sessionName }) }
  const credentials = accountId && roleName ? reader.expiry('cli', `${sha1(JSON.stringify(key))}.json`) : 'missing'
  const isKnown = typeof credentials === 'object' && credentials.endsAt > now
  const refreshes = typeof token === 'object' && (token.refreshesUntil ?? 0) > now
  const session = stateOf(token, now)
  if (isKnown) return { ...leftOf(credentials.endsAt, now), ...session }
  return typeof token === 'object' && token.endsAt > now && !refreshes
    ? { ...leftOf(token.endsAt, now), ...session }
    : session
}

function stateOf(token: Expiry | 'missing' | 'unknown', now: number): Record<string, PromptValue> {
  if (token === 'unknown') return {}
  const end = token === 'missing' ? 0 : Math.max(token.endsAt, token.refreshesUntil ?? 0)
  if (end <= now) return { state: { text: 'signed out', colour: 'red' } }
  return end - now < SOON ? { state: { text: 'session ends', colour: 'yellow' } } : {}
}

function leftOf(endsAt: number, now: number): Record<string, PromptValue> {
  const left = Math.floor((endsAt - now) / 60_000)
  if (Number.isNaN(left)) return {}
  const hours = Math.floor(left / 60)
  const text =
    left < 1
      ? endsAt > now
        ? '<1m'
        : 'ended'
      : hours === 0
        ? `${left}m`
        : `${hours}h${String(left % 60).padStart(2, '0')}m`
  const colour: TagColour | undefined = endsAt <= now ? 'red' : endsAt - now < SOON ? 'yellow' : undefined
  return { left: { text: left >= 48 * 60 ? `${Math.floor(hours / 24)}d` : text, colour } }
}

/** As much of the tags file as can be understood: what is wrong in it is told by `mayfly tag`. */
function readTagRules(text: string): readonly TagRule[] {
  const rules: TagRule[] = []
  for (const [, pattern = '', body = ''] of text.matchAll(
    /^[ \t]*\[[ \t]*profile[ \t]+["']?([^\]"'\r\n]+?)["']?[ \t]*\]([\s\S]*?)(?=^[ \t]*\[|(?![\s\S]))/gm,
  )) {
    const colour = /^[ \t]*colour[ \t]*[=:][ \t]*(\w+)/im.exec(body)?.[1]?.toLowerCase()
    const found = TAG_COLOURS.find((each) => each === colour)
    rules.push({
      pattern,
      tags: parseTags(/^[ \t]*tags[ \t]*[=:](.*)/im.exec(body)?.[1] ?? ''),
      ...(found && { colour: found }),
    })
  }
  return rules
}
