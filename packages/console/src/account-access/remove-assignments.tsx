/** Takes account assignments away, after asking. */
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import type { AccountAssignment } from '../admin/operations/sso-admin.ts'

interface Props {
  assignments: readonly AccountAssignment[]
  onClose(): void
  onDone(): void
}

export function RemoveAssignments({ assignments, onClose, onDone }: Props) {
  const { instanceArn } = useAdministration()
  const one = assignments.length === 1
  return (
    <Change
      header={one ? 'Remove this assignment?' : `Remove ${assignments.length} assignments?`}
      action="Remove"
      calls={assignments.map((assignment) => deletionOf(assignment, instanceArn))}
      done={one ? 'The assignment was removed.' : `${assignments.length} assignments were removed.`}
      onClose={onClose}
      onDone={onDone}
    >
      Who held the permission set through this alone loses it at once, with the credentials they hold. When the last
      assignment of a permission set in an account goes, its role goes too, and comes back under another name.
    </Change>
  )
}

/** The call that takes an assignment away. */
function deletionOf(
  { AccountId, PermissionSetArn, PrincipalId, PrincipalType }: AccountAssignment,
  InstanceArn: string,
) {
  return prepare('sso-admin', 'DeleteAccountAssignment', {
    InstanceArn,
    TargetId: AccountId,
    TargetType: 'AWS_ACCOUNT',
    PermissionSetArn,
    PrincipalType,
    PrincipalId,
  })
}
