/** Who may use an application: everybody, or the users and groups that are assigned. */
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import type { ApplicationAssignment } from '../admin/operations/applications.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { type ChosenPrincipal, PrincipalsField } from '../admin/principals-field.tsx'
import { useLoaded } from '../components/loaded.ts'

export function ApplicationAssignments({ applicationArn }: { applicationArn: string }) {
  const { api } = useAdministration()
  const [chosen, setChosen] = useState<readonly ApplicationAssignment[]>([])
  const [what, setWhat] = useState<'assign' | 'remove'>()
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<ApplicationAssignment>> => {
      const input = { ApplicationArn: applicationArn, MaxResults: 50, NextToken }
      const page = await api.send(prepare('sso-admin', 'ListApplicationAssignments', input))
      return { items: page.ApplicationAssignments, nextToken: page.NextToken }
    },
    [api, applicationArn],
  )
  const shown = usePages(load)
  const close = () => setWhat(undefined)
  const done = () => {
    setChosen([])
    shown.reload()
  }
  return (
    <SpaceBetween size="l">
      <AssignmentRequired applicationArn={applicationArn} />
      <DataTable
        header="Assigned users and groups"
        shown={shown}
        trackBy={(one) => one.PrincipalId}
        selection={{ items: chosen, onChange: setChosen }}
        actions={[
          <Button key="remove" disabled={chosen.length === 0} onClick={() => setWhat('remove')}>
            Remove
          </Button>,
          <Button key="assign" variant="primary" onClick={() => setWhat('assign')}>
            Assign
          </Button>,
        ]}
        columns={[
          { id: 'name', header: 'Name', cell: (one) => <NamedLink kind={one.PrincipalType} id={one.PrincipalId} /> },
          { id: 'kind', header: 'Kind', cell: (one) => (one.PrincipalType === 'GROUP' ? 'Group' : 'User') },
        ]}
        empty={<Empty title="Nobody is assigned" />}
      />
      {what === 'remove' && (
        <Change
          header={chosen.length === 1 ? 'Remove this assignment?' : `Remove ${chosen.length} assignments?`}
          action="Remove"
          calls={chosen.map(({ PrincipalId, PrincipalType }) =>
            prepare('sso-admin', 'DeleteApplicationAssignment', {
              ApplicationArn: applicationArn,
              PrincipalId,
              PrincipalType,
            }),
          )}
          done="Removed."
          onClose={close}
          onDone={done}
        >
          They get no new tokens for the application through this.
        </Change>
      )}
      {what === 'assign' && <Assign applicationArn={applicationArn} onClose={close} onDone={done} />}
    </SpaceBetween>
  )
}

function Assign(props: { applicationArn: string; onClose: () => void; onDone: () => void }) {
  const [principals, setPrincipals] = useState<readonly ChosenPrincipal[]>([])
  return (
    <Change
      header="Assign users and groups"
      action="Assign"
      calls={principals.map(({ id, type }) =>
        prepare('sso-admin', 'CreateApplicationAssignment', {
          ApplicationArn: props.applicationArn,
          PrincipalId: id,
          PrincipalType: type,
        }),
      )}
      done="Assigned."
      onClose={props.onClose}
      onDone={props.onDone}
    >
      <PrincipalsField
        label="Users and groups"
        kinds={['GROUP', 'USER']}
        chosen={principals}
        onChange={setPrincipals}
      />
    </Change>
  )
}

function AssignmentRequired({ applicationArn }: { applicationArn: string }) {
  const { api } = useAdministration()
  const [loaded, reload] = useLoaded(
    useCallback(
      () => api.send(prepare('sso-admin', 'GetApplicationAssignmentConfiguration', { ApplicationArn: applicationArn })),
      [api, applicationArn],
    ),
  )
  const [asking, setAsking] = useState(false)
  if (loaded.status !== 'loaded') return null
  const required = loaded.value.AssignmentRequired
  const words = required ? 'Let everybody use it' : 'Require assignments'
  return (
    <>
      <Alert
        type="info"
        header={required ? 'Only those who are assigned may use it' : 'Everybody may use it'}
        action={<Button onClick={() => setAsking(true)}>{words}</Button>}
      />
      {asking && (
        <Change
          header={`${words}?`}
          action={words}
          calls={[
            prepare('sso-admin', 'PutApplicationAssignmentConfiguration', {
              ApplicationArn: applicationArn,
              AssignmentRequired: !required,
            }),
          ]}
          done="Changed."
          onClose={() => setAsking(false)}
          onDone={reload}
        />
      )}
    </>
  )
}
