import fc from 'fast-check'
import * as OTPAuth from 'otpauth'
import { expect, test } from 'vitest'
import { after, before, minutes, seconds } from '../duration.ts'
import { TestRandom } from '../testing/test-random.ts'
import {
  canonicalTotpCode,
  createTotpSecret,
  formatBase32,
  matchingStep,
  otpauthUri,
  parseBase32,
  resyncSteps,
  stepAt,
  totpAt,
} from './totp.ts'

const NOW = new Date('2030-01-01T00:00:10Z')
const secret = createTotpSecret(new TestRandom())
const here = stepAt(NOW)

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at second %i the code is that of RFC 6238, appendix B', (second, code) => {
  expect(totpAt(Buffer.from('12345678901234567890'), stepAt(new Date(second * 1000)))).toBe(code)
})

test('every code is the one that otpauth makes', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 10, maxLength: 64 }),
      fc.integer({ min: 0, max: 4_000_000_000 }),
      (bytes, second) => {
        const oracle = new OTPAuth.TOTP({ secret: new OTPAuth.Secret({ buffer: Uint8Array.from(bytes).buffer }) })
        expect(totpAt(bytes, stepAt(new Date(second * 1000)))).toBe(oracle.generate({ timestamp: second * 1000 }))
      },
    ),
  )
})

test('an app reads our address as otpauth does', () => {
  const uri = otpauthUri({ secret, issuer: 'Acme & Söhne', account: 'alice@example.com' })
  const read = OTPAuth.URI.parse(uri)
  expect(read).toBeInstanceOf(OTPAuth.TOTP)
  expect(read).toMatchObject({
    issuer: 'Acme & Söhne',
    label: 'alice@example.com',
    digits: 6,
    period: 30,
    algorithm: 'SHA1',
  })
  expect(read.secret.base32).toBe(formatBase32(secret))
})

test('the code of now, of the step before and of the step after are taken; none further away', () => {
  const at = (steps: number) => matchingStep(secret, totpAt(secret, here + steps), NOW, { lastStep: 0 })
  expect([-2, -1, 0, 1, 2].map(at)).toEqual([undefined, here - 1, here, here + 1, undefined])
})

test('no code is taken twice, nor one before it', () => {
  expect(matchingStep(secret, totpAt(secret, here), NOW, { lastStep: here })).toBeUndefined()
  expect(matchingStep(secret, totpAt(secret, here - 1), NOW, { lastStep: here })).toBeUndefined()
  expect(matchingStep(secret, totpAt(secret, here + 1), NOW, { lastStep: here })).toBe(here + 1)
})

test('a code may be typed with blanks, and nothing else is a code', () => {
  const code = totpAt(secret, here)
  expect(matchingStep(secret, ` ${code.slice(0, 3)} ${code.slice(3)} `, NOW, { lastStep: 0 })).toBe(here)
  for (const typed of ['', code.slice(1), `${code}0`, 'abcdef', '１２３４５６', `${code.slice(0, 5)}x`])
    expect(canonicalTotpCode(typed), typed).toBeUndefined()
})

test('two codes in a row bring a device back that is an hour out of step', () => {
  for (const drift of [-120, -7, 0, 7, 120]) {
    const codes = [totpAt(secret, here + drift), totpAt(secret, here + drift + 1)] as const
    expect(resyncSteps(secret, codes, NOW, 0)).toBe(here + drift + 1)
  }
})

test('a device that was brought back stays so: its wrong clock is reckoned with at the next sign-in', () => {
  const device = { lastStep: here + 121, lastUsedAt: NOW }
  const later = after(NOW, minutes(60))
  expect(matchingStep(secret, totpAt(secret, stepAt(later) + 121), later, device)).toBe(stepAt(later) + 121)
  expect(matchingStep(secret, totpAt(secret, stepAt(later) + 122), later, device)).toBe(stepAt(later) + 122)
  expect(matchingStep(secret, totpAt(secret, stepAt(later) + 123), later, device)).toBeUndefined()
  expect(matchingStep(secret, totpAt(secret, stepAt(later)), later, device)).toBeUndefined()
})

test('two codes that do not follow each other bring back nothing, nor do two that were used', () => {
  const code = (steps: number) => totpAt(secret, here + steps)
  expect(resyncSteps(secret, [code(0), code(2)], NOW, 0)).toBeUndefined()
  expect(resyncSteps(secret, [code(1), code(0)], NOW, 0)).toBeUndefined()
  expect(resyncSteps(secret, [code(0), code(0)], NOW, 0)).toBeUndefined()
  expect(resyncSteps(secret, [code(-3), code(-2)], NOW, here)).toBeUndefined()
  expect(resyncSteps(secret, [code(200), code(201)], NOW, 0)).toBeUndefined()
  expect(resyncSteps(secret, ['', code(0)], NOW, 0)).toBeUndefined()
})

test('base32 is read back, with blanks, in small letters, padded', () => {
  // RFC 4648, section 10.
  for (const [text, base32] of [
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foobar', 'MZXW6YTBOI'],
  ] as const) {
    expect(formatBase32(Buffer.from(text))).toBe(base32)
    expect(Buffer.from(parseBase32(base32) ?? []).toString()).toBe(text)
  }
  expect(Buffer.from(parseBase32('mzxw 6ytb-oi======') ?? []).toString()).toBe('foobar')
  for (const text of ['1', 'M', 'MZX', 'MZXW6Y', 'M0', 'MÜ']) expect(parseBase32(text)).toBeUndefined()
  fc.assert(
    fc.property(
      fc.uint8Array(),
      (bytes) => Buffer.compare(parseBase32(formatBase32(bytes)) ?? Buffer.alloc(0), bytes) === 0,
    ),
  )
})

test('a step is thirty seconds', () => {
  expect(stepAt(after(NOW, seconds(20)))).toBe(here + 1)
  expect(stepAt(before(NOW, minutes(1)))).toBe(here - 2)
})
