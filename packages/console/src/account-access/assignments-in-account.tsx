/** The assignments in an account, permission set by permission set, with a way to take them away. */
import Button from '@cloudscape-design/components/button'
import { useCallback, useState } from 'react'
import { type Administration, useAdministration } from '../admin/administration.ts'
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
    (token?: string) => loadAssignments({ api, instanceArn }, accountId, token),
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

/** Where the next page begins: permission sets that are still to be asked, and how far the first of them was read. */
interface Rest {
  sets: string[]
  nextSets?: string
  read?: string
}

const ROWS = 50

/** Reads permission set after permission set until a page is full, so that a page costs the same however many hold one. */
async function loadAssignments(
  { api, instanceArn }: Pick<Administration, 'api' | 'instanceArn'>,
  AccountId: string,
  token?: string,
): Promise<Fetched<AccountAssignment>> {
  const of = { InstanceArn: instanceArn, AccountId }
  let rest = token === undefined ? undefined : (JSON.parse(token) as Rest)
  const items: AccountAssignment[] = []
  while (items.length < ROWS) {
    if (rest === undefined || (rest.sets.length === 0 && rest.nextSets)) {
      const NextToken = rest?.nextSets
      const sets = await api.send(
        prepare('sso-admin', 'ListPermissionSetsProvisionedToAccount', { ...of, MaxResults: 20, NextToken }),
      )
      rest = { sets: sets.PermissionSets, ...(sets.NextToken ? { nextSets: sets.NextToken } : {}) }
    }
    const [PermissionSetArn, ...others]: string[] = rest.sets
    if (PermissionSetArn === undefined) return { items }
    const input = { ...of, PermissionSetArn, MaxResults: ROWS, NextToken: rest.read }
    const page = await api.send(prepare('sso-admin', 'ListAccountAssignments', input))
    items.push(...page.AccountAssignments)
    const next = rest.nextSets ? { nextSets: rest.nextSets } : {}
    rest = page.NextToken ? { sets: rest.sets, ...next, read: page.NextToken } : { sets: others, ...next }
  }
  return rest && (rest.sets.length > 0 || rest.nextSets) ? { items, nextToken: JSON.stringify(rest) } : { items }
}
