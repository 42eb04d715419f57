import { expect, test } from 'vitest'
import { keyId } from '../detection/testing/made-keys.ts'
import { askByAccount } from './by-account.ts'

const keys = Array.from({ length: 30 }, (_, index) => ({
  accessKeyId: keyId(index < 20 ? '111122223333' : '444455556666', index),
}))

test('answers are in the order of the keys, eight are asked about at once, and accounts take turns', async () => {
  const begun: string[] = []
  let [underWay, most] = [0, 0]
  const answers = await askByAccount(keys, async ({ accessKeyId }) => {
    begun.push(accessKeyId)
    underWay += 1
    most = Math.max(most, underWay)
    for (let turn = 0; turn < 1 + (begun.length % 3); turn += 1) await Promise.resolve()
    underWay -= 1
    return accessKeyId
  })
  expect(answers).toEqual(keys.map(({ accessKeyId }) => accessKeyId))
  expect(most).toBe(8)
  expect(begun.slice(0, 4)).toEqual([keys[0], keys[20], keys[1], keys[21]].map((key) => key?.accessKeyId))
})

test('where one rejects, no other is begun', async () => {
  let begun = 0
  const asking = askByAccount(keys, async () => {
    begun += 1
    throw new Error('no')
  })
  await expect(asking).rejects.toThrow('no')
  expect(begun).toBeLessThanOrEqual(8)
})
