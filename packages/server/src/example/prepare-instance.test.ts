import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { TestRandom } from '@mayfly/identity-center/testing/test-random'
import { expect, test } from 'vitest'
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

  test('the example is loaded once, and a second start changes nothing', async () => {
    const store = await engine.open({ clock })
    const start = { config: { example: true, region: 'us-east-1' }, store, clock, rootKey, hash }
    expect(await prepareInstance(start)).toBe(true)
    expect(await prepareInstance(start)).toBe(false)
    expect((await store.users.list({ limit: 10 })).items.map(({ userName }) => userName)).toEqual(['alice', 'bob'])
  })
})
