/** A device authorization, from the code on the screen to the token (RFC 8628). */

import type { Duration } from '../duration.ts'
import type { ClientId, SecretHash, SessionId, UserId } from '../identifiers.ts'

/** Where a request came from: shown to the person who is asked to allow it. */
export interface Requester {
  readonly address: string
  readonly userAgent: string
}

export type DeviceAuthorizationState =
  | { readonly is: 'pending' }
  | { readonly is: 'granted'; readonly userId: UserId; readonly sessionId: SessionId }
  | { readonly is: 'denied' }
  | { readonly is: 'consumed' }

export interface DeviceAuthorization {
  readonly deviceCodeHash: SecretHash
  /** `XXXX-XXXX`, upper case. Unique among those that have not expired. */
  readonly userCode: string
  readonly clientId: ClientId
  readonly clientName: string
  readonly scopes: readonly string[]
  readonly requester: Requester
  readonly state: DeviceAuthorizationState
  /** How long the client must wait between polls, from the second one on. */
  readonly interval: Duration
  readonly polls: number
  readonly lastPolledAt?: Date
  readonly createdAt: Date
  readonly expiresAt: Date
}
