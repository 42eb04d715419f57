/** The groups of a user: add them to some, take them out of others. */
import Button from '@cloudscape-design/components/button'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import type { GroupMembership, User } from '../admin/operations/identitystore.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { type ChosenPrincipal, PrincipalsField } from '../admin/principals-field.tsx'

export function UserGroups({ user }: { user: User }) {
  const { api, identityStoreId } = useAdministration()
  const [chosen, setChosen] = useState<readonly GroupMembership[]>([])
  const [what, setWhat] = useState<'add' | 'remove'>()
  const { UserId } = user
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<GroupMembership>> => {
      const input = { IdentityStoreId: identityStoreId, MemberId: { UserId }, MaxResults: 50, NextToken }
      const page = await api.send(prepare('identitystore', 'ListGroupMembershipsForMember', input))
      return { items: page.GroupMemberships, nextToken: page.NextToken }
    },
    [api, identityStoreId, UserId],
  )
  const shown = usePages(load)
  const close = () => setWhat(undefined)
  const done = () => {
    setChosen([])
    shown.reload()
  }
  return (
    <>
      <DataTable
        header="Groups"
        shown={shown}
        trackBy={(one) => one.MembershipId}
        columns={[{ id: 'name', header: 'Group', cell: (one) => <NamedLink kind="GROUP" id={one.GroupId} /> }]}
        selection={{ items: chosen, onChange: setChosen }}
        actions={[
          <Button key="remove" disabled={chosen.length === 0} onClick={() => setWhat('remove')}>
            Remove
          </Button>,
          <Button key="add" variant="primary" onClick={() => setWhat('add')}>
            Add to groups
          </Button>,
        ]}
        empty={<Empty title="In no group" text="What is assigned to a group is open to everybody in it." />}
      />
      {what === 'remove' && (
        <Change
          header={`Take ${user.UserName} out of ${chosen.length === 1 ? 'the group' : `${chosen.length} groups`}?`}
          action="Remove"
          calls={chosen.map(({ MembershipId }) =>
            prepare('identitystore', 'DeleteGroupMembership', { IdentityStoreId: identityStoreId, MembershipId }),
          )}
          done={`${user.UserName} was taken out.`}
          onClose={close}
          onDone={done}
        >
          What they could reach through it alone is closed to them at once.
        </Change>
      )}
      {what === 'add' && <AddToGroups user={user} onClose={close} onDone={done} />}
    </>
  )
}

function AddToGroups({ user, onClose, onDone }: { user: User; onClose: () => void; onDone: () => void }) {
  const { identityStoreId } = useAdministration()
  const [groups, setGroups] = useState<readonly ChosenPrincipal[]>([])
  const MemberId = { UserId: user.UserId }
  return (
    <Change
      header={`Add ${user.UserName} to groups`}
      action="Add"
      calls={groups.map(({ id: GroupId }) =>
        prepare('identitystore', 'CreateGroupMembership', { IdentityStoreId: identityStoreId, GroupId, MemberId }),
      )}
      done={`${user.UserName} was added.`}
      onClose={onClose}
      onDone={onDone}
    >
      <PrincipalsField label="Groups" kinds={['GROUP']} chosen={groups} onChange={setGroups} />
    </Change>
  )
}
