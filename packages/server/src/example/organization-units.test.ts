import type { AccountId } from '@mayfly/identity-center/identifiers'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { TestRandom } from '@mayfly/identity-center/testing/test-random'
import { openStore } from '@mayfly/store'
import { expect, onTestFinished, test } from 'vitest'
import { loadOrganization } from './load-organization.ts'
import { parseOrganization } from './organization-document.ts'

const DOCUMENT = `instance:
  id: 7223b1e5f2a94c60
  identityStoreId: d-9067a1b2c3
  name: Acme
  region: us-east-1
  managementAccount: "111122223333"
organizationalUnits:
  - { path: Workloads/Production }
  - { path: Workloads }
accounts:
  - { id: "111122223333", name: Main, email: a@acme.example }
  - { id: "222233334444", name: Shop, email: b@acme.example, organizationalUnit: Workloads/Production }
permissionSets: []
serviceControlPolicies:
  - name: NoBuckets
    policy: { Version: "2012-10-17", Statement: { Effect: Deny, Action: "s3:*", Resource: "*" } }
    organizationalUnits: [Root, Workloads]
    accounts: [Shop]
`

const SHOP = '222233334444' as AccountId

async function load(text: string) {
  const clock = new TestClock()
  const store = await openStore({ url: 'sqlite::memory:', clock, random: new TestRandom() })
  onTestFinished(() => store.close())
  const organization = parseOrganization(text, 'acme.yaml')
  await loadOrganization(organization, { store, now: clock.now(), hash: async () => '' })
  return store
}

test('accounts lie in units, in whatever order those are written, and policies bound them level by level', async () => {
  const store = await load(DOCUMENT)
  const levels = await store.organizationPolicies.serviceControlPoliciesOf(SHOP)
  expect(levels.map((level) => level.filter((document) => document.includes('Deny')).length)).toEqual([1, 1, 0, 1])
  expect(levels.every((level) => level.some((document) => document.includes('Allow')))).toBe(true)
  const account = await store.accounts.get(SHOP)
  const again = await (await load(DOCUMENT)).accounts.get(SHOP)
  expect(again.parentId).toBe(account.parentId)
})

test('without policies none are enabled', async () => {
  const store = await load(DOCUMENT.slice(0, DOCUMENT.indexOf('serviceControlPolicies')))
  expect(await store.organizations.find()).toMatchObject({ serviceControlPolicies: false })
  expect(await store.organizationPolicies.serviceControlPoliciesOf(SHOP)).toEqual([])
})

test.each([
  ['  - { path: Workloads }\n', '', 'path lies in Workloads, which is not in the list', 'Add "- { path: Workloads }".'],
  ['path: Workloads }', 'path: Workloads/ }', 'path must be at most five names with slashes between them'],
  ['path: Workloads }', 'path: Workloads/Production }', 'repeats Workloads/Production', 'another one'],
  ['Unit: Workloads/Production', 'Unit: Workload', 'is not among the organizationalUnits', 'Did you mean Workloads?'],
  ['[Root, Workloads]', '[Roots]', 'is not among the organizationalUnits', 'Did you mean Root?'],
  ['accounts: [Shop]', 'accounts: [Shops]', 'is not among the accounts', 'Did you mean Shop?'],
  ['b@acme', 'A@acme', 'repeats a@acme.example'],
  ['Effect: Deny', 'Effect: Never', 'policy cannot be followed'],
])('a document with %j as %j is refused', (right, wrong, message, hint = '') => {
  expect(DOCUMENT).toContain(right)
  expect(() => parseOrganization(DOCUMENT.replace(right, wrong), 'acme.yaml')).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(message),
      ...(hint === '' ? {} : { hint: expect.stringContaining(hint) }),
    }),
  )
})
