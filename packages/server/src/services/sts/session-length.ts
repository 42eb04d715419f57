/** How long a session of an assumed role lives. */

import { type Duration, hours, seconds } from '@mayfly/identity-center/duration'
import type { IamRole } from '@mayfly/identity-center/iam/role'
import { Refusal } from '@mayfly/identity-center/refusal'

const DEFAULT = hours(1)

export interface AskedLength {
  /** In seconds; an hour when it is absent. */
  readonly asked: number | undefined
  readonly role: Pick<IamRole, 'maxSessionDuration'>
  /** Whoever asks is a role session itself. */
  readonly chained: boolean
}

/** Throws `invalid` for more than AWS allows, in its words. */
export function sessionLength({ asked, role, chained }: AskedLength): Duration {
  if (asked === undefined) return DEFAULT
  const length = seconds(asked)
  if (chained && length > hours(1)) {
    throw new Refusal(
      'invalid',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    )
  }
  if (asked > role.maxSessionDuration) {
    throw new Refusal('invalid', 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  }
  return length
}
