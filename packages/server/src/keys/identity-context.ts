/** Identity contexts: sealed texts that say for whom an application acts, for our own STS to read. */

import type { ApplicationArn, SessionId, UserId } from '@mayfly/identity-center/identifiers'
import type { Keys } from './keys.ts'

const PURPOSE = 'identity-context'

export interface IdentityContext {
  readonly userId: UserId
  readonly sessionId: SessionId
  readonly applicationArn: ApplicationArn
  readonly issuedAt: Date
  readonly expiresAt: Date
}

interface Claims {
  readonly u: string
  readonly s: string
  readonly a: string
  readonly t: number
  readonly e: number
}

/** The opaque text: `awsAdditionalDetails.identityContext`, and `sts:identity_context` in an id token. */
export function sealIdentityContext(context: IdentityContext, keys: Keys): string {
  const { userId, sessionId, applicationArn, issuedAt, expiresAt } = context
  const claims: Claims = {
    u: userId,
    s: sessionId,
    a: applicationArn,
    t: issuedAt.getTime(),
    e: expiresAt.getTime(),
  }
  return keys.seal(PURPOSE, '', Buffer.from(JSON.stringify(claims)))
}

/** What was sealed; undefined when the text is not ours, or has expired. */
export function openIdentityContext(text: string, now: Date, keys: Keys): IdentityContext | undefined {
  const bytes = keys.open(PURPOSE, '', text)
  if (!bytes) return undefined
  const { u, s, a, t, e }: Claims = JSON.parse(Buffer.from(bytes).toString())
  if (now.getTime() >= e) return undefined
  return {
    userId: u as UserId,
    sessionId: s as SessionId,
    applicationArn: a as ApplicationArn,
    issuedAt: new Date(t),
    expiresAt: new Date(e),
  }
}
