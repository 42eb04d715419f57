/** Users: find them, look at them, create them, and change several at once. */
import Button from '@cloudscape-design/components/button'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Link from '@cloudscape-design/components/link'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { type Column, DataTable, Empty } from '../admin/data-table.tsx'
import type { User } from '../admin/operations/identitystore.ts'
import type { Found } from '../admin/operations/mayfly.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { hrefOf } from '../admin/place.ts'
import { type BulkChange, ChangeUsers } from './change-users.tsx'
import { UserStatus } from './user-status.tsx'

const USERS_A_PAGE = 50

export default function UsersPage() {
  const { api, identityStoreId } = useAdministration()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<readonly User[]>([])
  const [change, setChange] = useState<BulkChange>()
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<User>> => {
      if (text.trim() !== '') {
        const found = await api.send(prepare('mayfly', 'Search', { Text: text.trim(), Kinds: ['USER'] }))
        return { items: found.Users.map(foundUser) }
      }
      const input = { IdentityStoreId: identityStoreId, MaxResults: USERS_A_PAGE, NextToken }
      const page = await api.send(prepare('identitystore', 'ListUsers', input))
      return { items: page.Users, nextToken: page.NextToken }
    },
    [api, identityStoreId, text],
  )
  const shown = usePages(load)
  const create = (
    <Button key="create" variant="primary" href={hrefOf('users', 'create')}>
      Create user
    </Button>
  )
  return (
    <>
      <DataTable
        header="Users"
        variant="h1"
        {...(chosen.length > 0 ? { counter: `(${chosen.length} chosen)` } : {})}
        description="The people who sign in here."
        actions={[
          <ButtonDropdown
            key="change"
            disabled={chosen.length === 0}
            items={[
              { id: 'disable', text: 'Disable' },
              { id: 'enable', text: 'Enable' },
              { id: 'add-to-group', text: 'Add to a group' },
            ]}
            onItemClick={({ detail }) => setChange(detail.id as BulkChange)}
          >
            With the chosen
          </ButtonDropdown>,
          create,
        ]}
        shown={shown}
        columns={COLUMNS}
        trackBy={(user) => user.UserId}
        labelOf={(user) => user.UserName ?? user.UserId}
        selection={{ items: chosen, onChange: setChosen }}
        search={{ text, placeholder: 'Find users by name or email address', onChange: setText }}
        empty={
          <Empty title="No users yet" text="Create the first, and send them the link to sign in." action={create} />
        }
      />
      {change && (
        <ChangeUsers
          change={change}
          users={chosen}
          onClose={() => setChange(undefined)}
          onDone={() => {
            setChosen([])
            shown.reload()
          }}
        />
      )}
    </>
  )
}

const COLUMNS: Column<User>[] = [
  {
    id: 'name',
    header: 'User name',
    cell: (user) => <Link href={hrefOf('users', user.UserId)}>{user.UserName}</Link>,
  },
  { id: 'display', header: 'Display name', cell: (user) => user.DisplayName ?? '' },
  { id: 'email', header: 'Email', cell: (user) => user.Emails?.[0]?.Value ?? '' },
  {
    id: 'status',
    header: 'Status',
    cell: (user) => <UserStatus status={user.UserStatus} />,
  },
]

function foundUser({ UserId, UserName, DisplayName, Email, Status }: Found['Users'][number]): User {
  return { UserId, UserName, DisplayName, UserStatus: Status, ...(Email ? { Emails: [{ Value: Email }] } : {}) }
}
