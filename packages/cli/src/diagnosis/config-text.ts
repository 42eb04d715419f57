/** The two configuration files as they are written: where each key stands, for whoever has to change it. */

import type { Machine } from '../machine/machine.ts'
import { type IniFile, listValues, parseIni } from '../shared-config/ini.ts'
import { configPath, credentialsPath } from '../shared-config/paths.ts'
import { parseHeader, type SectionType } from '../shared-config/section-header.ts'
import type { Settings } from '../shared-config/settings.ts'
import { shellWord } from '../shared-config/shell-word.ts'
import { type Finding, fault } from './causes.ts'

export interface ConfigTexts {
  readonly config: IniFile | undefined
  readonly credentials: IniFile | undefined
}

/** Both files, or what keeps them from being read: one wrong line spoils a file for every tool. */
export async function readConfigTexts(
  machine: Machine,
): Promise<{ readonly texts: ConfigTexts; readonly findings: readonly Finding[] }> {
  const [config, credentials] = await Promise.all([
    readText(machine, configPath(machine)),
    readText(machine, credentialsPath(machine)),
  ])
  return {
    texts: { config: config.file, credentials: credentials.file },
    findings: [...config.findings, ...credentials.findings],
  }
}

interface ReadFile {
  readonly file: IniFile | undefined
  readonly findings: readonly Finding[]
}

async function readText(machine: Machine, path: string): Promise<ReadFile> {
  if (path === '') return { file: undefined, findings: [] }
  try {
    const bytes = await machine.files.read(path)
    const state = bytes === undefined ? await machine.inspection.describeFile(path) : undefined
    if (state) return { file: undefined, findings: [unreadable(machine, path, 'It is no file.')] }
    if (!bytes) return { file: undefined, findings: [] }
    const file = parseIni(bytes, path)
    // Values below an empty one are read here alone.
    listValues(file)
    return { file, findings: [] }
  } catch (error) {
    return { file: undefined, findings: [await describeFailure(machine, path, error)] }
  }
}

async function describeFailure(machine: Machine, path: string, error: unknown): Promise<Finding> {
  const message = error instanceof Error ? error.message : String(error)
  if (!message.startsWith('Unable to parse config file')) {
    const state = await machine.inspection.describeFile(path)
    const mode = state?.mode === undefined ? '' : ` Its mode is ${formatMode(state.mode)}.`
    const owner = state?.isOwn === false ? ' It belongs to another user.' : ''
    return unreadable(machine, path, `${message}.${mode}${owner}`)
  }
  const [, line, problem = ''] = /\n\s*(?:line (\d+): )?([\s\S]*)$/.exec(message) ?? []
  const place = `${shorten(machine, path)}${line === undefined ? '' : `:${line}`}`
  const hint = error instanceof Error && 'hint' in error ? String(error.hint) : ''
  return fault('config-unparsable', `${place} cannot be read by any tool of AWS.`, [`${place}: ${problem}`], hint)
}

const unreadable = (machine: Machine, path: string, reason: string): Finding =>
  fault(
    'config-unreadable',
    `${shorten(machine, path)} cannot be read.`,
    [reason],
    `Make it a file that you can read: ${shorten(machine, path)}`,
  )

/** `0640`, as chmod takes it. */
export const formatMode = (mode: number): string => `0${mode.toString(8).padStart(3, '0')}`

/** A path with `~` for the home folder. */
export const shorten = ({ home }: Pick<Machine, 'home'>, path: string): string =>
  home !== '/' && path.startsWith(home) && /^[\\/]/.test(path.slice(home.length)) ? `~${path.slice(home.length)}` : path

/** Where a key of the config file stands, `~/.aws/config:12`; the header for a key that is not there. */
export function findPlace(
  machine: Machine,
  { config }: ConfigTexts,
  { type, name, key }: { readonly type: SectionType; readonly name: string; readonly key?: string },
): string | undefined {
  const section = config?.sections.findLast(({ header }) => {
    const named = parseHeader(header)
    return named?.type === type && named.name === name
  })
  if (!config || !section) return undefined
  const line = section.options.find((option) => option.name === key)?.lines[0] ?? section.line
  return `${shorten(machine, config.path)}:${line + 1}`
}

/** What says in a sealed profile's process what a key of AWS's says in a plain one. */
const PROCESS_OPTIONS = {
  sso_session: '--sso-session',
  sso_account_id: '--account-id',
  sso_role_name: '--role-name',
  sso_start_url: '--sso-start-url',
  sso_region: '--sso-region',
} as const

/** Where a profile names a part of its sign-in, and how a value of it is written there. */
export function findSignInPlace(
  { machine, settings, texts }: { readonly machine: Machine; readonly settings: Settings; readonly texts: ConfigTexts },
  name: string,
  key: keyof typeof PROCESS_OPTIONS,
): { readonly place: string | undefined; readonly write: (value: string) => string } {
  const isSealed = settings.config.sealedProfiles.has(name)
  return {
    place: findPlace(machine, texts, { type: 'profile', name, key: isSealed ? 'credential_process' : key }),
    write: (value) =>
      isSealed ? `${PROCESS_OPTIONS[key]} ${shellWord(value, machine.platform)}` : `${key} = ${value}`,
  }
}

/** Where a key of a profile stands in the credentials file; nothing when it is not there. */
export function findCredentialsPlace(
  machine: Machine,
  { credentials }: ConfigTexts,
  profileName: string,
  key: string,
): string | undefined {
  const line = credentials?.sections
    .findLast(({ header }) => header === profileName)
    ?.options.find((option) => option.name === key)?.lines[0]
  return credentials && line !== undefined ? `${shorten(machine, credentials.path)}:${line + 1}` : undefined
}
