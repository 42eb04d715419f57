/** The link with which a user chooses a password: an invitation for whoever has none, and a reset otherwise. */

import type { User } from '@mayfly/identity-center/directory/user'
import { after, type Duration } from '@mayfly/identity-center/duration'
import { createToken } from '@mayfly/identity-center/oauth/token-format'
import type { Random } from '@mayfly/identity-center/random'
import { hashOf } from '@mayfly/identity-center/secret'
import type { OneTimeLink } from '@mayfly/identity-center/sign-in/one-time-link'
import type { Transaction } from '@mayfly/store'

/** A link, and what is kept of it. The address itself is kept nowhere. */
export interface PasswordLink {
  readonly address: string
  readonly kept: OneTimeLink
}

interface LinkOptions {
  /** `http://localhost:7373` */
  readonly origin: string
  readonly lifetime: Duration
  readonly now: Date
  readonly random: Random
}

/** Makes a link; writes nothing. */
export function createPasswordLink(
  { id: userId }: User,
  purpose: OneTimeLink['purpose'],
  { origin, lifetime, now, random }: LinkOptions,
): PasswordLink {
  const token = createToken(random, 'aol')
  const kept = { tokenHash: hashOf(token), purpose, userId, createdAt: now, expiresAt: after(now, lifetime) }
  return { address: `${origin}/link/${token}`, kept }
}

/** Keeps a link; those that the user was given before work no more. */
export async function keepPasswordLink(
  userId: User['id'],
  { kept }: PasswordLink,
  tx: Pick<Transaction, 'oneTimeLinks'>,
): Promise<void> {
  await tx.oneTimeLinks.deleteOfUser(userId)
  await tx.oneTimeLinks.insert(kept)
}
