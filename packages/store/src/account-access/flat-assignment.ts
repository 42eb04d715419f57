/** An account assignment as it lies in its row: the principal in two columns. */

import type { AccountAssignment, Principal } from '@mayfly/identity-center/account-access/account-assignment'
import { createCodec, type RowOf } from '../database/codec.ts'
import type { FlatAssignment } from '../database/schema.ts'

export const assignmentCodec = createCodec<FlatAssignment>({
  instanceArn: 'text',
  accountId: 'text',
  permissionSetArn: 'text',
  principalType: 'text',
  principalId: 'text',
  createdAt: 'time',
})

export const encodeAssignment = ({ principal, ...assignment }: AccountAssignment): RowOf<FlatAssignment> =>
  assignmentCodec.encode({ ...assignment, principalType: principal.type, principalId: principal.id })

export function decodeAssignment(found: RowOf<FlatAssignment>): AccountAssignment {
  const { principalType: type, principalId: id, ...assignment } = assignmentCodec.decode(found)
  return { ...assignment, principal: { type, id } as Principal }
}
