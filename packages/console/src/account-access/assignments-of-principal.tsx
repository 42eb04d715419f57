/** What is assigned to a user or a group itself, with a way to take it away. */
import Button from '@cloudscape-design/components/button'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import type { AccountAssignment, PrincipalType } from '../admin/operations/sso-admin.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { AssignButton } from './assign-button.tsx'
import { RemoveAssignments } from './remove-assignments.tsx'

export function AssignmentsOfPrincipal({ type, id }: { type: PrincipalType; id: string }) {
  const { api, instanceArn } = useAdministration()
  const [chosen, setChosen] = useState<readonly AccountAssignment[]>([])
  const [removing, setRemoving] = useState(false)
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<AccountAssignment>> => {
      const input = { InstanceArn: instanceArn, PrincipalId: id, PrincipalType: type, MaxResults: 50, NextToken }
      const page = await api.send(prepare('sso-admin', 'ListAccountAssignmentsForPrincipal', input))
      return { items: page.AccountAssignments, nextToken: page.NextToken }
    },
    [api, instanceArn, id, type],
  )
  const shown = usePages(load)
  const assign = <AssignButton key="assign" query={{ [type === 'USER' ? 'user' : 'group']: id }} />
  return (
    <>
      <DataTable
        header="Account assignments"
        shown={shown}
        trackBy={(one) => `${one.AccountId} ${one.PermissionSetArn} ${one.PrincipalId}`}
        selection={{ items: chosen, onChange: setChosen }}
        actions={[
          <Button key="remove" disabled={chosen.length === 0} onClick={() => setRemoving(true)}>
            Remove
          </Button>,
          assign,
        ]}
        columns={[
          { id: 'account', header: 'Account', cell: (one) => <NamedLink kind="ACCOUNT" id={one.AccountId} /> },
          { id: 'id', header: 'Account ID', cell: (one) => one.AccountId },
          {
            id: 'set',
            header: 'Permission set',
            cell: (one) => <NamedLink kind="PERMISSION_SET" id={one.PermissionSetArn} />,
          },
        ]}
        empty={<Empty title="Nothing is assigned" action={assign} />}
      />
      {removing && (
        <RemoveAssignments
          assignments={chosen}
          onClose={() => setRemoving(false)}
          onDone={() => {
            setChosen([])
            shown.reload()
          }}
        />
      )}
    </>
  )
}
