/** The second step of signing in: a code from an authenticator app, or a recovery code in its place. */

import type { User } from '@mayfly/identity-center/directory/user'
import type { UserId } from '@mayfly/identity-center/identifiers'
import { hashOf } from '@mayfly/identity-center/secret'
import { canonicalRecoveryCode } from '@mayfly/identity-center/sign-in/recovery-code'
import { canonicalTotpCode, matchingStep } from '@mayfly/identity-center/sign-in/totp'
import type { Context } from '../context/context.ts'
import { acceptEmailCode } from './email-code.ts'
import { openMfaSecret } from './mfa-registration.ts'
import type { PendingSignIn } from './pending-sign-in.ts'
import { type StartedSession, startSession } from './session-start.ts'
import { type CredentialType, recordSignInStep } from './sign-in-events.ts'
import { countSecondFactor, forgetSecondFactor } from './throttle.ts'

/** What came of a code. `ended`: too many were wrong, and the password is wanted anew. */
export type AfterSecondFactor =
  | { readonly is: 'signed-in'; readonly started: StartedSession }
  | { readonly is: 'wrong' }
  | { readonly is: 'ended' }

/**
 * Checks a code for a pending sign-in. Every attempt counts before it is checked, for the user and for this sign-in;
 * throws `throttled` while the user's second factor is blocked.
 */
export async function signInWithSecondFactor(
  pending: PendingSignIn,
  code: string,
  context: Context,
): Promise<AfterSecondFactor> {
  const { workflowId } = pending
  if ((await countSecondFactor(pending, context)) === 'ended') return { is: 'ended' }
  const user = await findUserOf(pending, context)
  if (!user) return { is: 'ended' }
  const credential = await acceptCode(pending, code, context)
  await recordSignInStep(
    {
      event: 'CredentialVerification',
      workflowId,
      credentialType: credential ?? (pending.missing === 'email-code' ? 'EMAIL_OTP' : 'TOTP'),
      result: credential ? 'Success' : 'Failure',
      user,
    },
    context,
  )
  if (!credential) return { is: 'wrong' }
  await forgetSecondFactor(pending, context)
  return {
    is: 'signed-in',
    started: await startSession({ workflowId, user, credentials: ['PASSWORD', credential] }, context),
  }
}

/** The user of a pending sign-in, unless the password that began it was replaced since. */
export async function findUserOf({ userId, startedAt }: PendingSignIn, { store }: Context): Promise<User | undefined> {
  const [user, password] = await Promise.all([store.users.find(userId), store.passwords.find(userId)])
  return password && password.updatedAt <= startedAt ? user : undefined
}

/** Takes the code if it is right, so that it is never taken again. Blanks in it do not make it another one. */
async function acceptCode(
  { userId, workflowId, missing }: PendingSignIn,
  text: string,
  context: Context,
): Promise<CredentialType | undefined> {
  if (missing === 'email-code') return (await acceptEmailCode(workflowId, text, context)) ? 'EMAIL_OTP' : undefined
  if (canonicalTotpCode(text) !== undefined) return (await acceptTotp(userId, text, context)) ? 'TOTP' : undefined
  const recoveryCode = canonicalRecoveryCode(text)
  const { store, clock } = context
  const consumed =
    recoveryCode !== undefined && (await store.recoveryCodes.consume(userId, hashOf(recoveryCode), clock.now()))
  return consumed ? 'RECOVERY_CODE' : undefined
}

async function acceptTotp(userId: UserId, code: string, context: Context): Promise<boolean> {
  const { store, clock } = context
  const now = clock.now()
  for (const device of await store.mfaDevices.listOfUser(userId)) {
    const step = matchingStep(openMfaSecret(device, context), code, now, device)
    // The store compares and sets: of two requests with one code, one loses (RFC 6238 §5.2).
    if (step !== undefined && (await store.mfaDevices.acceptStep(device.id, step, now))) return true
  }
  return false
}
