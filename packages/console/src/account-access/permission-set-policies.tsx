/** The policies of a permission set: what is attached, referenced and written, and the boundary. */
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCallback, useState } from 'react'
import { type Administration, useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Empty } from '../admin/data-table.tsx'
import type {
  CustomerManagedPolicyReference,
  PermissionSet,
  PermissionsBoundary,
} from '../admin/operations/sso-admin.ts'
import { Show } from '../admin/show.tsx'
import { useLoaded } from '../components/loaded.ts'
import { TextBlock } from '../components/text-block.tsx'
import { OperationRefused } from '../operations.ts'
import { ChangeAttached } from './change-attached.tsx'
import { ChangeBoundary } from './change-boundary.tsx'
import { ChangeInlinePolicy } from './change-inline-policy.tsx'
import { policyNameOf } from './managed-policies.ts'

export interface Policies {
  managed: string[]
  customer: CustomerManagedPolicyReference[]
  inline: string
  boundary: PermissionsBoundary | undefined
}

type What = 'attached' | 'inline' | 'boundary'

export function PermissionSetPolicies({ set, onChange }: { set: PermissionSet; onChange: () => void }) {
  const administration = useAdministration()
  const [loaded, reload] = useLoaded(
    useCallback(() => loadPolicies(administration, set.PermissionSetArn), [administration, set]),
  )
  const [what, setWhat] = useState<What>()
  const [changed, setChanged] = useState(false)
  const dialog = {
    set,
    onClose: () => setWhat(undefined),
    onDone: () => {
      setChanged(true)
      onChange()
      reload()
    },
  }
  return (
    <Show loaded={loaded} failed="The policies cannot be shown" onRetry={reload}>
      {(policies) => (
        <SpaceBetween size="l">
          {changed && (
            <Alert type="info" header="Accounts still have what was there before">
              A change of the policies reaches the accounts when it is provisioned: go to the tab “Accounts”.
            </Alert>
          )}
          <Container header={<PartHeader text="Attached policies" onEdit={() => setWhat('attached')} />}>
            {policies.managed.length + policies.customer.length === 0 && (
              <Empty title="Nothing attached" text="A role without policies may do nothing." />
            )}
            <ul className="attached" aria-label="Attached policies">
              {policies.managed.map((arn) => (
                <li key={arn}>
                  <strong>{policyNameOf(arn)}</strong> <span className="code">{arn}</span>
                </li>
              ))}
              {policies.customer.map(({ Name, Path }) => (
                <li key={`${Path}${Name}`}>
                  <strong>{Name}</strong> customer managed, path <span className="code">{Path ?? '/'}</span>
                </li>
              ))}
            </ul>
          </Container>
          <Container header={<PartHeader text="Inline policy" onEdit={() => setWhat('inline')} />}>
            {policies.inline ? (
              <TextBlock label="the inline policy" text={pretty(policies.inline)} />
            ) : (
              <Empty title="None" />
            )}
          </Container>
          <Container header={<PartHeader text="Permissions boundary" onEdit={() => setWhat('boundary')} />}>
            {policies.boundary ? (
              <span className="code">{nameOfBoundary(policies.boundary)}</span>
            ) : (
              <Empty title="None" />
            )}
          </Container>
          {what === 'attached' && <ChangeAttached {...dialog} policies={policies} />}
          {what === 'inline' && <ChangeInlinePolicy {...dialog} before={policies.inline} />}
          {what === 'boundary' && <ChangeBoundary {...dialog} before={policies.boundary} />}
        </SpaceBetween>
      )}
    </Show>
  )
}

function PartHeader({ text, onEdit }: { text: string; onEdit: () => void }) {
  return (
    <Header
      variant="h2"
      actions={
        <Button ariaLabel={`Edit ${text.toLowerCase()}`} onClick={onEdit}>
          Edit
        </Button>
      }
    >
      {text}
    </Header>
  )
}

async function loadPolicies({ api, instanceArn }: Administration, PermissionSetArn: string): Promise<Policies> {
  const of = { InstanceArn: instanceArn, PermissionSetArn }
  const [managed, customer, { InlinePolicy = '' }, boundary] = await Promise.all([
    api.listAll(prepare('sso-admin', 'ListManagedPoliciesInPermissionSet', of), 'AttachedManagedPolicies'),
    api.listAll(
      prepare('sso-admin', 'ListCustomerManagedPolicyReferencesInPermissionSet', of),
      'CustomerManagedPolicyReferences',
    ),
    api.send(prepare('sso-admin', 'GetInlinePolicyForPermissionSet', of)),
    api.send(prepare('sso-admin', 'GetPermissionsBoundaryForPermissionSet', of)).catch(noBoundary),
  ])
  return {
    managed: managed.map(({ Arn }) => Arn),
    customer,
    inline: InlinePolicy,
    boundary: boundary.PermissionsBoundary,
  }
}

/** AWS refuses to read a boundary that is not there. */
function noBoundary(failure: unknown): { PermissionsBoundary?: PermissionsBoundary } {
  if (failure instanceof OperationRefused && failure.code === 'ResourceNotFoundException') return {}
  throw failure
}

function nameOfBoundary({ ManagedPolicyArn, CustomerManagedPolicyReference: customer }: PermissionsBoundary): string {
  return ManagedPolicyArn ?? `${customer?.Path ?? '/'}${customer?.Name ?? ''}`
}

/** JSON with a line for each member; what is none stays as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}
