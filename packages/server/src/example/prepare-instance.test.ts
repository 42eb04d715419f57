import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { TestRandom } from '@mayfly/identity-center/testing/test-random'
import type { Store } from '@mayfly/store'
import { expect, onTestFinished, test } from 'vitest'
import { forEachEngine } from '../../../store/src/testing/engines.ts'
import { Keys } from '../keys/keys.ts'
import { prepareInstance } from './prepare-instance.ts'

const clock = new TestClock()
const rootKey = new Uint8Array(32).fill(3)
const hash = async () => 'no hash'

await forEachEngine((engine) => {
  test('of three nodes that start together on an empty database, one makes the instance', async () => {
    const url = await engine.createDatabase()
    const nodes = [0, 1, 2].map((node) => ({ random: new TestRandom(`node ${node}`) }))
    const stores = await Promise.all(nodes.map(({ random }) => engine.open({ url, clock, random })))
    const config = { example: false, region: 'eu-west-1' }
    const made = await Promise.all(stores.map((store) => prepareInstance({ config, store, clock, rootKey, hash })))
    expect(made.filter(Boolean)).toHaveLength(1)
    const [first] = stores
    expect((await first?.groups.list({ limit: 10 }))?.items).toHaveLength(1)
    expect((await first?.accounts.list({ limit: 10 }))?.items).toHaveLength(1)

    const keys = await Promise.all(
      stores.map((store, node) => Keys.open(rootKey, { store, clock, random: new TestRandom(`keys ${node}`) })),
    )
    const sealed = keys[0]?.seal('sealing', 'x', Buffer.from('from the first')) ?? ''
    for (const node of keys)
      expect(Buffer.from(node.open('sealing', 'x', sealed) ?? []).toString()).toBe('from the first')
  })

  test('a new instance lies in the partition of its region, and all that is in it', async () => {
    const store = await engine.open({ clock })
    const config = { example: false, region: 'cn-northwest-1' }
    await prepareInstance({ config, store, clock, rootKey, hash })
    expect((await store.instances.get()).arn).toMatch(/^arn:aws-cn:sso:::instance\/ssoins-[0-9a-f]{16}$/)
    const [permissionSet] = (await store.permissionSets.list({ limit: 1 })).items
    expect(permissionSet?.arn).toMatch(/^arn:aws-cn:sso:::permissionSet\/ssoins-[0-9a-f]{16}\/ps-[0-9a-f]{16}$/)
    expect(permissionSet?.managedPolicies).toEqual(['arn:aws-cn:iam::aws:policy/AdministratorAccess'])
  })

  test('the example is loaded once, and a second start changes nothing', async () => {
    const store = await engine.open({ clock })
    const start = { config: { example: true, region: 'us-east-1' }, store, clock, rootKey, hash }
    expect(await prepareInstance(start)).toBe(true)
    expect(await prepareInstance(start)).toBe(false)
    expect((await store.users.list({ limit: 10 })).items.map(({ userName }) => userName)).toEqual(['alice', 'bob'])
  })

  test('an example is not served in place of an organization, nor the example in earnest', async () => {
    const [earnest, acme] = [await engine.open({ clock }), await engine.open({ clock })]
    const start = { clock, rootKey, hash, config: { region: 'us-east-1' } }
    const open = (example: boolean, store: Store) =>
      prepareInstance({ ...start, store, config: { ...start.config, example } })
    await open(false, earnest)
    await open(true, acme)
    await expect(open(true, earnest)).rejects.toMatchObject({
      code: 'conflict',
      hint: expect.stringMatching(/Leave out --example/),
    })
    await expect(open(false, acme)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/everybody knows its passwords/),
    })
  })

  test('a document of one’s own is loaded, and refused where it is broken, missing or not the one that is there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mayfly-document-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const acme = readFileSync(new URL('../../../../examples/acme.yaml', import.meta.url), 'utf8')
    const exampleFile = join(folder, 'organization.yaml')
    const store = await engine.open({ clock })
    const config = { example: true, exampleFile, region: 'us-east-1' }
    const open = (): Promise<boolean> => prepareInstance({ config, store, clock, rootKey, hash })
    await expect(open()).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/organization\.yaml, which cannot be read/),
    })
    writeFileSync(exampleFile, acme.replace('userName: alice', 'userNmae: alice'))
    await expect(open()).rejects.toMatchObject({
      message: expect.stringMatching(/organization\.yaml:\d+:5: users\[0\]\.userNmae/),
    })
    writeFileSync(exampleFile, acme.replace('userName: alice', 'userName: zoe').replace(/id: 7223b1/, 'id: aaaaaa'))
    expect(await open()).toBe(true)
    expect(await open()).toBe(false)
    expect(await store.users.findByUserName('zoe')).toBeDefined()
    writeFileSync(exampleFile, acme)
    await expect(open()).rejects.toMatchObject({ code: 'conflict' })
  })
})
