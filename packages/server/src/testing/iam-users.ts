/** IAM users of local accounts and their long-term access keys for tests, as their administrators would make them. */

import { createLongTermAccessKeyId, createSecretAccessKey } from '@mayfly/identity-center/iam/long-term-access-key'
import { createUserId, type IamUser } from '@mayfly/identity-center/iam/user'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { Random } from '@mayfly/identity-center/random'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import { sealAccessKeySecret } from '../keys/access-key-secret.ts'
import type { TestServer } from './test-server.ts'

export interface TestIamUser {
  readonly accountId?: string
  readonly name?: string
  readonly path?: string
  /** Statements of an inline policy; everything, unless it is given. */
  readonly allows?: readonly object[]
  /** ARNs of managed policies. */
  readonly attached?: readonly string[]
  readonly permissionsBoundary?: string
  readonly tags?: IamUser['tags']
}

export interface UserWithKey {
  readonly user: IamUser
  readonly arn: string
  readonly credentials: SigningCredentials
}

/** Makes a user with an access key that signs. */
export async function createIamUser(server: TestServer, given: TestIamUser = {}): Promise<UserWithKey> {
  const { accountId = '222233334444', name = 'deploy', path = '/', tags = [], permissionsBoundary } = given
  const { store, clock, random, policies } = server.context
  const user: IamUser = {
    accountId: accountId as AccountId,
    name,
    path,
    id: createUserId(random),
    tags,
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    createdAt: clock.now(),
  }
  await store.iamUsers.insert(user)
  const allows = given.allows ?? [{ Effect: 'Allow', Action: '*', Resource: '*' }]
  const document = JSON.stringify({ Version: '2012-10-17', Statement: allows })
  if (allows.length > 0) await store.iamUserPolicies.put(user.id, { name: 'all', document })
  for (const arn of given.attached ?? []) await store.iamUserPolicies.attach(user, arn)
  await store.policyChanges.bump()
  policies.changed()
  return { user, arn: `arn:aws:iam::${accountId}:user${path}${name}`, credentials: await addAccessKey(server, user) }
}

/** One more key of the user. */
export async function addAccessKey(server: TestServer, user: IamUser): Promise<SigningCredentials> {
  const { store, clock, random, keys } = server.context
  const [accessKeyId, secretAccessKey] = createKeyPair(user, random)
  await store.iamAccessKeys.insert({
    id: accessKeyId,
    accountId: user.accountId,
    userId: user.id,
    status: 'Active',
    sealedSecret: sealAccessKeySecret(keys, accessKeyId, secretAccessKey),
    createdAt: clock.now(),
  })
  return { accessKeyId, secretAccessKey }
}

const createKeyPair = ({ accountId }: IamUser, random: Random): readonly [string, string] => [
  createLongTermAccessKeyId(accountId, random),
  createSecretAccessKey(random),
]
