import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileResource } from './arn-pattern.ts'
import { compileWildcard, readWildcards } from './wildcard.ts'

const matches = (pattern: string, text: string): boolean => compileWildcard(readWildcards(pattern))(text)

/** The rules once more, as slow as they are plain. */
function matchesSlowly(pattern: string, text: string): boolean {
  if (pattern === '') return text === ''
  if (pattern[0] === '*') {
    return matchesSlowly(pattern.slice(1), text) || (text !== '' && matchesSlowly(pattern, text.slice(1)))
  }
  if (text === '' || (pattern[0] !== '?' && pattern[0] !== text[0])) return false
  return matchesSlowly(pattern.slice(1), text.slice(1))
}

const few = (letters: string, maxLength: number) =>
  fc.array(fc.constantFrom(...letters), { maxLength }).map((list) => list.join(''))

test('a pattern matches what it should, and nothing else', () => {
  fc.assert(
    fc.property(few('ab*?', 10), few('ab', 12), (pattern, text) => {
      expect(matches(pattern, text)).toBe(matchesSlowly(pattern, text))
    }),
    { numRuns: 5000 },
  )
})

test('a long piece with gaps is found wherever it is, and nowhere else', () => {
  const piece = fc.array(fc.constantFrom('a', 'b', '?'), { minLength: 20, maxLength: 70 }).map((list) => list.join(''))
  fc.assert(
    fc.property(piece, few('ab', 90), few('ab', 90), fc.boolean(), (sought, before, after, isThere) => {
      const text = `${before}${isThere ? sought.replaceAll('?', 'b') : ''}${after}`
      const places = Array.from({ length: Math.max(0, text.length - sought.length + 1) }, (_, at) => at)
      const found = places.some((at) =>
        [...sought].every((letter, index) => letter === '?' || letter === text[at + index]),
      )
      expect(matches(`*${sought}*`, text)).toBe(found)
    }),
    { numRuns: 3000 },
  )
})

test('what is no wildcard is matched as it is', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const plain = text.replace(/[*?\uFFFE\uFFFF]/g, '')
      expect(matches(plain, plain)).toBe(true)
      expect(matches(`${plain}*`, `${plain}${text}`)).toBe(true)
    }),
  )
})

/** The longest of `times` runs, in milliseconds, is what a caller would wait. */
function slowest(run: () => void, times = 3): number {
  let longest = 0
  for (let count = 0; count < times; count += 1) {
    const start = performance.now()
    run()
    longest = Math.max(longest, performance.now() - start)
  }
  return longest
}

test('no pattern and no text keep the evaluator busy', () => {
  const text = `${'a'.repeat(2000)}b`
  const patterns = [
    `${'a*'.repeat(1000)}c`,
    `${'*a'.repeat(1000)}*c`,
    `${'?*'.repeat(1000)}c`,
    `*${'a'.repeat(999)}c*`,
    `*${'?'.repeat(999)}c*`,
    `*${'a'.repeat(998)}?c*`,
    `${'*'.repeat(2000)}c`,
  ]
  for (const pattern of patterns) {
    const compiled = compileWildcard(readWildcards(pattern))
    expect(slowest(() => compiled(text))).toBeLessThan(100)
    expect(compiled(text)).toBe(false)
  }
})

test('an ARN of colons alone keeps it no busier', () => {
  const arn = `arn:aws:s3:::${':'.repeat(2000)}`
  const compiled = compileResource(readWildcards('arn:*:*:*:*:x*:y'))
  expect(slowest(() => compiled(arn))).toBeLessThan(200)
  expect(compiled(arn)).toBe(false)
})

test('a resource’s own colons belong to its last segment', () => {
  const covers = (pattern: string, arn: string): boolean => compileResource(readWildcards(pattern))(arn)
  const group = 'arn:aws:logs:eu-west-1:111122223333:log-group:/x:*'
  expect(covers('arn:aws:logs:eu-west-1:111122223333:log-group:/x:*', group)).toBe(true)
  expect(covers('arn:aws:logs:*:*:log-group:/?:*', group)).toBe(true)
  expect(covers('arn:aws:logs:*:*:log-group:/y:*', group)).toBe(false)
  expect(covers('arn:aws:*', group)).toBe(true)
  expect(covers('arn:aws:logs:eu-west-1:*/x:*', group)).toBe(false)
})
