/** Applications: find them, and create one. */
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { ChoiceField, TextField } from '../admin/fields.tsx'
import type { Application } from '../admin/operations/applications.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { goTo, hrefOf } from '../admin/place.ts'
import { useLoaded } from '../components/loaded.ts'

export default function ApplicationsPage() {
  const { api, instanceArn } = useAdministration()
  const [creating, setCreating] = useState(false)
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<Application>> => {
      const input = { InstanceArn: instanceArn, MaxResults: 25, NextToken }
      const page = await api.send(prepare('sso-admin', 'ListApplications', input))
      return { items: page.Applications, nextToken: page.NextToken }
    },
    [api, instanceArn],
  )
  const create = (
    <Button key="create" variant="primary" onClick={() => setCreating(true)}>
      Create application
    </Button>
  )
  return (
    <>
      <DataTable
        header="Applications"
        variant="h1"
        description="Programs of your own that people sign in to with their account here, by OAuth 2.0."
        actions={[create]}
        shown={usePages(load)}
        trackBy={(one) => one.ApplicationArn}
        columns={[
          {
            id: 'name',
            header: 'Application',
            cell: (one) => <Link href={hrefOf('applications', one.ApplicationArn)}>{one.Name}</Link>,
          },
          { id: 'description', header: 'Description', cell: (one) => one.Description ?? '' },
          { id: 'status', header: 'Status', cell: (one) => <ApplicationStatus status={one.Status} /> },
        ]}
        empty={
          <Empty
            title="No applications yet"
            text="Create one, then say who may use it and how it gets tokens."
            action={create}
          />
        }
      />
      {creating && <CreateApplication onClose={() => setCreating(false)} />}
    </>
  )
}

function ApplicationStatus({ status }: { status: Application['Status'] }) {
  return status === 'DISABLED' ? (
    <StatusIndicator type="stopped">Disabled</StatusIndicator>
  ) : (
    <StatusIndicator type="success">Enabled</StatusIndicator>
  )
}

function CreateApplication({ onClose }: { onClose: () => void }) {
  const { api, instanceArn } = useAdministration()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [url, setUrl] = useState('')
  const [chosen, setProvider] = useState('')
  const [providers] = useLoaded(
    useCallback(() => api.listAll(prepare('sso-admin', 'ListApplicationProviders', {}), 'ApplicationProviders'), [api]),
  )
  const choices =
    providers.status === 'loaded'
      ? providers.value.map(({ ApplicationProviderArn, DisplayData, FederationProtocol }) => ({
          value: ApplicationProviderArn,
          label: DisplayData?.DisplayName ?? ApplicationProviderArn,
          ...(FederationProtocol ? { description: FederationProtocol } : {}),
        }))
      : []
  const provider = chosen || (choices.length === 1 ? (choices[0]?.value ?? '') : '')
  const input = {
    InstanceArn: instanceArn,
    ApplicationProviderArn: provider,
    Name: name,
    Description: description || undefined,
    PortalOptions: url
      ? {
          SignInOptions: { Origin: 'APPLICATION' as const, ApplicationUrl: url },
          Visibility: 'ENABLED' as const,
        }
      : undefined,
  }
  return (
    <Change
      header="Create application"
      action="Create application"
      ready={name.trim() !== '' && provider !== ''}
      calls={[prepare('sso-admin', 'CreateApplication', input)]}
      done={`${name} was created.`}
      onClose={onClose}
      onDone={([answer]) => goTo(hrefOf('applications', (answer as { ApplicationArn: string }).ApplicationArn))}
    >
      <TextField label="Name" value={name} onChange={setName} autoFocus />
      <TextField label="Description" value={description} onChange={setDescription} optional />
      <ChoiceField label="Kind" value={provider} choices={choices} placeholder="Choose a kind" onChange={setProvider} />
      <TextField
        label="Address"
        value={url}
        optional
        constraint="With one, the application stands in the access portal of those who may use it."
        onChange={setUrl}
      />
    </Change>
  )
}
