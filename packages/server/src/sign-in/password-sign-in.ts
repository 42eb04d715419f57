/** The first step of signing in: user name and password. */

import type { User } from '@mayfly/identity-center/directory/user'
import type { Instance } from '@mayfly/identity-center/instance'
import { randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { EMAIL_CODE_LIFETIME } from '@mayfly/identity-center/sign-in/email-code'
import { createCodeMail } from '../mail-delivery/user-mail.ts'
import { isAtHome, type KnownBrowser } from './known-browser.ts'
import type { PendingSignIn } from './pending-sign-in.ts'
import { type StartedSession, startSession } from './session-start.ts'
import type { SignInContext } from './sign-in-context.ts'
import { recordSignInStep } from './sign-in-events.ts'
import { countCodeMail, countPassword, forgetPasswords, type Guesser } from './throttle.ts'

export interface PasswordSignIn {
  readonly userName: string
  readonly password: string
  /** A browser in which somebody has signed in before. */
  readonly knownBrowser: KnownBrowser | undefined
}

/** Signed in, or on to the second step. */
export type AfterPassword =
  | { readonly is: 'signed-in'; readonly started: StartedSession }
  | { readonly is: 'pending'; readonly pending: PendingSignIn }

/**
 * Checks user name and password. Throws `forbidden` with one and the same message for a wrong password, an unknown
 * user and a disabled one, after the same work; throws `throttled` when there were too many attempts.
 */
export async function signInWithPassword(asked: PasswordSignIn, context: SignInContext): Promise<AfterPassword> {
  const found = await context.store.users.findByUserName(asked.userName.trim())
  const guesser = guesserOf(asked, found)
  await countPassword(guesser, context)
  const workflowId = randomUuid(context.random)
  const matches = await isPasswordOf(found, asked.password, context)
  await recordSignInStep(
    {
      event: 'CredentialVerification',
      workflowId,
      credentialType: 'PASSWORD',
      result: matches ? 'Success' : 'Failure',
      user: found,
    },
    context,
  )
  if (!found || !matches) throw new Refusal('forbidden', 'The user name or the password is not right.')
  await forgetPasswords(guesser, context)
  return goOn(found, workflowId, context, asked.knownBrowser)
}

/** A browser that its user has used before is counted by itself, so that strangers' guesses keep nobody out of it. */
const guesserOf = ({ userName, knownBrowser }: PasswordSignIn, found: User | undefined): Guesser =>
  knownBrowser !== undefined && knownBrowser.userId === found?.id ? { knownBrowser } : { userName }

async function isPasswordOf(user: User | undefined, password: string, context: SignInContext): Promise<boolean> {
  const record = user && (await context.store.passwords.find(user.id))
  const matches = await context.hasher.verify(password, record?.hash)
  return matches && user?.status === 'ENABLED'
}

/** After the password: the second factor, its registration, or the session at once. */
export async function goOn(
  user: User,
  workflowId: string,
  context: SignInContext,
  knownBrowser?: KnownBrowser,
): Promise<AfterPassword> {
  const instance = await context.instance()
  const devices = instance.mfaPrompt === 'disabled' ? [] : await context.store.mfaDevices.listOfUser(user.id)
  const trusted =
    instance.mfaPrompt === 'context-aware' && devices.length > 0 && isAtHome(knownBrowser, user.id, context)
  const missing = trusted ? undefined : findMissingFactor(user, instance, devices.length)
  if (missing === undefined) {
    const soFar = { workflowId, user, credentials: ['PASSWORD'], trusted } as const
    return { is: 'signed-in', started: await startSession(soFar, context) }
  }
  if (missing === 'email-code') await sendCode(user, workflowId, context)
  const credentialType = missing === 'email-code' ? 'EMAIL_OTP' : 'TOTP'
  await recordSignInStep({ event: 'CredentialChallenge', workflowId, credentialType, result: 'Success', user }, context)
  const startedAt = context.clock.now()
  return { is: 'pending', pending: { workflowId, userId: user.id, missing, startedAt } }
}

async function sendCode(user: User, workflowId: string, context: SignInContext): Promise<void> {
  await countCodeMail(user.id, context)
  await context.mail.send(await createCodeMail(user, workflowId, context), EMAIL_CODE_LIFETIME)
}

/** What the instance's settings still want from this user (§4.3). */
function findMissingFactor(
  { email = '' }: User,
  { mfaPrompt, mfaWithoutDevice }: Instance,
  devices: number,
): PendingSignIn['missing'] | undefined {
  if (mfaPrompt === 'disabled') return undefined
  if (devices > 0) return 'second-factor'
  if (mfaWithoutDevice === 'allow-sign-in') return undefined
  if (mfaWithoutDevice === 'require-registration') return 'registration'
  if (mfaWithoutDevice === 'require-email-code' && email !== '') return 'email-code'
  throw new Refusal('forbidden', 'Signing in needs a second factor, and you have none.', {
    hint: 'Ask your administrator to register one for you.',
  })
}
