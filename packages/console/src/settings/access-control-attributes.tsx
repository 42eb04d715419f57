/** Attributes of a user that become tags of their role sessions, for policies to look at. */
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCallback, useState } from 'react'
import { type Administration, useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { Empty } from '../admin/data-table.tsx'
import { TextField } from '../admin/fields.tsx'
import type { AccessControlAttribute } from '../admin/operations/sso-admin.ts'
import { Show } from '../admin/show.tsx'
import { useLoaded } from '../components/loaded.ts'
import { OperationRefused } from '../operations.ts'

interface Row {
  key: string
  source: string
}

export function AccessControlAttributes() {
  const administration = useAdministration()
  const [loaded, reload] = useLoaded(useCallback(() => load(administration), [administration]))
  const [what, setWhat] = useState<'edit' | 'off'>()
  const of = { InstanceArn: administration.instanceArn }
  const ends = { onClose: () => setWhat(undefined), onDone: reload }
  return (
    <Show loaded={loaded} failed="The attributes cannot be shown" onRetry={reload}>
      {(rows) => (
        <Container
          header={
            <Header
              variant="h2"
              description="Each becomes a tag of every role session. A policy reads it as aws:PrincipalTag."
              actions={
                <SpaceBetween direction="horizontal" size="xs">
                  <Button disabled={rows === undefined} onClick={() => setWhat('off')}>
                    Turn off
                  </Button>
                  <Button onClick={() => setWhat('edit')}>{rows === undefined ? 'Turn on' : 'Edit'}</Button>
                </SpaceBetween>
              }
            >
              Attributes for access control
            </Header>
          }
        >
          {rows === undefined && <Empty title="Turned off" />}
          {rows?.length === 0 && <Empty title="No attributes yet" />}
          <KeyValuePairs
            columns={2}
            items={(rows ?? []).map(({ key, source }) => ({
              label: key,
              value: <span className="code">{source}</span>,
            }))}
          />
          {what === 'edit' && <EditAttributes before={rows} {...ends} />}
          {what === 'off' && (
            <Change
              header="Turn attributes for access control off?"
              action="Turn off"
              calls={[prepare('sso-admin', 'DeleteInstanceAccessControlAttributeConfiguration', of)]}
              done="Attributes for access control are off."
              confirmWith="turn off"
              {...ends}
            >
              The list is lost, and policies that look at these tags find none in new sessions.
            </Change>
          )}
        </Container>
      )}
    </Show>
  )
}

function EditAttributes(props: { before: readonly Row[] | undefined; onClose: () => void; onDone: () => void }) {
  const { before, onClose, onDone } = props
  const { instanceArn } = useAdministration()
  const [rows, setRows] = useState<readonly Row[]>(before ?? [{ key: '', source: '${' + 'path:userName}' }])
  const change = (at: number, part: Partial<Row>) =>
    setRows(rows.map((row, other) => (other === at ? { ...row, ...part } : row)))
  const input = {
    InstanceArn: instanceArn,
    InstanceAccessControlAttributeConfiguration: {
      AccessControlAttributes: rows.map(({ key, source }) => ({ Key: key, Value: { Source: [source] } })),
    },
  }
  return (
    <Change
      header="Attributes for access control"
      action="Save"
      size="large"
      ready={rows.every(({ key, source }) => key !== '' && source !== '')}
      calls={[
        before
          ? prepare('sso-admin', 'UpdateInstanceAccessControlAttributeConfiguration', input)
          : prepare('sso-admin', 'CreateInstanceAccessControlAttributeConfiguration', input),
      ]}
      done="The attributes were saved. They count for role sessions from now on."
      onClose={onClose}
      onDone={onDone}
    >
      {rows.map(({ key, source }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be equal while they are written
        <SpaceBetween key={at} direction="horizontal" size="xs" alignItems="end">
          <TextField
            label="Tag"
            value={key}
            placeholder="CostCenter"
            onChange={(value) => change(at, { key: value })}
          />
          <TextField label="Attribute or text" value={source} onChange={(value) => change(at, { source: value })} />
          <Button
            iconName="remove"
            formAction="none"
            ariaLabel={`Remove ${key || 'this attribute'}`}
            onClick={() => setRows(rows.filter((_, other) => other !== at))}
          />
        </SpaceBetween>
      ))}
      <Button
        formAction="none"
        disabled={rows.length >= 50}
        onClick={() => setRows([...rows, { key: '', source: '${' + 'path:enterprise.costCenter}' }])}
      >
        Add an attribute
      </Button>
    </Change>
  )
}

/** Undefined while it is turned off: AWS then knows of no such configuration. */
async function load({ api, instanceArn }: Administration): Promise<Row[] | undefined> {
  try {
    const answer = await api.send(
      prepare('sso-admin', 'DescribeInstanceAccessControlAttributeConfiguration', { InstanceArn: instanceArn }),
    )
    return answer.InstanceAccessControlAttributeConfiguration.AccessControlAttributes.map(rowOf)
  } catch (failure) {
    if (failure instanceof OperationRefused && failure.code === 'ResourceNotFoundException') return undefined
    throw failure
  }
}

const rowOf = ({ Key, Value }: AccessControlAttribute): Row => ({ key: Key, source: Value.Source[0] ?? '' })
