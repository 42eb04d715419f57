/** One application: who may use it, which scopes and grants it has, and how it proves itself. */
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { TextField } from '../admin/fields.tsx'
import { shortId } from '../admin/named-link.tsx'
import type { Application } from '../admin/operations/applications.ts'
import { goTo, hrefOf } from '../admin/place.ts'
import { Show } from '../admin/show.tsx'
import { TagsPanel } from '../admin/tags-panel.tsx'
import { useLoaded } from '../components/loaded.ts'
import { CopyValue } from '../components/text-block.tsx'
import { ApplicationAssignments } from './application-assignments.tsx'
import { ApplicationGrants } from './application-grants.tsx'
import { ApplicationScopes } from './application-scopes.tsx'
import { AuthenticationMethod } from './authentication-method.tsx'

type What = 'edit' | 'status' | 'delete'

export default function ApplicationPage({ id }: { id: string }) {
  const { api } = useAdministration()
  const [loaded, reload] = useLoaded(
    useCallback(() => api.send(prepare('sso-admin', 'DescribeApplication', { ApplicationArn: id })), [api, id]),
  )
  const [what, setWhat] = useState<What>()
  return (
    <Show loaded={loaded} failed="The application cannot be shown" onRetry={reload}>
      {(application) => (
        <SpaceBetween size="l">
          <ApplicationHeader application={application} onChoose={setWhat} />
          <Tabs
            ariaLabel={`About ${application.Name}`}
            tabs={[
              { id: 'assignments', label: 'Users and groups', content: <ApplicationAssignments applicationArn={id} /> },
              { id: 'scopes', label: 'Scopes', content: <ApplicationScopes applicationArn={id} /> },
              { id: 'grants', label: 'Grants', content: <ApplicationGrants applicationArn={id} /> },
              { id: 'method', label: 'Authentication', content: <AuthenticationMethod applicationArn={id} /> },
              { id: 'tags', label: 'Tags', content: <TagsPanel service="sso-admin" id={id} /> },
            ]}
          />
          {what && (
            <ChangeApplication
              what={what}
              application={application}
              onClose={() => setWhat(undefined)}
              onDone={reload}
            />
          )}
        </SpaceBetween>
      )}
    </Show>
  )
}

function ApplicationHeader({ application, onChoose }: { application: Application; onChoose: (what: What) => void }) {
  const enabled = application.Status === 'ENABLED'
  return (
    <SpaceBetween size="m">
      <Header
        variant="h1"
        description={application.Description ?? ''}
        actions={
          <ButtonDropdown
            items={[
              { id: 'edit', text: 'Edit details' },
              { id: 'status', text: enabled ? 'Disable' : 'Enable' },
              { id: 'delete', text: 'Delete' },
            ]}
            onItemClick={({ detail }) => onChoose(detail.id as What)}
          >
            Change application
          </ButtonDropdown>
        }
      >
        {application.Name}
      </Header>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Status', value: enabled ? 'Enabled' : 'Disabled' },
          { label: 'Address', value: application.PortalOptions?.SignInOptions?.ApplicationUrl ?? '–' },
          {
            label: 'ARN',
            value: (
              <CopyValue
                label="the ARN"
                value={application.ApplicationArn}
                instead={shortId(application.ApplicationArn)}
              />
            ),
          },
        ]}
      />
    </SpaceBetween>
  )
}

interface ChangeProps {
  what: What
  application: Application
  onClose(): void
  onDone(): void
}

function ChangeApplication({ what, application, onClose, onDone }: ChangeProps) {
  const { ApplicationArn, Name: before } = application
  const [name, setName] = useState(before)
  const [description, setDescription] = useState(application.Description ?? '')
  const [url, setUrl] = useState(application.PortalOptions?.SignInOptions?.ApplicationUrl ?? '')
  const ends = { onClose, onDone }
  if (what === 'delete') {
    return (
      <Change
        header={`Delete ${before}?`}
        action="Delete application"
        calls={[prepare('sso-admin', 'DeleteApplication', { ApplicationArn })]}
        done={`${before} was deleted.`}
        confirmWith={before}
        onClose={onClose}
        onDone={() => goTo(hrefOf('applications'))}
      >
        Its assignments, scopes, grants and authentication methods go with it, and its tokens stop working.
      </Change>
    )
  }
  if (what === 'status') {
    const next = application.Status === 'ENABLED' ? 'DISABLED' : 'ENABLED'
    return (
      <Change
        header={next === 'DISABLED' ? `Disable ${before}?` : `Enable ${before}?`}
        action={next === 'DISABLED' ? 'Disable' : 'Enable'}
        calls={[prepare('sso-admin', 'UpdateApplication', { ApplicationArn, Status: next })]}
        done={`${before} was ${next === 'DISABLED' ? 'disabled' : 'enabled'}.`}
        {...ends}
      >
        {next === 'DISABLED' ? 'Nobody gets a token for it until it is enabled again.' : 'It gets tokens again.'}
      </Change>
    )
  }
  const PortalOptions = url ? { SignInOptions: { Origin: 'APPLICATION' as const, ApplicationUrl: url } } : undefined
  const input = { ApplicationArn, Name: name, Description: description || undefined, PortalOptions }
  return (
    <Change
      header={`Edit ${before}`}
      action="Save"
      ready={name.trim() !== ''}
      calls={[prepare('sso-admin', 'UpdateApplication', input)]}
      done={`${name} was changed.`}
      {...ends}
    >
      <TextField label="Name" value={name} onChange={setName} />
      <TextField label="Description" value={description} onChange={setDescription} optional />
      <TextField label="Address" value={url} onChange={setUrl} optional />
    </Change>
  )
}
