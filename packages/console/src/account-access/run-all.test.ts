/** Many assignments, a few at a time. */
import { expect, test } from 'vitest'
import { planAssignments } from './assignment-plan.ts'
import { type Outcome, runAll } from './run-all.ts'

test('a plan has one assignment for each account, permission set and principal', () => {
  const plan = planAssignments(
    {
      accounts: [
        { id: '1', name: 'One' },
        { id: '2', name: 'Two' },
      ],
      sets: [
        { arn: 'a', name: 'A' },
        { arn: 'b', name: 'B' },
        { arn: 'c', name: 'C' },
      ],
      principals: [
        { type: 'USER', id: 'u', name: 'alice' },
        { type: 'GROUP', id: 'g', name: 'Admins' },
      ],
    },
    'arn:i',
  )
  expect(plan).toHaveLength(12)
  expect(new Set(plan.map(({ key }) => key)).size).toBe(12)
  expect(plan[1]?.call.input).toMatchObject({
    TargetId: '1',
    PermissionSetArn: 'a',
    PrincipalType: 'GROUP',
    PrincipalId: 'g',
  })
})

test('no more than a few run at once, and every outcome is told', async () => {
  let running = 0
  let most = 0
  const outcomes = new Map<string, Outcome>()
  await runAll({
    items: ['a', 'b', 'c', 'd', 'e'],
    keyOf: (item) => item,
    atOnce: 2,
    mayGoOn: () => true,
    onChange: (key, outcome) => outcomes.set(key, outcome),
    async run(item) {
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
      if (item === 'c') throw new Error('No such account')
    },
  })
  expect(most).toBe(2)
  expect(outcomes.get('c')).toEqual({ status: 'failed', reason: 'No such account' })
  expect([...outcomes.values()].filter(({ status }) => status === 'done')).toHaveLength(4)
})

test('what has not begun when it is stopped never begins', async () => {
  const begun: string[] = []
  await runAll({
    items: ['a', 'b', 'c'],
    keyOf: (item) => item,
    atOnce: 1,
    mayGoOn: () => begun.length === 0,
    onChange: () => {},
    async run(item) {
      begun.push(item)
    },
  })
  expect(begun).toEqual(['a'])
})
