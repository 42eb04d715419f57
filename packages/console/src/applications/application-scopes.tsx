/** The scopes that an application may ask for, and for which other applications. */
import Button from '@cloudscape-design/components/button'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { TextArea, TextField } from '../admin/fields.tsx'
import { type Fetched, usePages } from '../admin/pages.ts'

interface Scope {
  Scope: string
  AuthorizedTargets?: string[]
}

export function ApplicationScopes({ applicationArn }: { applicationArn: string }) {
  const { api } = useAdministration()
  const [chosen, setChosen] = useState<readonly Scope[]>([])
  const [what, setWhat] = useState<'add' | 'remove'>()
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<Scope>> => {
      const input = { ApplicationArn: applicationArn, MaxResults: 10, NextToken }
      const page = await api.send(prepare('sso-admin', 'ListApplicationAccessScopes', input))
      return { items: page.Scopes, nextToken: page.NextToken }
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
    <>
      <DataTable
        header="Scopes"
        shown={shown}
        trackBy={(one) => one.Scope}
        selection={{ items: chosen, onChange: setChosen }}
        actions={[
          <Button key="remove" disabled={chosen.length === 0} onClick={() => setWhat('remove')}>
            Remove
          </Button>,
          <Button key="add" variant="primary" onClick={() => setWhat('add')}>
            Add scope
          </Button>,
        ]}
        columns={[
          { id: 'scope', header: 'Scope', cell: (one) => <span className="code">{one.Scope}</span> },
          { id: 'targets', header: 'For', cell: (one) => one.AuthorizedTargets?.join(', ') || 'This instance' },
        ]}
        empty={<Empty title="No scopes" text="Without one, the application gets tokens that open nothing else." />}
      />
      {what === 'remove' && (
        <Change
          header={chosen.length === 1 ? `Remove ${chosen[0]?.Scope}?` : `Remove ${chosen.length} scopes?`}
          action="Remove"
          calls={chosen.map(({ Scope }) =>
            prepare('sso-admin', 'DeleteApplicationAccessScope', { ApplicationArn: applicationArn, Scope }),
          )}
          done="Removed."
          onClose={close}
          onDone={done}
        />
      )}
      {what === 'add' && <AddScope applicationArn={applicationArn} onClose={close} onDone={done} />}
    </>
  )
}

function AddScope(props: { applicationArn: string; onClose: () => void; onDone: () => void }) {
  const [scope, setScope] = useState('')
  const [targets, setTargets] = useState('')
  const AuthorizedTargets = targets.split(/\s+/).filter(Boolean)
  return (
    <Change
      header="Add a scope"
      action="Add"
      ready={/^\w{1,50}(:\w{1,50}){0,2}$/.test(scope)}
      calls={[
        prepare('sso-admin', 'PutApplicationAccessScope', {
          ApplicationArn: props.applicationArn,
          Scope: scope,
          AuthorizedTargets: AuthorizedTargets.length > 0 ? AuthorizedTargets : undefined,
        }),
      ]}
      done={`${scope} was added.`}
      onClose={props.onClose}
      onDone={props.onDone}
    >
      <TextField
        label="Scope"
        value={scope}
        onChange={(value) => setScope(value.trim())}
        placeholder="sso:account:access"
      />
      <TextArea
        label="For these applications"
        value={targets}
        onChange={setTargets}
        optional
        constraint="ARNs, one a line. This instance when empty."
      />
    </Change>
  )
}
