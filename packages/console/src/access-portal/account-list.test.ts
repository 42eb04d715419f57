/** Fetching, sorting and searching accounts. */
import { expect, test } from 'vitest'
import type { Account } from '../operations.ts'
import { createAccountList, searchAccounts } from './account-list.ts'

const production = { accountId: '333344445555', accountName: 'Production', emailAddress: 'prod@acme.example' }
const sandbox10 = { accountId: '555566667777', accountName: 'Sandbox 10', emailAddress: 'ten@acme.example' }
const sandbox9 = { accountId: '666677778888', accountName: 'sandbox 9' }
const nameless = { accountId: '111122223333' }

function listOf(pages: Account[][], roles: (id: string) => Promise<string[]> = async () => []) {
  return createAccountList({
    listAccounts: async (token) => {
      const at = Number(token ?? 0)
      return { accountList: pages[at] ?? [], ...(at + 1 < pages.length ? { nextToken: String(at + 1) } : {}) }
    },
    listAccountRoles: roles,
  })
}

async function completed(list: ReturnType<typeof listOf>): Promise<void> {
  while (list.state().status === 'loading') await new Promise<void>((resume) => list.subscribe(resume))
}

test('pages are joined, and shown by name as a person would sort them', async () => {
  const list = listOf([[sandbox10, production], [sandbox9], [nameless]])
  await completed(list)
  expect(list.state().accounts.map((account) => account.accountId)).toEqual([
    nameless.accountId,
    production.accountId,
    sandbox9.accountId,
    sandbox10.accountId,
  ])
})

test('what has arrived stays on the screen when a later page fails', async () => {
  let asked = 0
  const list = createAccountList({
    listAccounts: async () => {
      asked += 1
      if (asked === 2) throw new Error('gone')
      return { accountList: [production], nextToken: 'more' }
    },
    listAccountRoles: async () => [],
  })
  await completed(list)
  expect(list.state()).toMatchObject({ status: 'failed', accounts: [production] })
})

test('the permission sets of an account are asked once, and again after a failure', async () => {
  let asked = 0
  const list = listOf([[production]], async () => {
    asked += 1
    if (asked === 1) throw new Error('gone')
    return ['ReadOnlyAccess', 'AdministratorAccess']
  })
  await expect(list.rolesOf(production.accountId)).rejects.toThrow('gone')
  expect(await list.rolesOf(production.accountId)).toEqual(['AdministratorAccess', 'ReadOnlyAccess'])
  await list.rolesOf(production.accountId)
  expect(asked).toBe(2)
})

test('accounts are found by name, number and address, with several words in any order', () => {
  const accounts = [production, sandbox10, sandbox9, nameless]
  expect(searchAccounts(accounts, 'PROD')).toEqual([production])
  expect(searchAccounts(accounts, '3333-4444-5555')).toEqual([production])
  expect(searchAccounts(accounts, 'ten@acme')).toEqual([sandbox10])
  expect(searchAccounts(accounts, '10 sand')).toEqual([sandbox10])
  expect(searchAccounts(accounts, '  ')).toEqual(accounts)
  expect(searchAccounts(accounts, 'nothing')).toEqual([])
})

test('3,000 accounts are searched within a frame', () => {
  const accounts = Array.from({ length: 3000 }, (_, index) => ({
    accountId: String(100000000000 + index),
    accountName: `Account ${index}`,
    emailAddress: `account-${index}@acme.example`,
  }))
  const start = performance.now()
  expect(searchAccounts(accounts, 'account 2999')).toHaveLength(1)
  expect(performance.now() - start).toBeLessThan(100)
})
