/** Why a signature is refused before, or after, it is computed: what it does not cover, and when it was made. */

import { formatBasicIso8601 } from '../model/timestamp.ts'
import { canonicalHeaderValue, findSentHeader, type SignableRequest, sha256 } from './canonical-request.ts'
import type { PresentedSignature } from './presented-signature.ts'

/** Why `lookup` has no secret. */
export type LookupFailure = 'unknown-access-key' | 'unknown-token' | 'expired-token'

export type SignatureFailure =
  | LookupFailure
  | 'missing-authentication-token'
  | 'incomplete-signature'
  | 'signature-mismatch'
  | 'signature-expired'
  | 'signature-not-yet-current'

export interface RefusedSignature {
  readonly verified: false
  readonly failure: SignatureFailure
  /** For the caller; holds no secret. */
  readonly message: string
}

/** A refusal as `verifySignature` answers it. */
export function failed(failure: SignatureFailure, message: string): RefusedSignature {
  return { verified: false, failure, message }
}

const WINDOW = 300_000

// The token proves itself; a CDN and browsers add the other two after signing.
const MAY_BE_UNSIGNED = new Set(['x-amz-security-token', 'x-amz-cf-id', 'x-amz-user-agent'])

/** What must be signed and is not, or was signed and is not there. */
export function refusalOfHeaders(
  request: SignableRequest,
  presented: PresentedSignature,
): RefusedSignature | undefined {
  const signed = new Set(presented.signedHeaders)
  const absent = presented.signedHeaders.find((name) => findSentHeader(request, name) === undefined)
  if (absent !== undefined) return failed('signature-mismatch', `The signed header '${absent}' is not in the request.`)
  if (!signed.has('host')) return failed('incomplete-signature', "'Host' must be a 'SignedHeader' in the request.")
  const unsigned = Object.keys(request.headers).find(
    (name) =>
      name.startsWith('x-amz-') &&
      request.headers[name] !== undefined &&
      !signed.has(name) &&
      !MAY_BE_UNSIGNED.has(name),
  )
  if (unsigned !== undefined) {
    return failed('signature-mismatch', `'${unsigned}' must be a 'SignedHeader' in the request.`)
  }
  if (presented.form === 'header' && !signed.has('x-amz-date') && !signed.has('date')) {
    return failed('incomplete-signature', "'X-Amz-Date' or 'Date' must be a 'SignedHeader' in the request.")
  }
  const claimed = request.headers['x-amz-content-sha256']
  if (claimed !== undefined && canonicalHeaderValue(claimed) !== sha256(request.body)) {
    return failed('signature-mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.")
  }
  return undefined
}

/** Too early, too late, or of another day than its scope. */
export function refusalOfTime(presented: PresentedSignature, now: Date): RefusedSignature | undefined {
  const { scope, timeText } = presented
  if (!timeText.startsWith(scope.date)) {
    return failed('signature-mismatch', `Date in Credential scope does not match the request's date: ${scope.date}.`)
  }
  const signedAt = presented.time.getTime()
  const asked = now.getTime()
  if (signedAt > asked + WINDOW) {
    const latest = formatBasicIso8601(new Date(asked + WINDOW))
    const message = `Signature not yet current: ${timeText} is still later than ${latest} (${formatBasicIso8601(now)} + 5 min.)`
    return failed('signature-not-yet-current', message)
  }
  const lifetime = presented.expiresIn === undefined ? WINDOW : presented.expiresIn * 1000
  if (asked > signedAt + lifetime) {
    const earliest = formatBasicIso8601(new Date(asked - lifetime))
    const length = presented.expiresIn === undefined ? '5 min.' : `${presented.expiresIn} s`
    const message = `Signature expired: ${timeText} is now earlier than ${earliest} (${formatBasicIso8601(now)} - ${length})`
    return failed('signature-expired', message)
  }
  return undefined
}
