/** A new password: by the rules, and none of the last three. */

import type { UserId } from '@mayfly/identity-center/identifiers'
import { settingsOf } from '@mayfly/identity-center/instance'
import { Refusal } from '@mayfly/identity-center/refusal'
import { checkNewPassword, type PasswordRecord, replacePassword } from '@mayfly/identity-center/sign-in/password'
import type { SignInContext } from './sign-in-context.ts'

/** The record of a user's new password, to be put into the store. Throws `invalid` with what is wrong with it. */
export async function createPasswordRecord(
  userId: UserId,
  password: string,
  { store, clock, hasher, instance }: SignInContext,
): Promise<PasswordRecord> {
  const lacks = checkNewPassword(password, settingsOf(await instance()))
  if (lacks.length > 0) throw new Refusal('invalid', `The new password needs ${lacks.join(', ')}.`)
  const known = await store.passwords.find(userId)
  for (const hash of known ? [known.hash, ...known.previousHashes] : []) {
    if (await hasher.verify(password, hash)) {
      throw new Refusal('invalid', 'This is one of your last three passwords.', { hint: 'Choose another one.' })
    }
  }
  return replacePassword(known, { userId, hash: await hasher.hash(password) }, clock.now())
}
