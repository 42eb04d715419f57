/** The fields with which a permission set gets its policies: AWS managed, customer managed, and a boundary. */
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Multiselect from '@cloudscape-design/components/multiselect'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { TextField } from '../admin/fields.tsx'
import type { CustomerManagedPolicyReference } from '../admin/operations/sso-admin.ts'
import { isManagedPolicyArn, MANAGED_POLICIES, policyNameOf } from './managed-policies.ts'
import type { Boundary } from './permission-set-draft.ts'

interface ManagedProps {
  chosen: readonly string[]
  onChange(chosen: readonly string[]): void
}

/** Those that this server has documents for are offered; any other is entered by its ARN. */
export function ManagedPoliciesField({ chosen, onChange }: ManagedProps) {
  const [arn, setArn] = useState('')
  const offered = [...new Set([...MANAGED_POLICIES, ...chosen])]
  const wrong = arn !== '' && !isManagedPolicyArn(arn)
  return (
    <SpaceBetween size="s">
      <FormField label="AWS managed policies" constraintText="Up to 20 together with customer managed policies.">
        <Multiselect
          selectedOptions={chosen.map((value) => ({ value, label: policyNameOf(value), description: value }))}
          options={offered.map((value) => ({ value, label: policyNameOf(value), description: value }))}
          filteringType="auto"
          placeholder="Choose policies"
          onChange={({ detail }) => onChange(detail.selectedOptions.flatMap(({ value }) => value ?? []))}
        />
      </FormField>
      <FormField
        label="Another AWS managed policy (optional)"
        description="By its ARN. A policy that this server has no document for may be attached, but allows nothing here."
        {...(wrong ? { errorText: 'This is no ARN of a policy that AWS manages.' } : {})}
      >
        <SpaceBetween direction="horizontal" size="xs">
          <TextField
            label="ARN"
            value={arn}
            onChange={(value) => setArn(value.trim())}
            placeholder="arn:aws:iam::aws:policy/…"
          />
          <Button
            disabled={arn === '' || wrong || chosen.includes(arn)}
            formAction="none"
            onClick={() => {
              onChange([...chosen, arn])
              setArn('')
            }}
          >
            Add
          </Button>
        </SpaceBetween>
      </FormField>
    </SpaceBetween>
  )
}

interface CustomerProps {
  references: readonly CustomerManagedPolicyReference[]
  onChange(references: readonly CustomerManagedPolicyReference[]): void
}

/** Policies of the accounts themselves, by name and path. */
export function CustomerPoliciesField({ references, onChange }: CustomerProps) {
  const change = (at: number, part: Partial<CustomerManagedPolicyReference>) =>
    onChange(references.map((one, other) => (other === at ? { ...one, ...part } : one)))
  return (
    <SpaceBetween size="s">
      {references.map((reference, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may be equal while they are written
        <SpaceBetween key={at} direction="horizontal" size="xs" alignItems="end">
          <TextField label="Policy name" value={reference.Name} onChange={(Name) => change(at, { Name })} />
          <TextField label="Path" value={reference.Path ?? '/'} onChange={(Path) => change(at, { Path })} />
          <Button
            iconName="remove"
            formAction="none"
            ariaLabel={`Remove ${reference.Name || 'this policy'}`}
            onClick={() => onChange(references.filter((_, other) => other !== at))}
          />
        </SpaceBetween>
      ))}
      <FormField
        label="Customer managed policies (optional)"
        description="They have to exist by this name and path in every account where the permission set is used."
      >
        <Button formAction="none" onClick={() => onChange([...references, { Name: '', Path: '/' }])}>
          Add a customer managed policy
        </Button>
      </FormField>
    </SpaceBetween>
  )
}

/** The most that the role may ever do. */
export function BoundaryField({ boundary, onChange }: { boundary: Boundary; onChange: (boundary: Boundary) => void }) {
  return (
    <SpaceBetween size="s">
      <FormField
        label="Permissions boundary"
        description="The most that the role may ever do, whatever else is attached."
      >
        <RadioGroup
          value={boundary.kind}
          onChange={({ detail }) => onChange({ ...boundary, kind: detail.value as Boundary['kind'] })}
          items={[
            { value: 'none', label: 'None' },
            { value: 'managed', label: 'An AWS managed policy' },
            { value: 'customer', label: 'A customer managed policy' },
          ]}
        />
      </FormField>
      {boundary.kind === 'managed' && (
        <TextField
          label="Boundary ARN"
          value={boundary.arn}
          placeholder="arn:aws:iam::aws:policy/…"
          onChange={(arn) => onChange({ ...boundary, arn: arn.trim() })}
        />
      )}
      {boundary.kind === 'customer' && (
        <SpaceBetween direction="horizontal" size="xs">
          <TextField label="Boundary name" value={boundary.name} onChange={(name) => onChange({ ...boundary, name })} />
          <TextField label="Boundary path" value={boundary.path} onChange={(path) => onChange({ ...boundary, path })} />
        </SpaceBetween>
      )}
    </SpaceBetween>
  )
}
