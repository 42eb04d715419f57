import { Refusal } from '@mayfly/identity-center/refusal'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { TestRandom } from '@mayfly/identity-center/testing/test-random'
import { openStore } from '@mayfly/store'
import { expect, test } from 'vitest'
import { ACME_INSTANCE, readAcme } from './acme.ts'
import { isRequired, type Key, type Value } from './document-key.ts'
import { createFreshOrganization } from './fresh-organization.ts'
import { loadOrganization } from './load-organization.ts'
import { parseOrganization } from './organization-document.ts'
import { ORGANIZATION } from './organization-keys.ts'

const MAIN = '  - { id: "111122223333", name: Main, email: a@acme.example }'
const DOCUMENT = `instance:
  id: 7223b1e5f2a94c60
  identityStoreId: d-9067a1b2c3
  name: Acme
  region: us-east-1
  managementAccount: "111122223333"
accounts:
${MAIN}
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

type Broken = [right: string, wrong: string, message: string, hint?: string]

const BROKEN: Broken[] = [
  // YAML itself.
  ['  name: Acme', '  name: [', 'this is no YAML'],
  ['  name: Acme', '\tname: Acme', 'acme.yaml:4:1: this is no YAML: Tabs', 'takes no tabs'],
  ['  name: Acme', '  name: "Acme', 'this is no YAML'],
  [
    '  name: Acme',
    '  name: Acme\n  name: Ecma',
    'acme.yaml:5:3: this is no YAML: Map keys must be unique',
    'Remove one',
  ],
  ['groups: [Readers]', 'groups: *all', 'acme.yaml:15:87: *all refers to another place', 'not taken'],
  ['accounts:\n', '---\naccounts:\n', 'this is no YAML', 'one document'],
  // Keys.
  ['  region:', '  regoin:', 'acme.yaml:5:3: instance.regoin is not known here', 'Did you mean region?'],
  ['  name: Acme', '  colour: red', 'acme.yaml:4:3: instance.colour is not known here', 'Known are: id, '],
  ['users:\n', 'usres:\n', 'acme.yaml:14:1: usres is not known here', 'Did you mean users?'],
  ['  region: us-east-1\n', '', 'acme.yaml:2:3: instance needs region', 'Add a line "region: us-east-1".'],
  ['  - { name: Readers }', '  - { }', 'acme.yaml:13:5: groups[0] needs name', 'Add a line "name: Developers".'],
  // Kinds.
  ['id: "111122223333"', 'id: 111122223333', 'acme.yaml:8:11: accounts[0].id must be a text', 'Put it in quotes'],
  ['id: "111122223333"', 'id: "12"', 'acme.yaml:8:11: accounts[0].id must be twelve digits'],
  ['id: 7223b1e5f2a94c60', 'id: 7223', 'acme.yaml:2:7: instance.id must be a text'],
  ['name: Main', 'name: ""', 'accounts[0].name must not be empty'],
  ['name: Main', 'name: "Ma\\u0007in"', 'accounts[0].name must be one line'],
  ['a@acme.example', 'nobody', 'accounts[0].email must be an e-mail address'],
  ['userName: carol', 'userName: "carol c"', 'users[0].userName must be 1 to 128 characters without blanks'],
  ['  - { name: Readers }', '  name: Readers', 'acme.yaml:13:3: groups must be a list', 'Begin each item'],
  ['  - { name: Readers }', '  - Readers', 'acme.yaml:13:5: groups[0] must hold members', 'name: value'],
  ['name: Acme', 'name: Acme\n  mfa: { prompt: never }', 'instance.mfa.prompt must be one of: always-on, disabled'],
  ['name: Acme', 'name: Acme\n  deviceGrant: "no"', 'instance.deviceGrant must be true or false'],
  ['name: Acme', 'name: Acme\n  startUrlAliases: [http://x]', 'instance.startUrlAliases[0] must be an https address'],
  ['PT8H', '8 hours', 'acme.yaml:11:22: permissionSets[0].sessionDuration must be a duration such as PT8H', 'PT90M'],
  ['PT8H', 'PT', 'must be a duration such as PT8H'],
  ['PT8H', 'PT13H', 'permissionSets[0].sessionDuration must be between PT1H and PT12H'],
  ['PT8H', 'PT59M', 'must be between PT1H and PT12H'],
  [
    'PT8H',
    'PT8H\n    managedPolicies: [arn:aws:s3:::x]',
    'managedPolicies[0] must be the ARN of an AWS managed policy',
  ],
  ['PT8H', 'PT8H\n    inlinePolicy: "{"', 'inlinePolicy must be a policy document'],
  ['PT8H', 'PT8H\n    inlinePolicy: []', 'inlinePolicy must hold members'],
  ['PT8H', `PT8H\n    inlinePolicy: { a: ${'x'.repeat(33_000)} }`, 'inlinePolicy is longer than 32768 characters'],
  // What refers to what.
  [
    'managementAccount: "111122223333"',
    'managementAccount: "999999999999"',
    'acme.yaml:6:22: instance.managementAccount',
  ],
  [
    'groups: [Readers]',
    'groups: [Raeders]',
    'acme.yaml:15:88: users[0].groups[0] names Raeders',
    'Did you mean Readers?',
  ],
  ['groups: [Readers]', 'groups: [Readers, Readers]', 'users[0].groups[1] repeats Readers'],
  ['accounts: [Main]', 'accounts: [Mian]', 'names Mian, which is not among the accounts', 'Did you mean Main?'],
  ['[ReadOnlyAccess]', '[Everything]', 'names Everything, which is not', 'Add Everything to the permissionSets'],
  ['- { group: Readers, ', '- { ', 'assignments[0] needs a user or a group', 'user: NAME'],
  ['- { group: Readers, ', '- { group: Readers, user: carol, ', 'assignments[0].group stands beside a user', 'two'],
  ['- { name: Readers }', '- { name: Readers }\n  - { name: readers }', 'acme.yaml:14:5: groups[1] repeats readers'],
  [
    'familyName: C, groups',
    'familyName: C, email: c@x }\n  - { userName: d, displayName: D, givenName: D, familyName: D, email: C@X, groups',
    'users[1].email repeats c@x',
  ],
  [MAIN, `${MAIN}\n  - { id: "111122223333", name: Other, email: b@x }`, 'accounts[1] repeats 111122223333'],
  [MAIN, `${MAIN}\n  - { id: "222233334444", name: Main, email: b@x }`, 'accounts[1] repeats Main', 'another one'],
]

test.each(BROKEN)('%j instead of %j is refused: %s', (right, wrong, message, hint = '') => {
  expect(DOCUMENT.includes(right)).toBe(true)
  const error = refusalOf(() => parseOrganization(DOCUMENT.replace(right, wrong), 'acme.yaml'))
  expect(error.message).toMatch(/^acme\.yaml:\d+:\d+: .*\.$/)
  expect(error.message).toContain(message)
  expect(error.hint ?? '').toContain(hint)
})

test('an alias is refused: a few lines of them could stand for more than fits into memory', () => {
  const bomb = ['a: &a [x, x, x]', ...'bcdefghij'.split('').map((name, index) => bombLine(name, 'abcdefghi'[index]))]
  const error = refusalOf(() => parseOrganization(bomb.join('\n'), 'acme.yaml'))
  expect(error.message).toBe('acme.yaml:2:8: *a refers to another place.')
  expect(error.hint).toContain('aliases are not taken')
})

const bombLine = (name: string, before = ''): string => `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`

test.each([
  ['nothing', ''],
  ['one word', 'hello'],
  ['a list', '- instance'],
])('a document that is %s must hold members', (_, text) => {
  const { message } = refusalOf(() => parseOrganization(text, 'acme.yaml'))
  expect(message).toBe('acme.yaml:1:1: the document must hold members.')
})

test('a document of a size or a depth that no organization has is refused before it is read', () => {
  const long = refusalOf(() => parseOrganization(`# ${'x'.repeat(1_000_001)}`, 'acme.yaml'))
  expect(long.message).toBe('acme.yaml is longer than 1000000 characters.')
  const deep = refusalOf(() => parseOrganization('['.repeat(900_000), 'acme.yaml'))
  expect(deep.message).toMatch(/^acme\.yaml( is nested too deeply|:1:\d+: this is no YAML: )/)
})

