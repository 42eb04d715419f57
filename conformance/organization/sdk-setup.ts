/** Sets a plan up through the AWS SDK for JavaScript, unmodified and pointed at the server. */

import { setTimeout as sleep } from 'node:timers/promises'
import * as identitystore from '@aws-sdk/client-identitystore'
import * as organizations from '@aws-sdk/client-organizations'
import * as ssoAdmin from '@aws-sdk/client-sso-admin'
import type { Keys } from './founder.ts'
import type { Plan } from './plan.ts'

const need = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the answer lacks what it must have')
  return value
}

/** Runs the work side by side, eight at a time. */
export async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
    }),
  )
}

export async function setUpBySdk(origin: string, credentials: Keys, plan: Plan): Promise<void> {
  const options = { region: 'us-east-1', endpoint: origin, credentials }
  const org = new organizations.OrganizationsClient(options)
  const sso = new ssoAdmin.SSOAdminClient(options)
  const store = new identitystore.IdentitystoreClient(options)
  const accounts = await setUpAccounts(org, plan)
  const instance = need((await sso.send(new ssoAdmin.ListInstancesCommand({}))).Instances?.[0])
  const InstanceArn = need(instance.InstanceArn)
  const principals = await setUpDirectory(store, need(instance.IdentityStoreId), plan)
  const sets = await setUpPermissionSets(sso, InstanceArn, plan)
  await sideBySide(plan.assignments, async ({ account, permissionSet, principalType, principal }) => {
    const { AccountAssignmentCreationStatus: status } = await sso.send(
      new ssoAdmin.CreateAccountAssignmentCommand({
        InstanceArn,
        TargetId: need(accounts.get(account)),
        TargetType: 'AWS_ACCOUNT',
        PermissionSetArn: need(sets.get(permissionSet)),
        PrincipalType: principalType,
        PrincipalId: need(principals.get(`${principalType}/${principal}`)),
      }),
    )
    await untilAssigned(sso, InstanceArn, need(status?.RequestId))
  })
}

async function untilAssigned(
  sso: ssoAdmin.SSOAdminClient,
  InstanceArn: string,
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

async function setUpAccounts(org: organizations.OrganizationsClient, plan: Plan): Promise<Map<string, string>> {
  const root = need((await org.send(new organizations.ListRootsCommand({}))).Roots?.[0]?.Id)
  const units = new Map<string, string>()
  for (const { name, parent } of plan.units) {
    const ParentId = parent === undefined ? root : need(units.get(parent))
    const made = await org.send(new organizations.CreateOrganizationalUnitCommand({ ParentId, Name: name }))
    units.set(name, need(made.OrganizationalUnit?.Id))
  }
  const accounts = new Map<string, string>()
  await sideBySide(plan.accounts, async ({ name, email, unit }) => {
    const asked = await org.send(new organizations.CreateAccountCommand({ AccountName: name, Email: email }))
    const id = await accountOf(org, need(asked.CreateAccountStatus?.Id))
    await org.send(
      new organizations.MoveAccountCommand({
        AccountId: id,
        SourceParentId: root,
        DestinationParentId: need(units.get(unit)),
      }),
    )
    accounts.set(name, id)
  })
  return accounts
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

async function setUpDirectory(
  store: identitystore.IdentitystoreClient,
  IdentityStoreId: string,
  plan: Plan,
): Promise<Map<string, string>> {
  const principals = new Map<string, string>()
  await sideBySide(plan.groups, async (DisplayName) => {
    const { GroupId } = await store.send(new identitystore.CreateGroupCommand({ IdentityStoreId, DisplayName }))
    principals.set(`GROUP/${DisplayName}`, need(GroupId))
  })
  await sideBySide(plan.users, async ({ userName, givenName, familyName, email, groups }) => {
    const { UserId } = await store.send(
      new identitystore.CreateUserCommand({
        IdentityStoreId,
        UserName: userName,
        DisplayName: `${givenName} ${familyName}`,
        Name: { GivenName: givenName, FamilyName: familyName },
        Emails: [{ Value: email, Type: 'work', Primary: true }],
      }),
    )
    principals.set(`USER/${userName}`, need(UserId))
    for (const group of groups) {
      await store.send(
        new identitystore.CreateGroupMembershipCommand({
          IdentityStoreId,
          GroupId: need(principals.get(`GROUP/${group}`)),
          MemberId: { UserId: need(UserId) },
        }),
      )
    }
  })
  return principals
}

async function setUpPermissionSets(
  sso: ssoAdmin.SSOAdminClient,
  InstanceArn: string,
  plan: Plan,
): Promise<Map<string, string>> {
  const sets = new Map<string, string>()
  await sideBySide(
    plan.permissionSets,
    async ({ name, description, sessionDuration, managedPolicies, inlinePolicy }) => {
      const made = await sso.send(
        new ssoAdmin.CreatePermissionSetCommand({
          InstanceArn,
          Name: name,
          Description: description,
          SessionDuration: sessionDuration,
          Tags: [{ Key: 'plan', Value: name }],
        }),
      )
      const PermissionSetArn = need(made.PermissionSet?.PermissionSetArn)
      for (const ManagedPolicyArn of managedPolicies) {
        await sso.send(
          new ssoAdmin.AttachManagedPolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn, ManagedPolicyArn }),
        )
      }
      if (inlinePolicy !== undefined) {
        const InlinePolicy = inlinePolicy
        await sso.send(
          new ssoAdmin.PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn, InlinePolicy }),
        )
      }
      sets.set(name, PermissionSetArn)
    },
  )
  return sets
}
