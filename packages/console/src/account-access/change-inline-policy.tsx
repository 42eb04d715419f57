/** Writes the inline policy of a permission set, or takes it away. */
import { useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import type { PermissionSet } from '../admin/operations/sso-admin.ts'
import { EMPTY_POLICY, isPolicy, PolicyEditor } from '../policy/policy-editor.tsx'

interface Props {
  set: PermissionSet
  before: string
  onClose(): void
  onDone(): void
}

export function ChangeInlinePolicy({ set, before, onClose, onDone }: Props) {
  const { instanceArn } = useAdministration()
  const [text, setText] = useState(before === '' ? EMPTY_POLICY : indented(before))
  const of = { InstanceArn: instanceArn, PermissionSetArn: set.PermissionSetArn }
  const gone = text.trim() === ''
  return (
    <Change
      header={`Inline policy of ${set.Name}`}
      action={gone ? 'Delete inline policy' : 'Save'}
      size="large"
      ready={gone ? before !== '' : isPolicy(text)}
      calls={[
        gone
          ? prepare('sso-admin', 'DeleteInlinePolicyFromPermissionSet', of)
          : prepare('sso-admin', 'PutInlinePolicyToPermissionSet', { ...of, InlinePolicy: text }),
      ]}
      done="The inline policy was changed."
      onClose={onClose}
      onDone={onDone}
    >
      <PolicyEditor label="Inline policy. Empty it to delete it." value={text} onChange={setText} />
    </Change>
  )
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}
