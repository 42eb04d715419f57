/** Patterns are held against each other, never against what AWS might have tomorrow. */

import { expect, test } from 'vitest'
import { covers, overlaps } from './pattern-cover.ts'

test.each([
  ['*', 's3:*', true],
  ['s3:*', 's3:get*', true],
  ['s3:get*', 's3:*', false],
  ['s3:get*', 's3:getobject', true],
  ['s3:?etobject', 's3:getobject', true],
  ['s3:?etobject', 's3:*etobject', false],
  ['s3:*object', 's3:get*', false],
  ['s3:*o*', 's3:*object', true],
  ['arn:aws:s3:::logs-*/*', 'arn:aws:s3:::logs-2026/*', true],
  ['arn:aws:s3:::logs-*/*', 'arn:aws:s3:::logs-*', false],
  ['**', '*', true],
  ['', '', true],
  ['a', '', false],
])('%s covers %s: %s', (general, specific, expected) => {
  expect(covers(general, specific)).toBe(expected)
})

test.each([
  ['s3:get*', 's3:*object', true],
  ['s3:get*', 's3:put*', false],
  ['s3:get?', 's3:get', false],
  ['*a*b*', 'xb*a', true],
  ['*a*b', 'xb*a', false],
  ['*a*b*', 'xa*', true],
  ['s3:*', 'ec2:*', false],
])('%s and %s have a text in common: %s', (one, other, expected) => {
  expect(overlaps(one, other)).toBe(expected)
  expect(overlaps(other, one)).toBe(expected)
})

/** Every text of up to five of two letters, and every pattern of up to three signs. */
test('what is said holds for every text', () => {
  const words = (signs: string, most: number): readonly string[] =>
    most === 0 ? [''] : ['', ...[...signs].flatMap((sign) => words(signs, most - 1).map((rest) => sign + rest))]
  const texts = [...new Set(words('ab', 5))]
  const patterns = [...new Set(words('ab*?', 3))]
  const means = (pattern: string): ReadonlySet<string> => {
    const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)
    return new Set(texts.filter((text) => expression.test(text)))
  }
  const meant = new Map(patterns.map((pattern) => [pattern, means(pattern)]))
  for (const [general, all] of meant) {
    for (const [specific, some] of meant) {
      if (covers(general, specific))
        expect(
          [...some].every((text) => all.has(text)),
          `${general} ${specific}`,
        ).toBe(true)
      expect(overlaps(general, specific), `${general} ${specific}`).toBe([...some].some((text) => all.has(text)))
    }
  }
})

test('thousands of stars take no time', () => {
  const started = performance.now()
  covers('*a'.repeat(2000), `${'a'.repeat(4000)}b`)
  overlaps('*a'.repeat(1000), '*b'.repeat(1000))
  expect(performance.now() - started).toBeLessThan(2000)
})
