/** One account: who can get in, with what and through which group; its assignments, policies and tags. */
import Badge from '@cloudscape-design/components/badge'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { useCallback, useState } from 'react'
import { AccessToAccount } from '../account-access/access-to-account.tsx'
import { AssignmentsInAccount } from '../account-access/assignments-in-account.tsx'
import { type Administration, useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import type { Account } from '../admin/operations/organizations.ts'
import { Show } from '../admin/show.tsx'
import { TagsPanel } from '../admin/tags-panel.tsx'
import { useLoaded } from '../components/loaded.ts'
import { formatSeconds } from '../components/moments.ts'
import { CopyValue } from '../components/text-block.tsx'
import { AttachedPolicies } from './attached-policies.tsx'
import { MoveAccount } from './move-account.tsx'

interface Loaded {
  account: Account
  parent: { id: string; name: string }
}

export default function AccountPage({ id }: { id: string }) {
  const administration = useAdministration()
  const [loaded, reload] = useLoaded(useCallback(() => loadAccount(administration, id), [administration, id]))
  const [what, setWhat] = useState<'move' | 'close'>()
  const close = () => setWhat(undefined)
  return (
    <Show loaded={loaded} failed="The account cannot be shown" onRetry={reload}>
      {({ account, parent }) => (
        <SpaceBetween size="l">
          <AccountHeader account={account} parent={parent} onChoose={setWhat} />
          <Tabs
            ariaLabel={`About ${account.Name ?? id}`}
            tabs={[
              { id: 'access', label: 'Who can get in', content: <AccessToAccount accountId={id} /> },
              { id: 'assignments', label: 'Assignments', content: <AssignmentsInAccount accountId={id} /> },
              { id: 'policies', label: 'Service control policies', content: <AttachedPolicies targetId={id} /> },
              { id: 'tags', label: 'Tags', content: <TagsPanel service="organizations" id={id} /> },
            ]}
          />
          {what === 'move' && (
            <MoveAccount
              account={{ id, name: account.Name ?? id }}
              parentId={parent.id}
              onClose={close}
              onDone={reload}
            />
          )}
          {what === 'close' && (
            <Change
              header={`Close ${account.Name ?? id}?`}
              action="Close account"
              calls={[prepare('organizations', 'CloseAccount', { AccountId: id })]}
              done={`${account.Name ?? id} was closed.`}
              confirmWith={account.Name ?? id}
              onClose={close}
              onDone={reload}
            >
              Everybody loses their access to it at once, and it cannot be opened again here.
            </Change>
          )}
        </SpaceBetween>
      )}
    </Show>
  )
}

function AccountHeader({ account, parent, onChoose }: Loaded & { onChoose: (what: 'move' | 'close') => void }) {
  const { managementAccountId } = useAdministration()
  const isManagement = account.Id === managementAccountId
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        {...(isManagement ? { info: <Badge>management account</Badge> } : {})}
        description={account.Email ?? ''}
        actions={
          <ButtonDropdown
            items={[
              { id: 'move', text: 'Move' },
              {
                id: 'close',
                text: 'Close',
                disabled: isManagement,
                disabledReason: 'The management account cannot be closed.',
              },
            ]}
            onItemClick={({ detail }) => onChoose(detail.id as 'move' | 'close')}
          >
            Change account
          </ButtonDropdown>
        }
      >
        {account.Name ?? account.Id}
      </Header>
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Account ID', value: <CopyValue label="the account ID" value={account.Id} /> },
          { label: 'Organizational unit', value: parent.name },
          { label: 'Status', value: account.Status === 'ACTIVE' || !account.Status ? 'Active' : 'Closed' },
          { label: 'Joined', value: formatSeconds(account.JoinedTimestamp) },
        ]}
      />
    </SpaceBetween>
  )
}

async function loadAccount({ api }: Administration, AccountId: string): Promise<Loaded> {
  const [{ Account: account }, { Parents }] = await Promise.all([
    api.send(prepare('organizations', 'DescribeAccount', { AccountId })),
    api.send(prepare('organizations', 'ListParents', { ChildId: AccountId })),
  ])
  const parent = Parents[0]
  if (parent?.Type !== 'ORGANIZATIONAL_UNIT') return { account, parent: { id: parent?.Id ?? '', name: 'Root' } }
  const ask = prepare('organizations', 'DescribeOrganizationalUnit', { OrganizationalUnitId: parent.Id })
  return { account, parent: { id: parent.Id, name: (await api.send(ask)).OrganizationalUnit.Name ?? parent.Id } }
}
