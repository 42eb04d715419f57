/** What `setup` wrote for a session: how it knows its own profiles again. ~/.mayfly/setup */

import { sha1 } from '../hot/sha1.ts'
import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'

/** Keys beside those of the sign-in, with their values. */
export type ExtraValues = Readonly<Record<string, string>>

/** A profile as it was written. */
export interface WrittenProfile {
  readonly name: string
  readonly extra: ExtraValues
  /** What it had before, while it is being written: whoever died in between has left the one or the other. */
  readonly formerExtra?: ExtraValues
}

/** What was chosen when it was set up: the next run does the same without being told. */
export interface SetupChoice {
  readonly template: string
  readonly extra: ExtraValues
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

export interface SetupRecord {
  readonly sessionName: string
  readonly startUrl: string
  readonly region: string
  readonly choice: SetupChoice
  /** By account id and role name, with a slash between them. */
  readonly profiles: Readonly<Record<string, WrittenProfile>>
}

const setupFolder = (machine: Machine): string => joinPath(machine, ownFolder(machine), 'setup')

const pathOf = (machine: Machine, sessionName: string): string =>
  joinPath(machine, setupFolder(machine), `${sha1(sessionName)}.json`)

/** Whoever sets a session up holds this, so that a second one waits and then finds nothing to do. */
export const setupLockName = (sessionName: string): string => `setup:${sha1(sessionName)}`

export async function readSetupRecord(machine: Machine, sessionName: string): Promise<SetupRecord | undefined> {
  const record = parseRecord(await machine.files.readText(pathOf(machine, sessionName)))
  return record?.sessionName === sessionName ? record : undefined
}

/** The records of all sessions, by session name. */
export async function listSetupRecords(machine: Machine): Promise<readonly SetupRecord[]> {
  const folder = setupFolder(machine)
  const names = (await machine.files.list(folder)).filter((name) => /^[0-9a-f]{40}\.json$/.test(name))
  const texts = await Promise.all(names.map((name) => machine.files.readText(joinPath(machine, folder, name))))
  return texts
    .map(parseRecord)
    .filter((record) => record !== undefined)
    .sort((one, other) => (one.sessionName < other.sessionName ? -1 : 1))
}

/** Replaces a session's record, in one step. A record that says so already is not touched. */
export async function writeSetupRecord(machine: Machine, record: SetupRecord): Promise<void> {
  const path = pathOf(machine, record.sessionName)
  const text = `${JSON.stringify({ version: 1, ...record })}\n`
  if ((await machine.files.readText(path)) === text) return
  await machine.files.write(path, text, { mode: 0o600, folderMode: 0o700 })
}

function parseRecord(text: string | undefined): SetupRecord | undefined {
  try {
    const record = JSON.parse(text ?? '') as Record<string, unknown>
    const { version, sessionName, startUrl, region, choice, profiles } = record
    if (version !== 1 || ![sessionName, startUrl, region].every((member) => typeof member === 'string'))
      return undefined
    if (!isObject(choice) || !isObject(profiles)) return undefined
    const { template, extra, include, exclude } = choice
    return {
      sessionName: String(sessionName),
      startUrl: String(startUrl),
      region: String(region),
      choice: { template: String(template), extra: textsOf(extra), include: listOf(include), exclude: listOf(exclude) },
      profiles: Object.fromEntries(Object.entries(profiles).flatMap(parseWritten)),
    }
  } catch {
    return undefined
  }
}

function parseWritten([key, value]: readonly [string, unknown]): readonly (readonly [string, WrittenProfile])[] {
  if (!isObject(value) || typeof value['name'] !== 'string' || !key.includes('/')) return []
  const former = value['formerExtra']
  const written = { name: value['name'], extra: textsOf(value['extra']) }
  return [[key, { ...written, ...(isObject(former) && { formerExtra: textsOf(former) }) }]]
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const textsOf = (value: unknown): ExtraValues =>
  Object.fromEntries(Object.entries(isObject(value) ? value : {}).map(([key, text]) => [key, String(text)]))

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
