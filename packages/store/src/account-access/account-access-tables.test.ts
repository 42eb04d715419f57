import type { AccountAssignment, Principal } from '@mayfly/identity-center/account-access/account-assignment'
import { after, hours, minutes } from '@mayfly/identity-center/duration'
import type { AccountId, GroupId, GroupMembershipId, UserId } from '@mayfly/identity-center/identifiers'
import { TestRandom } from '@mayfly/identity-center/testing/test-random'
import { expect, test } from 'vitest'
import type { Page, PageRequest, Store } from '../store.ts'
import { forEachEngine } from '../testing/engines.ts'
import { ALICE, account, BOB, group, insertOrganization, instance, MADE, permissionSet } from '../testing/samples.ts'

/** Two nodes never draw the same role name. */
const node = (name: string) => new TestRandom(name)

const alice: Principal = { type: 'USER', id: ALICE }
const bob: Principal = { type: 'USER', id: BOB }
const developers: Principal = { type: 'GROUP', id: 'group-developers' as GroupId }

const assignment = (number: number, setName: string, principal: Principal): AccountAssignment => ({
  instanceArn: instance.arn,
  accountId: account(number).id,
  permissionSetArn: permissionSet(setName).arn,
  principal,
  createdAt: MADE,
})

async function addToDevelopers(store: Store, userId: UserId): Promise<void> {
  const { id, identityStoreId } = group('developers')
  const membershipId = `membership-${userId}` as GroupMembershipId
  await store.groupMemberships.insert({ id: membershipId, identityStoreId, groupId: id, userId, createdAt: MADE })
}

/** Everything, page by page; `between` happens after every page. */
async function readAll<T>(
  list: (page: PageRequest) => Promise<Page<T>>,
  limit: number,
  between: (page: T[]) => Promise<void> = async () => {},
): Promise<T[]> {
  const items: T[] = []
  let after: string | undefined
  do {
    const page: Page<T> = await list(after === undefined ? { limit } : { limit, after })
    expect(page.items.length).toBeLessThanOrEqual(limit)
    items.push(...page.items)
    after = page.nextToken
    await between(page.items)
  } while (after !== undefined)
  return items
}

