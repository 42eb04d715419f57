/** Search: users, groups, accounts, permission sets and applications, at most ten of each. */

import type { Mayfly } from './mayfly-handlers.ts'

const MOST = 10

type Kind = NonNullable<Parameters<Mayfly['Search']>[0]['Kinds']>[number]

export const search = {
  async Search({ Text, Kinds }, { store }) {
    const text = Text.trim()
    const isWanted = (kind: Kind): boolean => text !== '' && (Kinds === undefined || Kinds.includes(kind))
    const [users, groups, accounts, permissionSets, applications] = await Promise.all([
      isWanted('USER') ? store.users.search(text, MOST) : [],
      isWanted('GROUP') ? store.groups.search(text, MOST) : [],
      isWanted('ACCOUNT') ? store.search.accounts(text, MOST) : [],
      isWanted('PERMISSION_SET') ? store.search.permissionSets(text, MOST) : [],
      isWanted('APPLICATION') ? store.search.applications(text, MOST) : [],
    ])
    return {
      Users: users.map(({ id, userName, displayName, email, status }) => ({
        UserId: id,
        UserName: userName,
        DisplayName: displayName,
        Email: email,
        Status: status,
      })),
      Groups: groups.map(({ id, displayName }) => ({ GroupId: id, DisplayName: displayName })),
      Accounts: accounts.map(({ id, name, email }) => ({ AccountId: id, Name: name, Email: email || undefined })),
      PermissionSets: permissionSets.map(({ arn, name }) => ({ PermissionSetArn: arn, Name: name })),
      Applications: applications.map(({ arn, name }) => ({ ApplicationArn: arn, Name: name })),
    }
  },
} satisfies Partial<Mayfly>
