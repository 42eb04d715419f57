/** One group: who is in it, and what is assigned to it. */
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { useCallback, useState } from 'react'
import { AssignmentsOfPrincipal } from '../account-access/assignments-of-principal.tsx'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { TextField } from '../admin/fields.tsx'
import type { Group } from '../admin/operations/identitystore.ts'
import { goTo, hrefOf } from '../admin/place.ts'
import { Show } from '../admin/show.tsx'
import { ApplicationsOf } from '../applications/applications-of.tsx'
import { useLoaded } from '../components/loaded.ts'
import { GroupUsers } from './group-users.tsx'

export default function GroupPage({ id }: { id: string }) {
  const { api, identityStoreId } = useAdministration()
  const [loaded, reload] = useLoaded(
    useCallback(
      () => api.send(prepare('identitystore', 'DescribeGroup', { IdentityStoreId: identityStoreId, GroupId: id })),
      [api, identityStoreId, id],
    ),
  )
  const [what, setWhat] = useState<'edit' | 'delete'>()
  const close = () => setWhat(undefined)
  return (
    <Show loaded={loaded} failed="The group cannot be shown" onRetry={reload}>
      {(group) => (
        <SpaceBetween size="l">
          <Header
            variant="h1"
            description={group.Description ?? ''}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => setWhat('edit')}>Edit</Button>
                <Button onClick={() => setWhat('delete')}>Delete</Button>
              </SpaceBetween>
            }
          >
            {group.DisplayName}
          </Header>
          <Tabs
            ariaLabel={`About ${group.DisplayName}`}
            tabs={[
              { id: 'users', label: 'Users', content: <GroupUsers group={group} /> },
              { id: 'accounts', label: 'Accounts', content: <AssignmentsOfPrincipal type="GROUP" id={id} /> },
              { id: 'applications', label: 'Applications', content: <ApplicationsOf type="GROUP" id={id} /> },
            ]}
          />
          {what === 'edit' && <EditGroup group={group} onClose={close} onDone={reload} />}
          {what === 'delete' && <DeleteGroup group={group} onClose={close} />}
        </SpaceBetween>
      )}
    </Show>
  )
}

function EditGroup({ group, onClose, onDone }: { group: Group; onClose: () => void; onDone: () => void }) {
  const { identityStoreId, names } = useAdministration()
  const [name, setName] = useState(group.DisplayName ?? '')
  const [description, setDescription] = useState(group.Description ?? '')
  const Operations = [
    ...(name !== group.DisplayName ? [{ AttributePath: 'displayName', AttributeValue: name }] : []),
    ...(description !== (group.Description ?? '')
      ? [{ AttributePath: 'description', ...(description ? { AttributeValue: description } : {}) }]
      : []),
  ]
  const input = { IdentityStoreId: identityStoreId, GroupId: group.GroupId, Operations }
  return (
    <Change
      header="Edit group"
      action="Save"
      ready={name.trim() !== ''}
      calls={Operations.length > 0 ? [prepare('identitystore', 'UpdateGroup', input)] : []}
      done={`${name} was changed.`}
      onClose={onClose}
      onDone={() => {
        names.forget('GROUP', group.GroupId)
        onDone()
      }}
    >
      <TextField label="Name" value={name} onChange={setName} />
      <TextField label="Description" value={description} onChange={setDescription} optional />
    </Change>
  )
}

function DeleteGroup({ group, onClose }: { group: Group; onClose: () => void }) {
  const { identityStoreId } = useAdministration()
  const name = group.DisplayName ?? group.GroupId
  return (
    <Change
      header={`Delete ${name}?`}
      action="Delete group"
      calls={[prepare('identitystore', 'DeleteGroup', { IdentityStoreId: identityStoreId, GroupId: group.GroupId })]}
      done={`${name} was deleted.`}
      confirmWith={name}
      onClose={onClose}
      onDone={() => goTo(hrefOf('groups'))}
    >
      The group is gone for good, and whoever had access through it alone loses it at once. Its users stay.
    </Change>
  )
}
