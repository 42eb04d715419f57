/** Guessing is slowed down: every attempt is counted before it is checked, so that parallel ones count too. */

import { canonicalUserName } from '@mayfly/identity-center/directory/user'
import { between, inSeconds } from '@mayfly/identity-center/duration'
import type { SessionId, UserId } from '@mayfly/identity-center/identifiers'
import { placeOf } from '@mayfly/identity-center/network'
import { Refusal } from '@mayfly/identity-center/refusal'
import {
  ADDRESS_RULE,
  type AttemptRule,
  type AttemptSubject,
  mayTry,
  SIGN_IN_RULE,
  USER_CODE_RULE,
} from '@mayfly/identity-center/sign-in/sign-in-attempt'
import type { Context } from '../context/context.ts'
import type { KnownBrowser } from './known-browser.ts'
import type { PendingSignIn } from './pending-sign-in.ts'
import { createPersonalEvent } from './sign-in-events.ts'

/** Wrong codes after which a pending sign-in ends and the password is wanted anew. */
const CODES_OF_ONE_SIGN_IN = 5

/** Counts a sign-in from this place in the network. Throws `throttled`. */
export const countAddress = (context: Context): Promise<void> => count(addressOf(context), context, ADDRESS_RULE)

const addressOf = ({ requester }: Context): AttemptSubject => `address:${placeOf(requester.address)}`

/** Whose guesses at a password count together: all for one user name, but for each browser that its user knows. */
export type Guesser = { readonly userName: string } | { readonly knownBrowser: KnownBrowser }

/** Counts a password, whether anybody has the user name or not. Throws `throttled`, for a while and never for good. */
export async function countPassword(guesser: Guesser, context: Context): Promise<void> {
  // A neighbour behind the same address who guesses keeps nobody out of a browser that was used before, either.
  if ('userName' in guesser) await countAddress(context)
  await count(subjectOf(guesser), context, SIGN_IN_RULE)
}

/** After the right password. */
export async function forgetPasswords(guesser: Guesser, context: Context): Promise<void> {
  const { signInAttempts } = context.store
  const own = await signInAttempts.find(subjectOf(guesser))
  await signInAttempts.clear(subjectOf(guesser))
  // A whole office signs in from one address in the morning: only what fails in between adds up. What this user did not
  // try stays counted, or whoever guesses at others would sign in as himself now and then and begin anew.
  if ('userName' in guesser) await signInAttempts.takeBack(addressOf(context), own?.count ?? 1, ADDRESS_RULE)
}

const subjectOf = (guesser: Guesser): AttemptSubject =>
  'userName' in guesser
    ? `user:${canonicalUserName(guesser.userName.trim())}`
    : `address:browser/${guesser.knownBrowser.id}`

/**
 * Counts a code for the second factor: of the user, which throws `throttled` while it is blocked, and of this sign-in,
 * which is `ended` after five. Apart from the password's count: that a password was right forgives no wrong code.
 */
export async function countSecondFactor(
  { workflowId, userId }: PendingSignIn,
  context: Context,
): Promise<'counted' | 'ended'> {
  const { store, clock } = context
  const { count: codes } = await store.signInAttempts.count(`mfa:sign-in/${workflowId}`, clock.now(), SIGN_IN_RULE)
  if (codes > CODES_OF_ONE_SIGN_IN) return 'ended'
  await count(`mfa:${userId}`, context, SIGN_IN_RULE)
  return 'counted'
}

/** Counts a code that is mailed to a user: whoever knows the password cannot fill the mailbox with it. Throws `throttled`. */
export const countCodeMail = (userId: UserId, context: Context): Promise<void> =>
  count(`mfa:mail/${userId}`, context, SIGN_IN_RULE)

/** After the right code. The count of the one sign-in stays: it is over. */
export async function forgetSecondFactor({ userId }: PendingSignIn, { store }: Context): Promise<void> {
  await store.signInAttempts.clear(`mfa:${userId}`)
  await store.signInAttempts.clear(`mfa:mail/${userId}`)
}

/** Counts a code from the screen of a device, entered by somebody who is signed in. Throws `throttled`. */
export const countUserCode = (userId: UserId, context: Context): Promise<void> =>
  count(`user-code:${userId}`, context, USER_CODE_RULE)

/** Counts a mail that somebody wants sent to whoever has this user name, if anybody has. Throws `throttled`. */
export const countMail = (userName: string, context: Context): Promise<void> =>
  count(`user-code:mail/${canonicalUserName(userName)}`, context, USER_CODE_RULE)

/** After a decision about a device that was found. */
export const forgetUserCodes = (userId: UserId, { store }: Context): Promise<void> =>
  store.signInAttempts.clear(`user-code:${userId}`)

/** Counts a password that a signed-in user shows again. Throws `throttled`. */
export const countConfirmation = (sessionId: SessionId, context: Context): Promise<void> =>
  count(`mfa:session/${sessionId}`, context, SIGN_IN_RULE)

/** After the right one. */
export const forgetConfirmations = (sessionId: SessionId, { store }: Context): Promise<void> =>
  store.signInAttempts.clear(`mfa:session/${sessionId}`)

async function count(subject: AttemptSubject, context: Context, rule: AttemptRule): Promise<void> {
  const now = context.clock.now()
  const attempt = await context.store.signInAttempts.count(subject, now, rule)
  if (mayTry(attempt)) return
  await recordRefusal(subject, context)
  throw tooMany(attempt.blockedUntil ?? now, now)
}

const CREDENTIALS: readonly (readonly [beginning: string, credentialType: string])[] = [
  ['mfa:session/', 'PASSWORD'],
  ['mfa:', 'TOTP'],
  ['user-code:', 'USER_CODE'],
]

/** Whoever keeps knocking is seen, and cannot fill the disk with it. */
async function recordRefusal(subject: AttemptSubject, context: Context): Promise<void> {
  if (!context.refusedCalls.take(context.requester.address)) return
  const [, credentialType = 'PASSWORD'] = CREDENTIALS.find(([beginning]) => subject.startsWith(beginning)) ?? []
  const event = await createPersonalEvent(
    {
      eventSource: 'signin.amazonaws.com',
      eventName: 'CredentialVerification',
      additionalEventData: {
        CredentialType: credentialType,
        CountedBy: subject.startsWith('address:') ? 'address' : 'user',
      },
      serviceEventDetails: { CredentialVerification: 'Failure' },
      errorCode: 'ThrottlingException',
      errorMessage: 'There were too many attempts.',
    },
    context,
  )
  await context.store.auditEvents.insert(event)
}

function tooMany(until: Date, now: Date): Refusal {
  const seconds = Math.max(1, inSeconds(between(now, until)))
  const wait = seconds < 90 ? `${seconds} second${seconds === 1 ? '' : 's'}` : `${Math.ceil(seconds / 60)} minutes`
  return new Refusal('throttled', 'There were too many attempts.', { hint: `Try again in ${wait}.` })
}
