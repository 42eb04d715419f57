/** Who may be asked about a key instead of the key itself: roles of its account that the person may take. */

import { findOwnEndpoint } from '../../endpoints/start-url-host.ts'
import type { Machine } from '../../machine/machine.ts'
import { findCredentialSource } from '../../role-credentials/credential-chain.ts'
import { getRoleCredentials } from '../../role-credentials/role-credentials.ts'
import { ConfigurationRefusal } from '../../shared-config/configuration-refusal.ts'
import { getSsoProfile, isSsoProfile, type SsoProfile } from '../../shared-config/profile.ts'
import { findCredentialsHint, findRegion, type Settings } from '../../shared-config/settings.ts'
import { accountOfKeyId } from '../key/access-key-id.ts'
import type { AccountReach } from './account-reach.ts'
import { type Iam, openIam } from './iam-client.ts'

/** IAM, asked as somebody. */
export interface Reader {
  /** `profile prod-admin`, `ReadOnlyAccess in 111122223333`, `the key itself`. */
  readonly name: string
  readonly iam: Iam
}

export interface ReaderOptions {
  /** Asks no question twice. */
  readonly remembers?: boolean
}

/** By what a permission set is called: who reads IAM and can do least beside it comes first. */
const LIKELY_READERS: readonly RegExp[] = [
  /audit/i,
  /iam.*read|read.*iam/i,
  /read-?_?only/i,
  /view-?_?only|viewer/i,
  /^administratoraccess$/i,
  /admin/i,
]

const likelinessOf = (roleName: string): number => {
  const index = LIKELY_READERS.findIndex((pattern) => pattern.test(roleName))
  return index === -1 ? LIKELY_READERS.length : index
}

/** The roles of all reaches, the one first that probably may read IAM. */
export const listLikelyReaders = (
  reaches: readonly AccountReach[],
): readonly { readonly reach: AccountReach; readonly roleName: string }[] =>
  reaches
    .flatMap((reach) => reach.roles.map((roleName) => ({ reach, roleName })))
    .toSorted((one, other) => likelinessOf(one.roleName) - likelinessOf(other.roleName))

/** IAM as a role that a session grants. Rejects with SignInRequired, or with the portal's exception. */
export async function openReaderAsRole(
  machine: Machine,
  settings: Settings,
  { sso, accountId }: Pick<AccountReach, 'sso' | 'accountId'>,
  roleName: string,
  { remembers = false }: ReaderOptions = {},
): Promise<Reader> {
  const profile: SsoProfile = { ...sso, profileName: `${accountId}/${roleName}`, accountId, roleName }
  const credentials = await getRoleCredentials(machine, settings, profile)
  const region = settings.region ?? sso.region
  const iam = await openIam(machine, settings, { credentials, accountId, region, remembers, startUrl: sso.startUrl })
  return { name: `${roleName} in ${accountId}`, iam }
}

/** IAM as a profile of any kind (`--as`). Rejects where it has no credentials. */
export async function openReaderAsProfile(
  machine: Machine,
  former: Settings,
  profileName: string,
  { remembers = false }: ReaderOptions = {},
): Promise<Reader> {
  const section = former.config.profiles.get(profileName)
  const region = findRegion(machine.env, section)?.region ?? former.region
  const settings: Settings = { ...former, profileName, profileSource: '--profile', region }
  const source = await findCredentialSource(machine, settings)
  if (!source) {
    throw new ConfigurationRefusal(`The profile "${profileName}" has no credentials to ask with.`, {
      problem: 'NoCredentials',
      hint: findCredentialsHint(settings),
    })
  }
  const credentials = await source.get()
  const sso = isSsoProfile(section) ? getSsoProfile(settings.config, profileName) : undefined
  const accountId = sso?.accountId ?? accountOfKeyId(credentials.accessKeyId) ?? ''
  const asked = region ?? sso?.region
  const place = { ...(asked !== undefined && { region: asked }), ...(sso && { startUrl: sso.startUrl }) }
  const iam = await openIam(machine, settings, { credentials, accountId, remembers, ...place })
  return { name: `profile ${profileName}`, iam }
}

/** The start URL that answers for the account itself: of an Identity Center that is not AWS's. */
export const findOwnStartUrl = (reaches: readonly AccountReach[]): string | undefined =>
  reaches.map(({ sso }) => sso.startUrl).find((startUrl) => findOwnEndpoint(startUrl) !== undefined)
