/** The profiles to choose from, with all that helps to tell one from another; nothing is asked of a network. */

import { readAccessIndex } from '../account-access/access-index.ts'
import { findExpiry } from '../hot/prompt-expiry.ts'
import { findProfileTags, type ProfileTags, type TagRule } from '../hot/prompt-tags.ts'
import type { Machine } from '../machine/machine.ts'
import { roleCacheFileName } from '../role-credentials/role-cache.ts'
import { openSharedFolder } from '../sealed/cache-folder.ts'
import { notesFolder, readExpiryNote } from '../sealed/expiry-notes.ts'
import { readStorageMode } from '../sealed/storage-mode.ts'
import { findText, type Section, type SharedConfig } from '../shared-config/shared-config.ts'
import { type Frecency, readFrecency, scoreAt } from './frecency.ts'

export interface ProfileRow extends ProfileTags {
  readonly name: string
  readonly accountId?: string
  /** As the portal said when it was last asked. */
  readonly accountName?: string
  readonly roleName?: string
  /** The sso-session's name, or the start URL. */
  readonly session?: string
  /** When cached role credentials end. */
  readonly expiresAt?: Date
  /** How much the profile was used lately; 0 for one that never was. */
  readonly uses: number
}

/** Every profile, the one used most lately first, then by name. */
export async function listProfileRows(
  machine: Machine,
  config: SharedConfig,
  rules: readonly TagRule[],
): Promise<readonly ProfileRow[]> {
  const [frecency, accounts, findEnd] = await Promise.all([
    readFrecency(machine),
    readAccountNames(machine, config),
    openExpiries(machine),
  ])
  const now = machine.clock.now()
  const rows = await Promise.all(
    [...config.profiles].map(async ([name, profile]) => {
      const { accountId, roleName, session } = describeProfile(profile)
      const accountName = accountId === undefined ? undefined : accounts.get(accountId)
      const expiresAt = await findEnd(config, profile)
      return {
        name,
        ...findProfileTags(rules, name),
        uses: usesOf(frecency, name, now),
        ...(accountId !== undefined && { accountId }),
        ...(accountName !== undefined && { accountName }),
        ...(roleName !== undefined && { roleName }),
        ...(session !== undefined && { session }),
        ...(expiresAt && expiresAt > now && { expiresAt }),
      }
    }),
  )
  const alphabet = new Intl.Collator('en', { numeric: true })
  return rows.sort((one, other) => other.uses - one.uses || alphabet.compare(one.name, other.name))
}

const usesOf = (frecency: Frecency, name: string, now: Date): number => {
  const uses = frecency.get(name)
  return uses ? scoreAt(uses, now) : 0
}

/** Account and role of a profile that signs in, or of the role that it assumes. */
function describeProfile(profile: Section) {
  const session = findText(profile, 'sso_session')
  const startUrl = findText(profile, 'sso_start_url')
  const [, assumedAccount, assumedRole] =
    /^arn:[\w-]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(findText(profile, 'role_arn') ?? '') ?? []
  return {
    accountId: findText(profile, 'sso_account_id') ?? assumedAccount,
    roleName: findText(profile, 'sso_role_name') ?? assumedRole,
    session: session ?? startUrl,
  }
}

async function readAccountNames(machine: Machine, config: SharedConfig): Promise<ReadonlyMap<string, string>> {
  const sessions = new Set([...config.ssoSessions.keys()])
  const indexes = await Promise.all([...sessions].map((session) => readAccessIndex(machine, session)))
  return new Map(
    indexes.flatMap((index) =>
      (index?.accounts ?? []).flatMap(({ accountId, accountName }) =>
        accountName === undefined ? [] : [[accountId, accountName] as const],
      ),
    ),
  )
}

type FindEnd = (config: SharedConfig, profile: Section) => Promise<Date | undefined>

/** Sealed records are not opened for a list: that might ask for a passphrase. Notes beside them say when they end. */
async function openExpiries(machine: Machine): Promise<FindEnd> {
  const isSealed = (await readStorageMode(machine).catch(() => 'shared' as const)) === 'sealed'
  const shared = openSharedFolder(machine, 'cli')
  const place = isSealed ? notesFolder(machine, 'cli') : shared.place
  const names = new Set(await machine.files.list(place).catch(() => []))
  const read = async (name: string) => {
    if (isSealed) return readExpiryNote(machine, 'cli', name)
    const text = await shared.read(name)
    return text === undefined ? undefined : findExpiry(text)
  }
  return async ({ ssoSessions }, profile) => {
    const accountId = findText(profile, 'sso_account_id')
    const roleName = findText(profile, 'sso_role_name')
    if (names.size === 0 || accountId === undefined || roleName === undefined) return undefined
    const sessionName = findText(profile, 'sso_session')
    const session = ssoSessions.get(sessionName ?? '')
    const startUrl = findText(session ?? profile, 'sso_start_url') ?? ''
    const name = roleCacheFileName({
      accountId,
      roleName,
      startUrl,
      ...(sessionName !== undefined && { sessionName }),
    })
    const expiry = names.has(name) ? await read(name).catch(() => undefined) : undefined
    return expiry && new Date(expiry.endsAt)
  }
}
