/** The end of every sign-in: a session, and the chance that the browser's cookie holds. */

import type { User } from '@mayfly/identity-center/directory/user'
import { after } from '@mayfly/identity-center/duration'
import type { SessionId } from '@mayfly/identity-center/identifiers'
import { mayHaveToken } from '@mayfly/identity-center/oauth/may-have-token'
import { randomBase64Url, randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { hashOf } from '@mayfly/identity-center/secret'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import type { Context } from '../context/context.ts'
import { type CredentialType, createSignInEvent } from './sign-in-events.ts'

export interface StartedSession {
  readonly session: Session
  /** For the browser alone: 32 bytes, base64url. */
  readonly cookie: string
}

export interface SignInSoFar {
  readonly workflowId: string
  readonly user: User
  /** What was shown and found right. */
  readonly credentials: readonly CredentialType[]
  /** Whether the browser stood in for the second factor that it was signed in with before. */
  readonly trusted?: boolean
}

/** Starts a session and records the sign-in with it. Throws `forbidden` when the user may not sign in now. */
export async function startSession(
  { workflowId, user, credentials, trusted = false }: SignInSoFar,
  context: Context,
): Promise<StartedSession> {
  const now = context.clock.now()
  const cookie = randomBase64Url(context.random, 32)
  const session: Session = {
    id: randomUuid(context.random) as SessionId,
    cookieHash: hashOf(cookie),
    userId: user.id,
    requester: context.requester,
    mfa: trusted || credentials.some((credential) => credential !== 'PASSWORD'),
    createdAt: now,
    expiresAt: after(now, (await context.instance()).sessionDuration),
  }
  const event = await createSignInEvent(
    {
      event: 'UserAuthentication',
      workflowId,
      credentialType: credentials.join(','),
      result: 'Success',
      user,
      sessionId: session.id,
    },
    context,
  )
  await context.store.transaction(async (tx) => {
    // Read again with the session's birth: whoever was disabled since the password was checked gets none.
    if (!mayHaveToken({ user: await tx.users.get(user.id), session, now }).may) throw notNow()
    await tx.sessions.insert(session)
    await tx.auditEvents.insert(event)
  })
  return { session, cookie }
}

const notNow = (): Refusal =>
  new Refusal('forbidden', 'This user cannot sign in now.', { hint: 'Ask your administrator.' })
