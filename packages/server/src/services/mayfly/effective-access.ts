/** Who gets in where, with what, and through which group. */

import type { AccessPath } from '@mayfly/identity-center/account-access/effective-access'
import type { AccountId, UserId } from '@mayfly/identity-center/identifiers'
import { listPage } from '../../operation/list-page.ts'
import type { Mayfly } from './mayfly-handlers.ts'

export const effectiveAccess = {
  async ListEffectiveAccessForUser(input, context) {
    const user = await context.store.users.get(input.UserId as UserId)
    const listing = { operation: 'ListEffectiveAccessForUser', input, filters: [user.id] }
    const { items, next } = await listPage(listing, context, (page) =>
      context.store.accessOverview.listOfUser(user.id, page),
    )
    const Access = items.map(({ accountId, accountName, permissionSetArn, permissionSetName, through }) => ({
      AccountId: accountId,
      AccountName: accountName,
      PermissionSetArn: permissionSetArn,
      PermissionSetName: permissionSetName,
      Through: through.map(describePath),
    }))
    return { Access, ...next }
  },

  async ListEffectiveAccessForAccount(input, context) {
    const account = await context.store.accounts.get(input.AccountId as AccountId)
    const listing = { operation: 'ListEffectiveAccessForAccount', input, filters: [account.id] }
    const { items, next } = await listPage(listing, context, (page) =>
      context.store.accessOverview.listOfAccount(account.id, page),
    )
    const Access = items.map(({ userId, userName, permissionSetArn, permissionSetName, through }) => ({
      UserId: userId,
      UserName: userName,
      PermissionSetArn: permissionSetArn,
      PermissionSetName: permissionSetName,
      Through: through.map(describePath),
    }))
    return { Access, ...next }
  },

  async GetAccessMatrix(_, { store }) {
    const { accounts, permissionSets, counts } = await store.accessOverview.matrix()
    return {
      Accounts: accounts.map(({ id, name, organizationalUnitPath: path }) => ({
        Id: id,
        Name: name,
        ...(path === '' ? {} : { OrganizationalUnitPath: path }),
      })),
      PermissionSets: permissionSets.map(({ arn, name }) => ({ Arn: arn, Name: name })),
      Cells: counts.map(({ accountIndex, permissionSetIndex, users, groups }) => ({
        AccountIndex: accountIndex,
        PermissionSetIndex: permissionSetIndex,
        Users: users,
        Groups: groups,
      })),
    }
  },
} satisfies Partial<Mayfly>

const describePath = ({ type, id, name }: AccessPath) => ({ PrincipalType: type, PrincipalId: id, Name: name })
