/** Service control policies: turn them on, find them, write new ones. */
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import type { PolicySummary } from '../admin/operations/organizations.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { hrefOf } from '../admin/place.ts'
import { useLoaded } from '../components/loaded.ts'
import { WritePolicy } from './write-policy.tsx'

const SERVICE_CONTROL = 'SERVICE_CONTROL_POLICY'

export default function PoliciesPage() {
  const { api } = useAdministration()
  const [creating, setCreating] = useState(false)
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<PolicySummary>> => {
      const page = await api.send(prepare('organizations', 'ListPolicies', { Filter: SERVICE_CONTROL, NextToken }))
      return { items: page.Policies, nextToken: page.NextToken }
    },
    [api],
  )
  const shown = usePages(load)
  const create = (
    <Button key="create" variant="primary" onClick={() => setCreating(true)}>
      Create policy
    </Button>
  )
  return (
    <SpaceBetween size="l">
      <TurnOn onDone={shown.reload} />
      <DataTable
        header="Service control policies"
        variant="h1"
        description="The most that anybody may do in an account or unit, whatever their permission sets allow. The management account is never restricted."
        shown={shown}
        trackBy={(one) => one.Id}
        actions={[create]}
        columns={[
          { id: 'name', header: 'Policy', cell: (one) => <Link href={hrefOf('policies', one.Id)}>{one.Name}</Link> },
          { id: 'description', header: 'Description', cell: (one) => one.Description ?? '' },
          { id: 'kind', header: 'Kept by', cell: (one) => (one.AwsManaged ? 'AWS' : 'You') },
        ]}
        empty={<Empty title="No policies" action={create} />}
      />
      {creating && <WritePolicy onClose={() => setCreating(false)} onDone={shown.reload} />}
    </SpaceBetween>
  )
}

/** Whether policies count at all is a switch of the root. */
function TurnOn({ onDone }: { onDone: () => void }) {
  const { api } = useAdministration()
  const [roots, reload] = useLoaded(
    useCallback(() => api.listAll(prepare('organizations', 'ListRoots', {}), 'Roots'), [api]),
  )
  const [asking, setAsking] = useState(false)
  const root = roots.status === 'loaded' ? roots.value[0] : undefined
  if (!root) return null
  const on = root.PolicyTypes?.some(({ Type, Status }) => Type === SERVICE_CONTROL && Status === 'ENABLED')
  const input = { RootId: root.Id, PolicyType: SERVICE_CONTROL } as const
  return (
    <>
      <Alert
        type={on ? 'success' : 'info'}
        header={on ? 'Service control policies count' : 'Service control policies do not count yet'}
        action={<Button onClick={() => setAsking(true)}>{on ? 'Turn off' : 'Turn on'}</Button>}
      >
        {on
          ? 'An action has to be allowed at every level from the root to the account.'
          : 'When they are turned on, FullAWSAccess is attached everywhere, so nothing changes until you restrict something.'}
      </Alert>
      {asking && (
        <Change
          header={on ? 'Turn service control policies off?' : 'Turn service control policies on?'}
          action={on ? 'Turn off' : 'Turn on'}
          calls={[
            on
              ? prepare('organizations', 'DisablePolicyType', input)
              : prepare('organizations', 'EnablePolicyType', input),
          ]}
          done={on ? 'Service control policies do not count any more.' : 'Service control policies count now.'}
          {...(on ? { confirmWith: 'turn off' } : {})}
          onClose={() => setAsking(false)}
          onDone={() => {
            reload()
            onDone()
          }}
        >
          {on ? 'All attachments are lost.' : 'They count for every account but the management account.'}
        </Change>
      )}
    </>
  )
}
