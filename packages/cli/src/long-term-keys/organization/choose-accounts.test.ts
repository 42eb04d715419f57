import { expect, test } from 'vitest'
import { assignRoles, findMostOffered, listOfferedRoles, matchAccounts } from './choose-accounts.ts'

const accounts = [
  { accountId: '111122223333', accountName: 'Prod Main', roles: ['Admin', 'ReadOnly'] },
  { accountId: '222233334444', accountName: 'Dev', emailAddress: 'dev@acme.example', roles: ['ReadOnly'] },
  { accountId: '333344445555', roles: [] },
]
const idsOf = (found: readonly { accountId: string }[]) => found.map(({ accountId }) => accountId.slice(0, 4))

test.each([
  [[], ['1111', '2222', '3333']],
  [['prod*'], ['1111']],
  [
    ['prod-main', 'dev@*'],
    ['1111', '2222'],
  ],
  [['3333*'], ['3333']],
  [['nope'], []],
] as const)('accounts that match %j', (patterns, ids) => {
  expect(idsOf(matchAccounts(accounts, patterns))).toEqual(ids)
})

test('the permission set that most accounts offer is chosen, unless several are offered by as many', () => {
  expect(listOfferedRoles(accounts)).toEqual([
    { roleName: 'ReadOnly', accounts: 2 },
    { roleName: 'Admin', accounts: 1 },
  ])
  expect(findMostOffered(listOfferedRoles(accounts))).toBe('ReadOnly')
  expect(findMostOffered(listOfferedRoles(accounts.slice(0, 1)))).toBeUndefined()
  expect(findMostOffered([])).toBeUndefined()
})

test('each account is read with the first that it grants; one that grants none is told with what it grants', () => {
  const { accounts: found, unreachable } = assignRoles(accounts, ['Admin', 'ReadOnly'])
  expect(found.map(({ roleName }) => roleName)).toEqual(['Admin', 'ReadOnly'])
  expect(unreachable).toEqual([
    { accountId: '333344445555', why: 'Admin, ReadOnly is not granted there (no permission set is)' },
  ])
})
