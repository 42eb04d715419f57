/** My authenticators: add, rename, remove, bring back in step; new recovery codes. */

import type { MfaDeviceId } from '@mayfly/identity-center/identifiers'
import { settingsOf } from '@mayfly/identity-center/instance'
import { randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { MfaDevice } from '@mayfly/identity-center/sign-in/mfa-device'
import { createRecoveryCodes } from '@mayfly/identity-center/sign-in/recovery-code'
import { resyncSteps } from '@mayfly/identity-center/sign-in/totp'
import {
  confirmEnrolment,
  createEnrolment,
  keepRecoveryCodes,
  nameOf,
  openMfaSecret,
} from '../../sign-in/mfa-registration.ts'
import { createPersonalEvent, recordSignInStep } from '../../sign-in/sign-in-events.ts'
import { countConfirmation, forgetConfirmations } from '../../sign-in/throttle.ts'
import { removeMfaDevice } from '../../sign-in/user-reset.ts'
import { confirmPassword, refuseWithoutSecondFactor } from './password.ts'
import type { PortalCall } from './portal-call.ts'

/** GET /portal/mfa-devices */
export async function listMfaDevices({ caller, store }: PortalCall): Promise<object> {
  const [devices, unusedRecoveryCodes] = await Promise.all([
    store.mfaDevices.listOfUser(caller.user.id),
    store.recoveryCodes.countUnused(caller.user.id),
  ])
  return { devices: devices.map(describeDevice), unusedRecoveryCodes }
}

const describeDevice = ({ id, name, type, createdAt, lastUsedAt }: MfaDevice) => ({
  id,
  name,
  type,
  createdAt,
  lastUsedAt,
})

/** POST /portal/mfa-devices: shows a new secret; nothing is stored. */
export async function beginEnrolment(call: PortalCall): Promise<object> {
  await refuseUnmanaged(call)
  return await createEnrolment(call.caller.user, call)
}

/** Throws `forbidden` where administrators alone manage authenticators. */
async function refuseUnmanaged({ instance }: PortalCall): Promise<void> {
  if (settingsOf(await instance()).mfaManagedBy === 'users') return
  throw new Refusal('forbidden', 'Your administrator manages authenticators.', { hint: 'Ask your administrator.' })
}

/** POST /portal/mfa-devices/confirm */
export async function endEnrolment(call: PortalCall): Promise<object> {
  const proof = { enrolment: call.text('enrolment'), name: call.text('name'), code: call.text('code') }
  await refuseUnmanaged(call)
  await refuseWithoutSecondFactor(call)
  // In the transaction it is decided once more: two requests at once must not both be the first.
  const mustBeFirst = !call.caller.session.mfa && (await call.instance()).mfaPrompt !== 'disabled'
  const { device, recoveryCodes } = await confirmEnrolment({ ...proof, mustBeFirst }, call.caller.user, call)
  await call.store.sessions.recordSecondFactor(call.caller.session.id)
  return { device: describeDevice(device), recoveryCodes }
}

/** PATCH /portal/mfa-devices/:id */
export async function renameMfaDevice(call: PortalCall): Promise<undefined> {
  const device = await getDevice(call)
  const name = nameOf(call.text('name'))
  await record('UpdateMfaDeviceForUser', device, call)
  await call.store.mfaDevices.rename(device.id, name)
}

/** DELETE /portal/mfa-devices/:id. With the last device the recovery codes go: they stand in for nothing then. */
export async function deleteMfaDevice(call: PortalCall): Promise<undefined> {
  const device = await getDevice(call)
  await refuseUnmanaged(call)
  await refuseWithoutSecondFactor(call)
  await confirmPassword(call)
  const event = await createEvent('DeleteMfaDeviceForUser', device, call)
  await call.store.transaction(async (tx) => {
    await removeMfaDevice(call.caller.user, device.id, tx)
    await tx.auditEvents.insert(event)
  })
}

/** POST /portal/mfa-devices/:id/resync: two codes in a row show how far the device is out of step. */
export async function resyncMfaDevice(call: PortalCall): Promise<undefined> {
  const { store, clock, caller } = call
  const device = await getDevice(call)
  const codes = [call.text('code1'), call.text('code2')] as const
  await countConfirmation(caller.session.id, call)
  const now = clock.now()
  const step = resyncSteps(openMfaSecret(device, call), codes, now, device.lastStep)
  const isInStep = step !== undefined && (await store.mfaDevices.acceptStep(device.id, step, now))
  await recordResync(isInStep ? 'Success' : 'Failure', call)
  if (!isInStep) {
    throw new Refusal('forbidden', 'These are not two codes in a row of this device.', {
      hint: 'Enter the code that it shows now, wait for the next one, and enter that too.',
    })
  }
  await forgetConfirmations(caller.session.id, call)
}

/** As CloudTrail has it: the codes are credentials that were verified. */
const recordResync = (result: 'Success' | 'Failure', call: PortalCall): Promise<void> => {
  const { user, session } = call.caller
  const workflowId = randomUuid(call.random)
  const step = { event: 'CredentialVerification', workflowId, credentialType: 'RESYNC_TOTP', result } as const
  return recordSignInStep({ ...step, user, sessionId: session.id }, call)
}

/** POST /portal/recovery-codes: the ones before work no more. */
export async function createNewRecoveryCodes(call: PortalCall): Promise<object> {
  const { store, clock, random, caller } = call
  const { user, session } = caller
  await refuseWithoutSecondFactor(call)
  await confirmPassword(call)
  if ((await store.mfaDevices.listOfUser(user.id)).length === 0) {
    throw new Refusal('invalid', 'Recovery codes stand in for an authenticator, and you have none.', {
      hint: 'Add an authenticator first.',
    })
  }
  const recoveryCodes = createRecoveryCodes(random)
  const kept = keepRecoveryCodes(user.id, recoveryCodes, clock.now())
  const event = await createPersonalEvent(
    {
      eventSource: 'sso-directory.amazonaws.com',
      eventName: 'CreateRecoveryCodes',
      userId: user.id,
      sessionId: session.id,
    },
    call,
  )
  await store.transaction(async (tx) => {
    await tx.recoveryCodes.replaceOfUser(user.id, kept)
    await tx.auditEvents.insert(event)
  })
  return { recoveryCodes }
}

async function getDevice({ id, caller, store }: PortalCall): Promise<MfaDevice> {
  const device = await store.mfaDevices.find(id as MfaDeviceId)
  if (!device || device.userId !== caller.user.id) throw new Refusal('not-found', 'There is no such authenticator.')
  return device
}

const createEvent = (eventName: string, { id }: MfaDevice, call: PortalCall) =>
  createPersonalEvent(
    {
      eventSource: 'sso-directory.amazonaws.com',
      eventName,
      userId: call.caller.user.id,
      sessionId: call.caller.session.id,
      requestParameters: { deviceId: id },
    },
    call,
  )

async function record(eventName: string, device: MfaDevice, call: PortalCall): Promise<void> {
  await call.store.auditEvents.insert(await createEvent(eventName, device, call))
}
