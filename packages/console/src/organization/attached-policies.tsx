/** The service control policies that are attached to an account, a unit or the root. */
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { ChoiceField } from '../admin/fields.tsx'
import type { PolicySummary } from '../admin/operations/organizations.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { hrefOf } from '../admin/place.ts'
import { Show } from '../admin/show.tsx'
import { useLoaded } from '../components/loaded.ts'

const SERVICE_CONTROL = 'SERVICE_CONTROL_POLICY'

export function AttachedPolicies({ targetId }: { targetId: string }) {
  const { api } = useAdministration()
  const [chosen, setChosen] = useState<readonly PolicySummary[]>([])
  const [what, setWhat] = useState<'attach' | 'detach'>()
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<PolicySummary>> => {
      const input = { TargetId: targetId, Filter: SERVICE_CONTROL, NextToken } as const
      const page = await api.send(prepare('organizations', 'ListPoliciesForTarget', input))
      return { items: page.Policies, nextToken: page.NextToken }
    },
    [api, targetId],
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
        header="Service control policies"
        description="The most that anybody may do here. Those attached further up count too; an action has to be allowed at every level."
        shown={shown}
        trackBy={(one) => one.Id}
        labelOf={(one) => one.Name}
        selection={{ items: chosen, onChange: setChosen }}
        actions={[
          <Button key="detach" disabled={chosen.length === 0} onClick={() => setWhat('detach')}>
            Detach
          </Button>,
          <Button key="attach" variant="primary" onClick={() => setWhat('attach')}>
            Attach
          </Button>,
        ]}
        columns={[
          { id: 'name', header: 'Policy', cell: (one) => <Link href={hrefOf('policies', one.Id)}>{one.Name}</Link> },
          { id: 'description', header: 'Description', cell: (one) => one.Description ?? '' },
        ]}
        empty={<Empty title="No policy is attached here" />}
      />
      {what === 'detach' && (
        <Change
          header={chosen.length === 1 ? `Detach ${chosen[0]?.Name}?` : `Detach ${chosen.length} policies?`}
          action="Detach"
          calls={chosen.map(({ Id }) => prepare('organizations', 'DetachPolicy', { PolicyId: Id, TargetId: targetId }))}
          done="Detached."
          onClose={close}
          onDone={done}
        >
          What it allowed or forbade here changes at once. The last policy of a level has to stay.
        </Change>
      )}
      {what === 'attach' && (
        <AttachPolicy targetId={targetId} without={shown.items.map(({ Id }) => Id)} onClose={close} onDone={done} />
      )}
    </>
  )
}

function AttachPolicy(props: {
  targetId: string
  without: readonly string[]
  onClose: () => void
  onDone: () => void
}) {
  const { targetId, without, onClose, onDone } = props
  const { api } = useAdministration()
  const [policies, reload] = useLoaded(
    useCallback(
      () => api.listAll(prepare('organizations', 'ListPolicies', { Filter: SERVICE_CONTROL }), 'Policies'),
      [api],
    ),
  )
  const [policyId, setPolicyId] = useState('')
  return (
    <Change
      header="Attach a policy"
      action="Attach"
      calls={
        policyId === '' ? [] : [prepare('organizations', 'AttachPolicy', { PolicyId: policyId, TargetId: targetId })]
      }
      done="Attached."
      onClose={onClose}
      onDone={onDone}
    >
      <Show loaded={policies} failed="The policies cannot be listed" onRetry={reload}>
        {(found) => (
          <ChoiceField
            label="Policy"
            value={policyId}
            placeholder="Choose a policy"
            choices={found
              .filter(({ Id }) => !without.includes(Id))
              .map(({ Id, Name, Description }) => ({
                value: Id,
                label: Name,
                ...(Description ? { description: Description } : {}),
              }))}
            onChange={setPolicyId}
          />
        )}
      </Show>
    </Change>
  )
}
