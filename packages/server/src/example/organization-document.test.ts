import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { TestRandom } from '@mayfly/identity-center/testing/test-random'
import { openStore } from '@mayfly/store'
import { expect, test } from 'vitest'
import { readAcme } from './acme.ts'
import { createFreshOrganization } from './fresh-organization.ts'
import { loadOrganization } from './load-organization.ts'
import { parseOrganization } from './organization-document.ts'

const DOCUMENT = `instance:
  id: 7223b1e5f2a94c60
  identityStoreId: d-9067a1b2c3
  name: Acme
  region: us-east-1
  managementAccount: "111122223333"
accounts:
  - { id: "111122223333", name: Main, email: a@acme.example }
permissionSets:
  - name: ReadOnlyAccess
    sessionDuration: PT8H
groups:
  - { name: Readers }
users:
  - { userName: carol, displayName: Carol C, givenName: Carol, familyName: C, groups: [Readers] }
assignments:
  - { group: Readers, permissionSets: [ReadOnlyAccess], accounts: [Main] }
`

test('a document is read into an organization, with what it leaves out filled in', () => {
  const organization = parseOrganization(DOCUMENT, 'acme.yaml')
  expect(organization.instance).toMatchObject({ mfaPrompt: 'always-on', mfaWithoutDevice: 'require-registration' })
  expect(organization.assignments).toEqual([
    { principal: { type: 'GROUP', name: 'Readers' }, permissionSets: ['ReadOnlyAccess'], accounts: ['111122223333'] },
  ])
})

test.each([
  ['id: "111122223333"', 'id: 111122223333', /acme\.yaml:8: accounts\[0\]\.id must be a text/],
  ['id: "111122223333"', 'id: "12"', /acme\.yaml:8: accounts\[0\]\.id must be twelve digits/],
  ['PT8H', 'PT13H', /acme\.yaml:11: permissionSets\[0\]\.sessionDuration/],
  ['PT8H', '8 hours', /acme\.yaml:11: .*such as PT8H/],
  ['  region: us-east-1\n', '', /acme\.yaml:\d+: instance needs region/],
  ['region:', 'regoin:', /acme\.yaml:5: instance\.regoin is not known here/],
  ['groups: [Readers]', 'groups: [Writers]', /acme\.yaml:15: .*names Writers, which is not among the groups/],
  ['accounts: [Main]', 'accounts: [Mian]', /acme\.yaml:17: .*names Mian, which is not among the accounts/],
  ['managementAccount: "111122223333"', 'managementAccount: "999999999999"', /acme\.yaml:6: .*not among the accounts/],
  [
    '  - { name: Readers }',
    '  - { name: Readers }\n  - { name: readers }',
    /acme\.yaml:14: groups\[1\] repeats readers/,
  ],
  ['  name: Acme', '  name: [', /acme\.yaml:\d+: /],
])('%s instead of %s is refused with the line and what to do', (right, wrong, message) => {
  expect(() => parseOrganization(DOCUMENT.replace(right, wrong), 'acme.yaml')).toThrow(message)
})

test('the example has alice, who gets into every account, and bob, who does not', async () => {
  const clock = new TestClock()
  const store = await openStore({ url: 'sqlite::memory:', clock, random: new TestRandom() })
  const acme = await readAcme()
  const load = () =>
    loadOrganization(acme, { store, now: clock.now(), hash: async (password) => `hash of ${password}` })
  expect(await load()).toBe(true)
  expect(await load()).toBe(false)
  const alice = await store.users.findByUserName('ALICE')
  const bob = await store.users.findByUserName('bob')
  if (!alice || !bob) throw new Error('alice and bob are missing')
  expect((await store.effectiveAccess.accountsOf(alice.id, { limit: 100 })).items).toHaveLength(acme.accounts.length)
  expect((await store.effectiveAccess.accountsOf(bob.id, { limit: 100 })).items).toHaveLength(4)
  expect(await store.passwords.find(bob.id)).toMatchObject({ hash: 'hash of mayfly-example' })
  await store.close()
})

test('a fresh server has one account, one role, one empty group and nobody who could sign in', async () => {
  const clock = new TestClock()
  const random = new TestRandom()
  const store = await openStore({ url: 'sqlite::memory:', clock, random })
  const settings = { region: 'eu-west-1', managementAccount: '123456789012' }
  const organization = createFreshOrganization(settings, random)
  await loadOrganization(organization, { store, now: clock.now(), hash: async () => 'never asked' })
  expect(await store.instances.get()).toMatchObject({ region: 'eu-west-1', ownerAccountId: '123456789012' })
  expect((await store.users.list({ limit: 1 })).items).toEqual([])
  expect((await store.groups.list({ limit: 2 })).items).toMatchObject([{ displayName: 'Administrators' }])
  await store.close()
})
