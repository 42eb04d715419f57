/** The tables of what policies allow. */

import type { ManagedPolicy } from '@mayfly/identity-center/policy/managed-policy'
import type { RowOf } from '../codec.ts'

export interface PolicySchema {
  managed_policies: RowOf<ManagedPolicy>
  policy_changes: { id: string; count: number }
}
