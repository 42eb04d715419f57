import { expect, test } from 'vitest'
import { formatTable } from './table.ts'

const HEAD = ['PROFILE', 'ROLE', 'LEFT']
const ROWS = [
  ['prod', 'AdministratorAccess', '7 h'],
  ['development', 'ReadOnly', ''],
]

test('columns are as wide as their cells, and nothing stands behind the last one', () => {
  expect(formatTable(HEAD, ROWS)).toBe(
    'PROFILE      ROLE                 LEFT\nprod         AdministratorAccess  7 h\ndevelopment  ReadOnly\n',
  )
  expect(formatTable(HEAD, ROWS, { columns: 38, cuts: 1 })).toBe(formatTable(HEAD, ROWS))
})

test('in a terminal that is too narrow one column is cut, and then rows take two lines', () => {
  expect(formatTable(HEAD, ROWS, { columns: 30, cuts: 1 })).toBe(
    'PROFILE      ROLE         LEFT\nprod         Administra…  7 h\ndevelopment  ReadOnly\n',
  )
  expect(formatTable(HEAD, ROWS, { columns: 20, cuts: 1 })).toBe(
    'prod\n  AdministratorAccess  7 h\ndevelopment\n  ReadOnly\n',
  )
})

test('a name from a file that somebody else has written moves no cursor', () => {
  expect(formatTable(['PROFILE'], [['a\u001b[31mb\u0007']])).toBe('PROFILE\na[31mb\n')
})
