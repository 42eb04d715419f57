/** What an administrator takes from a user who is locked out or has lost a phone: wrong attempts, authenticators. */

import { canonicalUserName, type User } from '@mayfly/identity-center/directory/user'
import type { MfaDeviceId } from '@mayfly/identity-center/identifiers'
import type { Revocation } from '@mayfly/identity-center/revocation'
import type { AttemptSubject } from '@mayfly/identity-center/sign-in/sign-in-attempt'
import type { Transaction } from '@mayfly/store'
import { endEverythingOf } from '../caller/session-end.ts'

type Named = Pick<User, 'id' | 'userName'>

/** Whatever keeps a user waiting after wrong passwords and codes. */
export const attemptsOf = ({ id, userName }: Named): AttemptSubject[] => [
  `user:${canonicalUserName(userName)}`,
  `mfa:${id}`,
  `mfa:mail/${id}`,
  `user-code:${id}`,
]

/** The user may try again at once. */
export async function forgetAttemptsOf(user: Named, tx: Pick<Transaction, 'signInAttempts'>): Promise<void> {
  for (const subject of attemptsOf(user)) await tx.signInAttempts.clear(subject)
}

/** Removes one authenticator. With the last one the recovery codes go: they stand in for nothing then. */
export async function removeMfaDevice(
  { id: userId }: Named,
  deviceId: MfaDeviceId,
  tx: Pick<Transaction, 'mfaDevices' | 'recoveryCodes'>,
): Promise<void> {
  await tx.mfaDevices.delete(deviceId)
  if ((await tx.mfaDevices.listOfUser(userId)).length === 0) await tx.recoveryCodes.replaceOfUser(userId, [])
}

export interface MfaReset {
  /** How many authenticators were removed. */
  readonly removed: number
  readonly revocation: Revocation
}

/** Removes every authenticator and recovery code, and ends every session, token and role credential. */
export async function resetMfaOf({ id }: Named, tx: Transaction, now: Date): Promise<MfaReset> {
  const devices = await tx.mfaDevices.listOfUser(id)
  for (const device of devices) await tx.mfaDevices.delete(device.id)
  await tx.recoveryCodes.replaceOfUser(id, [])
  await tx.signInAttempts.clear(`mfa:${id}`)
  return { removed: devices.length, revocation: await endEverythingOf(id, tx, now) }
}
