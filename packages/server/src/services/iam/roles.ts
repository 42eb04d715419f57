/** Roles: create, read, change who may take them, tag, delete. */

import { createRoleId } from '@mayfly/identity-center/account-access/role-credentials'
import { isReserved } from '@mayfly/identity-center/iam/reserved-role'
import { type IamRole, iamRoleArn } from '@mayfly/identity-center/iam/role'
import { partitionOf } from '@mayfly/identity-center/partition'
import type { Transaction } from '@mayfly/store'
import type { OperationContext } from '../../operation/operation-context.ts'
import { describeRole, describeWholeRole, getRole, listRoles, lockRole } from './account-roles.ts'
import { accountOf, changeIam, checkQuota, type IamApi } from './change.ts'
import { checkDocument, sizeOf } from './documents.ts'
import { beyondQuota, refused } from './exceptions.ts'
import { checkAttachable } from './managed-policies.ts'
import { listByMarker } from './marker-page.ts'
import { IAM_QUOTAS } from './quotas.ts'
import { mergeTags, readTags } from './tag-list.ts'
import { renameTrusted } from './trusted-names.ts'

/** In seconds, when nothing else is said. */
const USUAL_SESSION = 3600

export const roles = {
  async CreateRole(input, context) {
    const { RoleName: name, Path: path = '/' } = input
    if (isReserved(name, path)) throw refused('InvalidInput', `The role name ${path}${name} is reserved for AWS.`)
    checkTrust(input.AssumeRolePolicyDocument)
    const tags = mergeTags([], readTags(input.Tags), context.config.quotas.tagsPerResource)
    const partition = await partitionIn(context)
    const role: IamRole = {
      accountId: accountOf(context),
      name,
      path,
      id: createRoleId(context.random),
      assumeRolePolicyDocument: input.AssumeRolePolicyDocument,
      maxSessionDuration: input.MaxSessionDuration ?? USUAL_SESSION,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      tags,
      ...(input.PermissionsBoundary === undefined ? {} : { permissionsBoundary: input.PermissionsBoundary }),
      createdAt: context.clock.now(),
    }
    return await changeIam(context, async (tx) => {
      await insertRole(role, tx, context)
      return { Role: describeWholeRole(role, partition) }
    })
  },

  async GetRole({ RoleName = '' }, context) {
    const { role } = await getRole(RoleName, context)
    return { Role: describeWholeRole(role, await partitionIn(context)) }
  },

  async ListRoles(input, context) {
    const pathPrefix = input.PathPrefix ?? '/'
    const partition = await partitionIn(context)
    const listing = { operation: 'ListRoles', input, filters: [pathPrefix] }
    const { items, next } = await listByMarker(listing, context, (page) => listRoles(pathPrefix, page, context))
    return { Roles: items.map((role) => describeRole(role, partition)), ...next }
  },

  async DeleteRole({ RoleName }, context) {
    const { revocations } = context
    const partition = await partitionIn(context)
    let gone: `role:${string}/${string}` | undefined
    const output = await changeIam(context, async (tx) => {
      const role = await lockRole(RoleName, tx, context)
      const { accountId, name, id } = role
      const { inline, attached } = await tx.rolePolicies.ofRole(accountId, name)
      if (attached.length > 0) throw refused('DeleteConflict', 'Cannot delete entity, must detach all policies first.')
      if (inline.length > 0) throw refused('DeleteConflict', 'Cannot delete entity, must delete policies first.')
      await tx.roles.delete(accountId, name)
      await renameTrusted(iamRoleArn(partition, role), id, tx)
      gone = `role:${accountId}/${id}`
      await tx.revocations.insert(revocations.create(gone))
      return {}
    })
    // Once more, as of now: somebody may have taken the role between the first moment and the commit.
    if (gone) await revocations.revoke(gone)
    return output
  },

  async UpdateAssumeRolePolicy({ RoleName, PolicyDocument }, context) {
    checkTrust(PolicyDocument)
    return await changeIam(context, async (tx) => {
      const role = await lockRole(RoleName, tx, context)
      await tx.roles.update({ ...role, assumeRolePolicyDocument: PolicyDocument })
      return {}
    })
  },

  async TagRole({ RoleName, Tags }, context) {
    const added = readTags(Tags)
    return await changeIam(context, async (tx) => {
      const role = await lockRole(RoleName, tx, context)
      const tags = mergeTags(role.tags, added, context.config.quotas.tagsPerResource)
      await tx.roles.update({ ...role, tags })
      return {}
    })
  },
} satisfies Partial<IamApi>

/** The partition of everything that this server names. */
export const partitionIn = async (context: OperationContext): Promise<string> =>
  partitionOf((await context.instance()).region)

function checkTrust(document: string): void {
  checkDocument(document, 'trust')
  if (sizeOf(document) > IAM_QUOTAS.trustPolicySize) throw beyondQuota('ACLSizePerRole', IAM_QUOTAS.trustPolicySize)
}

async function insertRole(role: IamRole, tx: Transaction, { config }: OperationContext): Promise<void> {
  const { accountId, name, permissionsBoundary } = role
  if (await tx.roles.findByName(accountId, name)) {
    throw refused('EntityAlreadyExists', `Role with name ${name} already exists.`)
  }
  const { rolesPerAccount } = config.quotas
  const count = () => tx.roles.countOf(accountId)
  await checkQuota({ quota: 'RolesPerAccount', most: rolesPerAccount, count }, tx)
  if (permissionsBoundary !== undefined) await checkAttachable(permissionsBoundary, accountId, tx)
  await tx.roles.insert(role)
}
