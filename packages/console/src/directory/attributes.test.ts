/** Fields and attributes, there and back. */
import { expect, test } from 'vitest'
import { attributesOf, fieldsOf, NO_FIELDS, operationsFor } from './attributes.ts'

const carol = {
  ...NO_FIELDS,
  userName: 'carol',
  givenName: 'Carol',
  familyName: 'Chan',
  displayName: 'Carol Chan',
  email: 'carol@acme.example',
  locality: 'Lyon',
  costCenter: '4711',
}

test('what is entered is sent, and what is empty is not', () => {
  expect(attributesOf(carol)).toEqual({
    UserName: 'carol',
    DisplayName: 'Carol Chan',
    Name: { GivenName: 'Carol', FamilyName: 'Chan' },
    Emails: [{ Value: 'carol@acme.example', Type: 'work', Primary: true }],
    Addresses: [{ Locality: 'Lyon', Type: 'work' }],
    Extensions: { 'aws:identitystore:enterprise': { costCenter: '4711' } },
  })
})

test('what was sent is read back into the same fields', () => {
  expect(fieldsOf(attributesOf(carol))).toEqual(carol)
})

test('a change names only what is different, and clears what was emptied', () => {
  const user = attributesOf(carol)
  expect(operationsFor(user, carol)).toEqual([])
  const after = { ...carol, familyName: 'Chen', displayName: 'Carol Chen', locality: '', email: '', costCenter: '1' }
  expect(operationsFor(user, after)).toEqual([
    { AttributePath: 'displayName', AttributeValue: 'Carol Chen' },
    { AttributePath: 'name.familyName', AttributeValue: 'Chen' },
    { AttributePath: 'aws:identitystore:enterprise.costCenter', AttributeValue: '1' },
    { AttributePath: 'emails' },
    { AttributePath: 'addresses' },
  ])
})

test('a list that is replaced keeps what the form does not show', () => {
  const user = {
    Emails: [{ Value: 'a@b.c', Type: 'home', Primary: true }],
    Addresses: [{ Locality: 'Lyon', Formatted: 'Lyon, France', Type: 'home' }],
  }
  expect(operationsFor(user, { ...fieldsOf(user), email: 'd@e.f', locality: 'Paris' })).toEqual([
    { AttributePath: 'emails', AttributeValue: [{ value: 'd@e.f', type: 'home', primary: true }] },
    { AttributePath: 'addresses', AttributeValue: [{ locality: 'Paris', formatted: 'Lyon, France', type: 'home' }] },
  ])
})
