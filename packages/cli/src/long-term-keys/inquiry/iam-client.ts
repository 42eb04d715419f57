/** A client of IAM in one account: what it answers, in our words, at the pace that it bears. */

import { createLimiter, type Limiter, withLimiter } from '../../account-access/limiter.ts'
import { iamSigningRegion } from '../../endpoints/iam-endpoint.ts'
import { partitionOf } from '../../endpoints/partition.ts'
import { type Credentials, createServiceClient } from '../../endpoints/service-client.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Settings } from '../../shared-config/settings.ts'
import { findMember, listMembers } from '../../sign-in/answer.ts'
import {
  type IamUser,
  type KeyDescription,
  parseKey,
  parseLastUse,
  parseUser,
  type UsedKey,
  withoutUndefined,
} from './iam-answers.ts'
import type { IamOperation } from './iam-operations.ts'

export interface IamOptions {
  /** A long-term key's, or a role's: whose account is asked. */
  readonly credentials: Credentials
  /** The account that the credentials are of. 12 digits. */
  readonly accountId: string
  /** Decides the partition. `us-east-1` when nobody says otherwise. */
  readonly region?: string | undefined
  /** Of the session that reaches the account: an Identity Center that is not AWS's answers for IAM too. */
  readonly startUrl?: string | undefined
  /** Shared by clients whose calls count together: IAM counts by account. */
  readonly limiter?: Limiter
  /** Asks no question twice: for one look at many keys, never for one that waits for a change. */
  readonly remembers?: boolean
}

/** Whom STS says the credentials are of. */
export interface CallerIdentity {
  readonly accountId: string
  readonly arn: string
  readonly userId: string
}

/** Every operation rejects with the service's exception (`AccessDenied`, `NoSuchEntity`, `InvalidClientTokenId` …). */
export interface Iam {
  readonly accountId: string
  /** Where it asks; nothing else is asked. */
  readonly endpoint: string
  /** Asks STS; needs no right, and fails for credentials that are none. */
  getCallerIdentity(): Promise<CallerIdentity>
  /** Asks STS which account a key id is of, whosever it is. */
  getAccountOfKey(accessKeyId: string): Promise<string>
  /** The user of that name, else the one whose key signs. */
  getUser(userName?: string): Promise<IamUser>
  listUsers(): Promise<readonly IamUser[]>
  /** The keys of that user, else of the one whose key signs. */
  listAccessKeys(userName?: string): Promise<readonly KeyDescription[]>
  getAccessKeyLastUsed(accessKeyId: string): Promise<UsedKey>
  updateAccessKey(key: KeyOfUser, status: 'Active' | 'Inactive'): Promise<void>
  deleteAccessKey(key: KeyOfUser): Promise<void>
  call(operation: IamOperation, input?: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>>
  /** Every member of a list that is read by Marker. */
  listAll(operation: IamOperation, list: string, input?: Readonly<Record<string, unknown>>): Promise<readonly unknown[]>
}

export interface KeyOfUser {
  readonly userName?: string | undefined
  readonly accessKeyId: string
}

/** More pages than any account has: a server that never ends a list is not waited for. */
const MOST_PAGES = 1000
const PAGE = 1000
const FALLBACK_REGION = 'us-east-1'

/** Opens IAM and STS with these credentials. Nothing is asked yet. */
export async function openIam(
  machine: Machine,
  settings: Settings,
  { credentials, accountId, region = settings.region ?? FALLBACK_REGION, startUrl, limiter, remembers }: IamOptions,
): Promise<Iam> {
  const pace = limiter ?? createLimiter(machine.clock)
  const limited = withLimiter(machine, pace, { urls: /./, name: 'IAM' })
  const options = { region, credentials, takesEndpointOption: true, ...(startUrl !== undefined && { startUrl }) }
  const iam = await createServiceClient(limited, settings, 'iam', options)
  // Where IAM is signed for, STS always answers; in a region that the account has not enabled it takes no key at all.
  const home = iamSigningRegion(partitionOf(region.replace(/^fips-|-fips$/g, '')))
  const sts = await createServiceClient(limited, settings, 'sts', { ...options, region: home })

  const ask: Iam['call'] = (operation, input = {}) => iam.call(operation, input)
  const call = remembers ? rememberAnswers(ask) : ask

  const listAll: Iam['listAll'] = async (operation, list, input = {}) => {
    const items: unknown[] = []
    let marker: string | undefined
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const output = await call(operation, {
        ...input,
        MaxItems: PAGE,
        ...(marker !== undefined && { Marker: marker }),
      })
      items.push(...listMembers(output, list))
      marker = output['IsTruncated'] === true ? findMember(output, 'Marker') : undefined
      if (marker === undefined) break
    }
    return items
  }

  return {
    accountId,
    endpoint: iam.endpoint,
    call,
    listAll,
    async getCallerIdentity() {
      const output = await sts.call('GetCallerIdentity', {})
      const [account, arn, userId] = [output['Account'], output['Arn'], output['UserId']].map((text) => String(text))
      return { accountId: account ?? '', arn: arn ?? '', userId: userId ?? '' }
    },
    async getAccountOfKey(accessKeyId) {
      return String((await sts.call('GetAccessKeyInfo', { AccessKeyId: accessKeyId }))['Account'] ?? '')
    },
    getUser: async (userName) => parseUser((await call('GetUser', withoutUndefined({ UserName: userName })))['User']),
    listUsers: async () => (await listAll('ListUsers', 'Users')).map(parseUser),
    listAccessKeys: async (userName) =>
      (await listAll('ListAccessKeys', 'AccessKeyMetadata', withoutUndefined({ UserName: userName }))).map(parseKey),
    getAccessKeyLastUsed: async (accessKeyId) =>
      parseLastUse(await call('GetAccessKeyLastUsed', { AccessKeyId: accessKeyId })),
    async updateAccessKey({ userName, accessKeyId }, status) {
      await call('UpdateAccessKey', withoutUndefined({ UserName: userName, AccessKeyId: accessKeyId, Status: status }))
    },
    async deleteAccessKey({ userName, accessKeyId }) {
      await call('DeleteAccessKey', withoutUndefined({ UserName: userName, AccessKeyId: accessKeyId }))
    },
  }
}

/** Each question's answer, also a refusal; what changes something is asked each time. */
function rememberAnswers(ask: Iam['call']): Iam['call'] {
  const answers = new Map<string, ReturnType<Iam['call']>>()
  return (operation, input = {}) => {
    if (!/^(Get|List)/.test(operation)) return ask(operation, input)
    const question = `${operation} ${JSON.stringify(input)}`
    const answer = answers.get(question) ?? ask(operation, input)
    answers.set(question, answer)
    return answer
  }
}
