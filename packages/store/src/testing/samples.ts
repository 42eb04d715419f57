/** Values to put into a store: complete, valid, and told apart by a word. */

import type { Account } from '@mayfly/identity-center/account-access/account'
import type { PermissionSet } from '@mayfly/identity-center/account-access/permission-set'
import type { AuditEvent } from '@mayfly/identity-center/audit-event'
import type { Group } from '@mayfly/identity-center/directory/group'
import type { User } from '@mayfly/identity-center/directory/user'
import { after, hours, minutes, seconds } from '@mayfly/identity-center/duration'
import type {
  AccountId,
  ClientId,
  GroupId,
  IdentityStoreId,
  InstanceArn,
  MfaDeviceId,
  PermissionSetArn,
  RootId,
  SecretHash,
  SessionId,
  TokenFamilyId,
  UserId,
} from '@mayfly/identity-center/identifiers'
import type { Instance } from '@mayfly/identity-center/instance'
import type { AccessToken, RefreshToken, TokenFamily } from '@mayfly/identity-center/oauth/access-token'
import type { AuthorizationCode } from '@mayfly/identity-center/oauth/authorization-code'
import type { DeviceAuthorization } from '@mayfly/identity-center/oauth/device-authorization'
import { hashOf } from '@mayfly/identity-center/secret'
import type { MfaDevice } from '@mayfly/identity-center/sign-in/mfa-device'
import type { OneTimeLink } from '@mayfly/identity-center/sign-in/one-time-link'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import type { Store } from '../store.ts'

/** When everything was made. */
export const MADE = new Date('2030-01-01T00:00:00Z')
const REQUESTER = { address: '192.0.2.1', userAgent: 'aws-cli/2.36.7' }
const IDENTITY_STORE = 'd-0123456789' as IdentityStoreId

export const hash = (word: string): SecretHash => hashOf(word)

export const instance: Instance = {
  arn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef' as InstanceArn,
  identityStoreId: IDENTITY_STORE,
  region: 'us-east-1',
  name: 'Acme',
  ownerAccountId: '111122223333' as AccountId,
  startUrlAliases: ['https://acme.awsapps.com/start'],
  sessionDuration: hours(8),
  mfaPrompt: 'always-on',
  mfaWithoutDevice: 'require-registration',
  deviceGrantEnabled: true,
  createdAt: MADE,
}

export const user = (word: string, more: Partial<User> = {}): User => ({
  id: `user-${word}` as UserId,
  identityStoreId: IDENTITY_STORE,
  userName: word,
  displayName: word,
  givenName: word,
  familyName: 'Doe',
  status: 'ENABLED',
  createdAt: MADE,
  updatedAt: MADE,
  ...more,
})

export const group = (word: string): Group => ({
  id: `group-${word}` as GroupId,
  identityStoreId: IDENTITY_STORE,
  displayName: word,
  createdAt: MADE,
  updatedAt: MADE,
})

/** The root of the organization. */
const ROOT = 'r-cdef' as RootId

export const account = (number: number, name = `account ${number}`): Account => ({
  id: String(number).padStart(12, '0') as AccountId,
  name,
  email: `${number}@example.com`,
  parentId: ROOT,
  joinedMethod: 'CREATED',
  createdAt: MADE,
})

export const permissionSet = (name: string): PermissionSet => ({
  arn: `arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-${name}` as PermissionSetArn,
  instanceArn: instance.arn,
  name,
  sessionDuration: hours(1),
  managedPolicies: [`arn:aws:iam::aws:policy/${name}`],
  customerManagedPolicies: [],
  createdAt: MADE,
  version: 1,
})

export const session = (word: string, userId: UserId): Session => ({
  id: `session-${word}` as SessionId,
  cookieHash: hash(`cookie ${word}`),
  userId,
  requester: REQUESTER,
  mfa: true,
  createdAt: MADE,
  expiresAt: after(MADE, hours(8)),
})

export const deviceAuthorization = (word: string): DeviceAuthorization => ({
  deviceCodeHash: hash(word),
  userCode: `USER-${word}`,
  clientId: 'client' as ClientId,
  clientName: 'botocore-client-acme',
  scopes: ['sso:account:access'],
  requester: REQUESTER,
  state: { is: 'pending' },
  interval: seconds(1),
  polls: 0,
  createdAt: MADE,
  expiresAt: after(MADE, minutes(10)),
})

export const authorizationCode = (word: string, userId: UserId): AuthorizationCode => ({
  codeHash: hash(word),
  clientId: 'client' as ClientId,
  userId,
  sessionId: 'session-1' as SessionId,
  redirectUri: 'http://127.0.0.1:7373/oauth/callback',
  codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  scopes: ['sso:account:access'],
  createdAt: MADE,
  expiresAt: after(MADE, minutes(1)),
})

export const tokenFamily = (word: string, userId: UserId, sessionId = 'session-1'): TokenFamily => ({
  id: `family-${word}` as TokenFamilyId,
  userId,
  sessionId: sessionId as SessionId,
  clientId: 'client' as ClientId,
  clientName: 'botocore-client-acme',
  scopes: ['sso:account:access'],
  grant: 'authorization_code',
  requester: REQUESTER,
  createdAt: MADE,
  expiresAt: after(MADE, hours(8)),
  lastUsedAt: MADE,
})

export const accessToken = (word: string, familyId: TokenFamilyId): AccessToken => ({
  tokenHash: hash(word),
  familyId,
  issuedAt: MADE,
  expiresAt: after(MADE, hours(1)),
})

export const refreshToken = (word: string, familyId: TokenFamilyId): RefreshToken => ({
  ...accessToken(word, familyId),
  expiresAt: after(MADE, hours(8)),
})

export const mfaDevice = (word: string, userId: UserId): MfaDevice => ({
  id: `mfa-${word}` as MfaDeviceId,
  userId,
  type: 'TOTP',
  name: word,
  sealedSecret: 'sealed',
  lastStep: 0,
  createdAt: MADE,
})

export const oneTimeLink = (word: string): OneTimeLink => ({
  tokenHash: hash(word),
  purpose: 'first-administrator',
  createdAt: MADE,
  expiresAt: after(MADE, hours(1)),
})

export const auditEvent = (word: string, more: Partial<AuditEvent> = {}): AuditEvent => ({
  eventId: `event-${word}`,
  eventTime: MADE,
  eventSource: 'sso.amazonaws.com',
  eventName: 'GetRoleCredentials',
  requestId: `request-${word}`,
  sourceAddress: REQUESTER.address,
  userAgent: REQUESTER.userAgent,
  userIdentity: { type: 'IdentityCenterUser', onBehalfOf: { userId: 'user-alice' } },
  readOnly: false,
  ...more,
})

/** An instance with alice, bob and one permission set for each name. */
export async function insertOrganization(store: Store, permissionSets: readonly string[] = ['Admin']): Promise<void> {
  await store.instances.insert(instance)
  await store.users.insert(user('alice'))
  await store.users.insert(user('bob'))
  for (const name of permissionSets) await store.permissionSets.insert(permissionSet(name))
}

/** The ids of the users that `insertOrganization` makes. */
export const ALICE = 'user-alice' as UserId
export const BOB = 'user-bob' as UserId
