/** What is on a role: managed policies attached, inline policies of its own. */

import { nameOfManagedPolicy } from '@mayfly/identity-center/policy/predefined-policies'
import { pageByKey } from '../../operation/list-page.ts'
import { getRole, lockRole } from './account-roles.ts'
import { changeIam, type IamApi } from './change.ts'
import { checkDocument, encodeDocument, sizeOf } from './documents.ts'
import { beyondQuota, refused } from './exceptions.ts'
import { checkArn, checkAttachable } from './managed-policies.ts'
import { listByMarker } from './marker-page.ts'
import { IAM_QUOTAS } from './quotas.ts'

const { attachedPoliciesPerRole: MOST_ATTACHED, rolePolicySize: LARGEST_INLINE } = IAM_QUOTAS

export const rolePolicies = {
  async AttachRolePolicy({ RoleName, PolicyArn }, context) {
    return await changeIam(context, async (tx) => {
      const { accountId, name } = await lockRole(RoleName, tx, context)
      await checkAttachable(PolicyArn, accountId, tx)
      const { attached } = await tx.rolePolicies.ofRole(accountId, name)
      if (attached.includes(PolicyArn)) return {}
      if (attached.length >= MOST_ATTACHED) throw beyondQuota('PoliciesPerRole', MOST_ATTACHED)
      await tx.rolePolicies.attach(accountId, name, PolicyArn)
      return {}
    })
  },

  async DetachRolePolicy({ RoleName, PolicyArn }, context) {
    checkArn(PolicyArn)
    return await changeIam(context, async (tx) => {
      const { accountId, name } = await lockRole(RoleName, tx, context)
      if (await tx.rolePolicies.detach(accountId, name, PolicyArn)) return {}
      throw refused('NoSuchEntity', `Policy ${PolicyArn} was not found.`)
    })
  },

  async ListAttachedRolePolicies(input, context) {
    const { RoleName, PathPrefix = '/' } = input
    const { policies } = await getRole(RoleName, context)
    const attached = policies.attached
      .map((arn) => ({ arn, ...nameOfManagedPolicy(arn) }))
      .filter(({ path }) => path.startsWith(PathPrefix))
      .sort((one, other) => (one.arn < other.arn ? -1 : 1))
    const listing = { operation: 'ListAttachedRolePolicies', input, filters: [RoleName, PathPrefix] }
    const { items, next } = await listByMarker(listing, context, async (page) =>
      pageByKey(attached, ({ arn }) => arn, page),
    )
    return { AttachedPolicies: items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })), ...next }
  },

  async PutRolePolicy({ RoleName, PolicyName, PolicyDocument }, context) {
    checkDocument(PolicyDocument, 'identity')
    return await changeIam(context, async (tx) => {
      const { accountId, name } = await lockRole(RoleName, tx, context)
      const { inline } = await tx.rolePolicies.ofRole(accountId, name)
      const others = inline.filter((policy) => policy.name !== PolicyName)
      const size = others.reduce((sum, { document }) => sum + sizeOf(document), sizeOf(PolicyDocument))
      if (size > LARGEST_INLINE) {
        throw refused('LimitExceeded', `Maximum policy size of ${LARGEST_INLINE} bytes exceeded for role ${name}`)
      }
      await tx.rolePolicies.put(accountId, name, { name: PolicyName, document: PolicyDocument })
      return {}
    })
  },

  async GetRolePolicy({ RoleName, PolicyName }, context) {
    const { role, policies } = await getRole(RoleName, context)
    const policy = policies.inline.find(({ name }) => name === PolicyName)
    if (policy === undefined) throw noRolePolicy(PolicyName)
    return { RoleName: role.name, PolicyName: policy.name, PolicyDocument: encodeDocument(policy.document) }
  },

  async ListRolePolicies(input, context) {
    const { policies } = await getRole(input.RoleName, context)
    const names = policies.inline.map(({ name }) => name).sort()
    const listing = { operation: 'ListRolePolicies', input, filters: [input.RoleName] }
    const { items, next } = await listByMarker(listing, context, async (page) => pageByKey(names, (name) => name, page))
    return { PolicyNames: [...items], ...next }
  },

  async DeleteRolePolicy({ RoleName, PolicyName }, context) {
    return await changeIam(context, async (tx) => {
      const { accountId, name } = await lockRole(RoleName, tx, context)
      if (await tx.rolePolicies.delete(accountId, name, PolicyName)) return {}
      throw noRolePolicy(PolicyName)
    })
  },
} satisfies Partial<IamApi>

const noRolePolicy = (name: string) => refused('NoSuchEntity', `The role policy with name ${name} cannot be found.`)
