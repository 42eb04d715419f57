import { expect, test } from 'vitest'
import { runMany } from './many-runs.ts'

test('as many run at once as were allowed, and each item once', async () => {
  let [now, most] = [0, 0]
  const ended = await runMany(
    Array.from({ length: 20 }, (_, index) => index),
    async (item) => {
      now += 1
      most = Math.max(most, now)
      await Promise.resolve()
      now -= 1
      return item * 2
    },
    { concurrency: 3, mayStart: () => true, onEnd: () => undefined },
  )
  expect(most).toBe(3)
  expect(ended.map(({ result }) => result).toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: 20 }, (_, index) => index * 2),
  )
})

test('nothing more is started once that is said', async () => {
  const results: number[] = []
  const options = {
    concurrency: 1,
    mayStart: () => results.length < 2,
    onEnd: (result: number) => void results.push(result),
  }
  expect(await runMany([1, 2, 3, 4], async (item) => item, options)).toHaveLength(2)
  expect(await runMany([], async (item) => item, options)).toEqual([])
})