function refusalOf(work: () => unknown): Refusal {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('nothing was refused')
}

test('what each key shows as an example is taken, and what it shows as its default is what counts without it', () => {
  const written = (which: (key: Key) => string | undefined): string =>
    [
      `instance: ${flow(ORGANIZATION.instance.value, which)}`,
      `organizationalUnits: [${flow(ORGANIZATION.organizationalUnits.value, which)}, { path: Workloads }]`,
      `serviceControlPolicies: [${flow(ORGANIZATION.serviceControlPolicies.value, which)}]`,
      `accounts: [${flow(ORGANIZATION.accounts.value, which)}, { id: "111122223333", name: A, email: a@x }, ${SANDBOX}]`,
      `permissionSets: [${flow(ORGANIZATION.permissionSets.value, which)}, { name: ReadOnlyAccess }]`,
      `groups: [${flow(ORGANIZATION.groups.value, which)}]`,
      `users: [${flow(ORGANIZATION.users.value, which)}]`,
    ].join('\n')
  const parse = (text: string) => parseOrganization(text, 'acme.yaml')
  const needed = (key: Key) => (isRequired(key) ? key.example : undefined)
  expect(parse(written((key) => key.example)).users).toMatchObject([{ userName: 'alice', groups: ['Developers'] }])
  expect(parse(written((key) => needed(key) ?? key.default))).toEqual(parse(written(needed)))
})

const SANDBOX = '{ id: "555566667777", name: Sandbox, email: s@x }'

/** The members of `value` in YAML's flow style, each as `which` says; those it leaves out are left out. */
function flow(value: Value, which: (key: Key) => string | undefined): string {
  if (value.type === 'list') return flow(value.of, which)
  if (value.type !== 'members') throw new Error('these are no members')
  const members = Object.entries(value.keys).map(([name, key]) => {
    if (key.value.type === 'members') return `${name}: ${flow(key.value, which)}`
    const text = which(key)
    return text === undefined ? '' : `${name}: ${text}`
  })
  return `{ ${members.filter((member) => member !== '').join(', ')} }`
}

test('the example has alice, who gets into every account, and bob, who does not', async () => {
  const clock = new TestClock()
  const store = await openStore({ url: 'sqlite::memory:', clock, random: new TestRandom() })
  const acme = await readAcme()
  expect(acme.instance.id).toBe(ACME_INSTANCE)
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
