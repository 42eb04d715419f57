/** Fields and attributes, there and back. */
import { expect, test } from 'vitest'
import { attributesOf, fieldsOf, NO_FIELDS, operationsBetween } from './attributes.ts'

const carol = {
  ...NO_FIELDS,
  userName: 'carol',
  givenName: 'Carol',
  familyName: 'Chan',
  displayName: 'Carol Chan',
  email: 'carol@acme.example',
  locality: 'Lyon',
}

test('what is entered is sent, and what is empty is not', () => {
  expect(attributesOf(carol)).toEqual({
    UserName: 'carol',
    DisplayName: 'Carol Chan',
    Name: { GivenName: 'Carol', FamilyName: 'Chan' },
    Emails: [{ Value: 'carol@acme.example', Type: 'work', Primary: true }],
    Addresses: [{ Locality: 'Lyon', Type: 'work' }],
  })
})

test('what was sent is read back into the same fields', () => {
  expect(fieldsOf({ UserId: 'u', ...attributesOf(carol) })).toEqual(carol)
})

test('a change names only what is different, and clears what was emptied', () => {
  expect(operationsBetween(carol, carol)).toEqual([])
  expect(
    operationsBetween(carol, { ...carol, familyName: 'Chen', displayName: 'Carol Chen', locality: '', email: '' }),
  ).toEqual([
    { AttributePath: 'name.familyName', AttributeValue: 'Chen' },
    { AttributePath: 'displayName', AttributeValue: 'Carol Chen' },
    { AttributePath: 'emails' },
    { AttributePath: 'addresses' },
  ])
})
