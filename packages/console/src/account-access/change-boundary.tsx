/** Sets or takes away the permissions boundary of a permission set. */
import { useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import type { PermissionSet, PermissionsBoundary } from '../admin/operations/sso-admin.ts'
import { type Boundary, boundaryCalls, boundaryFault, NO_BOUNDARY } from './permission-set-draft.ts'
import { BoundaryField } from './policy-fields.tsx'

interface Props {
  set: PermissionSet
  before: PermissionsBoundary | undefined
  onClose(): void
  onDone(): void
}

export function ChangeBoundary({ set, before, onClose, onDone }: Props) {
  const { instanceArn } = useAdministration()
  const [boundary, setBoundary] = useState(() => boundaryOf(before))
  const of = { InstanceArn: instanceArn, PermissionSetArn: set.PermissionSetArn }
  const gone = boundary.kind === 'none' && before !== undefined
  return (
    <Change
      header={`Permissions boundary of ${set.Name}`}
      action="Save"
      ready={boundaryFault(boundary) === undefined}
      calls={
        gone ? [prepare('sso-admin', 'DeletePermissionsBoundaryFromPermissionSet', of)] : boundaryCalls(boundary, of)
      }
      done="The permissions boundary was changed."
      onClose={onClose}
      onDone={onDone}
    >
      <BoundaryField boundary={boundary} onChange={setBoundary} />
    </Change>
  )
}

function boundaryOf(before: PermissionsBoundary | undefined): Boundary {
  const { ManagedPolicyArn, CustomerManagedPolicyReference: customer } = before ?? {}
  if (ManagedPolicyArn) return { ...NO_BOUNDARY, kind: 'managed', arn: ManagedPolicyArn }
  if (customer) return { ...NO_BOUNDARY, kind: 'customer', name: customer.Name, path: customer.Path ?? '/' }
  return NO_BOUNDARY
}
