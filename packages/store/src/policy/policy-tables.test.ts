import { expect, test } from 'vitest'
import { forEachEngine } from '../testing/engines.ts'
import { MADE } from '../testing/samples.ts'

const ARN = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

await forEachEngine((engine) => {
  test('every change counts, from whichever node, and one that is undone does not', async () => {
    const url = await engine.createDatabase()
    const [one, other] = [await engine.open({ url }), await engine.open({ url })]
    expect(await one.policyChanges.count()).toBe(0)
    await one.transaction((tx) => tx.policyChanges.bump())
    await other.transaction((tx) => tx.policyChanges.bump())
    const undone = one.transaction(async (tx) => {
      await tx.policyChanges.bump()
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await one.policyChanges.count()).toBe(2)
    expect(await other.policyChanges.count()).toBe(2)
  })

  test('a policy imported again replaces the one before', async () => {
    const store = await engine.open()
    expect(await store.managedPolicies.find(ARN)).toBeUndefined()
    const policy = { arn: ARN, name: 'ReadOnlyAccess', document: '{}', importedAt: MADE }
    await store.managedPolicies.insert(policy)
    await store.managedPolicies.insert({ ...policy, document: '{"Version":"2012-10-17"}' })
    expect(await store.managedPolicies.find(ARN)).toEqual({ ...policy, document: '{"Version":"2012-10-17"}' })
    expect((await store.managedPolicies.list({ limit: 10 })).items).toHaveLength(1)
  })
})
