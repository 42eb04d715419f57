/** What is on an IAM user: managed policies attached, inline policies of its own. */

import { nameOfManagedPolicy } from '@mayfly/identity-center/policy/predefined-policies'
import { pageByKey } from '../../operation/list-page.ts'
import { getUser, lockUser } from './account-users.ts'
import { changeIam, type IamApi } from './change.ts'
import { checkDocument, encodeDocument, sizeOf } from './documents.ts'
import { beyondQuota, refused } from './exceptions.ts'
import { checkArn, checkAttachable } from './managed-policies.ts'
import { listByMarker } from './marker-page.ts'
import { IAM_QUOTAS } from './quotas.ts'

const { attachedPoliciesPerUser: MOST_ATTACHED, userPolicySize: LARGEST_INLINE } = IAM_QUOTAS

export const userPolicies = {
  async AttachUserPolicy({ UserName, PolicyArn }, context) {
    return await changeIam(context, async (tx) => {
      const user = await lockUser(UserName, tx, context)
      await checkAttachable(PolicyArn, user.accountId, tx)
      const { attached } = await tx.iamUserPolicies.ofUser(user.id)
      if (attached.includes(PolicyArn)) return {}
      if (attached.length >= MOST_ATTACHED) throw beyondQuota('PoliciesPerUser', MOST_ATTACHED)
      await tx.iamUserPolicies.attach(user, PolicyArn)
      return {}
    })
  },

  async DetachUserPolicy({ UserName, PolicyArn }, context) {
    checkArn(PolicyArn)
    return await changeIam(context, async (tx) => {
      const { id } = await lockUser(UserName, tx, context)
      if (await tx.iamUserPolicies.detach(id, PolicyArn)) return {}
      throw refused('NoSuchEntity', `Policy ${PolicyArn} was not found.`)
    })
  },

  async ListAttachedUserPolicies(input, context) {
    const { UserName, PathPrefix = '/' } = input
    const { id } = await getUser(UserName, context)
    const policies = await context.store.iamUserPolicies.ofUser(id)
    const attached = policies.attached
      .map((arn) => ({ arn, ...nameOfManagedPolicy(arn) }))
      .filter(({ path }) => path.startsWith(PathPrefix))
    const listing = { operation: 'ListAttachedUserPolicies', input, filters: [UserName, PathPrefix] }
    const { items, next } = await listByMarker(listing, context, async (page) =>
      pageByKey(attached, ({ arn }) => arn, page),
    )
    return { AttachedPolicies: items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })), ...next }
  },

  async PutUserPolicy({ UserName, PolicyName, PolicyDocument }, context) {
    checkDocument(PolicyDocument, 'identity')
    return await changeIam(context, async (tx) => {
      const { id, name } = await lockUser(UserName, tx, context)
      const { inline } = await tx.iamUserPolicies.ofUser(id)
      const others = inline.filter((policy) => policy.name !== PolicyName)
      const size = others.reduce((sum, { document }) => sum + sizeOf(document), sizeOf(PolicyDocument))
      if (size > LARGEST_INLINE) {
        const message = `Maximum policy size of ${LARGEST_INLINE} bytes exceeded for user ${name}`
        throw refused('LimitExceeded', message)
      }
      await tx.iamUserPolicies.put(id, { name: PolicyName, document: PolicyDocument })
      return {}
    })
  },

  async GetUserPolicy({ UserName, PolicyName }, context) {
    const user = await getUser(UserName, context)
    const { inline } = await context.store.iamUserPolicies.ofUser(user.id)
    const policy = inline.find(({ name }) => name === PolicyName)
    if (policy === undefined) throw noUserPolicy(PolicyName)
    return { UserName: user.name, PolicyName: policy.name, PolicyDocument: encodeDocument(policy.document) }
  },

  async ListUserPolicies(input, context) {
    const { id } = await getUser(input.UserName, context)
    const { inline } = await context.store.iamUserPolicies.ofUser(id)
    const names = inline.map(({ name }) => name)
    const listing = { operation: 'ListUserPolicies', input, filters: [input.UserName] }
    const { items, next } = await listByMarker(listing, context, async (page) => pageByKey(names, (name) => name, page))
    return { PolicyNames: [...items], ...next }
  },

  async DeleteUserPolicy({ UserName, PolicyName }, context) {
    return await changeIam(context, async (tx) => {
      const { id } = await lockUser(UserName, tx, context)
      if (await tx.iamUserPolicies.delete(id, PolicyName)) return {}
      throw noUserPolicy(PolicyName)
    })
  },
} satisfies Partial<IamApi>

const noUserPolicy = (name: string) => refused('NoSuchEntity', `The user policy with name ${name} cannot be found.`)
