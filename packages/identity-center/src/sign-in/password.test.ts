import { expect, test } from 'vitest'
import type { UserId } from '../identifiers.ts'
import { checkNewPassword, replacePassword } from './password.ts'

test.each(['Correct-Horse-1', 'aA1!aA1!', 'Ünïcödé 9', `aA1 ${'x'.repeat(60)}`])('%s will do', (text) => {
  expect(checkNewPassword(text)).toEqual([])
})

test.each([
  ['aA1!aA1', 'at least 8 characters'],
  [`aA1!${'x'.repeat(61)}`, 'at most 64 characters'],
  ['AAAA111!', 'a lower-case letter'],
  ['aaaa111!', 'an upper-case letter'],
  ['aaaaAAA!', 'a digit'],
  ['aaaaAAA1', 'a character that is neither letter nor digit'],
  ['aA1!aA1!\u0000', 'no control characters'],
])('%j needs %s', (text, rule) => {
  expect(checkNewPassword(text)).toEqual([rule])
})

test('everything that is missing is told at once', () => {
  expect(checkNewPassword('')).toHaveLength(5)
})

test('the two hashes before the present one are remembered, newest first', () => {
  const userId = 'alice' as UserId
  const now = new Date('2030-01-01T00:00:00Z')
  let record = replacePassword(undefined, { userId, hash: '1' }, now)
  expect(record.previousHashes).toEqual([])
  for (const hash of ['2', '3', '4']) record = replacePassword(record, { userId, hash }, now)
  expect(record).toMatchObject({ hash: '4', previousHashes: ['3', '2'] })
})
