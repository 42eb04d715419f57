/** ~/.aws/config and ~/.aws/credentials, read together. */

import type { Machine } from '../machine/machine.ts'
import { listValues, parseIni } from './ini.ts'
import { editIni, type IniEdit } from './ini-editor.ts'
import { configPath, credentialsPath, joinPath, ownFolder } from './paths.ts'
import { listPlainValues } from './plain-ini.ts'
import { openSealedProfile } from './profile-form.ts'
import { findText, type Section } from './section.ts'
import { isReadableByEveryTool, parseHeader, type SectionType } from './section-header.ts'

export { findText, type Section }

export interface SharedConfig {
  readonly configPath: string
  readonly credentialsPath: string
  /**
   * In the order of the config file, then the names that only the credentials file knows. A profile whose
   * credential_process is ours reads as if it had the `sso_*` keys that the process stands for.
   */
  readonly profiles: ReadonlyMap<string, Section>
  /** Names of those profiles. */
  readonly sealedProfiles: ReadonlySet<string>
  readonly ssoSessions: ReadonlyMap<string, Section>
  readonly services: ReadonlyMap<string, Section>
  /** Keys that the credentials file says, by profile: they win over the config file's. */
  readonly credentials: ReadonlyMap<string, Section>
}

/** Reads both files. A missing file is an empty one; a file that cannot be parsed is refused, and stays as it is. */
export async function loadSharedConfig(machine: Machine): Promise<SharedConfig> {
  const paths = { configPath: configPath(machine), credentialsPath: credentialsPath(machine) }
  const [config, credentials] = await Promise.all([
    readSections(machine, paths.configPath),
    readSections(machine, paths.credentialsPath),
  ])
  const merged = mergeSections(config, credentials)
  const profiles = new Map(merged.profiles)
  const sealedProfiles = new Set<string>()
  for (const [name, section] of profiles) {
    const opened = openSealedProfile(section, machine.platform)
    if (!opened) continue
    profiles.set(name, opened)
    sealedProfiles.add(name)
  }
  return { ...paths, ...merged, profiles, sealedProfiles }
}

type Sections = ReadonlyMap<string, Section>

async function readSections(machine: Machine, path: string): Promise<Sections> {
  const bytes = path === '' ? undefined : await machine.files.read(path)
  return bytes ? (listPlainValues(bytes) ?? listValues(parseIni(bytes, path))) : new Map()
}

/** The config file's sections by type and name, with the credentials file's keys laid over its profiles. */
export function mergeSections(
  config: Sections,
  credentials: Sections,
): Omit<SharedConfig, 'configPath' | 'credentialsPath' | 'sealedProfiles'> {
  const found: Record<SectionType, Map<string, Section>> = {
    profile: new Map(),
    'sso-session': new Map(),
    services: new Map(),
  }
  for (const [header, values] of config) {
    const named = parseHeader(header)
    if (named) found[named.type].set(named.name, values)
  }
  const profiles = found.profile
  for (const [name, values] of credentials) profiles.set(name, new Map([...(profiles.get(name) ?? []), ...values]))
  return { profiles, ssoSessions: found['sso-session'], services: found.services, credentials }
}

/** Names of profiles and sso-sessions that JavaScript's and Go's SDKs do not find, because they need quotes. */
export const listQuotedNames = ({ profiles, ssoSessions }: SharedConfig): readonly string[] =>
  [...profiles.keys(), ...ssoSessions.keys()].filter((name) => !isReadableByEveryTool(name))

/** What is to change; or what decides it, while nobody else changes the file. */
export type ConfigChange = readonly IniEdit[] | (() => Promise<readonly IniEdit[]>)

/**
 * Changes sections of the config file: everything else stays byte for byte, the file is replaced in one step under a
 * lock between processes, and its former content is kept (`listBackups`). A file that cannot be parsed is refused.
 * Answers whether there was anything to write: a file that would stay the same is not touched.
 */
export const updateSharedConfig = (machine: Machine, change: ConfigChange): Promise<boolean> =>
  replaceSharedConfig(machine, async (former, path) =>
    editIni(former, path, typeof change === 'function' ? await change() : change),
  )

/** The same for a change of the whole file, decided while nobody else changes it. */
export async function replaceSharedConfig(
  machine: Machine,
  change: (former: Uint8Array, path: string) => Promise<Uint8Array>,
): Promise<boolean> {
  const path = configPath(machine)
  return machine.lock.withLock(`config:${path}`, async () => {
    const former = await machine.files.read(path)
    const bytes = await change(former ?? new Uint8Array(), path)
    if (Buffer.from(former ?? '').equals(bytes)) return false
    // The change itself loses nothing: a backup that cannot be kept (a read-only home) must not prevent it.
    if (former) await keepBackup(machine, former).catch(() => undefined)
    await machine.files.write(path, bytes, { mode: 0o600 })
    return true
  })
}

const BACKUPS_KEPT = 20

/** Where former config files are kept. Not beside the config file: that folder holds what AWS's tools put there. */
export const backupFolder = (machine: Machine): string => joinPath(machine, ownFolder(machine), 'backups')

/** The file without the values of long-term keys: twenty copies of a secret would outlive the file that it stood in. */
function withoutSecrets(file: Uint8Array): Uint8Array {
  const { lines, sections } = parseIni(file, '')
  const secret = new Map<number, string>()
  for (const { name, lines: indexes, indent } of sections.flatMap(({ options }) => options)) {
    if (!SECRET_KEYS.has(name)) continue
    for (const index of indexes) secret.set(index, `${indent}# ${name}: not kept in backups`)
  }
  if (secret.size === 0) return file
  return Buffer.from(lines.map(({ text, end }, index) => (secret.get(index) ?? text) + end).join(''))
}

const SECRET_KEYS: ReadonlySet<string> = new Set(['aws_secret_access_key', 'aws_session_token', 'aws_security_token'])

async function keepBackup(machine: Machine, former: Uint8Array): Promise<void> {
  const folder = backupFolder(machine)
  const stamp = machine.clock.now().toISOString().replaceAll(/[-:.]/g, '')
  const names = (await machine.files.list(folder)).filter((name) => /^config-\d{8}T\d{9}Z(-\d+)?$/.test(name))
  const twins = names.filter((name) => name.startsWith(`config-${stamp}`)).length
  const name = `config-${stamp}${twins === 0 ? '' : `-${String(twins).padStart(3, '0')}`}`
  await machine.files.write(joinPath(machine, folder, name), withoutSecrets(former), { mode: 0o600 })
  for (const old of [...names, name].sort().slice(0, -BACKUPS_KEPT))
    await machine.files.delete(joinPath(machine, folder, old))
}
