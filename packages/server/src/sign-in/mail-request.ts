/**
 * What a stranger may ask for by a user name: a link or a code, by e-mail. Whoever asks is answered alike and after the
 * same work: the name is looked up when the outbox is emptied.
 */

import type { User } from '@mayfly/identity-center/directory/user'
import { after, minutes } from '@mayfly/identity-center/duration'
import type { UserId } from '@mayfly/identity-center/identifiers'
import { createToken } from '@mayfly/identity-center/oauth/token-format'
import { randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { hashOf } from '@mayfly/identity-center/secret'
import { EMAIL_CODE_LIFETIME } from '@mayfly/identity-center/sign-in/email-code'
import type { Context } from '../context/context.ts'
import type { Sealed } from '../mail/mailer.ts'
import { acceptEmailCode } from './email-code.ts'
import { createPersonalEvent, recordSignInStep } from './sign-in-events.ts'
import { countAddress, countMail } from './throttle.ts'

const AAD = 'first-sign-in'
/** What was not delivered by then is asked for again. */
const REQUEST_LIFETIME = minutes(30)
/** To choose a password after the code. */
const PASSWORD_TIME = minutes(15)

/** Queues a link for a new password. Throws `throttled`. */
export const requestPasswordReset = (userName: string, context: Context): Promise<void> =>
  request({ is: 'password-reset', userName, origin: context.origin }, context)

/** Queues a code; returns the sealed number of this sign-in, for the form that takes the code. Throws `throttled`. */
export async function requestFirstSignIn(userName: string, context: Context): Promise<string> {
  const workflowId = randomUuid(context.random)
  await request({ is: 'first-sign-in', userName, origin: context.origin, workflowId }, context)
  return context.keys.seal('sealing', AAD, Buffer.from(workflowId))
}

export function openFirstSignIn(begun: string, { keys }: Context): string | undefined {
  const bytes = keys.open('sealing', AAD, begun)
  return bytes && Buffer.from(bytes).toString()
}

/** Takes the code; gives the token of a link that lets its user choose a password. Throws `throttled`. */
export async function followFirstSignIn(
  workflowId: string,
  code: string,
  context: Context,
): Promise<string | undefined> {
  const { store, clock, random } = context
  await countAddress(context)
  const userId = await acceptEmailCode(workflowId, code, context)
  const user = userId && (await findUserWithoutPassword(userId, context))
  const result = user ? 'Success' : 'Failure'
  const step = { event: 'CredentialVerification', workflowId, credentialType: 'EMAIL_OTP', result, user } as const
  await recordSignInStep(step, context)
  if (!user) return undefined
  const token = createToken(random, 'aol')
  const createdAt = clock.now()
  await store.oneTimeLinks.insert({
    tokenHash: hashOf(token),
    purpose: 'invitation',
    userId: user.id,
    createdAt,
    expiresAt: after(createdAt, PASSWORD_TIME),
  })
  return token
}

/** Whoever has chosen a password since the code was asked for, or was disabled, has no use for it. */
async function findUserWithoutPassword(id: UserId, { store }: Context): Promise<User | undefined> {
  const [user, password] = await Promise.all([store.users.find(id), store.passwords.find(id)])
  return user?.status === 'ENABLED' && password === undefined ? user : undefined
}

async function request(sealed: Exclude<Sealed, { is: 'mail' }>, context: Context): Promise<void> {
  await countAddress(context)
  await countMail(sealed.userName, context)
  if (!context.unsignedCalls.take(context.requester.address)) {
    throw new Refusal('throttled', 'There were too many attempts.', { hint: 'Try again in a minute.' })
  }
  const event = await createPersonalEvent(
    {
      eventSource: 'signin.amazonaws.com',
      eventName: sealed.is === 'password-reset' ? 'RequestPasswordReset' : 'RequestEmailCode',
      // Without the name: what strangers type there may be a password.
      serviceEventDetails: { [sealed.is]: 'Success' },
    },
    context,
  )
  const lifetime = sealed.is === 'first-sign-in' ? EMAIL_CODE_LIFETIME : REQUEST_LIFETIME
  await context.store.transaction(async (tx) => {
    await tx.outbox.insert(context.mail.seal(sealed, lifetime))
    await tx.auditEvents.insert(event)
  })
}
