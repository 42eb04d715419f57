/** Sets a plan up through the AWS SDK for JavaScript, part by part; what is there already stays as it is. */

import { setTimeout as sleep } from 'node:timers/promises'
import * as identitystore from '@aws-sdk/client-identitystore'
import * as organizations from '@aws-sdk/client-organizations'
import * as ssoAdmin from '@aws-sdk/client-sso-admin'
import type { Plan, PlannedAccount, PlannedAssignment, PlannedPermissionSet, PlannedUser } from './plan.ts'
import { type Ids, need, type Sdk, sideBySide } from './sdk.ts'

/** All of it but the assignments. */
export async function setUpBySdk(sdk: Sdk, plan: Plan): Promise<void> {
  await setUpAccounts(sdk, plan)
  await setUpDirectory(sdk, plan)
  const sets = await sdk.permissionSets()
  await sideBySide(
    plan.permissionSets.filter(({ name }) => !sets.has(name)),
    (set) => createPermissionSet(sdk, set),
  )
}

/** Among what is set up. */
export async function assignBySdk(sdk: Sdk, assignments: readonly PlannedAssignment[]): Promise<void> {
  const { sso, instanceArn: InstanceArn } = sdk
  const principals = { GROUP: await sdk.groups(), USER: await sdk.users() }
  const [accounts, sets] = [await sdk.accounts(), await sdk.permissionSets()]
  await sideBySide(assignments, async ({ account, permissionSet, principalType, principal }) => {
    const { AccountAssignmentCreationStatus: status } = await sso.send(
      new ssoAdmin.CreateAccountAssignmentCommand({
        InstanceArn,
        TargetId: need(accounts.get(account)),
        TargetType: 'AWS_ACCOUNT',
        PermissionSetArn: need(sets.get(permissionSet)),
        PrincipalType: principalType,
        PrincipalId: need(principals[principalType].get(principal)),
      }),
    )
    await untilAssigned(sdk, need(status?.RequestId))
  })
}

async function untilAssigned(
  { sso, instanceArn: InstanceArn }: Sdk,
  AccountAssignmentCreationRequestId: string,
): Promise<void> {
  for (;;) {
    const { AccountAssignmentCreationStatus: status } = await sso.send(
      new ssoAdmin.DescribeAccountAssignmentCreationStatusCommand({ InstanceArn, AccountAssignmentCreationRequestId }),
    )
    if (status?.Status === 'SUCCEEDED') return
    if (status?.Status === 'FAILED') throw new Error(status.FailureReason)
    await sleep(200)
  }
}

async function setUpAccounts(sdk: Sdk, plan: Plan): Promise<void> {
  const root = await sdk.root()
  const [units, accounts] = [await sdk.units(root), await sdk.accounts()]
  for (const { name, parent } of plan.units) {
    if (units.has(name)) continue
    const ParentId = parent === undefined ? root : need(units.get(parent))
    const made = await sdk.org.send(new organizations.CreateOrganizationalUnitCommand({ ParentId, Name: name }))
    units.set(name, need(made.OrganizationalUnit?.Id))
  }
  await sideBySide(
    plan.accounts.filter(({ name }) => !accounts.has(name)),
    (account) => createAccount(sdk.org, account, { from: root, into: need(units.get(account.unit)) }),
  )
}

async function createAccount(
  org: organizations.OrganizationsClient,
  { name, email }: PlannedAccount,
  { from, into }: { readonly from: string; readonly into: string },
): Promise<void> {
  const asked = await org.send(new organizations.CreateAccountCommand({ AccountName: name, Email: email }))
  const AccountId = await accountOf(org, need(asked.CreateAccountStatus?.Id))
  await org.send(new organizations.MoveAccountCommand({ AccountId, SourceParentId: from, DestinationParentId: into }))
}

async function accountOf(org: organizations.OrganizationsClient, CreateAccountRequestId: string): Promise<string> {
  for (;;) {
    const { CreateAccountStatus: status } = await org.send(
      new organizations.DescribeCreateAccountStatusCommand({ CreateAccountRequestId }),
    )
    if (status?.State === 'SUCCEEDED') return need(status.AccountId)
    if (status?.State === 'FAILED') throw new Error(status.FailureReason)
    await sleep(200)
  }
}

async function setUpDirectory(sdk: Sdk, plan: Plan): Promise<void> {
  const { store, identityStoreId: IdentityStoreId } = sdk
  const [groups, users] = [await sdk.groups(), await sdk.users()]
  await sideBySide(
    plan.groups.filter((name) => !groups.has(name)),
    async (DisplayName) => {
      const { GroupId } = await store.send(new identitystore.CreateGroupCommand({ IdentityStoreId, DisplayName }))
      groups.set(DisplayName, need(GroupId))
    },
  )
  await sideBySide(
    plan.users.filter(({ userName }) => !users.has(userName)),
    (user) => createUser(sdk, user, groups),
  )
}

async function createUser({ store, identityStoreId: IdentityStoreId }: Sdk, user: PlannedUser, ids: Ids) {
  const { userName, givenName, familyName, email, groups } = user
  const { UserId } = await store.send(
    new identitystore.CreateUserCommand({
      IdentityStoreId,
      UserName: userName,
      DisplayName: `${givenName} ${familyName}`,
      Name: { GivenName: givenName, FamilyName: familyName },
      Emails: [{ Value: email, Type: 'work', Primary: true }],
    }),
  )
  for (const group of groups) {
    const MemberId = { UserId: need(UserId) }
    const GroupId = need(ids.get(group))
    await store.send(new identitystore.CreateGroupMembershipCommand({ IdentityStoreId, GroupId, MemberId }))
  }
}

async function createPermissionSet({ sso, instanceArn: InstanceArn }: Sdk, set: PlannedPermissionSet): Promise<void> {
  const made = await sso.send(
    new ssoAdmin.CreatePermissionSetCommand({
      InstanceArn,
      Name: set.name,
      Description: set.description,
      SessionDuration: set.sessionDuration,
      Tags: [{ Key: 'plan', Value: set.name }],
    }),
  )
  const of = { InstanceArn, PermissionSetArn: need(made.PermissionSet?.PermissionSetArn) }
  for (const ManagedPolicyArn of set.managedPolicies) {
    await sso.send(new ssoAdmin.AttachManagedPolicyToPermissionSetCommand({ ...of, ManagedPolicyArn }))
  }
  if (set.inlinePolicy === undefined) return
  await sso.send(new ssoAdmin.PutInlinePolicyToPermissionSetCommand({ ...of, InlinePolicy: set.inlinePolicy }))
}
