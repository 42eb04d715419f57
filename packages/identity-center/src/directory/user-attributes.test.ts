import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IdentityStoreId, UserId } from '../identifiers.ts'
import { Refusal } from '../refusal.ts'
import { attributesOf, createUser, updateUser } from './user-attributes.ts'

const NOW = new Date('2030-01-01T00:00:00Z')
const MADE = {
  id: '0123456789-user' as UserId,
  identityStoreId: 'd-0123456789' as IdentityStoreId,
  createdAt: NOW,
  createdBy: 'arn:alice',
}
const CAROL = { userName: 'carol', displayName: 'Carol', name: { givenName: 'Carol', familyName: 'Jones' } }
const LATER = { updatedAt: new Date('2030-01-02T00:00:00Z'), updatedBy: 'arn:bob' }

test('what a user was made of is what it has, but for what was null or empty', () => {
  const attributes = {
    ...CAROL,
    name: { ...CAROL.name, middleName: null, formatted: 'Carol Jones' },
    nickName: null,
    emails: [{ value: 'carol@example.com', type: null, primary: true }],
    photos: [],
    'aws:identitystore:enterprise': { division: 'Research', manager: {} },
  }
  const user = createUser(attributes, MADE)
  expect(user).toMatchObject({ email: 'carol@example.com', status: 'ENABLED', version: 0, updatedBy: 'arn:alice' })
  expect(attributesOf(user)).toEqual({
    ...CAROL,
    name: { ...CAROL.name, formatted: 'Carol Jones' },
    emails: [{ value: 'carol@example.com', primary: true }],
    'aws:identitystore:enterprise': { division: 'Research' },
  })
})

test('a user that the server made by itself has the attributes that it was given', () => {
  const { profile: _, ...plain } = createUser({ ...CAROL, emails: [{ value: 'c@example.com' }] }, MADE)
  expect(attributesOf(plain)).toEqual({ ...CAROL, emails: [{ value: 'c@example.com' }] })
})

test('an update keeps what it does not name: status, makers, what other directories call the user', () => {
  const externalIds = [{ issuer: 'https://idp.example', id: '7' }]
  const user = { ...createUser(CAROL, MADE), status: 'DISABLED', version: 3, profile: { externalIds } } as const
  const updated = updateUser(user, [{ path: 'title', value: 'Boss' }], LATER)
  expect(updated).toEqual({ ...user, ...LATER, profile: { externalIds, title: 'Boss' } })
  expect(updateUser(updated, [{ path: 'title' }], LATER)).toEqual({ ...user, ...LATER })
})

test('operations count one after the other', () => {
  const operations = [
    { path: 'name', value: { givenName: 'C', familyName: 'J', honorificPrefix: 'Dr.' } },
    { path: 'name.honorificPrefix', value: null },
    { path: 'name.middleName', value: 'X' },
  ]
  const updated = updateUser(createUser(CAROL, MADE), operations, LATER)
  expect(attributesOf(updated)['name']).toEqual({ givenName: 'C', familyName: 'J', middleName: 'X' })
})

test('a user whose name has become reserved for others may change everything else', () => {
  const user = { ...createUser(CAROL, MADE), displayName: 'Administrator' }
  expect(updateUser(user, [{ path: 'title', value: 'x' }], LATER).displayName).toBe('Administrator')
  expect(() => updateUser(user, [{ path: 'displayName', value: 'Administrator' }], LATER)).toThrow(/reserved/)
})

test('texts are counted in characters as people see them written, up to 1024', () => {
  const rename = (value: string) => updateUser(createUser(CAROL, MADE), [{ path: 'displayName', value }], LATER)
  expect(rename('😀'.repeat(1024)).displayName).toHaveLength(2048)
  expect(() => rename('😀'.repeat(1025))).toThrow(/1024/)
})

test('whatever is done to a user, it stays one or the change is refused', () => {
  const user = createUser(CAROL, MADE)
  const path = fc.oneof(
    fc.constantFrom(
      'userName',
      'name',
      'name.givenName',
      'emails',
      'roles',
      'aws:identitystore:enterprise',
      '__proto__',
    ),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(fc.record({ path, value: fc.anything() }), { maxLength: 5 }), (operations) => {
      try {
        const { userName, displayName, givenName, familyName } = updateUser(user, operations, LATER)
        for (const text of [userName, displayName, givenName, familyName]) expect(text.length).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal)
      }
    }),
    { numRuns: 3000 },
  )
})
