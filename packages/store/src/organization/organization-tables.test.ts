import type { AccountId, OrganizationalUnitId, OrganizationPolicyId } from '@mayfly/identity-center/identifiers'
import { createOrganization } from '@mayfly/identity-center/organization/organization'
import { FULL_AWS_ACCESS } from '@mayfly/identity-center/organization/organization-policy'
import { createOrganizationalUnit, rootPath } from '@mayfly/identity-center/organization/organizational-unit'
import { expect, test } from 'vitest'
import type { Store } from '../store.ts'
import { forEachEngine } from '../testing/engines.ts'
import { account, MADE } from '../testing/samples.ts'

const organization = createOrganization({
  partition: 'aws',
  managementAccountId: '000000000001' as AccountId,
  featureSet: 'ALL',
  letters: '0123456789abcdef',
  now: MADE,
})
const root = { id: organization.rootId, path: rootPath(organization) }
const workloads = createOrganizationalUnit({
  id: 'ou-cdef-workload' as OrganizationalUnitId,
  name: 'Workloads',
  parent: root,
  now: MADE,
})
const production = createOrganizationalUnit({
  id: 'ou-cdef-producti' as OrganizationalUnitId,
  name: 'Production',
  parent: workloads,
  now: MADE,
})

const policy = (word: string) => ({
  id: `p-${word}` as OrganizationPolicyId,
  name: word,
  description: '',
  content: `{"Sid":"${word}"}`,
  createdAt: MADE,
})

/** One account under two units, one under the root. */
async function insertUnits(store: Store): Promise<void> {
  await store.organizations.insert(organization)
  await store.organizationalUnits.insert(workloads)
  await store.organizationalUnits.insert(production)
  await store.accounts.insert(account(1))
  await store.accounts.insert({ ...account(2), parentId: production.id })
}

await forEachEngine((engine) => {
  test('service control policies come level by level, and only while they are enabled', async () => {
    const store = await engine.open()
    await insertUnits(store)
    const { organizationPolicies: policies } = store
    expect(await policies.serviceControlPoliciesOf(account(2).id)).toEqual([])
    await store.organizations.update({ ...organization, serviceControlPolicies: true })
    expect(await policies.count()).toBe(1)
    await policies.attachFullAccess()
    for (const word of ['DenyOne', 'DenyTwo']) await policies.insert(policy(word))
    await policies.attach({ targetId: workloads.id, policyId: policy('DenyOne').id })
    await policies.attach({ targetId: account(2).id, policyId: policy('DenyTwo').id })
    await policies.detach({ targetId: production.id, policyId: FULL_AWS_ACCESS.id })
    const full = FULL_AWS_ACCESS.content
    expect(await policies.serviceControlPoliciesOf(account(1).id)).toEqual([[full], [full]])
    expect(await policies.serviceControlPoliciesOf(account(2).id)).toEqual([
      [full],
      [policy('DenyOne').content, full],
      [],
      [policy('DenyTwo').content, full],
    ])
    expect(await policies.serviceControlPoliciesOf('000000000009' as AccountId)).toEqual([])
  })

  test('a unit knows its accounts and its units, page by page', async () => {
    const store = await engine.open()
    await insertUnits(store)
    await store.accounts.insert({ ...account(3), parentId: production.id })
    const first = await store.accounts.listOfParent(production.id, { limit: 1 })
    expect(first.items.map(({ id }) => id)).toEqual([account(2).id])
    const after = first.nextToken ?? ''
    const second = await store.accounts.listOfParent(production.id, { limit: 1, after })
    expect(second).toEqual({ items: [{ ...account(3), parentId: production.id }] })
    expect((await store.organizationalUnits.listOfParent(root.id, { limit: 9 })).items).toEqual([workloads])
    expect((await store.organizationalUnits.listOfParent(workloads.id, { limit: 9 })).items).toEqual([production])
  })

  test('no two accounts share an e-mail address, whatever its capitals, and any number have none', async () => {
    const store = await engine.open()
    await store.accounts.insert({ ...account(1), email: 'Team@example.com' })
    const second = store.accounts.insert({ ...account(2), email: 'team@Example.com' })
    await expect(second).rejects.toMatchObject({ code: 'conflict' })
    expect((await store.accounts.findByEmail('TEAM@example.com'))?.id).toBe(account(1).id)
    for (const number of [3, 4]) await store.accounts.insert({ ...account(number), email: '' })
    expect(await store.accounts.findByEmail('')).toBeUndefined()
    expect(await store.accounts.count()).toBe(3)
  })

  test('one parent has no two units of one name, another parent may', async () => {
    const store = await engine.open()
    await insertUnits(store)
    const twin = { ...workloads, id: 'ou-cdef-another1' as OrganizationalUnitId }
    await expect(store.organizationalUnits.insert(twin)).rejects.toMatchObject({ code: 'conflict' })
    await store.organizationalUnits.insert({ ...twin, parentId: production.id })
    expect(await store.organizationalUnits.count()).toBe(3)
  })

  test('whoever locks the organization is alone with it', async () => {
    const url = await engine.createDatabase()
    const nodes = [await engine.open({ url }), await engine.open({ url })] as const
    await nodes[0].organizations.insert(organization)
    const counted = Array.from({ length: 20 }, (_, number) =>
      (number % 2 === 0 ? nodes[0] : nodes[1]).transaction(async (tx) => {
        await tx.organizations.lock()
        const count = await tx.accounts.count()
        await tx.accounts.insert(account(count + 1))
      }, 'read-committed'),
    )
    await Promise.all(counted)
    expect(await nodes[0].accounts.count()).toBe(20)
  })

  test('an account that administers several services is listed once', async () => {
    const store = await engine.open()
    const { delegatedAdministrators: administrators } = store
    const enabled = (accountId: AccountId, servicePrincipal: string) => ({
      accountId,
      servicePrincipal,
      enabledAt: MADE,
    })
    await administrators.insert(enabled(account(1).id, 'sso.amazonaws.com'))
    await administrators.insert(enabled(account(1).id, 'config.amazonaws.com'))
    await administrators.insert(enabled(account(2).id, 'config.amazonaws.com'))
    const accountsOf = async (principal?: string) =>
      (await administrators.list(principal, { limit: 9 })).items.map(({ accountId }) => accountId)
    expect(await accountsOf()).toEqual([account(1).id, account(2).id])
    expect(await accountsOf('sso.amazonaws.com')).toEqual([account(1).id])
    expect((await administrators.listOfAccount(account(1).id, { limit: 9 })).items).toHaveLength(2)
    expect(await administrators.delete(account(1).id, 'sso.amazonaws.com')).toBe(true)
    expect(await administrators.delete(account(1).id, 'sso.amazonaws.com')).toBe(false)
  })
})
