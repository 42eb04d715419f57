/** What a role has been given: read from the store, for either kind of role. */

import type { PermissionSetPolicies } from '@mayfly/identity-center/account-access/permission-set'
import { iamPolicyArn } from '@mayfly/identity-center/iam/policy'
import type { AccountId, PermissionSetArn } from '@mayfly/identity-center/identifiers'
import { compileOwn, NOTHING_OWN, type OwnPolicies, type PolicySources } from './own-policies.ts'
import type { PolicyDocuments } from './policy-documents.ts'

export interface RoleName {
  readonly accountId: AccountId
  readonly roleName: string
  /** Of a reserved role. */
  readonly permissionSetArn?: PermissionSetArn
  readonly partition: string
}

/** A role that is gone has nothing. */
export async function findPoliciesOfRole(role: RoleName, sources: PolicySources): Promise<OwnPolicies> {
  const { store } = sources
  const { permissionSetArn } = role
  if (permissionSetArn === undefined) return await findPoliciesOfIamRole(role, sources)
  const provisioned = await store.provisionedPermissionSets.find(role.accountId, permissionSetArn)
  // A role that came back under another name is another role.
  if (provisioned?.roleName !== role.roleName) return NOTHING_OWN
  const version = await store.permissionSetVersions.find(permissionSetArn, provisioned.version)
  return version ? await compilePermissionSet(version, role, sources.documents) : NOTHING_OWN
}

async function compilePermissionSet(
  { managedPolicies, customerManagedPolicies, inlinePolicy, permissionsBoundary }: PermissionSetPolicies,
  { accountId, partition }: RoleName,
  documents: PolicyDocuments,
): Promise<OwnPolicies> {
  const arnOf = ({ name, path }: { name: string; path: string }) => iamPolicyArn(partition, { accountId, name, path })
  const arns = [...managedPolicies, ...customerManagedPolicies.map(arnOf)]
  const boundary =
    permissionsBoundary?.managedPolicyArn ??
    (permissionsBoundary?.customerManagedPolicy && arnOf(permissionsBoundary.customerManagedPolicy))
  const inline = inlinePolicy === undefined ? [] : [documents.compile(inlinePolicy, 'identity')]
  return {
    identity: [...(await documents.findManaged(arns)), ...inline],
    ...(boundary === undefined ? {} : { permissionsBoundary: await documents.findManaged([boundary]) }),
    tags: {},
  }
}

async function findPoliciesOfIamRole({ accountId, roleName }: RoleName, sources: PolicySources): Promise<OwnPolicies> {
  const role = await sources.store.roles.findByName(accountId, roleName)
  if (!role) return NOTHING_OWN
  const { permissionsBoundary, tags } = role
  const policies = await sources.store.rolePolicies.ofRole(accountId, role.name)
  return await compileOwn({ ...policies, permissionsBoundary, tags }, sources)
}
