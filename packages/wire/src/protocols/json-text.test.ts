import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fastestRun } from '../testing/fastest-run.ts'
import { parseJson } from './json-text.ts'

test('any JSON is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text))
    }),
  )
})

test('any text is JSON here only if it is JSON at all', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,\\u0019a \n'), maxLength: 30 }), (text) => {
      let value: unknown
      try {
        value = parseJson(text)
      } catch (error) {
        expect(error).toMatchObject({ name: 'SerializationException' })
        return
      }
      expect(value).toEqual(JSON.parse(text))
    }),
    { numRuns: 1000 },
  )
})

test('a key given twice is refused, in whatever spelling, but not the same key in two objects or as a value', () => {
  for (const text of ['{"a":1,"a":2}', '{"a" : 1,"\\u0061"\n:2}', '[{"b":{"a":1,"c":[],"a":1}}]', '{"":1,"":2}']) {
    expect(() => parseJson(text)).toThrow('a key twice')
  }
  expect(parseJson('[{"a":"a"},{"a":["a","a"]}]')).toEqual([{ a: 'a' }, { a: ['a', 'a'] }])
})

test('nesting is bounded, and refused before it is built', () => {
  expect(parseJson(`${'['.repeat(32)}${']'.repeat(32)}`)).toBeDefined()
  expect(() => parseJson(`${'['.repeat(33)}${']'.repeat(33)}`)).toThrow('too deeply')
  expect(() => parseJson('{"a":'.repeat(1_000_000))).toThrow('too deeply')
})

test('a megabyte of anything is read in no time', () => {
  const texts = [
    '"'.repeat(1e6),
    '\\'.repeat(1e6),
    `"${'\\"'.repeat(5e5)}`,
    `[${'1,'.repeat(5e5)}1]`,
    `"a"${' '.repeat(1e6)}`,
    `[${'"a" ,'.repeat(2e5)}1]`,
  ]
  for (const text of texts) {
    const parse = (): void => {
      try {
        parseJson(text)
      } catch {
        // Most of these are no JSON; the time is what matters.
      }
    }
    expect(fastestRun(parse, 500)).toBeLessThan(500)
  }
})
