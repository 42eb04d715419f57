/** Second factors: authenticator apps (RFC 6238) and recovery codes. */

import type { MfaDeviceId, SecretHash, UserId } from '../identifiers.ts'

/** An authenticator app. */
export interface MfaDevice {
  readonly id: MfaDeviceId
  readonly userId: UserId
  readonly type: 'TOTP'
  readonly name: string
  /** The shared secret, sealed by the server's key. */
  readonly sealedSecret: string
  /** The last time step that was accepted: none is taken twice. */
  readonly lastStep: number
  readonly createdAt: Date
  readonly lastUsedAt?: Date
}

/** A recovery code, good once in place of an authenticator app. */
export interface RecoveryCode {
  readonly userId: UserId
  readonly codeHash: SecretHash
  readonly createdAt: Date
  readonly usedAt?: Date
}
