/** Attaches policies to a permission set, and detaches others. */
import { useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import type { CustomerManagedPolicyReference, PermissionSet } from '../admin/operations/sso-admin.ts'
import { CustomerPoliciesField, ManagedPoliciesField } from './policy-fields.tsx'

interface Props {
  set: PermissionSet
  policies: { managed: readonly string[]; customer: readonly CustomerManagedPolicyReference[] }
  onClose(): void
  onDone(): void
}

export function ChangeAttached({ set, policies, onClose, onDone }: Props) {
  const { instanceArn } = useAdministration()
  const [managed, setManaged] = useState(policies.managed)
  const [customer, setCustomer] = useState(policies.customer)
  const of = { InstanceArn: instanceArn, PermissionSetArn: set.PermissionSetArn }
  const without = (list: readonly CustomerManagedPolicyReference[]) => (one: CustomerManagedPolicyReference) =>
    !list.some(({ Name, Path = '/' }) => Name === one.Name && Path === (one.Path ?? '/'))
  const calls = [
    ...policies.managed
      .filter((arn) => !managed.includes(arn))
      .map((ManagedPolicyArn) =>
        prepare('sso-admin', 'DetachManagedPolicyFromPermissionSet', { ...of, ManagedPolicyArn }),
      ),
    ...policies.customer.filter(without(customer)).map((CustomerManagedPolicyReference) =>
      prepare('sso-admin', 'DetachCustomerManagedPolicyReferenceFromPermissionSet', {
        ...of,
        CustomerManagedPolicyReference,
      }),
    ),
    ...managed
      .filter((arn) => !policies.managed.includes(arn))
      .map((ManagedPolicyArn) =>
        prepare('sso-admin', 'AttachManagedPolicyToPermissionSet', { ...of, ManagedPolicyArn }),
      ),
    ...customer.filter(without(policies.customer)).map((CustomerManagedPolicyReference) =>
      prepare('sso-admin', 'AttachCustomerManagedPolicyReferenceToPermissionSet', {
        ...of,
        CustomerManagedPolicyReference,
      }),
    ),
  ]
  return (
    <Change
      header={`Policies attached to ${set.Name}`}
      action="Save"
      size="large"
      ready={customer.every(({ Name }) => Name !== '')}
      calls={calls}
      done="The attached policies were changed."
      onClose={onClose}
      onDone={onDone}
    >
      <ManagedPoliciesField chosen={managed} onChange={setManaged} />
      <CustomerPoliciesField references={customer} onChange={setCustomer} />
    </Change>
  )
}
