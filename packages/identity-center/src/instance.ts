/** One Identity Center instance. */

import type { Duration } from './duration.ts'
import type { AccountId, IdentityStoreId, InstanceArn } from './identifiers.ts'

/** When a second factor is asked for (identity-center specification §4.3). */
export type MfaPrompt = 'always-on' | 'disabled'
/** What happens to a user who has no second factor and would be asked for one. */
export type MfaWithoutDevice = 'require-registration' | 'allow-sign-in' | 'block-sign-in'

export interface Instance {
  readonly arn: InstanceArn
  readonly identityStoreId: IdentityStoreId
  /** The AWS region name that clients are told to configure as `sso_region`. */
  readonly region: string
  readonly name: string
  /** The management account. */
  readonly ownerAccountId: AccountId
  /** Start URLs besides the public one that mean this instance (§2.8), as configured. */
  readonly startUrlAliases: readonly string[]
  /** How long a signed-in browser stays signed in: 15 minutes to 90 days. */
  readonly sessionDuration: Duration
  readonly mfaPrompt: MfaPrompt
  readonly mfaWithoutDevice: MfaWithoutDevice
  /** Whether the device grant may be used at all (§7.1). */
  readonly deviceGrantEnabled: boolean
  readonly createdAt: Date
}
