/** IAM counts by account: what one account refuses slows none of the others; what several refuse at once slows all. */

import { expect, test } from 'vitest'
import { createTestMachine } from '../../testing/test-machine.ts'
import { createAccountLimiters } from './account-limiters.ts'

const open = () => createAccountLimiters(createTestMachine().clock)

test('one account that refuses slows itself alone', async () => {
  const limiters = open()
  const [one, other] = [limiters.open('111122223333'), limiters.open('444455556666')]
  ;(await one.take()).refuse(undefined)
  ;(await other.take()).end()
  expect([one.figures.rate, other.figures.rate, limiters.figures.rate]).toEqual([15, 20, 100])
  expect([limiters.figures.sent, limiters.figures.throttled]).toEqual([2, 1])
})

test('two that refuse at once slow them all', async () => {
  const limiters = open()
  const turns = [await limiters.open('111122223333').take(), await limiters.open('444455556666').take()]
  for (const turn of turns) turn.refuse(undefined)
  expect([limiters.figures.rate, limiters.figures.throttled]).toEqual([75, 2])
})
