/** Profiles, accounts, roles and tags are chosen by one kind of pattern. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileGlob } from './glob.ts'

test.each([
  ['prod-*', 'prod-eu', true],
  ['prod-*', 'prod-', true],
  ['prod-*', 'non-prod-eu', false],
  ['*prod*', 'non-prod-eu', true],
  ['prod-?', 'prod-eu', false],
  ['prod-??', 'prod-eu', true],
  ['{dev,stag*}-x', 'dev-x', true],
  ['{dev,stag*}-x', 'staging-x', true],
  ['{dev,stag?}-x', 'staging-x', false],
  ['{dev,test}', 'prod', false],
  ['{dev,}x', 'x', true],
  ['a.b+c', 'a.b+c', true],
  ['a.b', 'axb', false],
  ['(x', '(x', true],
  ['{x', '{x', true],
  ['PROD', 'prod', true],
  ['?', '🚀', true],
  ['', '', true],
  ['', 'x', false],
  ['*', '', true],
])('%s and %s: %s', (glob, text, matches) => {
  expect(compileGlob(glob)(text)).toBe(matches)
})

test('a text without signs matches itself and nothing else', () => {
  const plain = fc.stringMatching(/^[a-z0-9@.+_/ -]*$/)
  fc.assert(
    fc.property(plain, plain, (one, other) => {
      expect(compileGlob(one)(other)).toBe(one === other)
      expect(compileGlob(`${one}*`)(one + other)).toBe(true)
      expect(compileGlob(`{${one},zz}${other}`)(one + other)).toBe(true)
    }),
  )
})

test('many stars and many choices are answered at once', () => {
  const started = performance.now()
  expect(compileGlob(`${'*a'.repeat(200)}b`)('a'.repeat(1000))).toBe(false)
  expect(compileGlob('{a,aa}'.repeat(200))('a'.repeat(399))).toBe(true)
  expect(performance.now() - started).toBeLessThan(1000)
})
