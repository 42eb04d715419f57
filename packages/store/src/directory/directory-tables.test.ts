import type { GroupMembershipId, UserId } from '@mayfly/identity-center/identifiers'
import { expect, test } from 'vitest'
import type { Store } from '../store.ts'
import { forEachEngine } from '../testing/engines.ts'
import {
  ALICE,
  account,
  BOB,
  group,
  insertOrganization,
  instance,
  MADE,
  permissionSet,
  user,
} from '../testing/samples.ts'

const membership = (word: string, userId: UserId) => ({
  id: `membership-${word}-${userId}` as GroupMembershipId,
  identityStoreId: instance.identityStoreId,
  groupId: group(word).id,
  userId,
  createdAt: MADE,
})

async function listNames(store: Store, limit: number): Promise<string[]> {
  const names: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await store.users.list(after === undefined ? { limit } : { limit, after })
    names.push(...page.items.map(({ userName }) => userName))
    if (page.nextToken === undefined) return names
    after = page.nextToken
  }
}

await forEachEngine((engine) => {
  test('a value comes back as it was put in, with and without what may be absent', async () => {
    const store = await engine.open()
    await insertOrganization(store)
    const carol = user('carol', {
      email: 'carol@example.com',
      displayName: 'Çarol \u0001 "quoted" 😀',
      status: 'DISABLED',
    })
    await store.users.insert(carol)
    await store.accounts.insert(account(1))
    expect(await store.users.get(carol.id)).toEqual(carol)
    expect(await store.users.get(ALICE)).toEqual(user('alice'))
    expect(await store.instances.get()).toEqual(instance)
    expect(await store.permissionSets.findByName('Admin')).toEqual(permissionSet('Admin'))
    expect(await store.accounts.get(account(1).id)).toEqual(account(1))
  })

  test('a user name is one, however it is written', async () => {
    const store = await engine.open()
    await store.users.insert(user('Zoë.Straße'))
    for (const spelling of ['zoë.straße', 'ZOË.STRAßE', 'Zoe\u0308.Straße', 'Ｚoë.Straße'])
      expect((await store.users.findByUserName(spelling))?.userName).toBe('Zoë.Straße')
    const twin = { ...user('ZOË.straße'), id: 'user-other' as UserId }
    await expect(store.users.insert(twin)).rejects.toMatchObject({ name: 'Refusal', code: 'conflict' })
    expect(await store.users.findByUserName('zoe.straße')).toBeUndefined()
  })

  test('a user may be renamed, but not to a name that is taken', async () => {
    const store = await engine.open()
    await insertOrganization(store)
    await store.users.update({ ...user('alice'), userName: 'alicia' })
    expect((await store.users.findByUserName('Alicia'))?.id).toBe(ALICE)
    expect(await store.users.findByUserName('alice')).toBeUndefined()
    await expect(store.users.update({ ...user('alice'), userName: 'BOB' })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('what is not there is refused by its kind and its id', async () => {
    const store = await engine.open()
    await expect(store.users.get(ALICE)).rejects.toMatchObject({
      code: 'not-found',
      resourceType: 'USER',
      resourceId: ALICE,
    })
    await expect(store.users.update(user('alice'))).rejects.toMatchObject({ code: 'not-found' })
    await expect(store.users.delete(ALICE)).rejects.toMatchObject({ code: 'not-found' })
    await expect(store.groups.delete(group('x').id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(store.accounts.delete(account(1).id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(store.instances.get()).rejects.toMatchObject({ code: 'not-found' })
    expect(await store.instances.find()).toBeUndefined()
  })

  test('both engines sort alike: by the bytes of the text', async () => {
    const store = await engine.open()
    const names = ['b', 'a', 'B', 'A', 'ä', 'Z', 'z', '_', '-', '1', '10', '2', '😀', 'é']
    for (const name of names)
      await store.users.insert({
        ...user(`user ${name}`),
        id: name as UserId,
        userName: `${name}.${names.indexOf(name)}`,
      })
    const ids = (await store.users.list({ limit: 100 })).items.map(({ id }) => id as string)
    expect(ids).toEqual([...names].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))))
  })

  test('users come page by page, each once, while the last one shown is deleted', async () => {
    const store = await engine.open()
    for (let number = 10; number < 35; number += 1) await store.users.insert(user(`user${number}`))
    const first = await store.users.list({ limit: 10 })
    await store.users.delete('user-user19' as UserId)
    await store.users.insert(user('user00'))
    const second = await store.users.list({ limit: 10, after: first.nextToken ?? '' })
    expect(second.items[0]?.userName).toBe('user20')
    expect(await listNames(store, 7)).toHaveLength(25)
    expect(await listNames(store, 25)).toHaveLength(25)
  })

  test('memberships are listed from both sides, are there once, and go with the user and with the group', async () => {
    const store = await engine.open()
    await insertOrganization(store)
    for (const word of ['developers', 'auditors']) await store.groups.insert(group(word))
    await store.groupMemberships.insert(membership('developers', ALICE))
    await store.groupMemberships.insert(membership('developers', BOB))
    await store.groupMemberships.insert(membership('auditors', ALICE))
    await expect(
      store.groupMemberships.insert({ ...membership('auditors', ALICE), id: 'other' as GroupMembershipId }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      store.groupMemberships.insert(membership('developers', 'user-nobody' as UserId)),
    ).rejects.toMatchObject({ code: 'conflict' })
    const ofGroup = await store.groupMemberships.listOfGroup(group('developers').id, { limit: 1 })
    expect(ofGroup.items).toEqual([membership('developers', ALICE)])
    const next = { limit: 1, after: ofGroup.nextToken ?? '' }
    expect((await store.groupMemberships.listOfGroup(group('developers').id, next)).items).toHaveLength(1)
    expect((await store.groupMemberships.listOfUser(ALICE, { limit: 10 })).items).toHaveLength(2)
    expect(await store.groupMemberships.find(group('auditors').id, BOB)).toBeUndefined()
    await store.users.delete(ALICE)
    expect((await store.groupMemberships.listOfGroup(group('developers').id, { limit: 10 })).items).toHaveLength(1)
    await store.groups.delete(group('developers').id)
    expect((await store.groupMemberships.listOfUser(BOB, { limit: 10 })).items).toEqual([])
  })

  test('a group is found by its display name in any case', async () => {
    const store = await engine.open()
    await store.groups.insert(group('Developers'))
    expect((await store.groups.findByDisplayName('DEVELOPERS'))?.id).toBe('group-Developers')
    await expect(store.groups.insert(group('developers'))).rejects.toMatchObject({ code: 'conflict' })
  })

  test('all that is known of a user comes back, and what signing in reads is no more than it was', async () => {
    const store = await engine.open()
    const externalIds = [{ issuer: 'https://idp.example', id: '7' }]
    const carol = user('carol', { email: 'carol@example.com' })
    const details = { ...carol, profile: { nickName: 'Caz', externalIds }, createdBy: 'arn:alice', version: 0 }
    await store.users.insert(details)
    expect(await store.users.findDetails(carol.id)).toEqual(details)
    expect((await store.users.listDetails({ limit: 10 })).items).toEqual([details])
    expect(await store.users.find(carol.id)).toEqual(carol)
    expect(await store.users.findByExternalId({ issuer: 'https://idp.example', id: '7' })).toBe(carol.id)
    const twin = { ...user('dave'), profile: { externalIds } }
    await expect(store.transaction((tx) => tx.users.insert(twin))).rejects.toMatchObject({ code: 'conflict' })
    expect(await store.users.find(twin.id)).toBeUndefined()
    await store.users.delete(carol.id)
    await store.users.insert(twin)
  })

  test('of two who have read one version of a user or a group, one may write', async () => {
    const store = await engine.open()
    await store.users.insert(user('carol'))
    await store.groups.insert(group('auditors'))
    const carol = await store.users.findDetails(user('carol').id)
    const auditors = await store.groups.get(group('auditors').id)
    if (!carol) throw new Error('There is no carol.')
    const users = ['one', 'two'].map((displayName) => store.users.updateDetails({ ...carol, displayName }))
    expect((await Promise.all(users)).sort()).toEqual([false, true])
    const groups = ['one', 'two'].map((displayName) => store.groups.update({ ...auditors, displayName }))
    expect((await Promise.all(groups)).sort()).toEqual([false, true])
    await store.users.setStatus(carol.id, 'DISABLED', MADE)
    expect(await store.users.updateDetails({ ...carol, version: 1 })).toBe(false)
    expect(await store.users.findDetails(carol.id)).toMatchObject({ status: 'DISABLED', version: 2 })
  })

  test('an e-mail address belongs to one user, and is found in any case', async () => {
    const store = await engine.open()
    await store.users.insert(user('carol', { email: 'Carol@Example.com' }))
    await store.users.insert(user('erin'))
    await store.users.insert(user('frank'))
    const twin = user('dave', { email: 'carol@example.COM' })
    await expect(store.users.insert(twin)).rejects.toMatchObject({ code: 'conflict' })
    expect((await store.users.findByEmail('CAROL@example.com'))?.userName).toBe('carol')
  })

  test('names are found by their beginnings, each user once, and no sign has a meaning of its own', async () => {
    const store = await engine.open()
    for (const word of ['anna', 'annabel', 'hanna', '100%', 'a_b'])
      await store.users.insert(user(word, { familyName: `Of ${word}`, email: `${word}@example.com` }))
    const found = async (text: string) => (await store.users.search(text, 10)).map(({ userName }) => userName)
    expect(await found('ANN')).toEqual(['anna', 'annabel'])
    expect(await found('of h')).toEqual(['hanna'])
    expect(await found('a_')).toEqual(['a_b'])
    expect(await found('%')).toEqual([])
    expect(await store.users.search('', 3)).toHaveLength(3)
    await store.groups.insert(group('Annual'))
    expect((await store.groups.search('ann', 10)).map(({ displayName }) => displayName)).toEqual(['Annual'])
    expect([await store.users.count(), await store.groups.count()]).toEqual([5, 1])
  })
})
