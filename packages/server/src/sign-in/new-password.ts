/** A new password: by the rules, and none of the last three. */

import type { UserId } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import { checkNewPassword, type PasswordRecord } from '@mayfly/identity-center/sign-in/password'
import type { SignInContext } from './sign-in-context.ts'

/** The record of a user's new password, to be put into the store. Throws `invalid` with what is wrong with it. */
export async function createPasswordRecord(
  userId: UserId,
  password: string,
  { store, clock, hasher }: SignInContext,
): Promise<PasswordRecord> {
  const wrong = checkNewPassword(password)
  if (wrong.length > 0) throw new Refusal('invalid', wrong.join(' '))
  const known = await store.passwords.find(userId)
  const latest = known ? [known.hash, ...known.previousHashes] : []
  for (const hash of latest.slice(0, 3)) {
    if (await hasher.verify(password, hash)) {
      throw new Refusal('invalid', 'This is one of your last three passwords. Choose another one.')
    }
  }
  return {
    userId,
    hash: await hasher.hash(password),
    previousHashes: latest.slice(0, 2),
    updatedAt: clock.now(),
  }
}
