/** Patterns of paths. */

import { expect, test } from 'vitest'
import { matchesPath, parsePathPattern } from './path-pattern.ts'

const matches = (pattern: string, path: string): boolean => matchesPath(parsePathPattern(pattern), path)

test.each([
  ['docs/**', ['docs/a', 'docs/a/b', 'docs/'], ['docs', 'src/docs/a', 'docsx/a']],
  [
    '**/fixtures/*.env',
    ['fixtures/a.env', 'x/y/fixtures/.env'],
    ['fixtures/a/b.env', 'xfixtures/a.env', 'fixtures/a.envx'],
  ],
  ['*.env', ['a.env', '.env'], ['x/a.env', '.env/x']],
  ['/a?c', ['abc', 'a*c', 'aüc'], ['ac', 'a/c', 'abbc']],
  ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb', 'a/b/x']],
  ['**', ['a', 'a/b', ''], []],
  ['a.b[c](d)+$', ['a.b[c](d)+$'], ['aXb[c](d)+$']],
])('%s', (pattern, inside, outside) => {
  expect(inside.filter((path) => !matches(pattern, path))).toEqual([])
  expect(outside.filter((path) => matches(pattern, path))).toEqual([])
})

test('no pattern takes long', () => {
  const start = performance.now()
  for (const pattern of ['**/'.repeat(160), '*a'.repeat(250), '**a'.repeat(160), '?*'.repeat(250)])
    matches(pattern, `${'a'.repeat(3000)}/b`)
  expect(performance.now() - start).toBeLessThan(5000)
})
