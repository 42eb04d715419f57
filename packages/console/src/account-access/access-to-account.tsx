/** Who can get into an account, with what, and through which group. */
import { useCallback } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import type { AccessToAccount as Access } from '../admin/operations/mayfly.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { AssignButton } from './assign-button.tsx'
import { Through } from './through.tsx'

export function AccessToAccount({ accountId }: { accountId: string }) {
  const { api } = useAdministration()
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<Access>> => {
      const input = { AccountId: accountId, MaxResults: 50, NextToken }
      const page = await api.send(prepare('mayfly', 'ListEffectiveAccessForAccount', input))
      return { items: page.Access, nextToken: page.NextToken }
    },
    [api, accountId],
  )
  return (
    <DataTable
      header="Effective access"
      description="Every user who can get in, whether it is assigned to them or to a group they are in."
      shown={usePages(load)}
      trackBy={(one) => `${one.UserId} ${one.PermissionSetArn}`}
      actions={[<AssignButton key="assign" query={{ account: accountId }} />]}
      columns={[
        { id: 'user', header: 'User', cell: (one) => <NamedLink kind="USER" id={one.UserId} name={one.UserName} /> },
        {
          id: 'set',
          header: 'Permission set',
          cell: (one) => <NamedLink kind="PERMISSION_SET" id={one.PermissionSetArn} name={one.PermissionSetName} />,
        },
        { id: 'through', header: 'Through', cell: (one) => <Through through={one.Through} /> },
      ]}
      empty={<Empty title="Nobody can get in" text="Nothing in this account is assigned to anybody." />}
    />
  )
}
