import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Duration, hours, minutes, seconds } from '../duration.ts'
import { Refusal } from '../refusal.ts'
import { formatSessionDuration, parseSessionDuration } from './session-duration.ts'

test.each([
  ['PT1H', hours(1)],
  ['PT12H', hours(12)],
  ['PT90M', minutes(90)],
  ['P0DT8H', hours(8)],
  ['PT2H30M', minutes(150)],
  ['PT1H0M0S', hours(1)],
  ['PT3600S', hours(1)],
  ['PT43200S', hours(12)],
  ['P0DT0H61M', minutes(61)],
])('%s is a session duration', (text, length) => {
  expect(parseSessionDuration(text)).toBe(length)
})

test.each([
  ...['PT59M', 'PT59M59S', 'PT12H1S', 'PT13H', 'P1D', 'P1DT1H', 'P1W', 'P0D'],
  ...[
    '',
    'P',
    'PT',
    'PT1',
    '1H',
    'pt1h',
    'PT1h',
    'PT-1H',
    'PT1.5H',
    'PT1H ',
    'PT30M1H',
    'P1H',
    'P1M',
    'PT1H\n',
    'PT9999999H',
  ],
])('%j is none', (text) => {
  expect(() => parseSessionDuration(text)).toThrow(Refusal)
})

test('noise is refused, never anything else', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'PTWDHMS0123456789.-') }), (text) => {
      try {
        const length = parseSessionDuration(text)
        expect(length >= hours(1) && length <= hours(12)).toBe(true)
      } catch (error) {
        expect(error).toMatchObject({ name: 'Refusal', code: 'invalid' })
      }
    }),
    { numRuns: 3000 },
  )
})

test('what is written is read back', () => {
  expect(formatSessionDuration(hours(1))).toBe('PT1H')
  expect(formatSessionDuration(minutes(90))).toBe('PT1H30M')
  expect(formatSessionDuration(0 as Duration)).toBe('PT0S')
  fc.assert(
    fc.property(fc.integer({ min: 3600, max: 43_200 }), (count) => {
      expect(parseSessionDuration(formatSessionDuration(seconds(count)))).toBe(seconds(count))
    }),
  )
})
