/** A change of my password, and the password shown again before something grave. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { createPasswordRecord } from '../../sign-in/new-password.ts'
import { createPersonalEvent } from '../../sign-in/sign-in-events.ts'
import { countConfirmation, forgetConfirmations } from '../../sign-in/throttle.ts'
import type { PortalCall } from './portal-call.ts'

/** Throws `forbidden` unless the body's `currentPassword` is right; attempts are counted before they are checked. */
export async function confirmPassword(call: PortalCall): Promise<void> {
  const { caller, store, hasher } = call
  const { user, session } = caller
  const shown = call.text('currentPassword')
  await countConfirmation(session.id, call)
  const record = await store.passwords.find(user.id)
  if (!(await hasher.verify(shown, record?.hash))) {
    throw new Refusal('forbidden', 'The current password is not right.')
  }
  await forgetConfirmations(session.id, call)
}

/**
 * Throws `forbidden` for a session that began with a password alone, once there is an authenticator: whoever took that
 * password before must not be able to change what keeps him out now.
 */
export async function refuseWithoutSecondFactor({ caller, instance, store }: PortalCall): Promise<void> {
  const { user, session } = caller
  if (session.mfa || (await instance()).mfaPrompt === 'disabled') return
  if ((await store.mfaDevices.listOfUser(user.id)).length === 0) return
  throw new Refusal('forbidden', 'This session began without your second factor.', {
    hint: 'Sign out, and sign in again with it.',
  })
}

/** POST /portal/password */
export async function changePassword(call: PortalCall): Promise<undefined> {
  const { caller, store } = call
  const { user, session } = caller
  const newPassword = call.text('newPassword')
  await refuseWithoutSecondFactor(call)
  await confirmPassword(call)
  const record = await createPasswordRecord(user.id, newPassword, call)
  const event = await createPersonalEvent(
    {
      eventSource: 'sso-directory.amazonaws.com',
      eventName: 'UpdatePassword',
      userId: user.id,
      sessionId: session.id,
    },
    call,
  )
  await store.transaction(async (tx) => {
    await tx.passwords.put(record)
    await tx.oneTimeLinks.deleteOfUser(user.id)
    await tx.auditEvents.insert(event)
  })
}
