/** A SigV4 signature becomes a caller. */

import { partitionOf } from '@mayfly/identity-center/partition'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { type ServiceName, signingNameOf } from '@mayfly/wire/model/service-model'
import type { Route, WireRequest } from '@mayfly/wire/serve'
import { type LookupFailure, type SignatureFailure, verifySignature } from '@mayfly/wire/signature-v4'
import type { ServerContext } from '../context/context.ts'
import type { RoleSession } from '../role-credentials/issuer.ts'
import type { AccountCaller } from './caller.ts'
import { createIamUserCaller, findSigningKey, type SigningKeyOfUser } from './iam-user-caller.ts'
import { createRoleCaller } from './role-caller.ts'

/** Whose secret it is: a role session's, or that of an IAM user's long-term key. */
type KnownSecret = { readonly secretAccessKey: string; readonly session: RoleSession } | SigningKeyOfUser

/**
 * The role session or the IAM user that signed the request; `rawPath` with the prefix, as it was signed. Throws what AWS
 * answers.
 */
export async function findSignatureCaller(
  route: Route,
  request: WireRequest,
  context: ServerContext,
): Promise<AccountCaller> {
  const now = context.clock.now()
  const lookup = (accessKeyId: string, sessionToken: string | undefined) =>
    sessionToken === undefined
      ? findLongTerm(accessKeyId, context)
      : findSession(accessKeyId, sessionToken, { issuer: context.issuer, now })
  const verification = await verifySignature<KnownSecret>(request, lookup, now, context.signingKeys)
  if (!verification.verified) throw signatureException(route.service, verification.failure, verification.message)
  const signingName = signingNameOf(route.model)
  // A signature made for one service must not open another.
  if (verification.service !== signingName) {
    const message = `Credential should be scoped to correct service: '${signingName}'.`
    throw signatureException(route.service, 'signature-mismatch', message)
  }
  const { accessKeyId, secret, region, service } = verification
  const instance = await context.instance()
  if ('session' in secret)
    return createRoleCaller(secret.session, { by: 'signature', accessKeyId, region: instance.region })
  // Whatever is answered: somebody who holds the key uses it.
  context.accessKeyUses.note(secret.key, { region, service })
  return createIamUserCaller(secret, partitionOf(instance.region))
}

/** Whoever shows no session token has a long-term key: one that does not sign is told from none by nobody, as at AWS. */
async function findLongTerm(accessKeyId: string, context: ServerContext): Promise<KnownSecret | LookupFailure> {
  return (await findSigningKey(accessKeyId, context)) ?? 'unknown-access-key'
}

/** A long-term key with a token beside it is no session's. */
function findSession(
  accessKeyId: string,
  sessionToken: string,
  { issuer, now }: Pick<ServerContext, 'issuer'> & { readonly now: Date },
): KnownSecret | LookupFailure {
  const known = issuer.find(accessKeyId, sessionToken, now)
  if (known.are === 'valid') return known
  return known.are === 'expired' ? 'expired-token' : 'unknown-token'
}

type Answer = readonly [name: string, statusCode: number]

/** §1.2: sts and iam have their own names; the others share theirs. */
const QUERY_ANSWERS: Readonly<Record<SignatureFailure, Answer>> = {
  'missing-authentication-token': ['MissingAuthenticationToken', 403],
  'incomplete-signature': ['IncompleteSignature', 400],
  'signature-mismatch': ['SignatureDoesNotMatch', 403],
  'signature-expired': ['SignatureDoesNotMatch', 403],
  'signature-not-yet-current': ['SignatureDoesNotMatch', 403],
  'unknown-access-key': ['InvalidClientTokenId', 403],
  'unknown-token': ['InvalidClientTokenId', 403],
  'expired-token': ['ExpiredToken', 403],
}

const JSON_ANSWERS: Readonly<Record<SignatureFailure, Answer>> = {
  'missing-authentication-token': ['MissingAuthenticationTokenException', 403],
  'incomplete-signature': ['IncompleteSignatureException', 400],
  'signature-mismatch': ['InvalidSignatureException', 403],
  'signature-expired': ['InvalidSignatureException', 403],
  'signature-not-yet-current': ['InvalidSignatureException', 403],
  'unknown-access-key': ['UnrecognizedClientException', 403],
  'unknown-token': ['UnrecognizedClientException', 403],
  'expired-token': ['ExpiredTokenException', 400],
}

function signatureException(service: ServiceName, failure: SignatureFailure, message: string): ServiceException {
  const answers = service === 'sts' || service === 'iam' ? QUERY_ANSWERS : JSON_ANSWERS
  const [name, statusCode] = answers[failure]
  return new ServiceException(name, message, { statusCode })
}
