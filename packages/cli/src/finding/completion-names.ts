/** Names for completion, out of this computer's files; no network is asked, and no file that is broken stands in the way. */

import { listAccessIndexes } from '../account-access/access-index.ts'
import { SSO_OIDC_REGIONS } from '../endpoints/regions.ts'
import type { Machine } from '../machine/machine.ts'
import { configPath, credentialsPath } from '../shared-config/paths.ts'
import { parseHeader, type SectionName } from '../shared-config/section-header.ts'
import type { CompletionNames, Reply } from './completion.ts'
import { readFrecency, scoreAt } from './frecency.ts'

export function createCompletionNames(machine: Machine, shells: readonly string[]): CompletionNames {
  let names: Promise<ScannedConfig> | undefined
  const scan = (): Promise<ScannedConfig> => {
    names ??= scanFiles(machine)
    return names
  }
  return {
    shells,
    regions: SSO_OIDC_REGIONS,
    profiles: async () => sortByUse(machine, (await scan()).profiles),
    sessions: async () => [...(await scan()).sessions].map(([value, { url }]) => ({ value, about: url })),
    accounts: async () => listAccounts(machine, await scan()),
    roles: async () => listRoles(machine, await scan()),
  }
}

interface Scanned {
  account?: string
  role?: string
  url?: string
}

/** By name. */
interface ScannedConfig {
  readonly profiles: ReadonlyMap<string, Scanned>
  readonly sessions: ReadonlyMap<string, Scanned>
}

async function scanFiles(machine: Machine): Promise<ScannedConfig> {
  const read = async (path: string): Promise<string> => (await machine.files.readText(path).catch(() => '')) ?? ''
  const [config, credentials] = await Promise.all([read(configPath(machine)), read(credentialsPath(machine))])
  return scanConfig(config, credentials)
}

/** A header, or one of the values worth showing; a credential_process of Mayfly's names account and role as well. */
const LINE =
  /^(?:[ \t]*\[([^\]\r\n]+)\]|sso_(account_id|role_name|start_url)[ \t]*=[ \t]*(\S+)|credential_process[ \t]*=.*?--account-id[ =](\d+) --role-name[ =]([^\s\\]+))/gm

/** Reads two thousand profiles in some milliseconds, and what it can of a file that no tool would read. */
function scanConfig(config: string, credentials: string): ScannedConfig {
  const profiles = new Map<string, Scanned>()
  const sessions = new Map<string, Scanned>()
  let section: Scanned = {}
  for (const [, header, key, value, account, role] of config.matchAll(LINE)) {
    if (header !== undefined) {
      section = {}
      const named = readHeader(header.trim())
      if (named?.type === 'profile') profiles.set(named.name, section)
      if (named?.type === 'sso-session') sessions.set(named.name, section)
    } else if (key === 'account_id') section.account = value ?? ''
    else if (key === 'role_name') section.role = value ?? ''
    else if (key === 'start_url') section.url = value ?? ''
    else Object.assign(section, { account, role })
  }
  for (const [, header] of credentials.matchAll(/^[ \t]*\[([^\]\r\n]+)\]/gm)) {
    const name = header?.trim() ?? ''
    if (!profiles.has(name)) profiles.set(name, {})
  }
  return { profiles, sessions }
}

/** Plain headers, nearly all of them, need no reading as a shell reads words. */
function readHeader(header: string): SectionName | undefined {
  const [, type, name] = /^(profile|sso-session) ([\w@%+=:,./-]+)$/.exec(header) ?? []
  if (name === undefined) return parseHeader(header)
  return { type: type === 'profile' ? 'profile' : 'sso-session', name }
}

/** What is used most comes first, where the shell keeps the order. */
async function sortByUse(machine: Machine, profiles: ScannedConfig['profiles']): Promise<readonly Reply[]> {
  const frecency = await readFrecency(machine)
  const now = machine.clock.now()
  const used = [...frecency]
    .filter(([name]) => profiles.has(name))
    .sort(([, one], [, other]) => scoreAt(other, now) - scoreAt(one, now))
    .map(([name]) => name)
  return [...new Set([...used, ...profiles.keys()])].map((value) => {
    const { account, role } = profiles.get(value) ?? {}
    return { value, about: account === undefined ? undefined : `${account} ${role ?? ''}`.trim() }
  })
}

async function listAccounts(machine: Machine, { profiles }: ScannedConfig): Promise<readonly Reply[]> {
  const found = new Map<string, string | undefined>()
  for (const { accounts } of await listAccessIndexes(machine))
    for (const { accountId, accountName } of accounts) found.set(accountId, accountName)
  for (const { account } of profiles.values())
    if (account !== undefined && !found.has(account)) found.set(account, undefined)
  return [...found].map(([value, about]) => ({ value, about }))
}

async function listRoles(machine: Machine, { profiles }: ScannedConfig): Promise<readonly Reply[]> {
  const indexes = await listAccessIndexes(machine)
  const granted = indexes.flatMap(({ accounts }) => accounts.flatMap(({ roles }) => roles))
  const named = [...profiles.values()].map(({ role }) => role ?? '')
  return [...new Set([...granted, ...named])].filter((role) => role !== '').map((value) => ({ value }))
}
