/** What of a plan the server holds: its permission sets, their tags, and the unit of each account. */

import * as organizations from '@aws-sdk/client-organizations'
import * as ssoAdmin from '@aws-sdk/client-sso-admin'
import type { PlannedPermissionSet } from './plan.ts'
import { need, type Sdk, sideBySide } from './sdk.ts'

type MadeSet = PlannedPermissionSet & { readonly tags: Readonly<Record<string, string>> }

/** By name; but those that were there before the plan. */
export async function permissionSetsAsMade(sdk: Sdk): Promise<MadeSet[]> {
  const made: MadeSet[] = []
  const sets = [...(await sdk.permissionSets())].filter(([name]) => name !== 'AdministratorAccess')
  await sideBySide(sets, async ([, PermissionSetArn]) => {
    made.push(await readSet(sdk.sso, { InstanceArn: sdk.instanceArn, PermissionSetArn }))
  })
  return made.sort((one, other) => (one.name < other.name ? -1 : 1))
}

async function readSet(
  sso: ssoAdmin.SSOAdminClient,
  of: { readonly InstanceArn: string; readonly PermissionSetArn: string },
): Promise<MadeSet> {
  const [{ PermissionSet }, { AttachedManagedPolicies = [] }, { InlinePolicy }, { Tags = [] }] = await Promise.all([
    sso.send(new ssoAdmin.DescribePermissionSetCommand(of)),
    sso.send(new ssoAdmin.ListManagedPoliciesInPermissionSetCommand(of)),
    sso.send(new ssoAdmin.GetInlinePolicyForPermissionSetCommand(of)),
    sso.send(
      new ssoAdmin.ListTagsForResourceCommand({ InstanceArn: of.InstanceArn, ResourceArn: of.PermissionSetArn }),
    ),
  ])
  return {
    name: need(PermissionSet?.Name),
    description: need(PermissionSet?.Description),
    sessionDuration: need(PermissionSet?.SessionDuration),
    managedPolicies: AttachedManagedPolicies.map(({ Arn }) => need(Arn)),
    ...(InlinePolicy ? { inlinePolicy: InlinePolicy } : {}),
    tags: Object.fromEntries(Tags.map(({ Key, Value }) => [need(Key), need(Value)])),
  }
}

/** `account-01 Security`, sorted; but those right under the root. */
export async function placesAsMade(sdk: Sdk): Promise<string[]> {
  const places: string[] = []
  for (const [unit, ParentId] of await sdk.units(await sdk.root())) {
    const pages = organizations.paginateListAccountsForParent({ client: sdk.org }, { ParentId })
    for await (const { Accounts = [] } of pages) places.push(...Accounts.map(({ Name }) => `${Name} ${unit}`))
  }
  return places.sort()
}
