import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalUserName } from './user.ts'

test('a name has one canonical form, and that form is its own', () => {
  expect(canonicalUserName('ALICE@Example.com')).toBe('alice@example.com')
  expect(canonicalUserName('ＡＬＩＣＥ')).toBe('alice')
  expect(canonicalUserName('Zoe\u0308')).toBe('zo\u00eb')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(canonicalUserName(canonicalUserName(name))).toBe(canonicalUserName(name))
    }),
    { numRuns: 2000 },
  )
})
