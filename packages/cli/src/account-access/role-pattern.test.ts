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
])('%s: %s', (pattern, matches) => {
  expect(parseRolePattern(pattern)(place)).toBe(matches)
})

test('a pattern of many stars is answered at once', () => {
  const pattern = parseRolePattern(`${'*a'.repeat(200)}b`)
  const started = performance.now()
  expect(pattern({ ...place, accountName: 'a'.repeat(1000) })).toBe(false)
  expect(performance.now() - started).toBeLessThan(1000)
})
