/** An assertion that was redeemed: its `jti` works no second time while it lives. */

import type { SecretHash, TrustedTokenIssuerArn } from '../identifiers.ts'

export interface SpentAssertion {
  readonly trustedTokenIssuerArn: TrustedTokenIssuerArn
  readonly tokenIdHash: SecretHash
  /** When the assertion would be refused for its age. */
  readonly expiresAt: Date
}
