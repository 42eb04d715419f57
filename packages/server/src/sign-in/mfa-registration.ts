/** Authenticator apps: registering one, opening its secret, bringing it back in step. */

import type { User } from '@mayfly/identity-center/directory/user'
import { after, minutes } from '@mayfly/identity-center/duration'
import type { MfaDeviceId, UserId } from '@mayfly/identity-center/identifiers'
import { randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { hashOf } from '@mayfly/identity-center/secret'
import type { MfaDevice, RecoveryCode } from '@mayfly/identity-center/sign-in/mfa-device'
import { createRecoveryCodes } from '@mayfly/identity-center/sign-in/recovery-code'
import { createTotpSecret, formatBase32, matchingStep, otpauthUri } from '@mayfly/identity-center/sign-in/totp'
import { renderSVG } from 'uqr'
import type { Context } from '../context/context.ts'
import { createPersonalEvent } from './sign-in-events.ts'

/** §4.3 */
const MAX_AUTHENTICATOR_APPS = 2
const ENROLMENT_LIFETIME = minutes(15)
const AAD = 'mfa-enrolment'

/** An authenticator app that is being registered. Nothing of it is stored until a code proves it. */
export interface Enrolment {
  /** Carries the secret and the user, sealed; good for 15 minutes. */
  readonly enrolment: string
  /** Base32, for typing. */
  readonly secret: string
  readonly otpauthUri: string
  readonly qrSvg: string
}

interface SealedEnrolment {
  readonly userId: string
  readonly deviceId: string
  readonly secret: string
  readonly expiresAt: number
}

/** Begins a registration. */
export async function createEnrolment(user: User, context: Context): Promise<Enrolment> {
  const { random, clock, keys } = context
  const sealed: SealedEnrolment = {
    userId: user.id,
    deviceId: randomUuid(random),
    secret: Buffer.from(createTotpSecret(random)).toString('base64url'),
    expiresAt: after(clock.now(), ENROLMENT_LIFETIME).getTime(),
  }
  const event = await createRegistrationEvent('StartVirtualMfaDeviceRegistration', user, sealed.deviceId, context)
  await context.store.auditEvents.insert(event)
  return describe(keys.seal('sealing', AAD, Buffer.from(JSON.stringify(sealed))), sealed, user, context)
}

const createRegistrationEvent = (eventName: string, user: User, deviceId: string, context: Context) =>
  createPersonalEvent(
    {
      eventSource: 'sso-directory.amazonaws.com',
      eventName,
      userId: user.id,
      responseElements: { deviceId },
    },
    context,
  )

/** A registration that was begun, to show it again. Throws `invalid` when it is not this user's or too old. */
export const findEnrolment = async (enrolment: string, user: User, context: Context): Promise<Enrolment> =>
  describe(enrolment, openEnrolment(enrolment, user, context), user, context)

async function describe(enrolment: string, sealed: SealedEnrolment, user: User, context: Context): Promise<Enrolment> {
  const secret = Buffer.from(sealed.secret, 'base64url')
  const uri = otpauthUri({ secret, issuer: (await context.instance()).name, account: user.userName })
  const qrSvg = renderSVG(uri, { ecc: 'M', border: 2, pixelSize: 4 })
  return { enrolment, secret: formatBase32(secret), otpauthUri: uri, qrSvg }
}

export interface EnrolmentProof {
  readonly enrolment: string
  readonly name: string
  readonly code: string
  /** Whoever has shown nothing but a password adds no app beside another. */
  readonly mustBeFirst?: boolean
}

export interface Enrolled {
  readonly device: MfaDevice
  /** Shown once: made with the first device. */
  readonly recoveryCodes?: readonly string[]
}

/** Ends a registration. Throws `forbidden` for a wrong code, `quota-exceeded` past two devices, `conflict` if it ended before. */
export async function confirmEnrolment(proof: EnrolmentProof, user: User, context: Context): Promise<Enrolled> {
  const { keys, clock, store, random } = context
  const now = clock.now()
  const { secret, deviceId } = openEnrolment(proof.enrolment, user, context)
  const bytes = Buffer.from(secret, 'base64url')
  const step = matchingStep(bytes, proof.code, now, { lastStep: 0 })
  if (step === undefined) throw new Refusal('forbidden', 'That code is not right.', { hint: CLOCK_HINT })
  const device: MfaDevice = {
    id: deviceId as MfaDeviceId,
    userId: user.id,
    type: 'TOTP',
    name: nameOf(proof.name),
    sealedSecret: keys.seal('sealing', `mfa-device:${deviceId}`, bytes),
    lastStep: step,
    createdAt: now,
  }
  const event = await createRegistrationEvent('CompleteVirtualMfaDeviceRegistration', user, deviceId, context)
  const recoveryCodes = createRecoveryCodes(random)
  return store.transaction(async (tx) => {
    const devices = await tx.mfaDevices.listOfUser(user.id)
    if (devices.some(({ id }) => id === device.id)) throw new Refusal('conflict', 'This app is registered already.')
    if (proof.mustBeFirst === true && devices.length > 0) {
      throw new Refusal('forbidden', 'You have an authenticator app already.', {
        hint: 'Sign in again, with its code.',
      })
    }
    if (devices.length >= MAX_AUTHENTICATOR_APPS) {
      throw new Refusal(
        'quota-exceeded',
        `You have ${MAX_AUTHENTICATOR_APPS} authenticator apps, which is the limit.`,
        {
          hint: 'Remove one first.',
        },
      )
    }
    await tx.mfaDevices.insert(device)
    await tx.auditEvents.insert(event)
    if (devices.length > 0) return { device }
    await tx.recoveryCodes.replaceOfUser(user.id, keepRecoveryCodes(user.id, recoveryCodes, now))
    return { device, recoveryCodes }
  })
}

const CLOCK_HINT = 'Wait for the next code, and check that the time on your phone is right.'

/** Recovery codes as they are kept: by their hashes. */
export const keepRecoveryCodes = (userId: UserId, codes: readonly string[], createdAt: Date): RecoveryCode[] =>
  codes.map((code) => ({ userId, codeHash: hashOf(code), createdAt }))

/** What a person calls a device. Throws `invalid`. */
export function nameOf(text: string): string {
  const name = text.trim()
  if (name.length > 100) throw new Refusal('invalid', 'The name of a device has at most 100 characters.')
  return name === '' ? 'Authenticator app' : name
}

/** The secret of a registered app. */
export function openMfaSecret({ id, sealedSecret }: MfaDevice, { keys }: Pick<Context, 'keys'>): Uint8Array {
  const secret = keys.open('sealing', `mfa-device:${id}`, sealedSecret)
  if (!secret) throw new Error(`The server's keys do not open the secret of device ${id}.`)
  return secret
}

function openEnrolment(enrolment: string, user: User, { keys, clock }: Context): SealedEnrolment {
  const bytes = keys.open('sealing', AAD, enrolment)
  const sealed: SealedEnrolment | undefined = bytes && JSON.parse(Buffer.from(bytes).toString())
  if (!sealed || sealed.userId !== user.id || clock.now().getTime() >= sealed.expiresAt) {
    throw new Refusal('invalid', 'This registration has run out.', { hint: 'Begin it again.' })
  }
  return sealed
}
