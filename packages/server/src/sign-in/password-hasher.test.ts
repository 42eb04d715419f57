import { expect, test } from 'vitest'
import { PasswordHasher } from './password-hasher.ts'

test('a password is hashed by argon2id with 19 MiB and two passes', async () => {
  expect(await new PasswordHasher().hash('x')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('a hash knows its password, however its letters were composed', async () => {
  const hasher = new PasswordHasher()
  const hash = await hasher.hash('Pass-w\u00f6rd-1')
  expect(await hasher.verify('Pass-wo\u0308rd-1', hash)).toBe(true)
  expect(await hasher.verify('Pass-word-1', hash)).toBe(false)
})

test('nobody has no password, and finding that out takes as long', async () => {
  const hasher = new PasswordHasher()
  await hasher.prepare()
  const hash = await hasher.hash('x')
  const time = async (of: string | undefined): Promise<number> => {
    const start = performance.now()
    expect(await hasher.verify('nobody', of)).toBe(false)
    return performance.now() - start
  }
  // The quickest of many, taken in turns: whatever else the machine does makes single ones slow.
  let [unknown, known] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let run = 0; run < 20; run += 1) {
    unknown = Math.min(unknown, await time(undefined))
    known = Math.min(known, await time(hash))
  }
  const ratio = unknown / known
  expect(ratio).toBeGreaterThan(0.5)
  expect(ratio).toBeLessThan(2)
})

test('more than may wait are refused at once, and the pool goes on', async () => {
  const hasher = new PasswordHasher({ concurrency: 1, waiting: 2 })
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => hasher.hash('x')))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'])
  expect(outcomes[4]).toMatchObject({ reason: { code: 'throttled' } })
  await expect(hasher.hash('x')).resolves.toMatch(/^\$argon2id/)
})
