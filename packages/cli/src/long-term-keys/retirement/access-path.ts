/** The identity under which a key is watched, switched off and deleted: it is proven before anything depends on it. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { Machine } from '../../machine/machine.ts'
import { findCredentialSource } from '../../role-credentials/credential-chain.ts'
import { listConfiguredSessions } from '../../shared-config/configured-sessions.ts'
import type { SsoConfiguration } from '../../shared-config/profile.ts'
import { loadSettings, type TypedOptions } from '../../shared-config/settings.ts'
import type { ReplacingProfile } from '../edits/plan-edits.ts'
import { openReaderAsProfile, openReaderAsRole } from '../inquiry/account-readers.ts'
import type { CallerIdentity, Iam } from '../inquiry/iam-client.ts'
import { describeRefusal, isDenied, isMissing } from '../inquiry/key-state.ts'
import { findUserOfKey } from '../inquiry/search-users.ts'
import { findRetirement, type RetirementChange } from './journal.ts'
import { findStraggler } from './next-step.ts'
import type { KeyStanding, Retirement } from './retirement.ts'

export interface AccessPath {
  readonly profileName: string
  readonly iam: Iam
  readonly identity: CallerIdentity
}

/** Why there is no path now. */
export interface NoAccessPath {
  readonly profileName: string
  /** Of SignInRequired, of the service … */
  readonly error: unknown
}

/** Opens IAM as a profile, which signs to prove that it can. Reads the config anew: it may just have been changed. */
export async function openAccessPath(
  machine: Machine,
  options: TypedOptions,
  profileName: string,
): Promise<AccessPath> {
  const settings = await loadSettings(machine, { ...options, profile: profileName })
  const { iam } = await openReaderAsProfile(machine, settings, profileName)
  return { profileName, iam, identity: await iam.getCallerIdentity() }
}

export const tryAccessPath = async (
  machine: Machine,
  options: TypedOptions,
  profileName: string,
): Promise<AccessPath | NoAccessPath> =>
  openAccessPath(machine, options, profileName).catch((error: unknown) => ({ profileName, error }))

export const isOpen = (path: AccessPath | NoAccessPath): path is AccessPath => 'iam' in path

/** Refuses (`forbidden`) an identity of another account, and one that ends with the key. */
export function refuseWrongIdentity(retirement: Retirement, { profileName, identity }: AccessPath): void {
  const { accountId, accessKeyId, userName } = retirement
  if (accountId !== undefined && identity.accountId !== accountId)
    throw new Refusal(
      'forbidden',
      `The profile ${profileName} is of account ${identity.accountId}, and ${accessKeyId} is of ${accountId}.`,
      { hint: 'Name a profile of that account: --as PROFILE' },
    )
  const ownName = /:user\/(?:.*\/)?([^/]+)$/.exec(identity.arn)?.[1]
  if (ownName !== undefined && (userName === undefined || ownName === userName))
    throw new Refusal(
      'forbidden',
      `The profile ${profileName} signs with a key of the user ${ownName} itself: who uses a key cannot be the one who switches it off.`,
      { hint: 'Name a profile that signs in with a role: --as PROFILE' },
    )
}

/**
 * The test of a swap: signs with what the changed files say, and answers whom that is. Refuses where it is another account,
 * no role, or still a key.
 */
