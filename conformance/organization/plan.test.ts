/** The plan is what it says it is. */

import { expect, test } from 'vitest'
import { AT_ONCE, createPlan } from './plan.ts'

test('the plan has 300 assignments, no two alike, 200 of groups, over all accounts and permission sets', () => {
  const { assignments } = createPlan()
  const different = (of: (one: (typeof assignments)[number]) => string) => new Set(assignments.map(of)).size
  expect(different((one) => JSON.stringify(one))).toBe(300)
  expect(assignments.filter(({ principalType }) => principalType === 'GROUP')).toHaveLength(200)
  expect([different(({ account }) => account), different(({ permissionSet }) => permissionSet)]).toEqual([50, 15])
  const { accounts, permissionSets, groups } = AT_ONCE
  const atOnce = assignments.slice(0, accounts.length * permissionSets.length * groups.length)
  expect(atOnce).toHaveLength(120)
  expect(atOnce.every(({ account, principal }) => accounts.includes(account) && groups.includes(principal))).toBe(true)
})
