/** The wizard that creates a permission set: predefined or custom, policies, details, review. */
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tiles from '@cloudscape-design/components/tiles'
import Wizard from '@cloudscape-design/components/wizard'
import { useState } from 'react'
import { useAdministration, useUnsaved } from '../admin/administration.ts'
import { ApiCall } from '../admin/api-call.tsx'
import { callsOf, useCreation } from '../admin/create-page.tsx'
import { ChoiceField, TextField } from '../admin/fields.tsx'
import { goTo, hrefOf } from '../admin/place.ts'
import { TagsField } from '../admin/tags-field.tsx'
import { Failure } from '../components/failure.tsx'
import { PolicyEditor } from '../policy/policy-editor.tsx'
import { PREDEFINED, policyNameOf } from './managed-policies.ts'
import { choosePredefined, creationOf, faultOf, NO_DRAFT, type PermissionSetDraft } from './permission-set-draft.ts'
import { BoundaryField, CustomerPoliciesField, ManagedPoliciesField } from './policy-fields.tsx'
import { formatDuration, sessionDurations } from './session-durations.ts'

type Step = 'kind' | 'policies' | 'details' | 'review'

const TITLES: Record<Step, string> = {
  kind: 'Choose the kind',
  policies: 'Choose the policies',
  details: 'Name it',
  review: 'Review and create',
}

export default function CreatePermissionSetPage() {
  const { instanceArn, notify, setUnsaved } = useAdministration()
  const [draft, setDraft] = useState(NO_DRAFT)
  const [index, setIndex] = useState(0)
  const [error, setError] = useState<string>()
  const steps: Step[] =
    draft.kind === 'custom' ? ['kind', 'policies', 'details', 'review'] : ['kind', 'details', 'review']
  const creation = creationOf(draft, instanceArn)
  const { running, failure, submit } = useCreation(creation, ({ id }) => {
    setUnsaved(false)
    notify(`${draft.name} was created.`)
    goTo(hrefOf('permission-sets', id))
  })
  useUnsaved(draft !== NO_DRAFT)
  const change = (part: Partial<PermissionSetDraft>) => setDraft({ ...draft, ...part })
  const contents: Record<Step, React.ReactNode> = {
    kind: <Kind draft={draft} onChange={setDraft} />,
    policies: <Policies draft={draft} onChange={change} />,
    details: <Details draft={draft} onChange={change} />,
    review: (
      <SpaceBetween size="l">
        <Review draft={draft} />
        <Container>
          <ApiCall calls={callsOf(creation)} />
        </Container>
        <Failure failure={failure} />
      </SpaceBetween>
    ),
  }
  return (
    <Wizard
      i18nStrings={{ submitButton: 'Create permission set' }}
      activeStepIndex={index}
      isLoadingNextStep={running}
      onCancel={() => goTo(hrefOf('permission-sets'))}
      onSubmit={submit}
      onNavigate={({ detail }) => {
        const step = steps[index]
        const forward = detail.requestedStepIndex > index
        const wrong = forward && step && step !== 'review' ? faultOf(draft, step) : undefined
        setError(wrong)
        if (!wrong) setIndex(detail.requestedStepIndex)
      }}
      steps={steps.map((step, at) => ({
        title: TITLES[step],
        content: contents[step],
        ...(error && at === index ? { errorText: error } : {}),
      }))}
    />
  )
}

interface StepProps {
  draft: PermissionSetDraft
  onChange(part: Partial<PermissionSetDraft>): void
}

function Kind({ draft, onChange }: { draft: PermissionSetDraft; onChange: (draft: PermissionSetDraft) => void }) {
  return (
    <Container>
      <SpaceBetween size="l">
        <Tiles
          ariaLabel="Kind of permission set"
          value={draft.kind}
          onChange={({ detail }) => onChange({ ...draft, kind: detail.value as PermissionSetDraft['kind'] })}
          items={[
            {
              value: 'predefined',
              label: 'Predefined',
              description: 'One policy that AWS manages for a kind of work.',
            },
            {
              value: 'custom',
              label: 'Custom',
              description: 'Any policies, your own included, with a boundary if you like.',
            },
          ]}
        />
        {draft.kind === 'predefined' && (
          <Tiles
            ariaLabel="Predefined permission set"
            columns={3}
            value={draft.predefined || null}
            onChange={({ detail }) => onChange(choosePredefined(draft, detail.value))}
            items={PREDEFINED.map(({ name, description }) => ({ value: name, label: name, description }))}
          />
        )}
      </SpaceBetween>
    </Container>
  )
}

function Policies({ draft, onChange }: StepProps) {
  return (
    <SpaceBetween size="l">
      <Container>
        <ManagedPoliciesField
          chosen={draft.managedPolicies}
          onChange={(managedPolicies) => onChange({ managedPolicies })}
        />
      </Container>
      <Container>
        <CustomerPoliciesField
          references={draft.customerPolicies}
          onChange={(customerPolicies) => onChange({ customerPolicies })}
        />
      </Container>
      <Container>
        <PolicyEditor
          label="Inline policy (optional)"
          value={draft.inlinePolicy}
          onChange={(inlinePolicy) => onChange({ inlinePolicy })}
        />
      </Container>
      <Container>
        <BoundaryField boundary={draft.boundary} onChange={(boundary) => onChange({ boundary })} />
      </Container>
    </SpaceBetween>
  )
}

function Details({ draft, onChange }: StepProps) {
  return (
    <Container>
      <SpaceBetween size="l">
        <TextField
          label="Name"
          value={draft.name}
          constraint="1 to 32 letters, digits, or any of + = , . @ - _"
          onChange={(name) => onChange({ name })}
        />
        <TextField
          label="Description"
          value={draft.description}
          optional
          onChange={(description) => onChange({ description })}
        />
        <ChoiceField
          label="Session duration"
          description="How long somebody may use the role before it is asked for again."
          value={draft.sessionDuration}
          choices={sessionDurations(draft.sessionDuration)}
          onChange={(sessionDuration) => onChange({ sessionDuration })}
        />
        <TextField
          label="Relay state"
          description="The console page that opens first."
          value={draft.relayState}
          optional
          onChange={(relayState) => onChange({ relayState })}
        />
        <TagsField tags={draft.tags} onChange={(tags) => onChange({ tags })} />
      </SpaceBetween>
    </Container>
  )
}

function Review({ draft }: { draft: PermissionSetDraft }) {
  const custom = draft.kind === 'custom'
  const none = <Box color="text-body-secondary">None</Box>
  return (
    <Container>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Name', value: draft.name },
          { label: 'Description', value: draft.description || none },
          { label: 'Session duration', value: formatDuration(draft.sessionDuration) },
          { label: 'AWS managed policies', value: draft.managedPolicies.map(policyNameOf).join(', ') || none },
          ...(custom
            ? [
                {
                  label: 'Customer managed policies',
                  value: draft.customerPolicies.map(({ Name, Path }) => `${Path}${Name}`).join(', ') || none,
                },
                { label: 'Inline policy', value: draft.inlinePolicy.trim() ? 'Yes' : none },
                {
                  label: 'Permissions boundary',
                  value: draft.boundary.kind === 'none' ? none : draft.boundary.arn || draft.boundary.name,
                },
              ]
            : []),
          { label: 'Relay state', value: draft.relayState || none },
          { label: 'Tags', value: draft.tags.map(({ Key, Value }) => `${Key} = ${Value}`).join(', ') || none },
        ]}
      />
    </Container>
  )
}
