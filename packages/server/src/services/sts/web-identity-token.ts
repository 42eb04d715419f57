/** A web identity token: a JWT of an issuer that the instance trusts, verified, and what STS reads in it. */

import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { describeError } from '../../context/log.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { WebIdentity } from '../../role-credentials/issuer.ts'
import { type ProvenToken, proveToken, readIssuer } from '../../trusted-issuer/assertion.ts'
import { FetchFault } from '../../trusted-issuer/fetch-json.ts'
import type { AskedTags } from './session-tags.ts'

export interface VerifiedWebIdentity {
  readonly identity: WebIdentity
  readonly issuerUrl: string
  /** `amr` */
  readonly methods: readonly string[]
  readonly tags: AskedTags
  readonly sourceIdentity?: string
}

/** As many as an instance has, and more. */
const MOST_ISSUERS = 100

/** Throws STS's own names for a token that proves nothing, has expired, or cannot be verified now. */
export async function verifyWebIdentity(token: string, context: OperationContext): Promise<VerifiedWebIdentity> {
  const issuerUrl = await findIssuer(token, context)
  const proven = await prove(token, issuerUrl, context)
  if (proven.is === 'expired') throw refuse('ExpiredTokenException', 'Token expired', 400)
  if (proven.is === 'unproven') throw invalidToken(`The token ${proven.because}.`)
  const { claims } = proven
  const { aud, sub, amr } = claims
  // With several audiences nobody could say for whom a trust policy lets the token in.
  const audience = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud
  if (!isText(audience) || !isText(sub)) throw rejected('The token must have one audience and a subject.')
  const sourceIdentity = claims['https://aws.amazon.com/source_identity']
  if (
    sourceIdentity !== undefined &&
    !(typeof sourceIdentity === 'string' && /^[\w+=,.@-]{2,64}$/.test(sourceIdentity))
  ) {
    throw rejected('The source identity in the token is no source identity.')
  }
  return {
    identity: { provider: providerOf(issuerUrl), audience, subject: sub },
    issuerUrl,
    methods: Array.isArray(amr) ? amr.filter(isText) : [],
    tags: tagsIn(claims['https://aws.amazon.com/tags']),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
  }
}

/** `https://id.example/tenant` is `id.example/tenant` in ARNs and condition keys. */
const providerOf = (issuerUrl: string): string => issuerUrl.replace(/^https?:\/\//, '').replace(/\/$/, '')

async function findIssuer(token: string, { store }: OperationContext): Promise<string> {
  const issuerUrl = readIssuerOf(token)
  const { items } = await store.trustedTokenIssuers.list({ limit: MOST_ISSUERS })
  if (items.some((issuer) => issuer.issuerUrl === issuerUrl)) return issuerUrl
  throw invalidToken('The token comes from an issuer that this instance does not trust.')
}

function readIssuerOf(token: string): string {
  try {
    return readIssuer(token)
  } catch (error) {
    throw asInvalid(error)
  }
}

async function prove(
  token: string,
  issuerUrl: string,
  { issuerKeys, clock, log, requestId }: OperationContext,
): Promise<ProvenToken> {
  try {
    return await proveToken(token, issuerUrl, issuerKeys, clock.now())
  } catch (error) {
    if (!(error instanceof FetchFault)) throw asInvalid(error)
    // What exactly answers at that address is for the operator to know.
    log.warn('The keys of a trusted token issuer cannot be had.', { requestId, issuerUrl, ...describeError(error) })
    throw refuse('IDPCommunicationError', 'The keys of the token’s issuer cannot be had. Try again.', 400)
  }
}

const asInvalid = (error: unknown): unknown =>
  error instanceof OAuthError ? invalidToken('The token is malformed, or signed in a way that is not taken.') : error

const LONGEST = 1024
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value.length <= LONGEST

/** `{ principal_tags: { Team: ['blue'] }, transitive_tag_keys: ['Team'] }` (STS, "Pass session tags"). */
function tagsIn(claim: unknown): AskedTags {
  if (claim === undefined) return { tags: [], transitiveTagKeys: [] }
  const { principal_tags: values, transitive_tag_keys: transitive } = isObject(claim) ? claim : {}
  const entries = isObject(values) ? Object.entries(values) : []
  const tags = entries.map(([key, value]) => {
    const text = Array.isArray(value) && value.length === 1 ? value[0] : value
    const isTag = typeof text === 'string' && TAG.test(key) && (text === '' || TAG.test(text)) && text.length <= 256
    if (!isTag || key.length > 128) throw rejected('The tags in the token are no session tags.')
    return { key, value: text }
  })
  return { tags, transitiveTagKeys: Array.isArray(transitive) ? transitive.filter(isText) : [] }
}

const TAG = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const refuse = (name: string, message: string, statusCode: number): ServiceException =>
  new ServiceException(name, message, { statusCode })

const invalidToken = (message: string): ServiceException => refuse('InvalidIdentityToken', message, 400)
const rejected = (message: string): ServiceException => refuse('IDPRejectedClaim', message, 403)
