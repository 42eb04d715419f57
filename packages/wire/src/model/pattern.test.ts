import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fastestRun } from '../testing/fastest-run.ts'
import { loadModel } from './models.ts'
import { compilePattern, isRefusedByPattern } from './pattern.ts'
import type { Shape } from './service-model.ts'

const services = ['sso', 'sso-oidc', 'sts', 'sso-admin', 'identitystore', 'organizations', 'iam', 'signin'] as const
const models = await Promise.all(services.map(async (service) => ({ service, model: await loadModel(service) })))
const shapes = models.flatMap(({ service, model }) =>
  Object.entries(model.shapes)
    .filter(([, shape]) => shape.pattern !== undefined)
    .map(([name, shape]): [string, Shape] => [`${service} ${name}`, shape]),
)

test('every pattern of every model compiles', () => {
  expect(shapes.length).toBeGreaterThan(100)
  for (const [, shape] of shapes) expect(() => compilePattern(shape.pattern ?? '')).not.toThrow()
})

/** Texts made to send a backtracking matcher astray: long runs of what the pattern likes, and one character it does not. */
function hostileTexts(shape: Shape): string[] {
  const length = Math.min(shape.max ?? 20_000, 20_000)
  const starts = ['', 'arn:aws:sso:::', 'arn:aws:iam::aws:policy', 'https://', 'a@a.', 'P', 'PT', 'o-', '/', 'd-', 'a']
  const runs = [
    'a',
    '1',
    'é',
    '/',
    '/a',
    '-a',
    '.a',
    ':a',
    'a.',
    'a:',
    'aa-',
    '=',
    ' ',
    '1D',
    '1Y1M',
    'a@',
    '\\',
    '"',
    'é.',
  ]
  return starts.flatMap((start) =>
    runs.map((run) => `${start}${run.repeat(length)}`.slice(0, length - 1).concat('\u0000')),
  )
}

test('no pattern is slow on hostile text of the greatest length', () => {
  const slow: string[] = []
  for (const [name, shape] of shapes) {
    for (const text of hostileTexts(shape)) {
      const milliseconds = fastestRun(() => isRefusedByPattern(shape, text), 100)
      if (milliseconds > 100) slow.push(`${name}: ${Math.round(milliseconds)} ms on ${text.slice(0, 20)}…`)
    }
  }
  expect(slow).toEqual([])
})

describe('Java’s spelling', () => {
  test('code points beyond the first plane, written with five digits', () => {
    const arn = compilePattern('[\\u0020-\\uD7FF\\u10000-\\u10FFFF]+')
    expect(arn.test('a😀')).toBe(true)
    expect(arn.test('a\n')).toBe(false)
  })

  test('escapes that need not be', () => {
    const value = compilePattern('[\\p{L}_.:\\/=+\\-@\\[\\]\\{\\}\\$\\\\\\"]*')
    expect(value.test('\x24{path:enterprise.name}"\\-')).toBe(true)
    expect(value.test('a b')).toBe(false)
    expect(compilePattern('a(\\.|\\_)b').test('a_b')).toBe(true)
  })

  test('alternatives are anchored together', () => {
    const id = compilePattern('^(r-[0-9]+)|(\\d{12})$')
    expect(id.test('r-1')).toBe(true)
    expect(id.test('r-1 and more')).toBe(false)
    expect(id.test('more 123456789012')).toBe(false)
  })
})

test('any text is accepted or refused, never a fault', () => {
  fc.assert(
    fc.property(fc.constantFrom(...shapes), fc.string({ unit: 'binary', maxLength: 50 }), ([, shape], text) => {
      expect(typeof isRefusedByPattern(shape, text)).toBe('boolean')
    }),
  )
})
