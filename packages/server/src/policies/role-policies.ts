/** What a role has been given: read from the store, for either kind of role. */

import type { PermissionSetPolicies } from '@mayfly/identity-center/account-access/permission-set'
import { iamPolicyArn } from '@mayfly/identity-center/iam/policy'
import type { AccountId, PermissionSetArn } from '@mayfly/identity-center/identifiers'
import type { Policy } from '@mayfly/identity-center/policy/policy'
import type { Store } from '@mayfly/store'
import type { PolicyDocuments } from './policy-documents.ts'

export interface RoleName {
  readonly accountId: AccountId
  readonly roleName: string
  /** Of a reserved role. */
  readonly permissionSetArn?: PermissionSetArn
  readonly partition: string
}

/** A role's own part of what decides. */
export interface PoliciesOfRole {
  readonly identity: readonly Policy[]
  /** Absent where there is none. */
  readonly permissionsBoundary?: readonly Policy[]
  /** The role's own tags. */
  readonly tags: Readonly<Record<string, string>>
}

/** A role that is gone has nothing. */
export async function findPoliciesOfRole(
  role: RoleName,
  { store, documents }: { readonly store: Store; readonly documents: PolicyDocuments },
): Promise<PoliciesOfRole> {
  const { permissionSetArn } = role
  if (permissionSetArn === undefined) return await findPoliciesOfIamRole(role, store, documents)
  const provisioned = await store.provisionedPermissionSets.find(role.accountId, permissionSetArn)
  // A role that came back under another name is another role.
  if (provisioned?.roleName !== role.roleName) return { identity: [], tags: {} }
  const version = await store.permissionSetVersions.find(permissionSetArn, provisioned.version)
  return version ? await compilePermissionSet(version, role, documents) : { identity: [], tags: {} }
}

async function compilePermissionSet(
  { managedPolicies, customerManagedPolicies, inlinePolicy, permissionsBoundary }: PermissionSetPolicies,
  { accountId, partition }: RoleName,
  documents: PolicyDocuments,
): Promise<PoliciesOfRole> {
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

async function findPoliciesOfIamRole(
  { accountId, roleName }: RoleName,
  store: Store,
  documents: PolicyDocuments,
): Promise<PoliciesOfRole> {
  const role = await store.roles.findByName(accountId, roleName)
  if (!role) return { identity: [], tags: {} }
  const { inline, attached } = await store.rolePolicies.ofRole(accountId, role.name)
  const { permissionsBoundary, tags } = role
  return {
    identity: [
      ...(await documents.findManaged(attached)),
      ...inline.map(({ document }) => documents.compile(document, 'identity')),
    ],
    ...(permissionsBoundary === undefined
      ? {}
      : { permissionsBoundary: await documents.findManaged([permissionsBoundary]) }),
    tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
  }
}