export async function testProfile(machine: Machine, options: TypedOptions, retirement: Retirement): Promise<string> {
  const { profileName, role } = retirement.profile
  const settings = await loadSettings(machine, { ...options, profile: profileName })
  const source = await findCredentialSource(machine, settings)
  if (source?.method !== 'sso' && source?.method !== 'custom-process')
    throw new Refusal(
      'conflict',
      `The profile ${profileName} takes no role's credentials yet (${source?.method ?? 'none'}).`,
    )
  const { identity } = await openAccessPath(machine, options, profileName)
  if (identity.accountId !== (retirement.accountId ?? role.accountId))
    throw new Refusal('conflict', `The profile ${profileName} is of account ${identity.accountId}, not of the key's.`)
  if (!/^arn:[^:]+:sts::\d{12}:assumed-role\//.test(identity.arn))
    throw new Refusal('conflict', `The profile ${profileName} is ${identity.arn}, and that is no role.`)
  return identity.arn
}

/**
 * Before anything is changed: takes the role that is to take the key's place, through the portal, and signs with it. Rejects
 * with SignInRequired, with the portal's exception, and where the role is of another account.
 */
export async function testRole(
  machine: Machine,
  options: TypedOptions,
  { role, session }: ReplacingProfile,
  accountId: string | undefined,
): Promise<string> {
  const settings = await loadSettings(machine, options)
  const known = listConfiguredSessions(settings.config).map(({ sso }) => sso)
  const sso: SsoConfiguration | undefined =
    role.sessionName === undefined
      ? { startUrl: role.startUrl, region: role.region }
      : (known.find(({ sessionName }) => sessionName === role.sessionName) ??
        (session && { sessionName: role.sessionName, ...session }))
  if (!sso)
    throw new Refusal('not-found', `There is no sso-session ${role.sessionName}.`, { hint: 'Run: mayfly setup' })
  const { iam } = await openReaderAsRole(machine, settings, { sso, accountId: role.accountId }, role.roleName)
  const identity = await iam.getCallerIdentity()
  if (accountId !== undefined && identity.accountId !== accountId)
    throw new Refusal(
      'conflict',
      `The role ${role.roleName} is of account ${identity.accountId}, the key of ${accountId}.`,
    )
  return identity.arn
}

/** What AWS says of the key. Never rejects: what could not be asked is told as `cannot`. */
export async function askStanding(
  machine: Machine,
  retirement: Retirement,
  path: AccessPath | NoAccessPath,
): Promise<KeyStanding> {
  const at = machine.clock.now()
  const { accessKeyId } = retirement
  const unasked = (what: string, error: unknown): KeyStanding => ({
    at,
    status: 'unknown',
    cannot: [{ what, why: describeRefusal(error) }],
  })
  if (!isOpen(path)) return unasked(`asking as ${path.profileName}`, path.error)
  try {
    refuseWrongIdentity(retirement, path)
  } catch (error) {
    return unasked(`asking as ${path.profileName}`, error)
  }
  const used = await path.iam.getAccessKeyLastUsed(accessKeyId).catch((error: unknown) => ({ error }))
  const cannot = 'error' in used ? [{ what: 'last use', why: describeRefusal(used.error) }] : []
  const userName = 'error' in used ? retirement.userName : (used.userName ?? retirement.userName)
  const lastUsed = 'error' in used ? {} : { lastUsed: used.lastUsed }
  const known = { at, ...lastUsed, ...(userName !== undefined && { userName }) }
  if (userName === undefined) {
    const status = 'error' in used && isMissing(used.error) ? 'gone' : 'unknown'
    return { ...known, status, cannot }
  }
  try {
    const keys = await path.iam.listAccessKeys(userName)
    const own = keys.find((key) => key.accessKeyId === accessKeyId)
    return { ...known, status: own?.status ?? 'gone', cannot }
  } catch (error) {
    const status = isMissing(error) ? await askRenamed(path.iam, accessKeyId) : { error }
    if (!('error' in status)) return { ...known, ...status, cannot }
    return {
      ...known,
      status: 'unknown',
      cannot: [...cannot, { what: 'the status', why: describeRefusal(status.error) }],
    }
  }
}

/** There is no user of the name that the key had: it was deleted, and the keys with it, or it has another name now. */
async function askRenamed(
  iam: AccessPath['iam'],
  accessKeyId: string,
): Promise<Pick<KeyStanding, 'status' | 'userName'> | { readonly error: unknown }> {
  try {
    const search = await findUserOfKey(iam, accessKeyId)
    if (!search) return { error: new Error('its user has another name or is gone, and there are too many to look at') }
    const { userName } = search
    if (userName === undefined) return { status: 'gone' }
    const own = (await iam.listAccessKeys(userName)).find((key) => key.accessKeyId === accessKeyId)
    return { status: own?.status ?? 'gone', userName }
  } catch (error) {
    return { error }
  }
}

/** What an answer changes in the journal: the answer itself, and a use that nobody knew of yet. */
export function changesOf(retirement: Retirement, standing: KeyStanding): RetirementChange {
  const straggler = findStraggler(retirement, standing)
  const { userName } = standing
  const used =
    straggler &&
    `The key was used at ${straggler.at.toISOString()}${straggler.service === undefined ? '' : ` for ${straggler.service}`}.`
  return {
    standing,
    ...(userName !== undefined && { userName }),
    ...(straggler && { stragglers: [...retirement.stragglers, straggler] }),
    ...(used !== undefined && { note: used }),
  }
}

/**
 * Whether this identity could switch the key on again: it sets the status that the key has, which changes nothing. False
 * where it may not; rejects where nobody can tell.
 */
export async function mayUpdateKey(
  { iam }: AccessPath,
  { accessKeyId, userName }: Pick<Retirement, 'accessKeyId' | 'userName'>,
  status: 'Active' | 'Inactive',
): Promise<boolean> {
  try {
    await iam.updateAccessKey({ userName, accessKeyId }, status)
    return true
  } catch (error) {
    if (isDenied(error)) return false
    throw error
  }
}

export const wasMissing = (error: unknown): boolean => error instanceof ServiceException && isMissing(error)

/** The journal as it is now, for whoever waited for the lock. */
export async function getRetirement(machine: Machine, accessKeyId: string): Promise<Retirement> {
  const found = await findRetirement(machine, accessKeyId)
  if (found) return found
  throw new Refusal('not-found', `There is no retirement of ${accessKeyId}.`, {
    hint: 'See which there are: mayfly keys status',
  })
}
