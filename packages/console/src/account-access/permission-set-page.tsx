/** One permission set: what it allows, in which accounts it is, and who may use it there. */
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { ChoiceField, TextField } from '../admin/fields.tsx'
import { shortId } from '../admin/named-link.tsx'
import type { PermissionSet } from '../admin/operations/sso-admin.ts'
import { goTo, hrefOf } from '../admin/place.ts'
import { Show } from '../admin/show.tsx'
import { TagsPanel } from '../admin/tags-panel.tsx'
import { useLoaded } from '../components/loaded.ts'
import { formatSeconds } from '../components/moments.ts'
import { CopyValue } from '../components/text-block.tsx'
import { PermissionSetAccounts } from './permission-set-accounts.tsx'
import { PermissionSetPolicies } from './permission-set-policies.tsx'
import { formatDuration, sessionDurations } from './session-durations.ts'

export default function PermissionSetPage({ id }: { id: string }) {
  const { api, instanceArn } = useAdministration()
  const [loaded, reload] = useLoaded(
    useCallback(
      () => api.send(prepare('sso-admin', 'DescribePermissionSet', { InstanceArn: instanceArn, PermissionSetArn: id })),
      [api, instanceArn, id],
    ),
  )
  const [what, setWhat] = useState<'edit' | 'delete'>()
  // Every change of the policies may put accounts behind; their table is then read anew.
  const [version, setVersion] = useState(0)
  return (
    <Show loaded={loaded} failed="The permission set cannot be shown" onRetry={reload}>
      {({ PermissionSet: set }) => (
        <SpaceBetween size="l">
          <SetHeader set={set} onChoose={setWhat} />
          <Tabs
            ariaLabel={`About ${set.Name}`}
            tabs={[
              {
                id: 'policies',
                label: 'Policies',
                content: <PermissionSetPolicies set={set} onChange={() => setVersion(version + 1)} />,
              },
              { id: 'accounts', label: 'Accounts', content: <PermissionSetAccounts key={version} set={set} /> },
              { id: 'tags', label: 'Tags', content: <TagsPanel service="sso-admin" id={set.PermissionSetArn} /> },
            ]}
          />
          {what === 'edit' && <Edit set={set} onClose={() => setWhat(undefined)} onDone={reload} />}
          {what === 'delete' && <Delete set={set} onClose={() => setWhat(undefined)} />}
        </SpaceBetween>
      )}
    </Show>
  )
}

function SetHeader({ set, onChoose }: { set: PermissionSet; onChoose: (what: 'edit' | 'delete') => void }) {
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={set.Description ?? ''}
        actions={
          <ButtonDropdown
            items={[
              { id: 'edit', text: 'Edit details' },
              { id: 'delete', text: 'Delete' },
            ]}
            onItemClick={({ detail }) => onChoose(detail.id as 'edit' | 'delete')}
          >
            Change permission set
          </ButtonDropdown>
        }
      >
        {set.Name}
      </Header>
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Session duration', value: formatDuration(set.SessionDuration) },
          { label: 'Relay state', value: set.RelayState ?? '–' },
          { label: 'Created', value: formatSeconds(set.CreatedDate) },
          {
            label: 'ARN',
            value: <CopyValue label="the ARN" value={set.PermissionSetArn} instead={shortId(set.PermissionSetArn)} />,
          },
        ]}
      />
    </SpaceBetween>
  )
}

function Edit({ set, onClose, onDone }: { set: PermissionSet; onClose: () => void; onDone: () => void }) {
  const { instanceArn } = useAdministration()
  const [description, setDescription] = useState(set.Description ?? '')
  const [duration, setDuration] = useState(set.SessionDuration ?? 'PT1H')
  const [relayState, setRelayState] = useState(set.RelayState ?? '')
  return (
    <Change
      header={`Edit ${set.Name}`}
      action="Save"
      calls={[
        prepare('sso-admin', 'UpdatePermissionSet', {
          InstanceArn: instanceArn,
          PermissionSetArn: set.PermissionSetArn,
          Description: description || undefined,
          SessionDuration: duration,
          // A relay state that is left out is cleared.
          RelayState: relayState || undefined,
        }),
      ]}
      done={`${set.Name} was changed.`}
      onClose={onClose}
      onDone={onDone}
    >
      <TextField label="Description" value={description} onChange={setDescription} optional />
      <ChoiceField
        label="Session duration"
        description="Counts for credentials that are asked for from now on."
        value={duration}
        choices={sessionDurations(set.SessionDuration)}
        onChange={setDuration}
      />
      <TextField label="Relay state" value={relayState} onChange={setRelayState} optional />
    </Change>
  )
}

function Delete({ set, onClose }: { set: PermissionSet; onClose: () => void }) {
  const { instanceArn } = useAdministration()
  const input = { InstanceArn: instanceArn, PermissionSetArn: set.PermissionSetArn }
  return (
    <Change
      header={`Delete ${set.Name}?`}
      action="Delete permission set"
      calls={[prepare('sso-admin', 'DeletePermissionSet', input)]}
      done={`${set.Name} was deleted.`}
      confirmWith={set.Name}
      onClose={onClose}
      onDone={() => goTo(hrefOf('permission-sets'))}
    >
      It is gone for good. As long as it is assigned in an account, it cannot be deleted.
    </Change>
  )
}
