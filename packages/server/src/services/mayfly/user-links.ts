/** One-time links for users: an invitation, or a new password. Only the administrator who asks is shown the link. */

import type { User } from '@mayfly/identity-center/directory/user'
import { between, type Duration } from '@mayfly/identity-center/duration'
import type { Mail } from '@mayfly/identity-center/mail'
import { Refusal } from '@mayfly/identity-center/refusal'
import { INVITATION_LIFETIME, invitationMail, PASSWORD_RESET_LIFETIME, passwordResetMail } from '../../mail/messages.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import { createPasswordLink, keepPasswordLink, type PasswordLink } from '../../sign-in/password-link.ts'
import type { Mayfly } from './mayfly-handlers.ts'
import { getUserOf } from './user-of.ts'

export const userLinks = {
  /** For seven days, for a user who has no password yet. */
  async InviteUser(input, context) {
    const user = await getUserOf(input, context.store)
    if (await context.store.passwords.find(user.id)) {
      throw new Refusal('conflict', 'This user has a password already.', { hint: 'Reset the password instead.' })
    }
    return await sendLink(user, { purpose: 'invitation', lifetime: INVITATION_LIFETIME }, input, context)
  },

  /** For an hour. The present password works until a new one is chosen, which ends every session. */
  async ResetUserPassword(input, context) {
    const user = await getUserOf(input, context.store)
    // Whoever has none yet is welcomed, not told to choose a new one.
    const purpose = (await context.store.passwords.find(user.id)) ? 'password-reset' : 'invitation'
    return await sendLink(user, { purpose, lifetime: PASSWORD_RESET_LIFETIME }, input, context)
  },
} satisfies Partial<Mayfly>

interface Wanted {
  readonly purpose: 'invitation' | 'password-reset'
  readonly lifetime: Duration
}

async function sendLink(
  user: User,
  { purpose, lifetime }: Wanted,
  { SendEmail }: { readonly SendEmail?: boolean | undefined },
  context: OperationContext,
): Promise<{ Link: string; ExpiresAt: Date; SentTo?: string }> {
  const { store, clock, random, origin } = context
  if (user.status === 'DISABLED') {
    throw new Refusal('conflict', 'This user is disabled.', { hint: 'Enable the user first.' })
  }
  const link = createPasswordLink(user, purpose, { origin, lifetime, now: clock.now(), random })
  const message = SendEmail ? context.mail.create(await mailOf(user, link, context), lifetime) : undefined
  const output = {
    Link: link.address,
    ExpiresAt: link.kept.expiresAt,
    ...(message ? { SentTo: message.recipient } : {}),
  }
  await store.transaction(async (tx) => {
    await keepPasswordLink(user.id, link, tx)
    if (message) await tx.outbox.insert(message)
    await context.record(tx, output)
  })
  return output
}

/** Throws `invalid` for a user without an e-mail address. */
async function mailOf(user: User, { address, kept }: PasswordLink, { instance }: OperationContext): Promise<Mail> {
  if (!user.email) {
    throw new Refusal('invalid', 'This user has no e-mail address.', { hint: 'Hand the link over in another way.' })
  }
  const { name: portal } = await instance()
  const addressed = { to: user.email, name: user.displayName, userName: user.userName, portal, link: address }
  const lifetime = between(kept.createdAt, kept.expiresAt)
  return kept.purpose === 'invitation' ? invitationMail({ ...addressed, lifetime }) : passwordResetMail(addressed)
}
