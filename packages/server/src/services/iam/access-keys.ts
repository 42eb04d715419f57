/** Long-term access keys: create, list, ask for their last use, deactivate, delete. */

import {
  createLongTermAccessKeyId,
  createSecretAccessKey,
  type LongTermAccessKey,
} from '@mayfly/identity-center/iam/long-term-access-key'
import { describeDenial } from '@mayfly/identity-center/policy/access-denied'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Transaction } from '@mayfly/store'
import { sealAccessKeySecret } from '../../keys/access-key-secret.ts'
import { pageByKey } from '../../operation/list-page.ts'
import { getAccountCaller, type OperationContext } from '../../operation/operation-context.ts'
import { getUser, lockUser, userNameOf } from './account-users.ts'
import { accountOf, type IamApi } from './change.ts'
import { beyondQuota, refused } from './exceptions.ts'
import { listByMarker } from './marker-page.ts'
import { IAM_QUOTAS } from './quotas.ts'

const { accessKeysPerUser: MOST_KEYS } = IAM_QUOTAS

/** What IAM answers in place of a region and a service where there is none. */
const NEVER = 'N/A'

export const accessKeys = {
  /** The one answer that has the secret in it. */
  async CreateAccessKey(input, context) {
    const { keys, random, clock } = context
    const name = userNameOf(input.UserName, context)
    const accountId = accountOf(context)
    const id = createLongTermAccessKeyId(accountId, random)
    const secretAccessKey = createSecretAccessKey(random)
    const sealedSecret = sealAccessKeySecret(keys, id, secretAccessKey)
    const createdAt = clock.now()
    return await changeKeys(context, async (tx) => {
      const user = await lockUser(name, tx, context)
      const held = await tx.iamAccessKeys.listOfUser(user.id)
      if (held.length >= MOST_KEYS) throw beyondQuota('AccessKeysPerUser', MOST_KEYS)
      const key: LongTermAccessKey = { id, accountId, userId: user.id, status: 'Active', sealedSecret, createdAt }
      await tx.iamAccessKeys.insert(key)
      return { AccessKey: { ...describeKey(key, user.name), SecretAccessKey: secretAccessKey } }
    })
  },

  async ListAccessKeys(input, context) {
    const { id, name } = await getUser(userNameOf(input.UserName, context), context)
    const held = await context.store.iamAccessKeys.listOfUser(id)
    const listing = { operation: 'ListAccessKeys', input, filters: [id] }
    const { items, next } = await listByMarker(listing, context, async (page) => pageByKey(held, oldestFirst, page))
    return { AccessKeyMetadata: items.map((key) => describeKey(key, name)), ...next }
  },

  async GetAccessKeyLastUsed({ AccessKeyId }, context) {
    const found = await context.store.iamAccessKeys.find(AccessKeyId)
    if (found?.key.accountId !== accountOf(context)) throw notOneOfOurs(AccessKeyId, context)
    const { at, region = NEVER, service = NEVER } = found.key.lastUsed ?? {}
    return {
      UserName: found.user.name,
      AccessKeyLastUsed: { ...(at === undefined ? {} : { LastUsedDate: at }), ServiceName: service, Region: region },
    }
  },

  async UpdateAccessKey({ UserName, AccessKeyId, Status }, context) {
    if (Status === 'Expired') throw refused('InvalidInput', 'The status of an access key is Active or Inactive.')
    const name = userNameOf(UserName, context)
    return await changeKeys(context, async (tx) => {
      const { id } = await lockUser(name, tx, context)
      if (await tx.iamAccessKeys.setStatus(id, AccessKeyId, Status)) return {}
      throw noKey(AccessKeyId)
    })
  },

  async DeleteAccessKey({ UserName, AccessKeyId }, context) {
    const name = userNameOf(UserName, context)
    return await changeKeys(context, async (tx) => {
      const { id } = await lockUser(name, tx, context)
      if (await tx.iamAccessKeys.delete(id, AccessKeyId)) return {}
      throw noKey(AccessKeyId)
    })
  },
} satisfies Partial<IamApi>

/** In one commit with the record. Who may do what stays, and whether a key signs is read at every request. */
async function changeKeys<Output extends object>(
  context: OperationContext,
  work: (tx: Transaction) => Promise<Output>,
): Promise<Output> {
  return await context.store.transaction(async (tx) => {
    const output = await work(tx)
    await context.record(tx, output)
    return output
  }, 'read-committed')
}

const oldestFirst = ({ id, createdAt }: LongTermAccessKey): string => createdAt.toISOString() + id

const describeKey = ({ id, status, createdAt }: LongTermAccessKey, userName: string) => ({
  UserName: userName,
  AccessKeyId: id,
  Status: status,
  CreateDate: createdAt,
})

const noKey = (id: string) => refused('NoSuchEntity', `The Access Key with id ${id} cannot be found.`)

/** AWS tells nobody whether a key of another account is there. */
function notOneOfOurs(id: string, context: OperationContext): Refusal {
  const { arn: callerArn } = getAccountCaller(context)
  const denied = { callerArn, action: 'iam:GetAccessKeyLastUsed', resource: `access key ${id}` }
  return new Refusal('forbidden', describeDenial(denied))
}
