/** The roles of an account: its own, and those of the permission sets that are provisioned in it. */

import type { PermissionSetPolicies } from '@mayfly/identity-center/account-access/permission-set'
import type { ProvisionedPermissionSet } from '@mayfly/identity-center/account-access/provisioned-permission-set'
import { iamPolicyArn } from '@mayfly/identity-center/iam/policy'
import { createReservedRole, isReserved, RESERVED_INLINE_POLICY } from '@mayfly/identity-center/iam/reserved-role'
import { type IamRole, iamRoleArn, type RolePolicies } from '@mayfly/identity-center/iam/role'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import { partitionOf } from '@mayfly/identity-center/partition'
import type { Page, PageRequest, Transaction } from '@mayfly/store'
import { pageByKey } from '../../operation/list-page.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import { accountOf } from './change.ts'
import { encodeDocument } from './documents.ts'
import { noRole, protectedRole } from './exceptions.ts'
import { concatenated } from './marker-page.ts'
import { describeBoundary } from './permissions-boundary.ts'
import { describeTags } from './tag-list.ts'

/** What is on a role of either kind. */
export interface FoundRole {
  readonly role: IamRole
  readonly policies: RolePolicies
}

/** Either kind of role, for reading. Throws `NoSuchEntity`. */
export async function getRole(name: string, context: OperationContext): Promise<FoundRole> {
  const { store } = context
  const accountId = accountOf(context)
  const role = await store.roles.findByName(accountId, name)
  if (role) return { role, policies: await store.rolePolicies.ofRole(accountId, role.name) }
  const provisioned = await store.provisionedPermissionSets.findByRoleName(accountId, name)
  const found = provisioned && (await readReserved(provisioned, context))
  if (found === undefined) throw noRole(name)
  return found
}

/** A role of the account's own, locked until `tx` ends. Throws `UnmodifiableEntity` for one that is Identity Center's. */
export async function lockRole(name: string, tx: Transaction, context: OperationContext): Promise<IamRole> {
  const accountId = accountOf(context)
  const role = await tx.roles.lock(accountId, name)
  if (role) return role
  throw isReserved(name, '/') && (await tx.provisionedPermissionSets.findByRoleName(accountId, name))
    ? protectedRole(name)
    : noRole(name)
}

async function readReserved(
  provisioned: ProvisionedPermissionSet,
  context: OperationContext,
): Promise<FoundRole | undefined> {
  const { store } = context
  const instance = await context.instance()
  const { accountId, permissionSetArn, version } = provisioned
  const set = await store.permissionSets.find(permissionSetArn)
  const policies = await store.permissionSetVersions.find(permissionSetArn, version)
  if (!set || !policies) return undefined
  const partition = partitionOf(instance.region)
  const boundary = boundaryArn(policies, accountId, partition)
  const role = createReservedRole(provisioned, instance, set.description)
  return {
    role: boundary === undefined ? role : { ...role, permissionsBoundary: boundary },
    policies: {
      inline:
        policies.inlinePolicy === undefined ? [] : [{ name: RESERVED_INLINE_POLICY, document: policies.inlinePolicy }],
      attached: attachedArns(policies, accountId, partition),
    },
  }
}

/** The managed policies of a permission set in one account. */
export const attachedArns = (
  { managedPolicies, customerManagedPolicies }: PermissionSetPolicies,
  accountId: AccountId,
  partition: string,
): string[] => [
  ...managedPolicies,
  ...customerManagedPolicies.map(({ name, path }) => iamPolicyArn(partition, { accountId, name, path })),
]

/** The policy that bounds a permission set in one account; undefined when none does. */
export function boundaryArn(
  { permissionsBoundary: boundary }: PermissionSetPolicies,
  accountId: AccountId,
  partition: string,
): string | undefined {
  if (boundary?.customerManagedPolicy === undefined) return boundary?.managedPolicyArn
  return iamPolicyArn(partition, { accountId, ...boundary.customerManagedPolicy })
}

/** One page of both kinds, those of permission sets first. */
export async function listRoles(
  pathPrefix: string,
  page: PageRequest,
  context: OperationContext,
): Promise<Page<IamRole>> {
  const { store } = context
  const accountId = accountOf(context)
  const instance = await context.instance()
  const reserved = async (asked: PageRequest): Promise<Page<IamRole>> => {
    const provisioned = await store.provisionedPermissionSets.listOfAccount(accountId)
    const roles = provisioned
      .map((role) => createReservedRole(role, instance))
      .filter(({ path }) => path.startsWith(pathPrefix))
    return pageByKey(roles, ({ name }) => name, asked)
  }
  return await concatenated([reserved, (asked) => store.roles.list(accountId, pathPrefix, asked)])(page)
}

/** As lists show a role; `GetRole` shows more. */
export function describeRole(role: IamRole, partition: string) {
  const { description } = role
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: iamRoleArn(partition, role),
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encodeDocument(role.assumeRolePolicyDocument),
    ...(description === undefined ? {} : { Description: description }),
    MaxSessionDuration: role.maxSessionDuration,
  }
}

export const describeWholeRole = (role: IamRole, partition: string) => ({
  ...describeRole(role, partition),
  ...describeBoundary(role.permissionsBoundary),
  ...(role.tags.length === 0 ? {} : { Tags: describeTags(role.tags) }),
})
