import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TestRandom } from '../testing/test-random.ts'
import { canonicalRecoveryCode, createRecoveryCodes } from './recovery-code.ts'

test('there are ten, all different, easy to write down', () => {
  const codes = createRecoveryCodes(new TestRandom())
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) {
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)
    expect(canonicalRecoveryCode(code)).toBe(code)
  }
})

test('a code may be typed in small letters, with blanks, with O for 0 and I or L for 1', () => {
  for (const typed of ['ABCD0-1EFGH-1JKMN', 'abcdo ief gh ljkmn', ' ABCDO1EFGH1JKMN\n'])
    expect(canonicalRecoveryCode(typed)).toBe('ABCD0-1EFGH-1JKMN')
})

test('what cannot be a code is none', () => {
  for (const typed of ['', '123456', 'ABCD0-1EFGH-1JKM', 'ABCD0-1EFGH-1JKMNN', 'ABCDU-1EFGH-1JKMN'])
    expect(canonicalRecoveryCode(typed)).toBeUndefined()
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (typed) => {
      const code = canonicalRecoveryCode(typed)
      if (code !== undefined) expect(canonicalRecoveryCode(code)).toBe(code)
    }),
  )
})
