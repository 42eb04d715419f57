import { expect, test } from 'vitest'
import { formatHeader, parseHeader } from './section-header.ts'

test('a header names a profile, an sso-session or services, in exactly two words', () => {
  expect(parseHeader('default')).toEqual({ type: 'profile', name: 'default' })
  expect(parseHeader('profile dev')).toEqual({ type: 'profile', name: 'dev' })
  expect(parseHeader('sso-session corp')).toEqual({ type: 'sso-session', name: 'corp' })
  expect(parseHeader('services local')).toEqual({ type: 'services', name: 'local' })
  expect(parseHeader("profile 'x y'")).toEqual({ type: 'profile', name: 'x y' })
  for (const header of [
    'profile a b',
    'profileglued',
    'Profile x',
    ' profile x',
    'preview',
    'profile "open',
    'DEFAULT',
  ]) {
    expect(parseHeader(header)).toBeUndefined()
  }
})

test('only the beginning of the first word is looked at, as botocore does', () => {
  expect(parseHeader('profiles x')).toEqual({ type: 'profile', name: 'x' })
})

test('a name is written so that it is read again', () => {
  for (const name of ['dev', 'x y', "o'brien", 'a"b', 'back\\slash', 'ü', 'a]b', '$HOME', '#1']) {
    expect(parseHeader(formatHeader({ type: 'sso-session', name }))).toEqual({ type: 'sso-session', name })
  }
})
