import { days } from '@mayfly/identity-center/duration'
import { expect, test } from 'vitest'
import { keyId } from '../../../long-term-keys/detection/testing/made-keys.ts'
import { writeRetirement } from '../../../long-term-keys/retirement/journal.ts'
import { createStory } from '../../../long-term-keys/retirement/testing/story.ts'
import { run } from '../../../main.ts'

const ACCOUNTS = ['111122223333', '222233334444', '333344445555']

test('sixty keys of several accounts: what can be done first stands first, and users of one name are told apart', async () => {
  const { machine, planned } = await createStory()
  const began = { step: 'soaking', swappedAt: planned.since, restDays: 7, userName: 'deploy' } as const
  const standing = { at: planned.since, status: 'Active', lastUsed: {}, cannot: [] } as const
  for (let each = 0; each < 60; each += 1) {
    const accountId = ACCOUNTS[each % 3] ?? ''
    const accessKeyId = keyId(accountId, each)
    await writeRetirement(machine, { ...planned, ...began, standing, accessKeyId, accountId, soakDays: 60 - each })
  }
  await machine.clock.advance(days(1))
  expect(await run(['keys', 'status'], machine)).toBe(0)
  const [swap, ...rows] = machine
    .stdout()
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('AKIA'))
  expect(swap).toContain('swap')
  expect(rows).toHaveLength(60)
  expect(rows[0]).toMatch(/^ {2}333344445555 {2}deploy {2}soaking {2}.*deactivate now/)
  expect(rows[1]).toMatch(/^ {2}222233334444 {2}deploy {2}soaking/)
  const dates = rows.slice(1).map((row) => row.slice(-10))
  expect(dates).toEqual([...dates].sort())
})
