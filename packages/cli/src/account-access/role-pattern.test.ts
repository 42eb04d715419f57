/** Roles are chosen by what people call their accounts. */

import { expect, test } from 'vitest'
import { parseRolePattern } from './role-pattern.ts'

const place = {
  accountId: '333344445555',
  accountName: 'Acme Production (EU)',
  emailAddress: 'aws-prod@acme.example',
  roleName: 'ReadOnlyAccess',
}

test.each([
  ['*', true],
  ['acme*', true],
  ['Acme Production (EU)/readonlyaccess', true],
  ['acme-production-*/Read*', true],
  ['333344445555', true],
  ['333344445555/Admin*', false],
  ['aws-prod@*/ReadOnlyAccess', true],
  ['acme', false],
  ['*/ReadOnly?ccess', true],
  ['/ReadOnlyAccess', true],
  ['acme*/', true],
  ['dev-*/ReadOnlyAccess', false],
  ['{dev,acme}*/{Admin,ReadOnly}*', true],
  ['{dev,test}*/ReadOnly*', false],
])('%s: %s', (pattern, matches) => {
  expect(parseRolePattern(pattern)(place)).toBe(matches)
})

test('a profile is known by its whole name, and stands for its account', () => {
  const profile = { ...place, profileName: 'acme/live' }
  for (const pattern of ['acme/live', 'acme/*', 'acme/live/ReadOnly*', '*/live'])
    expect([pattern, parseRolePattern(pattern)(profile)]).toEqual([pattern, true])
  for (const pattern of ['live', 'acme/live/Admin*', '*/Admin*'])
    expect([pattern, parseRolePattern(pattern)(profile)]).toEqual([pattern, false])
})
