/** One Identity Center instance. */

import type { Duration } from './duration.ts'
import type { AccountId, IdentityStoreId, InstanceArn } from './identifiers.ts'

/** When a second factor is asked for (identity-center specification §4.3). */
export type MfaPrompt = 'always-on' | 'context-aware' | 'disabled'
/** What happens to a user who has no second factor and would be asked for one. */
export type MfaWithoutDevice = 'require-registration' | 'require-email-code' | 'allow-sign-in' | 'block-sign-in'
/** Kinds of authenticators. */
export type MfaType = 'TOTP' | 'WEBAUTHN'

/** What an administrator may change besides; absent members count as `DEFAULT_SETTINGS` says. */
export interface InstanceSettings {
  /** Which authenticators may be registered. */
  readonly mfaTypes: readonly MfaType[]
  /** Who adds and removes authenticators. */
  readonly mfaManagedBy: 'users' | 'administrators'
  /** 8 to 64 characters. */
  readonly passwordMinimumLength: number
  /** Whether a password needs a lower-case and an upper-case letter, a digit and another character. */
  readonly passwordNeedsEveryClass: boolean
  /** Whether a user who has no password yet signs in for the first time by a code sent by e-mail (§4.1). */
  readonly emailCodeForFirstSignIn: boolean
  /** Whether 'forgot password' sends a link. */
  readonly passwordResetByEmail: boolean
}

export const DEFAULT_SETTINGS: InstanceSettings = {
  mfaTypes: ['TOTP', 'WEBAUTHN'],
  mfaManagedBy: 'users',
  passwordMinimumLength: 8,
  passwordNeedsEveryClass: true,
  emailCodeForFirstSignIn: false,
  passwordResetByEmail: true,
}

/** The settings of an instance, each as it was set or as it counts otherwise. */
export const settingsOf = ({ settings }: Pick<Instance, 'settings'>): InstanceSettings => ({
  ...DEFAULT_SETTINGS,
  ...settings,
})

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
  readonly settings?: Partial<InstanceSettings>
  readonly createdAt: Date
}
