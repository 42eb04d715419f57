import { expect, test } from 'vitest'
import { parseSkippedInCi } from './skipped-in-ci.ts'

test('a line covers the tests of its file whose names begin as it says', () => {
  const [entry] = parseSkippedInCi('# why\n\nconformance/x.test.ts: macOS > the keychain: CI is Linux\n')
  expect(entry?.reason).toBe('CI is Linux')
  expect(entry?.covers({ file: 'conformance/x.test.ts', name: 'macOS > the keychain opens' })).toBe(true)
  expect(entry?.covers({ file: 'conformance/y.test.ts', name: 'macOS > the keychain opens' })).toBe(false)
  expect(entry?.covers({ file: 'conformance/x.test.ts', name: 'Windows' })).toBe(false)
})

test('a line without its reason is an error', () => {
  expect(() => parseSkippedInCi('conformance/x.test.ts: the keychain')).toThrow('the keychain')
})

test('the checked-in list can be read', () => {
  expect(() => parseSkippedInCi()).not.toThrow()
})
