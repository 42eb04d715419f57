/** Codes of an authenticator app (RFC 6238): six digits, thirty seconds, SHA-1, because that is what every app does. */

import { createHmac } from 'node:crypto'
import { inSeconds, seconds } from '../duration.ts'
import type { Random } from '../random.ts'
import { sameSecret } from '../secret.ts'
import type { MfaDevice } from './mfa-device.ts'

const STEP = seconds(30)
const DIGITS = 6
/** RFC 4226 §4 R6: 160 bits. */
const SECRET_BYTES = 20
/** One step to either side: a clock that is slow, or a thumb (RFC 6238 §5.2). */
const TOLERANCE = 1
/** How far out of step a device may be to be brought back: an hour and a half. */
const RESYNC_DRIFT = 180

/** RFC 4648 §6, as apps want it: upper case, no padding. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** As many bytes as the HMAC of it has (RFC 4226 §4). */
export const createTotpSecret = (random: Random): Uint8Array => random.bytes(SECRET_BYTES)

/** The time step that a moment lies in. */
export const stepAt = (now: Date): number => Math.floor(now.getTime() / STEP)

/** The code of one step. */
export function totpAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const offset = digest.readUInt8(digest.length - 1) & 0x0f
  const number = (digest.readUInt32BE(offset) & 0x7fffffff) % 10 ** DIGITS
  return String(number).padStart(DIGITS, '0')
}

/** Six digits, however they were spaced; undefined for anything else. */
export function canonicalTotpCode(text: string): string | undefined {
  const digits = text.replace(/[\s-]/g, '')
  return /^[0-9]{6}$/.test(digits) ? digits : undefined
}

/**
 * By how many steps a device is ahead of us, as its last code showed: a clock that is wrong goes on being wrong, and
 * two codes in a row brought it back once (RFC 6238 §6).
 */
export const driftOf = ({ lastStep, lastUsedAt }: Pick<MfaDevice, 'lastStep' | 'lastUsedAt'>): number =>
  lastUsedAt === undefined ? 0 : lastStep - stepAt(lastUsedAt)

/**
 * The step whose code it is, when it lies near enough to now and after the last one taken: a code works once, and so
 * does every one before it. The caller still has to win the compare-and-set on the device.
 */
export function matchingStep(
  secret: Uint8Array,
  code: string,
  now: Date,
  device: Pick<MfaDevice, 'lastStep' | 'lastUsedAt'>,
): number | undefined {
  const digits = canonicalTotpCode(code)
  if (digits === undefined) return undefined
  const middle = stepAt(now) + driftOf(device)
  let matching: number | undefined
  for (const step of stepsAround(middle, TOLERANCE)) {
    // Every step is compared, so that the time taken does not tell which one matched.
    if (sameSecret(totpAt(secret, step), digits) && step > device.lastStep) matching ??= step
  }
  return matching
}

/**
 * Two codes in a row show how far a device is out of step: the step of the second one, or undefined. Wider than a sign-in
 * allows, which two codes make safe enough.
 */
export function resyncSteps(
  secret: Uint8Array,
  codes: readonly [string, string],
  now: Date,
  lastStep: number,
): number | undefined {
  const [first, second] = codes.map(canonicalTotpCode)
  if (first === undefined || second === undefined) return undefined
  return stepsAround(stepAt(now), RESYNC_DRIFT).find(
    (step) =>
      step - 1 > lastStep && sameSecret(totpAt(secret, step - 1), first) && sameSecret(totpAt(secret, step), second),
  )
}

/** Nearest first. */
function stepsAround(middle: number, drift: number): number[] {
  const steps = [middle]
  for (let away = 1; away <= drift; away += 1) steps.push(middle - away, middle + away)
  return steps.filter((step) => step > 0)
}

/** Upper case, without padding. */
export function formatBase32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    held += 8
    for (; held >= 5; held -= 5) text += BASE32.charAt((bits >> (held - 5)) & 31)
  }
  return held === 0 ? text : text + BASE32.charAt((bits << (5 - held)) & 31)
}

/** Undefined when it is not base32. Case, blanks and padding are free. */
export function parseBase32(text: string): Uint8Array | undefined {
  const letters = text.replace(/[\s-]/g, '').replace(/=+$/, '').toUpperCase()
  if (!/^[A-Z2-7]*$/.test(letters) || [1, 3, 6].includes(letters.length % 8)) return undefined
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const letter of letters) {
    bits = ((bits << 5) | BASE32.indexOf(letter)) & 0xfff
    held += 5
    if (held >= 8) {
      held -= 8
      bytes.push((bits >> held) & 0xff)
    }
  }
  return Uint8Array.from(bytes)
}

/** What an app reads from the QR code. */
export function otpauthUri({
  secret,
  issuer,
  account,
}: {
  secret: Uint8Array
  issuer: string
  account: string
}): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  const parameters = `secret=${formatBase32(secret)}&issuer=${encodeURIComponent(issuer)}`
  return `otpauth://totp/${label}?${parameters}&algorithm=SHA1&digits=${DIGITS}&period=${inSeconds(STEP)}`
}
