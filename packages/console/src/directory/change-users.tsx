/** Changes several users at once: disables or enables them, or adds them to a group. */
import { useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import type { Call } from '../admin/call.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import type { User } from '../admin/operations/identitystore.ts'
import { type ChosenPrincipal, PrincipalField } from '../admin/principal-field.tsx'

export type BulkChange = 'disable' | 'enable' | 'add-to-group'

interface Props {
  change: BulkChange
  users: readonly User[]
  onClose(): void
  onDone(): void
}

const WORDS: Record<BulkChange, { header: string; action: string; done: string }> = {
  disable: { header: 'Disable users', action: 'Disable', done: 'disabled' },
  enable: { header: 'Enable users', action: 'Enable', done: 'enabled' },
  'add-to-group': { header: 'Add users to a group', action: 'Add', done: 'added to the group' },
}

export function ChangeUsers({ change, users, onClose, onDone }: Props) {
  const { identityStoreId } = useAdministration()
  const [group, setGroup] = useState<ChosenPrincipal>()
  const { header, action, done } = WORDS[change]
  const callFor = (user: User): Call[] => {
    if (change !== 'add-to-group') {
      const Status = change === 'disable' ? 'DISABLED' : 'ENABLED'
      return [prepare('mayfly', 'SetUserStatus', { UserId: user.UserId, Status })]
    }
    if (!group) return []
    const MemberId = { UserId: user.UserId }
    return [
      prepare('identitystore', 'CreateGroupMembership', {
        IdentityStoreId: identityStoreId,
        GroupId: group.id,
        MemberId,
      }),
    ]
  }
  return (
    <Change
      header={header}
      action={action}
      calls={users.flatMap(callFor)}
      done={users.length === 1 ? `One user was ${done}.` : `${users.length} users were ${done}.`}
      onClose={onClose}
      onDone={onDone}
    >
      <div>{users.map((user) => user.UserName).join(', ')}</div>
      {change === 'disable' && (
        <div>They are signed out everywhere at once, and their credentials stop working. Nothing else is lost.</div>
      )}
      {change === 'add-to-group' && (
        <PrincipalField label="Group" kinds={['GROUP']} chosen={group} onChange={setGroup} />
      )}
    </Change>
  )
}
