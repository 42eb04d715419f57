/** The assignments in an account, permission set by permission set, with a way to take them away. */
import Button from '@cloudscape-design/components/button'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import type { AccountAssignment } from '../admin/operations/sso-admin.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { AssignButton } from './assign-button.tsx'
import { RemoveAssignments } from './remove-assignments.tsx'

export function AssignmentsInAccount({ accountId }: { accountId: string }) {
  const { api, instanceArn } = useAdministration()
  const [chosen, setChosen] = useState<readonly AccountAssignment[]>([])
  const [removing, setRemoving] = useState(false)
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<AccountAssignment>> => {
      const of = { InstanceArn: instanceArn, AccountId: accountId }
      const page = await api.send(
        prepare('sso-admin', 'ListPermissionSetsProvisionedToAccount', { ...of, MaxResults: 10, NextToken }),
      )
      const lists = await Promise.all(
        page.PermissionSets.map((PermissionSetArn) =>
          api.listAll(
            prepare('sso-admin', 'ListAccountAssignments', { ...of, PermissionSetArn }),
            'AccountAssignments',
          ),
        ),
      )
      return { items: lists.flat(), nextToken: page.NextToken }
    },
    [api, instanceArn, accountId],
  )
  const shown = usePages(load)
  const assign = <AssignButton key="assign" query={{ account: accountId }} />
  return (
    <>
      <DataTable
        header="Account assignments"
        shown={shown}
        trackBy={(one) => `${one.PermissionSetArn} ${one.PrincipalId}`}
        selection={{ items: chosen, onChange: setChosen }}
        actions={[
          <Button key="remove" disabled={chosen.length === 0} onClick={() => setRemoving(true)}>
            Remove
          </Button>,
          assign,
        ]}
        columns={[
          {
            id: 'principal',
            header: 'Assigned to',
            cell: (one) => <NamedLink kind={one.PrincipalType} id={one.PrincipalId} />,
          },
          { id: 'type', header: 'Kind', cell: (one) => (one.PrincipalType === 'GROUP' ? 'Group' : 'User') },
          {
            id: 'set',
            header: 'Permission set',
            cell: (one) => <NamedLink kind="PERMISSION_SET" id={one.PermissionSetArn} />,
          },
        ]}
        empty={<Empty title="Nothing is assigned here" action={assign} />}
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
