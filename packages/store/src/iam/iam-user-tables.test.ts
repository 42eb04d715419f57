import { after, minutes } from '@mayfly/identity-center/duration'
import type { LongTermAccessKey } from '@mayfly/identity-center/iam/long-term-access-key'
import type { IamUser } from '@mayfly/identity-center/iam/user'
import { expect, test } from 'vitest'
import { forEachEngine } from '../testing/engines.ts'
import { account, MADE } from '../testing/samples.ts'

const { id: accountId } = account(1)
const { id: other } = account(2)

const user = (name: string, path = '/', more: Partial<IamUser> = {}): IamUser => ({
  accountId,
  name,
  path,
  id: `AIDA${name}`,
  tags: [{ key: 'team', value: 'platform' }],
  createdAt: MADE,
  ...more,
})

const key = (word: string, of = 'Deploy', more: Partial<LongTermAccessKey> = {}): LongTermAccessKey => ({
  id: `AKIA${word}`,
  accountId,
  userId: `AIDA${of}`,
  status: 'Active',
  sealedSecret: `aaaaaaaa${word}`,
  createdAt: MADE,
  ...more,
})

const READ = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

await forEachEngine((engine) => {
  test('an account has no two users that differ in capitals or path alone, also after a change of name', async () => {
    const store = await engine.open()
    await store.accounts.insert(account(1))
    await store.iamUsers.insert(user('Deploy'))
    await expect(store.iamUsers.insert(user('deploy', '/ci/'))).rejects.toMatchObject({ code: 'conflict' })
    await store.iamUsers.insert(user('Deploy', '/', { accountId: other, id: 'AIDAother' }))
    expect(await store.iamUsers.findByName(accountId, 'DEPLOY')).toEqual(user('Deploy'))
    await store.iamUsers.insert(user('Build'))
    await expect(store.iamUsers.update({ ...user('Build'), name: 'dePloy' })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await store.iamUsers.update({ ...user('Build'), name: 'build', path: '/ci/' })).toBe(true)
    expect(await store.iamUsers.lock(accountId, 'Build')).toEqual({ ...user('Build'), name: 'build', path: '/ci/' })
    expect(await store.iamUsers.countOf(accountId)).toBe(2)
  })

  test('a user and its keys are not found while its account is closed or gone, and are again when it is back', async () => {
    const store = await engine.open()
    await store.iamUsers.insert(user('Deploy'))
    await store.iamAccessKeys.insert(key('one'))
    const find = async () => [
      await store.iamUsers.findByName(accountId, 'Deploy'),
      await store.iamUsers.find('AIDADeploy'),
      await store.iamAccessKeys.find('AKIAone'),
    ]
    expect(await find()).toEqual([undefined, undefined, undefined])
    await store.accounts.insert(account(1))
    expect(await find()).toEqual([user('Deploy'), user('Deploy'), { key: key('one'), user: user('Deploy') }])
    await store.accounts.update({ ...account(1), closedAt: MADE })
    expect(await find()).toEqual([undefined, undefined, undefined])
  })

  test('users are listed by name, page by page, and by the beginning of their path', async () => {
    const store = await engine.open()
    for (const [name, path] of [
      ['zoo', '/'],
      ['one', '/ci/'],
      ['Two', '/ci/'],
      ['far', '/d/'],
      ['deep', '/ci/deep/'],
    ] as const) {
      await store.iamUsers.insert(user(name, path))
    }
    const names: string[] = []
    let next: string | undefined
    do {
      const page = await store.iamUsers.list(accountId, '/ci/', { limit: 2, ...(next ? { after: next } : {}) })
      names.push(...page.items.map(({ path, name }) => path + name))
      next = page.nextToken
    } while (next !== undefined)
    expect(names).toEqual(['/ci/deep/deep', '/ci/one', '/ci/Two'])
    expect((await store.iamUsers.list(other, '/', { limit: 9 })).items).toEqual([])
  })

  test('what is on a user is read together, and is of that user alone', async () => {
    const store = await engine.open()
    const { iamUserPolicies } = store
    await iamUserPolicies.put('AIDADeploy', { name: 'b', document: '1' })
    await iamUserPolicies.put('AIDADeploy', { name: 'a', document: '1' })
    await iamUserPolicies.put('AIDADeploy', { name: 'b', document: '2' })
    await iamUserPolicies.put('AIDAother', { name: 'c', document: '1' })
    for (const _ of [1, 2]) await iamUserPolicies.attach(user('Deploy'), READ)
    await iamUserPolicies.attach(user('Build'), READ)
    expect(await iamUserPolicies.ofUser('AIDADeploy')).toEqual({
      inline: [
        { name: 'a', document: '1' },
        { name: 'b', document: '2' },
      ],
      attached: [READ],
    })
    expect(await iamUserPolicies.attachmentsOf(accountId)).toEqual(new Map([[READ, 2]]))
    expect(await iamUserPolicies.attachmentsOf(other)).toEqual(new Map())
    for (const there of [true, false]) {
      expect(await iamUserPolicies.delete('AIDADeploy', 'a')).toBe(there)
      expect(await iamUserPolicies.detach('AIDADeploy', READ)).toBe(there)
    }
  })

  test('a key is listed, deactivated and deleted by way of its own user, and of no other', async () => {
    const store = await engine.open()
    const { iamAccessKeys } = store
    const late = key('a', 'Deploy', { createdAt: after(MADE, minutes(1)) })
    for (const each of [late, key('b'), key('c', 'Build')]) await iamAccessKeys.insert(each)
    expect(await iamAccessKeys.listOfUser('AIDADeploy')).toEqual([key('b'), late])
    expect(await iamAccessKeys.setStatus('AIDABuild', 'AKIAb', 'Inactive')).toBe(false)
    expect(await iamAccessKeys.setStatus('AIDADeploy', 'AKIAb', 'Inactive')).toBe(true)
    expect(await iamAccessKeys.delete('AIDABuild', 'AKIAa')).toBe(false)
    expect(await iamAccessKeys.delete('AIDADeploy', 'AKIAa')).toBe(true)
    expect(await iamAccessKeys.listOfUser('AIDADeploy')).toEqual([key('b', 'Deploy', { status: 'Inactive' })])
  })

  test('a use is noted when none is since the given moment, and then no earlier one beside it', async () => {
    const store = await engine.open()
    const { iamAccessKeys } = store
    await iamAccessKeys.insert(key('one'))
    const use = { at: MADE, region: 'us-east-1', service: 'sts' }
    const soon = { at: after(MADE, minutes(0.5)), region: 'eu-west-1', service: 'iam' }
    const later = { ...soon, at: after(MADE, minutes(2)) }
    expect(await iamAccessKeys.touch('AKIAone', use, MADE)).toBe(true)
    expect(await iamAccessKeys.touch('AKIAone', soon, MADE)).toBe(false)
    expect((await iamAccessKeys.listOfUser('AIDADeploy'))[0]?.lastUsed).toEqual(use)
    expect(await iamAccessKeys.touch('AKIAone', later, after(MADE, minutes(1)))).toBe(true)
    expect(await iamAccessKeys.touch('AKIAone', use, MADE)).toBe(false)
    expect((await iamAccessKeys.listOfUser('AIDADeploy'))[0]?.lastUsed).toEqual(later)
    expect(await iamAccessKeys.touch('AKIAgone', use, MADE)).toBe(false)
  })

  test('a secret is sealed anew by whoever saw the seal before, and who has sealed which is known', async () => {
    const store = await engine.open()
    const { iamAccessKeys } = store
    for (const word of ['one', 'two', 'three']) await iamAccessKeys.insert(key(word))
    const [first, second] = [await iamAccessKeys.listBehind('', 2), await iamAccessKeys.listBehind('AKIAthree', 2)]
    expect([first, second].map((keys) => keys.map(({ id }) => id))).toEqual([['AKIAone', 'AKIAthree'], ['AKIAtwo']])
    for (const each of [...first, ...second]) {
      expect(await iamAccessKeys.hasSealedBy('aaaaaaaa')).toBe(true)
      expect(await iamAccessKeys.replaceSecret(each, `bbbbbbbb${each.id}`)).toBe(true)
      expect(await iamAccessKeys.replaceSecret(each, 'cccccccc')).toBe(false)
    }
    expect(await iamAccessKeys.hasSealedBy('aaaaaaaa')).toBe(false)
    expect(await iamAccessKeys.hasSealedBy('bbbbbbbb')).toBe(true)
  })
})
