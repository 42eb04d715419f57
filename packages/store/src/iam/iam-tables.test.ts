import type { IamPolicy } from '@mayfly/identity-center/iam/policy'
import type { IamRole } from '@mayfly/identity-center/iam/role'
import { expect, test } from 'vitest'
import { forEachEngine } from '../testing/engines.ts'
import { account, MADE } from '../testing/samples.ts'

const { id: accountId } = account(1)
const { id: other } = account(2)

const role = (name: string, path = '/'): IamRole => ({
  accountId,
  name,
  path,
  id: `AROA${name}`,
  assumeRolePolicyDocument: '{}',
  maxSessionDuration: 3600,
  tags: [{ key: 'team', value: 'platform' }],
  createdAt: MADE,
})

const policy = (name: string, path = '/'): IamPolicy => ({
  arn: `arn:aws:iam::${accountId}:policy${path}${name}`,
  accountId,
  name,
  path,
  id: `ANPA${name}`,
  document: '{}',
  tags: [],
  createdAt: MADE,
})

await forEachEngine((engine) => {
  test('an account has no two roles and no two policies that differ in capitals or path alone', async () => {
    const store = await engine.open()
    await store.accounts.insert(account(1))
    await store.roles.insert(role('Deploy'))
    await expect(store.roles.insert(role('deploy', '/ci/'))).rejects.toMatchObject({ code: 'conflict' })
    await store.roles.insert({ ...role('Deploy'), accountId: other })
    expect(await store.roles.findByName(accountId, 'DEPLOY')).toEqual(role('Deploy'))
    await store.iamPolicies.insert(policy('Deploy'))
    await expect(store.iamPolicies.insert(policy('deploy', '/ci/'))).rejects.toMatchObject({ code: 'conflict' })
    expect(await store.iamPolicies.findByArn(policy('Deploy').arn)).toEqual(policy('Deploy'))
  })

  test('a role is not found while its account is closed or gone, and is again when the account is back', async () => {
    const store = await engine.open()
    await store.roles.insert(role('Deploy'))
    const find = () => store.roles.findByName(accountId, 'Deploy')
    expect(await find()).toBeUndefined()
    await store.accounts.insert(account(1))
    expect(await find()).toEqual(role('Deploy'))
    await store.accounts.update({ ...account(1), closedAt: MADE })
    expect(await find()).toBeUndefined()
  })

  test('roles are listed by name, page by page, and by the beginning of their path', async () => {
    const store = await engine.open()
    for (const [name, path] of [
      ['zoo', '/'],
      ['one', '/ci/'],
      ['two', '/ci/'],
      ['one', '/ci/deep/'],
      ['far', '/d/'],
    ] as const) {
      await store.roles.insert(role(`${name}${path.length}`, path))
    }
    const names: string[] = []
    let after: string | undefined
    do {
      const page = await store.roles.list(accountId, '/ci/', { limit: 2, ...(after === undefined ? {} : { after }) })
      names.push(...page.items.map(({ path, name }) => path + name))
      after = page.nextToken
    } while (after !== undefined)
    expect(names).toEqual(['/ci/one4', '/ci/deep/one9', '/ci/two4'])
    expect((await store.roles.list(accountId, '/', { limit: 9 })).items).toHaveLength(5)
    expect((await store.roles.list(other, '/', { limit: 9 })).items).toEqual([])
  })

  test('what is on a role is read together, and is of that role alone', async () => {
    const store = await engine.open()
    const { rolePolicies } = store
    await rolePolicies.put(accountId, 'Deploy', { name: 'b', document: '1' })
    await rolePolicies.put(accountId, 'deploy', { name: 'a', document: '1' })
    await rolePolicies.put(accountId, 'Deploy', { name: 'b', document: '2' })
    await rolePolicies.put(other, 'Deploy', { name: 'c', document: '1' })
    for (const _ of [1, 2]) await rolePolicies.attach(accountId, 'Deploy', policy('Read').arn)
    expect(await rolePolicies.ofRole(accountId, 'Deploy')).toEqual({
      inline: [
        { name: 'a', document: '1' },
        { name: 'b', document: '2' },
      ],
      attached: [policy('Read').arn],
    })
    expect(await rolePolicies.attachmentsOf(accountId)).toEqual(new Map([[policy('Read').arn, 1]]))
    expect(await rolePolicies.delete(accountId, 'Deploy', 'a')).toBe(true)
    expect(await rolePolicies.delete(accountId, 'Deploy', 'a')).toBe(false)
    expect(await rolePolicies.detach(accountId, 'Deploy', policy('Read').arn)).toBe(true)
    expect(await rolePolicies.detach(accountId, 'Deploy', policy('Read').arn)).toBe(false)
  })
})
