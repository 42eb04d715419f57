/** What a user may use: which permission set in which account, and through which group. */
import { useCallback } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import type { AccessOfUser as Access } from '../admin/operations/mayfly.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { AssignButton } from './assign-button.tsx'
import { Through } from './through.tsx'

export function AccessOfUser({ userId }: { userId: string }) {
  const { api } = useAdministration()
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<Access>> => {
      const input = { UserId: userId, MaxResults: 50, NextToken }
      const page = await api.send(prepare('mayfly', 'ListEffectiveAccessForUser', input))
      return { items: page.Access, nextToken: page.NextToken }
    },
    [api, userId],
  )
  return (
    <DataTable
      header="Effective access"
      description="What this user may use, whether it is assigned to them or to a group they are in."
      shown={usePages(load)}
      trackBy={(one) => `${one.AccountId} ${one.PermissionSetArn}`}
      actions={[<AssignButton key="assign" query={{ user: userId }} />]}
      columns={[
        {
          id: 'account',
          header: 'Account',
          cell: (one) => <NamedLink kind="ACCOUNT" id={one.AccountId} name={one.AccountName} />,
        },
        { id: 'id', header: 'Account ID', cell: (one) => one.AccountId },
        {
          id: 'set',
          header: 'Permission set',
          cell: (one) => <NamedLink kind="PERMISSION_SET" id={one.PermissionSetArn} name={one.PermissionSetName} />,
        },
        { id: 'through', header: 'Through', cell: (one) => <Through through={one.Through} /> },
      ]}
      empty={<Empty title="No access" text="Nothing is assigned to this user, nor to a group they are in." />}
    />
  )
}
