/** One-time links: who follows one chooses a password, and becomes the first administrator where it says so. */

import type { UserId } from '@mayfly/identity-center/identifiers'
import { randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { hashOf } from '@mayfly/identity-center/secret'
import type { OneTimeLink } from '@mayfly/identity-center/sign-in/one-time-link'
import type { Transaction } from '@mayfly/store'
import { endEverythingOf } from '../caller/session-end.ts'
import type { Context } from '../context/context.ts'
import { createFirstAdministrator, insertFirstAdministrator, type NewPerson } from './first-administrator.ts'
import { createPasswordRecord } from './new-password.ts'
import { type AfterPassword, goOn } from './password-sign-in.ts'
import type { SignInContext } from './sign-in-context.ts'
import { createPersonalEvent } from './sign-in-events.ts'
import { countAddress, forgetPasswords } from './throttle.ts'

/** The link, while it may be followed; undefined for one that never was, was used, has run out, or is of somebody disabled. */
export async function findOneTimeLink(
  token: string,
  { store, clock }: Pick<Context, 'store' | 'clock'>,
): Promise<OneTimeLink | undefined> {
  const link = await store.oneTimeLinks.find(hashOf(token))
  if (!link || link.consumedAt !== undefined || clock.now() >= link.expiresAt) return undefined
  if (link.userId === undefined) return link
  return (await store.users.find(link.userId))?.status === 'ENABLED' ? link : undefined
}

/** Whom a link is for, unless it is for the first administrator. */
export const getUserOfLink = ({ userId }: OneTimeLink, { store }: Pick<Context, 'store'>) =>
  store.users.get(userId ?? ('' as UserId))

/** Makes the first administrator. Throws `invalid`, `conflict`, or `not-found` for whoever came second. */
export async function followFirstAdministratorLink(
  token: string,
  person: NewPerson,
  password: string,
  context: SignInContext,
): Promise<AfterPassword> {
  const administrator = await createFirstAdministrator(person, context)
  const { user } = administrator
  const record = await createPasswordRecord(user.id, password, context)
  const event = await createPersonalEvent(
    { eventSource: 'sso-directory.amazonaws.com', eventName: 'CreateUser', responseElements: { userId: user.id } },
    context,
  )
  await consuming(token, context, async (tx) => {
    await insertFirstAdministrator(administrator, tx)
    await tx.passwords.put(record)
    await tx.auditEvents.insert(event)
  })
  return goOn(user, randomUuid(context.random), context)
}

/** Sets the password of an invited user, or of one who forgot it: then every session and token of before ends. */
export async function followPasswordLink(
  token: string,
  link: OneTimeLink,
  password: string,
  context: SignInContext,
): Promise<AfterPassword> {
  const { clock, revocations } = context
  const user = await getUserOfLink(link, context)
  const record = await createPasswordRecord(user.id, password, context)
  const event = await createPersonalEvent(
    { eventSource: 'sso-directory.amazonaws.com', eventName: 'UpdatePassword', userId: user.id },
    context,
  )
  const revocation = await consuming(token, context, async (tx) => {
    await tx.passwords.put(record)
    // Of several that were sent one is enough: what lies in a mailbox must not undo this choice.
    await tx.oneTimeLinks.deleteOfUser(user.id)
    await tx.auditEvents.insert(event)
    return await endEverythingOf(user.id, tx, clock.now())
  })
  revocations.note(revocation)
  await forgetPasswords({ userName: user.userName }, context)
  return goOn(user, randomUuid(context.random), context)
}

/** Counts whoever tries links from one address. A token has 256 bits; this keeps the log and the database quiet. */
export const countLink = countAddress

async function consuming<T>(token: string, context: Context, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const { store, clock } = context
  return await store.transaction(async (tx) => {
    if (!(await tx.oneTimeLinks.consume(hashOf(token), clock.now()))) throw usedLink()
    return await work(tx)
  })
}

/** One answer for a link that never was, was used or has run out. */
export const usedLink = (): Refusal =>
  new Refusal('not-found', 'This link was used already, has run out, or was never made.', {
    hint: 'Ask for a new one.',
  })
