/** A device authorization, from the code on the screen to the token (RFC 8628). */

import { after, before, type Duration, minutes, seconds } from '../duration.ts'
import type { ClientId, SecretHash, SessionId, UserId } from '../identifiers.ts'
import { type Random, randomText } from '../random.ts'
import type { Requester } from '../requester.ts'
import { hashOf } from '../secret.ts'
import { createToken } from './token-format.ts'

export type { Requester } from '../requester.ts'

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

/** §2.1 */
export const DEVICE_CODE_LIFETIME = minutes(10)
/** What StartDeviceAuthorization answers (§2.1). */
export const POLL_INTERVAL = seconds(1)
/** RFC 8628 §3.5: slow_down adds five seconds to this and every later poll. */
const SLOW_DOWN = seconds(5)
/** Clients do not measure their second to the millisecond, and networks hurry some requests. */
const TOLERANCE = 100 as Duration

/** Without vowels no word, without digits nothing to mistake (RFC 8628 §6.1): 20 letters, 8 of them, 34.6 bits. */
const USER_CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'

/** `XXXX-XXXX` */
export function createUserCode(random: Random): string {
  const letters = randomText(random, USER_CODE_LETTERS, 8)
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** What a person typed, as the code stands in the store; undefined when it cannot be one. Case, blanks and dash are free. */
export function canonicalUserCode(text: string): string | undefined {
  const letters = text.replace(/[\s\u2010-\u2015-]/g, '').toUpperCase()
  return /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/.test(letters) ? `${letters.slice(0, 4)}-${letters.slice(4)}` : undefined
}

/** Step 2 of the device grant. The device code itself goes to the client and is kept nowhere. */
export function createDeviceAuthorization(
  client: Pick<DeviceAuthorization, 'clientId' | 'clientName' | 'scopes'>,
  requester: Requester,
  now: Date,
  random: Random,
): { readonly authorization: DeviceAuthorization; readonly deviceCode: string } {
  const deviceCode = createToken(random, 'aod')
  return {
    deviceCode,
    authorization: {
      deviceCodeHash: hashOf(deviceCode),
      userCode: createUserCode(random),
      clientId: client.clientId,
      clientName: client.clientName,
      scopes: client.scopes,
      requester,
      state: { is: 'pending' },
      interval: POLL_INTERVAL,
      polls: 0,
      createdAt: now,
      expiresAt: after(now, DEVICE_CODE_LIFETIME),
    },
  }
}

/** What a poll is told (RFC 8628 §3.5), and the authorization as it is to be kept, when this poll changes it. */
export type Poll =
  | { readonly answer: 'authorization_pending' | 'slow_down'; readonly authorization: PolledAuthorization }
  | { readonly answer: 'granted'; readonly userId: UserId; readonly sessionId: SessionId }
  | { readonly answer: 'expired_token' | 'access_denied' | 'invalid_grant' }

export type PolledAuthorization = DeviceAuthorization & { readonly lastPolledAt: Date }

/**
 * Step 6. The first two polls may come back to back: the AWS CLI asks at once, and again when it has been told to wait.
 * A code that was used is `invalid_grant`, whether or not it has expired since.
 */
export function poll(authorization: DeviceAuthorization, now: Date): Poll {
  const { state } = authorization
  if (state.is === 'consumed') return { answer: 'invalid_grant' }
  if (now >= authorization.expiresAt) return { answer: 'expired_token' }
  if (state.is === 'denied') return { answer: 'access_denied' }
  if (state.is === 'granted') return { answer: 'granted', userId: state.userId, sessionId: state.sessionId }
  const polled = { ...authorization, polls: authorization.polls + 1, lastPolledAt: now }
  if (now >= nextPollAt(authorization)) return { answer: 'authorization_pending', authorization: polled }
  return {
    answer: 'slow_down',
    authorization: { ...polled, interval: (authorization.interval + SLOW_DOWN) as Duration },
  }
}

/** From when on a poll is not too early. */
function nextPollAt({ polls, lastPolledAt, interval, createdAt }: DeviceAuthorization): Date {
  if (polls < 2 || lastPolledAt === undefined) return createdAt
  return before(after(lastPolledAt, interval), TOLERANCE)
}
