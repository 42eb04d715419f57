/** The users of a group: add some, take others out. */
import Button from '@cloudscape-design/components/button'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import type { Group, GroupMembership } from '../admin/operations/identitystore.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { type ChosenPrincipal, PrincipalsField } from '../admin/principals-field.tsx'

export function GroupUsers({ group }: { group: Group }) {
  const { api, identityStoreId } = useAdministration()
  const [chosen, setChosen] = useState<readonly GroupMembership[]>([])
  const [what, setWhat] = useState<'add' | 'remove'>()
  const { GroupId } = group
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<GroupMembership>> => {
      const input = { IdentityStoreId: identityStoreId, GroupId, MaxResults: 25, NextToken }
      const page = await api.send(prepare('identitystore', 'ListGroupMemberships', input))
      return { items: page.GroupMemberships, nextToken: page.NextToken }
    },
    [api, identityStoreId, GroupId],
  )
  const shown = usePages(load)
  const close = () => setWhat(undefined)
  const done = () => {
    setChosen([])
    shown.reload()
  }
  const add = (
    <Button key="add" variant="primary" onClick={() => setWhat('add')}>
      Add users
    </Button>
  )
  return (
    <>
      <DataTable
        header="Users"
        shown={shown}
        trackBy={(one) => one.MembershipId}
        columns={[{ id: 'name', header: 'User', cell: (one) => <NamedLink kind="USER" id={one.MemberId.UserId} /> }]}
        selection={{ items: chosen, onChange: setChosen }}
        actions={[
          <Button key="remove" disabled={chosen.length === 0} onClick={() => setWhat('remove')}>
            Remove
          </Button>,
          add,
        ]}
        empty={<Empty title="Nobody is in this group" action={add} />}
      />
      {what === 'remove' && (
        <Change
          header={`Take ${chosen.length === 1 ? 'one user' : `${chosen.length} users`} out of ${group.DisplayName}?`}
          action="Remove"
          calls={chosen.map(({ MembershipId }) =>
            prepare('identitystore', 'DeleteGroupMembership', { IdentityStoreId: identityStoreId, MembershipId }),
          )}
          done={`${chosen.length === 1 ? 'One user was' : `${chosen.length} users were`} taken out.`}
          onClose={close}
          onDone={done}
        >
          What they could reach through this group alone is closed to them at once.
        </Change>
      )}
      {what === 'add' && <AddUsers group={group} onClose={close} onDone={done} />}
    </>
  )
}

function AddUsers({ group, onClose, onDone }: { group: Group; onClose: () => void; onDone: () => void }) {
  const { identityStoreId } = useAdministration()
  const [users, setUsers] = useState<readonly ChosenPrincipal[]>([])
  const { GroupId } = group
  return (
    <Change
      header={`Add users to ${group.DisplayName}`}
      action="Add"
      calls={users.map(({ id: UserId }) =>
        prepare('identitystore', 'CreateGroupMembership', {
          IdentityStoreId: identityStoreId,
          GroupId,
          MemberId: { UserId },
        }),
      )}
      done={`${users.length === 1 ? 'One user was' : `${users.length} users were`} added.`}
      onClose={onClose}
      onDone={onDone}
    >
      <PrincipalsField label="Users" kinds={['USER']} chosen={users} onChange={setUsers} />
    </Change>
  )
}
