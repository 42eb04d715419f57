/** Every role gets a name that a person would choose, that every tool reads, and that stays. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatSlug } from '../account-access/slug.ts'
import { isReadableByEveryTool } from '../shared-config/section-header.ts'
import { DEFAULT_TEMPLATE, type Grant, parseTemplate } from './name-template.ts'
import { keyOfGrant, type Naming, nameProfiles } from './profile-names.ts'

const grant = (accountId: string, accountName: string, roleName: string): Grant => ({
  accountId,
  accountName,
  roleName,
  emailAddress: `aws-${accountId}@acme.example`,
})

const namesOf = (
  grants: readonly Grant[],
  { template = DEFAULT_TEMPLATE, ...naming }: Partial<Omit<Naming, 'template'>> & { template?: string } = {},
): readonly string[] => {
  const names = nameProfiles(grants, {
    template: parseTemplate(template),
    sessionName: 'acme',
    kept: new Map(),
    taken: [],
    ...naming,
  })
  return grants.map((each) => names.get(keyOfGrant(each)) ?? '')
}

test.each([
  ['Acme Production', 'Acme-Production'],
  ['Büro Zürich', 'Buro-Zurich'],
  ['Straße Ærø Łódź', 'Strasse-AEro-Lodz'],
  ['🚀 Launch 🚀', 'Launch'],
  ['生产', ''],
  ['  -weird-- name!? ', 'weird-name'],
  ['a/b\\c:d%e', 'a-b-c-d-e'],
  ['line\nbreak\x1b[31m', 'line-break-31m'],
])('%j becomes %j', (text, slug) => {
  expect(formatSlug(text)).toBe(slug)
})

test('the template has fields in small letters, and in capitals where it says so', () => {
  const one = grant('111122223333', 'Acme Dev', 'ReadOnlyAccess')
  expect(namesOf([one])).toEqual(['acme-dev-readonlyaccess'])
  expect(namesOf([one], { template: '{Account}.{Role}' })).toEqual(['Acme-Dev.ReadOnlyAccess'])
  expect(namesOf([one], { template: 'x/{session}/{accountId}/{email}' })).toEqual([
    'x/acme/111122223333/aws-111122223333@acme.example',
  ])
})

test.each([
  ['plain', 'every profile would have the same name'],
  ['{account}-{rolle}', '{rolle} is not known'],
  ['{account', 'there is a { without its counterpart'],
  ['{account} {role}', '" " cannot stand in a name'],
])('the template %s is refused: %s', (template, reason) => {
  expect(() => parseTemplate(template)).toThrow(reason)
})

test('an account without a name, or with one of which nothing is left, is named by its id', () => {
  expect(namesOf([{ accountId: '111122223333', roleName: 'Admin' }, grant('222233334444', '生产', 'Admin')])).toEqual([
    '111122223333-admin',
    '222233334444-admin',
  ])
})

test('fifty accounts of one name are told apart by their ids, whatever order they come in', () => {
  const grants = Array.from({ length: 50 }, (_, index) => grant(String(100_000_000_000 + index), 'Sandbox', 'Admin'))
  const names = namesOf(grants)
  expect(names[7]).toBe('sandbox-admin-100000000007')
  expect(namesOf(grants.toReversed()).toReversed()).toEqual(names)
})

test('a template without the role says it where an account has several', () => {
  const grants = [
    grant('111122223333', 'Dev', 'Admin'),
    grant('111122223333', 'Dev', 'ReadOnly'),
    grant('222233334444', 'Prod', 'ReadOnly'),
  ]
  expect(namesOf(grants, { template: '{account}' })).toEqual(['dev-admin', 'dev-readonly', 'prod'])
})

test('roles that are told apart by nothing but a sign are numbered', () => {
  const grants = [grant('111122223333', 'Dev', 'Admin=1'), grant('111122223333', 'Dev', 'Admin,1')]
  expect(namesOf(grants)).toEqual(['dev-admin-1-111122223333-2', 'dev-admin-1-111122223333'])
})

test("a name of somebody else's, and default, are never taken; the session's name goes behind", () => {
  const one = grant('111122223333', 'Dev', 'Admin')
  expect(namesOf([one], { taken: ['Dev-Admin'] })).toEqual(['dev-admin-acme'])
  expect(namesOf([one], { taken: ['dev-admin', 'dev-admin-acme'] })).toEqual(['dev-admin-111122223333'])
  expect(namesOf([one], { taken: ['dev-admin', 'dev-admin-acme', 'dev-admin-111122223333'] })).toEqual([
    'dev-admin-111122223333-2',
  ])
  expect(namesOf([grant('111122223333', 'Default', 'Admin')], { template: '{account}' })).toEqual(['default-acme'])
})

test('a role that has a name keeps it, and a newcomer of the same name takes another', () => {
  const [old, young] = [grant('222233334444', 'Dev', 'Admin'), grant('111122223333', 'Dev', 'Admin')]
  expect(namesOf([old, young], { kept: new Map([[keyOfGrant(old), 'dev-admin']]) })).toEqual([
    'dev-admin',
    'dev-admin-111122223333',
  ])
})

test('fuzz: whatever accounts are called, names differ, every tool reads them, and they do not depend on the order', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 8 }), fc.constantFrom('Dev', 'dev', 'DEV ', 'default'))
  const someGrants = fc.uniqueArray(
    fc.record({
      accountId: fc.integer({ min: 0, max: 20 }).map((number) => String(number).padStart(12, '0')),
      accountName: text,
      emailAddress: text,
      roleName: fc.stringMatching(/^[\w+=,.@-]{1,6}$/),
    }),
    { selector: keyOfGrant, maxLength: 30 },
  )
  const template = fc.constantFrom('{account}-{role}', '{account}', '{Email}', '{role}', '{session}', '.{account}')
  fc.assert(
    fc.property(someGrants, template, fc.array(text), (grants, template, taken) => {
      const names = namesOf(grants, { template, taken })
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(grants.length)
      for (const name of names) expect(isReadableByEveryTool(name) && !name.startsWith('-')).toBe(true)
      for (const name of taken) expect(names).not.toContain(name)
      expect(namesOf(grants.toReversed(), { template, taken }).toReversed()).toEqual(names)
    }),
  )
})
