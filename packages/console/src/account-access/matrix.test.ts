/** The matrix: what is filled, what is shown, and that a large organization stays quick. */
import { expect, test } from 'vitest'
import { filterMatrix, visibleRange } from './matrix.ts'

const small = {
  Accounts: [
    { Id: '1', Name: 'Production', OrganizationalUnitPath: 'Root / Workloads' },
    { Id: '2', Name: 'Sandbox' },
  ],
  PermissionSets: [
    { Arn: 'a', Name: 'AdministratorAccess' },
    { Arn: 'b', Name: 'Billing' },
  ],
  Cells: [
    { AccountIndex: 0, PermissionSetIndex: 1, Users: 1, Groups: 2 },
    { AccountIndex: 1, PermissionSetIndex: 0, Users: 0, Groups: 1 },
  ],
}

test('a filtered matrix numbers what is left, and its cells go along', () => {
  const matrix = filterMatrix(small, 'workloads', 'bill')
  expect(matrix.rows.map(({ Id }) => Id)).toEqual(['1'])
  expect(matrix.columns.map(({ Name }) => Name)).toEqual(['Billing'])
  expect(matrix.find(0, 0)).toEqual({ row: 0, column: 0, users: 1, groups: 2 })
  expect(filterMatrix(small, '', '').find(0, 0)).toBeUndefined()
})

test('only what the viewport shows is drawn', () => {
  const matrix = { rows: Array(5000).fill(small.Accounts[0]), columns: Array(1000).fill(small.PermissionSets[0]) }
  const range = visibleRange(matrix, { cell: 20, left: 200, top: 100 }, { x: 400, y: 2000, width: 1000, height: 700 })
  expect(range).toEqual({ firstRow: 100, endRow: 130, firstColumn: 20, endColumn: 60 })
})

test('five thousand accounts, a thousand permission sets and two hundred thousand assignments are filtered at once', () => {
  const large = {
    Accounts: Array.from({ length: 5000 }, (_, at) => ({ Id: String(at), Name: `Account ${at}` })),
    PermissionSets: Array.from({ length: 1000 }, (_, at) => ({ Arn: String(at), Name: `Set ${at}` })),
    Cells: Array.from({ length: 200_000 }, (_, at) => ({
      AccountIndex: at % 5000,
      PermissionSetIndex: (at * 7) % 1000,
      Users: 1,
      Groups: 0,
    })),
  }
  const begun = performance.now()
  expect(filterMatrix(large, '', '').count).toBe(200_000)
  expect(performance.now() - begun).toBeLessThan(1000)
})
