/** Writes a service control policy: a new one, or an existing one anew. */
import { useState } from 'react'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { TextField } from '../admin/fields.tsx'
import type { PolicySummary } from '../admin/operations/organizations.ts'
import { isPolicy, PolicyEditor } from '../policy/policy-editor.tsx'

/** Characters; what AWS takes (specification §5.1). */
const LONGEST = 5120

const TO_BEGIN_WITH = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": ["organizations:LeaveOrganization"],
      "Resource": "*"
    }
  ]
}`

interface Props {
  before?: { summary: PolicySummary; content: string }
  onClose(): void
  onDone(): void
}

export function WritePolicy({ before, onClose, onDone }: Props) {
  const [name, setName] = useState(before?.summary.Name ?? '')
  const [description, setDescription] = useState(before?.summary.Description ?? '')
  const [content, setContent] = useState(before?.content ?? TO_BEGIN_WITH)
  const call = before
    ? prepare('organizations', 'UpdatePolicy', {
        PolicyId: before.summary.Id,
        Name: name,
        Description: description,
        Content: content,
      })
    : prepare('organizations', 'CreatePolicy', {
        Name: name,
        Description: description,
        Content: content,
        Type: 'SERVICE_CONTROL_POLICY',
      })
  return (
    <Change
      header={before ? `Edit ${before.summary.Name}` : 'Create a service control policy'}
      action={before ? 'Save' : 'Create policy'}
      size="large"
      ready={name.trim() !== '' && isPolicy(content, LONGEST)}
      calls={[call]}
      done={`${name} was ${before ? 'changed' : 'created'}.`}
      onClose={onClose}
      onDone={onDone}
    >
      <TextField label="Name" value={name} onChange={setName} />
      <TextField label="Description" value={description} onChange={setDescription} optional />
      <PolicyEditor label="Policy" value={content} most={LONGEST} onChange={setContent} />
    </Change>
  )
}
