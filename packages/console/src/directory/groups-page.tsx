/** Groups: find them, and create them. */
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { TextField } from '../admin/fields.tsx'
import type { Group } from '../admin/operations/identitystore.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { goTo, hrefOf } from '../admin/place.ts'

export default function GroupsPage() {
  const { api, identityStoreId } = useAdministration()
  const [text, setText] = useState('')
  const [creating, setCreating] = useState(false)
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<Group>> => {
      if (text.trim() !== '') {
        return { items: (await api.send(prepare('mayfly', 'Search', { Text: text.trim(), Kinds: ['GROUP'] }))).Groups }
      }
      const input = { IdentityStoreId: identityStoreId, MaxResults: 50, NextToken }
      const page = await api.send(prepare('identitystore', 'ListGroups', input))
      return { items: page.Groups, nextToken: page.NextToken }
    },
    [api, identityStoreId, text],
  )
  const create = (
    <Button key="create" variant="primary" onClick={() => setCreating(true)}>
      Create group
    </Button>
  )
  return (
    <>
      <DataTable
        header="Groups"
        variant="h1"
        description="What is assigned to a group is open to everybody in it."
        actions={[create]}
        shown={usePages(load)}
        trackBy={(group) => group.GroupId}
        columns={[
          {
            id: 'name',
            header: 'Group',
            cell: (group) => <Link href={hrefOf('groups', group.GroupId)}>{group.DisplayName}</Link>,
          },
          { id: 'description', header: 'Description', cell: (group) => group.Description ?? '' },
        ]}
        search={{ text, placeholder: 'Find groups by name', onChange: setText }}
        empty={
          <Empty title="No groups yet" text="Assign access to groups rather than to single users." action={create} />
        }
      />
      {creating && <CreateGroup onClose={() => setCreating(false)} />}
    </>
  )
}

function CreateGroup({ onClose }: { onClose: () => void }) {
  const { identityStoreId } = useAdministration()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  return (
    <Change
      header="Create group"
      action="Create group"
      ready={name.trim() !== ''}
      calls={[
        prepare('identitystore', 'CreateGroup', {
          IdentityStoreId: identityStoreId,
          DisplayName: name,
          Description: description || undefined,
        }),
      ]}
      done={`${name} was created.`}
      onClose={onClose}
      onDone={([answer]) => goTo(hrefOf('groups', (answer as { GroupId: string }).GroupId))}
    >
      <TextField label="Name" value={name} onChange={setName} autoFocus />
      <TextField label="Description" value={description} onChange={setDescription} optional />
    </Change>
  )
}
