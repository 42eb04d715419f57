/** Assertions: JWTs of a trusted issuer, verified (RFC 7523 §3, RFC 8725). */

import { after, type Duration, days, seconds } from '@mayfly/identity-center/duration'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import type { IssuerKeys } from './issuer-keys.ts'

export interface VerifiedAssertion {
  readonly claims: Readonly<Record<string, unknown>>
  /** `jti` */
  readonly tokenId: string
  /** From when on it would be refused for its age. */
  readonly expiresAt: Date
}

/** What a token of a trusted issuer turned out to be. */
export type ProvenToken =
  | { readonly is: 'proven'; readonly claims: Readonly<Record<string, unknown>> }
  | { readonly is: 'expired' }
  | { readonly is: 'unproven'; readonly because: string }

/** Whom an assertion must come from and be meant for. */
export interface ExpectedAssertion {
  readonly issuerUrl: string
  readonly audiences: readonly string[]
}

/** By a public key alone: with `none` and HMAC anybody could sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512']
const LONGEST = 16 * 1024
const LONGEST_ID = 512
/** How far the issuer's clock may be off. */
const TOLERANCE: Duration = seconds(30)
/** What was redeemed is remembered as long as it lives, so it must not live for ever. */
const LONGEST_LIFE = days(30)

/** Who the assertion says that it comes from; nothing of it is verified yet. Throws `invalid_grant`. */
export function readIssuer(assertion: string): string {
  if (assertion.length > LONGEST) throw invalid('is too long')
  try {
    const { iss } = decodeJwt(assertion)
    if (typeof iss === 'string') return iss
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
  }
  throw invalid('is no JWT with an issuer')
}

/** Throws `invalid_grant` for an assertion that proves nothing, and a `FetchFault` when the keys cannot be had. */
export async function verifyAssertion(
  assertion: string,
  { issuerUrl, audiences }: ExpectedAssertion,
  issuerKeys: IssuerKeys,
  now: Date,
): Promise<VerifiedAssertion> {
  const { getKey } = await issuerKeys.find(issuerUrl, readKeyId(assertion))
  try {
    const { payload } = await jwtVerify(assertion, getKey, {
      algorithms: ALGORITHMS,
      issuer: issuerUrl,
      audience: [...audiences],
      currentDate: now,
      clockTolerance: TOLERANCE / 1000,
      requiredClaims: ['exp', 'iat', 'jti'],
    })
    return checkClaims(payload, now)
  } catch (error) {
    if (!(error instanceof errors.JOSEError || error instanceof TypeError)) throw error
    throw invalid(describe(error))
  }
}

/**
 * The same for a token that may be shown as often as one likes, and for whom it is meant the caller asks. Throws
 * `invalid_grant` for what is no such token at all, and a `FetchFault` when the keys cannot be had.
 */
export async function proveToken(
  token: string,
  issuerUrl: string,
  issuerKeys: IssuerKeys,
  now: Date,
): Promise<ProvenToken> {
  const { getKey } = await issuerKeys.find(issuerUrl, readKeyId(token))
  try {
    const { payload } = await jwtVerify(token, getKey, {
      algorithms: ALGORITHMS,
      issuer: issuerUrl,
      currentDate: now,
      clockTolerance: TOLERANCE / 1000,
      requiredClaims: ['exp', 'iat', 'aud', 'sub'],
    })
    const isEarly = (payload.iat ?? 0) > (now.getTime() + TOLERANCE) / 1000
    return isEarly ? { is: 'unproven', because: 'was issued in the future' } : { is: 'proven', claims: payload }
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { is: 'expired' }
    if (!(error instanceof errors.JOSEError || error instanceof TypeError)) throw error
    return { is: 'unproven', because: describe(error) }
  }
}

/** Before anybody is asked for keys: what cannot be verified by a public key is not worth a request. */
function readKeyId(assertion: string): string | undefined {
  try {
    const { alg, kid, typ } = decodeProtectedHeader(assertion)
    if (alg === undefined || !ALGORITHMS.includes(alg)) throw invalid('is signed by an algorithm that is not taken')
    // A logout token of the same issuer, for one, is not meant to sign anybody in (RFC 8725 §3.11).
    if (typ !== undefined && !/^(application\/)?(at\+)?jwt$/i.test(typ)) throw invalid('is a token of another type')
    if (kid !== undefined && typeof kid !== 'string') throw invalid('is malformed')
    return kid
  } catch (error) {
    if (error instanceof OAuthError) throw error
    throw invalid('is malformed')
  }
}

function checkClaims({ exp = 0, iat = 0, jti, ...claims }: JWTPayload, now: Date): VerifiedAssertion {
  if (typeof jti !== 'string' || jti === '' || jti.length > LONGEST_ID) throw invalid('has no usable jti')
  const current = now.getTime() / 1000
  if (iat > current + TOLERANCE / 1000) throw invalid('was issued in the future')
  if (exp > current + LONGEST_LIFE / 1000) throw invalid('lives too long')
  return { claims: { ...claims, jti }, tokenId: jti, expiresAt: after(new Date(exp * 1000), TOLERANCE) }
}

function describe(error: Error): string {
  if (error instanceof errors.JWTExpired) return 'has expired'
  if (error instanceof errors.JWTClaimValidationFailed) return `has no acceptable ${error.claim}`
  if (error instanceof errors.JWKSNoMatchingKey) return 'is signed by a key that its issuer does not publish'
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'does not say which of its issuer’s keys signed it'
  return 'is not signed as it should be'
}

const invalid = (reason: string): OAuthError => new OAuthError('invalid_grant', `The assertion ${reason}.`)