await forEachEngine((engine) => {
  test('the first assignment makes the role, the next ones share it, the last takes it away, a new one makes a new role', async () => {
    const store = await engine.open()
    await insertOrganization(store)
    await store.accounts.insert(account(1))
    const { id } = account(1)
    const { arn } = permissionSet('Admin')
    const { policiesChanged, ...first } = await store.accountAssignments.insert(assignment(1, 'Admin', alice))
    expect(policiesChanged).toBe(false)
    expect(first.roleName).toMatch(/^AWSReservedSSO_Admin_[0-9a-f]{16}$/)
    expect(first.roleId).toMatch(/^AROA[A-Z2-7]{17}$/)
    expect(
      await store.accountAssignments.insert({ ...assignment(1, 'Admin', bob), createdAt: after(MADE, minutes(1)) }),
    ).toEqual({
      ...first,
      policiesChanged,
    })
    expect(await store.accountAssignments.delete(assignment(1, 'Admin', alice))).toBe('withdrawn')
    expect(await store.provisionedPermissionSets.find(id, arn)).toEqual(first)
    expect(await store.provisionedPermissionSets.findByRoleName(id, first.roleName)).toEqual(first)
    expect(await store.accountAssignments.delete(assignment(1, 'Admin', bob))).toBe('unprovisioned')
    expect(await store.provisionedPermissionSets.find(id, arn)).toBeUndefined()
    expect(await store.accountAssignments.delete(assignment(1, 'Admin', bob))).toBe('not-assigned')
    const second = await store.accountAssignments.insert(assignment(1, 'Admin', bob))
    expect(second.roleName).not.toBe(first.roleName)
    expect(second.roleId).not.toBe(first.roleId)
  })

  test('a changed permission set reaches an account with the next assignment, which says that policies changed', async () => {
    const store = await engine.open()
    await insertOrganization(store)
    await store.accounts.insert(account(1))
    await store.accountAssignments.insert(assignment(1, 'Admin', alice))
    const { arn } = permissionSet('Admin')
    await store.permissionSets.update({ ...permissionSet('Admin'), inlinePolicy: '{}', version: 2 })
    expect((await store.provisionedPermissionSets.find(account(1).id, arn))?.version).toBe(1)
    expect(await store.permissionSetVersions.find(arn, 1)).not.toHaveProperty('inlinePolicy')
    const later = { ...assignment(1, 'Admin', bob), createdAt: after(MADE, minutes(1)) }
    expect(await store.accountAssignments.insert(later)).toMatchObject({ version: 2, policiesChanged: true })
    const stale = { set: { name: 'Admin', version: 1 } }
    expect(await store.accountAssignments.insert(assignment(1, 'Admin', alice), stale)).toMatchObject({ version: 2 })
    await expect(store.permissionSets.update({ ...permissionSet('Admin'), version: 2 })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('versions that no account goes by are forgotten, but for the last ten', async () => {
    const store = await engine.open()
    await insertOrganization(store)
    await store.accounts.insert(account(1))
    const { arn } = permissionSet('Admin')
    await store.accountAssignments.insert(assignment(1, 'Admin', alice))
    for (let version = 2; version <= 15; version += 1)
      await store.permissionSets.update({ ...permissionSet('Admin'), version })
    const kept: number[] = []
    for (let version = 1; version <= 15; version += 1)
      if ((await store.permissionSetVersions.find(arn, version)) !== undefined) kept.push(version)
    expect(kept).toEqual([1, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
  })

  test('an assignment made again is no error and stays one', async () => {
    const store = await engine.open()
    await insertOrganization(store)
    await store.accounts.insert(account(1))
    await store.accountAssignments.insert(assignment(1, 'Admin', alice))
    await store.accountAssignments.insert({ ...assignment(1, 'Admin', alice), createdAt: after(MADE, hours(1)) })
    expect(await store.accountAssignments.countOf(permissionSet('Admin').arn)).toBe(1)
    expect(await store.accountAssignments.find(assignment(1, 'Admin', alice))).toEqual(assignment(1, 'Admin', alice))
  })

  test('who assigns and who withdraws at once leave a role exactly when an assignment is left', async () => {
    const url = await engine.createDatabase()
    const nodes = [
      await engine.open({ url, random: node('one') }),
      await engine.open({ url, random: node('two') }),
    ] as const
    await insertOrganization(nodes[0])
    await nodes[0].accounts.insert(account(1))
    for (let round = 0; round < 15; round += 1) {
      await Promise.all([
        nodes[0].accountAssignments.insert(assignment(1, 'Admin', alice)),
        nodes[1].accountAssignments.delete(assignment(1, 'Admin', bob)),
        nodes[1].accountAssignments.delete(assignment(1, 'Admin', alice)),
        nodes[0].accountAssignments.insert(assignment(1, 'Admin', bob)),
      ])
      const count = await nodes[0].accountAssignments.countOf(permissionSet('Admin').arn)
      const role = await nodes[1].provisionedPermissionSets.find(account(1).id, permissionSet('Admin').arn)
      expect(role !== undefined).toBe(count > 0)
    }
  })

  test('twenty who make the first assignment at once agree on one role', async () => {
    const url = await engine.createDatabase()
    const nodes = [
      await engine.open({ url, random: node('one') }),
      await engine.open({ url, random: node('two') }),
    ] as const
    await insertOrganization(nodes[0])
    await nodes[0].accounts.insert(account(1))
    const roles = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        nodes[i % 2 === 0 ? 0 : 1].accountAssignments.insert(
          assignment(1, 'Admin', { type: 'USER', id: `user-${i}` as UserId }),
        ),
      ),
    )
    expect(new Set(roles.map(({ roleName }) => roleName)).size).toBe(1)
  })

  test('an unknown permission set or account is refused, and nothing is left behind', async () => {
    const store = await engine.open()
    await insertOrganization(store)
    await store.accounts.insert(account(1))
    await expect(store.accountAssignments.insert(assignment(1, 'Nothing', alice))).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(store.accountAssignments.insert(assignment(2, 'Admin', alice))).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await store.provisionedPermissionSets.listOfAccount(account(1).id)).toEqual([])
  })

  test('an account or a permission set with assignments is not deleted', async () => {
    const store = await engine.open()
    await insertOrganization(store)
    await store.accounts.insert(account(1))
    await store.accountAssignments.insert(assignment(1, 'Admin', alice))
    await expect(store.accounts.delete(account(1).id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(store.permissionSets.delete(permissionSet('Admin').arn)).rejects.toMatchObject({ code: 'conflict' })
    await store.accountAssignments.delete(assignment(1, 'Admin', alice))
    await store.accounts.delete(account(1).id)
    await store.permissionSets.delete(permissionSet('Admin').arn)
    await expect(store.permissionSets.get(permissionSet('Admin').arn)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('access comes directly and through groups, and nothing is named twice', async () => {
    const store = await engine.open()
    await insertOrganization(store, ['Admin', 'ReadOnly', 'Billing'])
    await store.groups.insert(group('developers'))
    await addToDevelopers(store, ALICE)
    for (const number of [1, 2, 3]) await store.accounts.insert(account(number, `name ${4 - number}`))
    await store.accountAssignments.insert(assignment(1, 'Admin', alice))
    await store.accountAssignments.insert(assignment(1, 'Admin', developers))
    await store.accountAssignments.insert(assignment(1, 'ReadOnly', developers))
    await store.accountAssignments.insert(assignment(2, 'ReadOnly', developers))
    await store.accountAssignments.insert(assignment(3, 'Billing', bob))
    const access = store.effectiveAccess
    const accounts = (await access.accountsOf(ALICE, { limit: 10 })).items
    expect(accounts.map(({ id, name }) => [id, name])).toEqual([
      [account(2).id, 'name 2'],
      [account(1).id, 'name 3'],
    ])
    const roles = (await access.rolesOf(ALICE, account(1).id, { limit: 10 })).items
    expect(roles.map(({ permissionSetName }) => permissionSetName)).toEqual(['Admin', 'ReadOnly'])
    expect(roles[0]?.sessionDuration).toBe(hours(1))
    const through = [ALICE, group('developers').id]
    expect(await access.findRole(ALICE, account(1).id, 'Admin')).toEqual({ ...roles[0], through })
    expect(await access.findRole(ALICE, account(1).id, 'admin')).toBeUndefined()
    expect(await access.findRole(ALICE, account(3).id, 'Billing')).toBeUndefined()
    expect(await access.hasAccount(ALICE, account(2).id)).toBe(true)
    expect(await access.hasAccount(ALICE, account(3).id)).toBe(false)
    expect(await access.hasAccount(BOB, account(1).id)).toBe(false)
  })

  test('a user who leaves the group, and a group that is deleted, give nothing at once', async () => {
    const store = await engine.open()
    await insertOrganization(store)
    await store.groups.insert(group('developers'))
    await store.accounts.insert(account(1))
    await addToDevelopers(store, ALICE)
    await addToDevelopers(store, BOB)
    await store.accountAssignments.insert(assignment(1, 'Admin', developers))
    await store.groupMemberships.delete(`membership-${ALICE}` as GroupMembershipId)
    expect(await store.effectiveAccess.hasAccount(ALICE, account(1).id)).toBe(false)
    expect(await store.effectiveAccess.hasAccount(BOB, account(1).id)).toBe(true)
    await store.groups.delete(group('developers').id)
    expect(await store.effectiveAccess.hasAccount(BOB, account(1).id)).toBe(false)
    expect(await store.accountAssignments.countOf(permissionSet('Admin').arn)).toBe(1)
  })

  test('a group does not stand for the user of the same id', async () => {
    const store = await engine.open()
    await insertOrganization(store)
    await store.accounts.insert(account(1))
    await store.accountAssignments.insert(assignment(1, 'Admin', { type: 'GROUP', id: ALICE as string as GroupId }))
    expect(await store.effectiveAccess.hasAccount(ALICE, account(1).id)).toBe(false)
  })

  test('three thousand accounts come once each, in order, while others are taken away and added', async () => {
    const store = await engine.open()
    await insertOrganization(store, ['Admin', 'ReadOnly'])
    await store.groups.insert(group('developers'))
    await addToDevelopers(store, ALICE)
    const size = 3000
    await store.transaction(async (tx) => {
      for (let number = 1; number <= size; number += 1) {
        await tx.accounts.insert(account(number, `team ${number % 7}`))
        await tx.accountAssignments.insert(assignment(number, 'Admin', number % 2 === 0 ? alice : developers))
        if (number % 3 === 0) await tx.accountAssignments.insert(assignment(number, 'ReadOnly', developers))
      }
    })
    const gone = new Set<AccountId>()
    let pages = 0
    const read = await readAll(
      (page) => store.effectiveAccess.accountsOf(ALICE, page),
      100,
      async (page) => {
        pages += 1
        // The account that the cursor names, and one that was shown before it.
        for (const { id } of [page.at(-1), page[0]].filter((shown) => shown !== undefined)) {
          const number = Number(id)
          await store.accountAssignments.delete(assignment(number, 'Admin', number % 2 === 0 ? alice : developers))
          await store.accountAssignments.delete(assignment(number, 'ReadOnly', developers))
          gone.add(id)
        }
        await store.accounts.insert(account(10_000 + pages, 'a team before all'))
        await store.accountAssignments.insert(assignment(10_000 + pages, 'Admin', alice))
      },
    )
    expect(read).toHaveLength(size)
    expect(new Set(read.map(({ id }) => id)).size).toBe(size)
    const order = read.map(({ name, id }) => `${name} ${id}`)
    expect(order).toEqual([...order].sort())
    const again = await readAll((page) => store.effectiveAccess.accountsOf(ALICE, page), 1000)
    expect(again).toHaveLength(size - gone.size + pages)
  }, 60_000)

  test('assignments are listed by account, by permission set and by principal, page by page', async () => {
    const store = await engine.open()
    await insertOrganization(store, ['Admin', 'ReadOnly'])
    for (const number of [1, 2, 3]) {
      await store.accounts.insert(account(number))
      for (const name of ['Admin', 'ReadOnly'])
        for (const principal of [alice, bob]) await store.accountAssignments.insert(assignment(number, name, principal))
    }
    const all = await readAll((page) => store.accountAssignments.list({}, page), 5)
    expect(all).toHaveLength(12)
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(12)
    const filter = { accountId: account(2).id, permissionSetArn: permissionSet('Admin').arn }
    expect((await store.accountAssignments.list(filter, { limit: 10 })).items).toHaveLength(2)
    expect((await store.accountAssignments.list({ principal: bob }, { limit: 10 })).items).toHaveLength(6)
  })

  test('a made-up page token is refused', async () => {
    const store = await engine.open()
    for (const after of ['', 'x', '{}', '["a"]', '[1,2]', '["a","b","c"]'])
      await expect(store.effectiveAccess.accountsOf(ALICE, { limit: 1, after })).rejects.toMatchObject({
        code: 'invalid',
      })
  })
})
