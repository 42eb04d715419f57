/** The attributes of a user, to look at and to change. */
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useAdministration, useUnsaved } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import type { User } from '../admin/operations/identitystore.ts'
import { fieldsOf, operationsFor } from './attributes.ts'
import { isComplete, UserForm } from './user-form.tsx'

export function UserAttributesPanel({ user, onChange }: { user: User; onChange: () => void }) {
  const { identityStoreId, names } = useAdministration()
  const before = fieldsOf(user)
  const [fields, setFields] = useState(before)
  const [saving, setSaving] = useState(false)
  const Operations = operationsFor(user, fields)
  const changed = Operations.length > 0
  useUnsaved(changed)
  const input = { IdentityStoreId: identityStoreId, UserId: user.UserId, Operations }
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={!changed} onClick={() => setFields(before)}>
                Undo
              </Button>
              <Button variant="primary" disabled={!changed || !isComplete(fields)} onClick={() => setSaving(true)}>
                Save
              </Button>
            </SpaceBetween>
          }
        >
          Attributes
        </Header>
      }
    >
      <UserForm fields={fields} onChange={setFields} />
      {saving && (
        <Change
          header={`Change ${user.UserName}?`}
          action="Save"
          calls={[prepare('identitystore', 'UpdateUser', input)]}
          done={`${fields.userName} was changed.`}
          onClose={() => setSaving(false)}
          onDone={() => {
            names.forget('USER', user.UserId)
            onChange()
          }}
        >
          {`These change: ${Operations.map(({ AttributePath }) => AttributePath).join(', ')}.`}
        </Change>
      )}
    </Container>
  )
}
