import { expect, test } from 'vitest'
import {
  formatBasicIso8601,
  formatEpochSeconds,
  formatHttpDate,
  formatIso8601,
  parseBasicIso8601,
  parseTimestamp,
} from './timestamp.ts'

const TIME = new Date('2026-01-31T10:00:00Z')

test('a time in JSON is a number of seconds, milliseconds behind the point', () => {
  expect(formatEpochSeconds(TIME)).toBe(1769853600)
  expect(formatEpochSeconds(new Date('2026-01-31T10:00:00.250Z'))).toBe(1769853600.25)
})

test('a time in XML is ISO 8601, and in a header an HTTP date', () => {
  expect(formatIso8601(TIME)).toBe('2026-01-31T10:00:00Z')
  expect(formatIso8601(new Date('2026-01-31T10:00:00.250Z'))).toBe('2026-01-31T10:00:00.250Z')
  expect(formatHttpDate(TIME)).toBe('Sat, 31 Jan 2026 10:00:00 GMT')
})

test('a signature’s time is read as it is written, and no other way', () => {
  expect(parseBasicIso8601(formatBasicIso8601(TIME))).toEqual(TIME)
  for (const text of ['20260230T100000Z', '20260131T240000Z', '20260131T100000', '2026-01-31T10:00:00Z', '']) {
    expect(parseBasicIso8601(text)).toBeUndefined()
  }
})

test('a client may write a time as seconds or as ISO 8601', () => {
  expect(parseTimestamp(1769853600)).toEqual(TIME)
  expect(parseTimestamp('1769853600')).toEqual(TIME)
  expect(parseTimestamp('2026-01-31T10:00:00Z')).toEqual(TIME)
  expect(parseTimestamp('2026-01-31T11:00:00+01:00')).toEqual(TIME)
  for (const value of ['tomorrow', '', 1e300, Number.NaN, null, {}, '2026-13-01T00:00:00Z']) {
    expect(parseTimestamp(value)).toBeUndefined()
  }
})
