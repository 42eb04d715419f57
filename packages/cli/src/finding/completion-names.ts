/** Names for completion, out of this computer's files; no network is asked, and no file that is broken stands in the way. */

import { listAccessIndexes } from '../account-access/access-index.ts'
import { SSO_OIDC_REGIONS } from '../endpoints/regions.ts'
import type { Machine } from '../machine/machine.ts'
import { configPath, credentialsPath } from '../shared-config/paths.ts'
import { parseHeader } from '../shared-config/section-header.ts'
import { findText, loadSharedConfig, type Section, type SharedConfig } from '../shared-config/shared-config.ts'
import type { CompletionNames, Reply } from './completion.ts'
import { readFrecency, scoreAt } from './frecency.ts'

type Names = Pick<SharedConfig, 'profiles' | 'ssoSessions'>

export function createCompletionNames(machine: Machine, shells: readonly string[]): CompletionNames {
  let config: Promise<Names> | undefined
  const load = (): Promise<Names> => {
    config ??= loadSharedConfig(machine).catch(() => loadHeaders(machine))
    return config
  }
  return {
    shells,
    regions: SSO_OIDC_REGIONS,
    profiles: async () => listProfiles(machine, (await load()).profiles),
    sessions: async () =>
      [...(await load()).ssoSessions].map(([value, section]) => ({ value, about: findText(section, 'sso_start_url') })),
    accounts: async () => listAccounts(machine, await load()),
    roles: async () => listRoles(machine, await load()),
  }
}

/** What is used most comes first, where the shell keeps the order. */
async function listProfiles(machine: Machine, profiles: Names['profiles']): Promise<readonly Reply[]> {
  const frecency = await readFrecency(machine)
  const now = machine.clock.now()
  const usesOf = (name: string): number => {
    const uses = frecency.get(name)
    return uses ? scoreAt(uses, now) : 0
  }
  return [...profiles]
    .map(([value, profile]) => ({ value, about: describeProfile(profile), uses: usesOf(value) }))
    .sort((one, other) => other.uses - one.uses)
    .map(({ value, about }) => ({ value, about }))
}

function describeProfile(profile: Section): string | undefined {
  const parts = ['sso_account_id', 'sso_role_name'].map((key) => findText(profile, key))
  const known = parts.filter((part) => part !== undefined)
  return known.length === 0 ? undefined : known.join(' ')
}

async function listAccounts(machine: Machine, { profiles }: Names): Promise<readonly Reply[]> {
  const found = new Map<string, string | undefined>()
  for (const { accounts } of await listAccessIndexes(machine))
    for (const { accountId, accountName } of accounts) found.set(accountId, accountName)
  for (const profile of profiles.values()) {
    const id = findText(profile, 'sso_account_id')
    if (id !== undefined && !found.has(id)) found.set(id, undefined)
  }
  return [...found].map(([value, about]) => ({ value, about }))
}

async function listRoles(machine: Machine, { profiles }: Names): Promise<readonly Reply[]> {
  const indexes = await listAccessIndexes(machine)
  const granted = indexes.flatMap(({ accounts }) => accounts.flatMap(({ roles }) => roles))
  const named = [...profiles.values()].map((profile) => findText(profile, 'sso_role_name') ?? '')
  return [...new Set([...granted, ...named])].filter((role) => role !== '').map((value) => ({ value }))
}

/** Of files that no tool can read the headers alone. */
async function loadHeaders(machine: Machine): Promise<Names> {
  const [profiles, ssoSessions] = [new Map<string, Section>(), new Map<string, Section>()]
  const headersOf = async (path: string): Promise<readonly string[]> => {
    const text = (await machine.files.readText(path).catch(() => undefined)) ?? ''
    return [...text.matchAll(/^[ \t]*\[([^\]\r\n]+)\]/gm)].map(([, header = '']) => header.trim())
  }
  for (const header of await headersOf(configPath(machine))) {
    const named = parseHeader(header)
    if (named?.type === 'profile') profiles.set(named.name, new Map())
    if (named?.type === 'sso-session') ssoSessions.set(named.name, new Map())
  }
  for (const name of await headersOf(credentialsPath(machine))) if (!profiles.has(name)) profiles.set(name, new Map())
  return { profiles, ssoSessions }
}
