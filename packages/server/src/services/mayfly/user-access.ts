/** How a user signs in: password, authenticators, status; and what an administrator changes about it. */

import type { User } from '@mayfly/identity-center/directory/user'
import type { MfaDeviceId } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { MfaDevice } from '@mayfly/identity-center/sign-in/mfa-device'
import { endEverythingOf } from '../../caller/session-end.ts'
import { getRoleCaller, type OperationContext } from '../../operation/operation-context.ts'
import { attemptsOf, forgetAttemptsOf, removeMfaDevice, resetMfaOf } from '../../sign-in/user-reset.ts'
import type { Mayfly } from './mayfly-handlers.ts'
import { getUserOf } from './user-of.ts'

export const userAccess = {
  async DescribeUserAccess(input, context) {
    const { store } = context
    const user = await getUserOf(input, store)
    const [password, devices, recoveryCodesLeft, lockedUntil, lastSignInAt, link] = await Promise.all([
      store.passwords.find(user.id),
      store.mfaDevices.listOfUser(user.id),
      store.recoveryCodes.countUnused(user.id),
      findLock(user, context),
      findLastSignIn(user, context),
      store.oneTimeLinks.findOfUser(user.id, context.clock.now()),
    ])
    return {
      UserId: user.id,
      Status: user.status,
      HasPassword: password !== undefined,
      PasswordChangedAt: password?.updatedAt,
      LockedUntil: lockedUntil,
      MfaDevices: devices.map(describeDevice),
      RecoveryCodesLeft: recoveryCodesLeft,
      LastSignInAt: lastSignInAt,
      LinkExpiresAt: link?.expiresAt,
    }
  },

  /** Disabling ends every session, token and role credential at once (§2.10). */
  async SetUserStatus(input, context) {
    const { store, clock, revocations } = context
    if (input.Status === 'DISABLED' && getRoleCaller(context).userId === input.UserId) {
      throw new Refusal('conflict', 'Nobody can disable himself.', { hint: 'Ask another administrator.' })
    }
    const now = clock.now()
    const revocation = await store.transaction(async (tx) => {
      const user = await getUserOf(input, tx)
      await tx.users.setStatus(user.id, input.Status, now)
      await context.record(tx, {})
      if (input.Status === 'ENABLED') return undefined
      await tx.oneTimeLinks.deleteOfUser(user.id)
      return await endEverythingOf(user.id, tx, now)
    })
    if (revocation) revocations.note(revocation)
    return {}
  },

  async UnlockUser(input, context) {
    await context.store.transaction(async (tx) => {
      await forgetAttemptsOf(await getUserOf(input, tx), tx)
      await context.record(tx, {})
    })
    return {}
  },

  /** Sessions go on: who has the device now is not signed in by it alone. */
  async DeleteUserMfaDevice(input, context) {
    await context.store.transaction(async (tx) => {
      const user = await getUserOf(input, tx)
      const device = await tx.mfaDevices.find(input.MfaDeviceId as MfaDeviceId)
      if (device?.userId !== user.id) throw noDevice(input.MfaDeviceId)
      await removeMfaDevice(user, device.id, tx)
      await context.record(tx, {})
    })
    return {}
  },

  /** Every authenticator and recovery code; every session, token and role credential ends. */
  async ResetUserMfa(input, context) {
    const { revocation } = await context.store.transaction(async (tx) => {
      const reset = await resetMfaOf(await getUserOf(input, tx), tx, context.clock.now())
      await context.record(tx, {})
      return reset
    })
    context.revocations.note(revocation)
    return {}
  },
} satisfies Partial<Mayfly>

const describeDevice = ({ id, type, name, createdAt, lastUsedAt }: MfaDevice) => ({
  MfaDeviceId: id,
  Type: type,
  Name: name,
  CreatedAt: createdAt,
  LastUsedAt: lastUsedAt,
})

const noDevice = (id: string): Refusal =>
  new Refusal('not-found', 'MFA_DEVICE not found.', { resourceType: 'MFA_DEVICE', resourceId: id })

/** Until when the user has to wait, if at all: after wrong passwords or after wrong codes. */
async function findLock(user: User, { store, clock }: OperationContext): Promise<Date | undefined> {
  const counts = await Promise.all(attemptsOf(user).map((subject) => store.signInAttempts.find(subject)))
  const until = counts.flatMap((each) => each?.blockedUntil ?? []).filter((moment) => moment > clock.now())
  return until.length === 0 ? undefined : new Date(Math.max(...until.map((moment) => moment.getTime())))
}

/** From the record, which outlives the sessions. */
async function findLastSignIn({ id }: User, { store, clock }: OperationContext): Promise<Date | undefined> {
  const page = { limit: 1 }
  const [sessions, events] = await Promise.all([
    store.sessions.listOfUser(id, clock.now()),
    store.auditEvents.list({ userId: id, eventName: 'UserAuthentication', page }),
  ])
  const moments = [...sessions.map(({ createdAt }) => createdAt), ...events.items.map(({ eventTime }) => eventTime)]
  return moments.length === 0 ? undefined : new Date(Math.max(...moments.map((moment) => moment.getTime())))
}
