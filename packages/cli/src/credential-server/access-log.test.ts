import { expect, test } from 'vitest'
import { createAccessLog } from './access-log.ts'

const at = (second: number): Date => new Date(Date.UTC(2026, 10, 21, 1, 0, second))
const refused = (second: number) => ({ at: at(second), peer: '127.0.0.1', status: 401, problem: 'no token' })

test('an access is one line, whatever the words in it', () => {
  const log = createAccessLog()
  expect(log({ at: at(5), peer: '127.0.0.1', status: 200, client: 'dev' })).toBe('01:00:05Z  200  dev  127.0.0.1\n')
  const odd = { at: at(5), peer: '127.0.0.1', status: 403, client: 'dev', problem: 'a\n\u001b[31mb' }
  expect(log(odd)).toBe('01:00:05Z  403  dev  127.0.0.1  a [31mb\n')
})

test('refusals are told ten times a minute, then counted; clients are always told', () => {
  const log = createAccessLog()
  const lines = Array.from({ length: 25 }, (_, index) => log(refused(index)))
  expect(lines.filter((line) => line !== undefined)).toHaveLength(10)
  expect(log({ at: at(30), peer: '127.0.0.1', status: 200, client: 'dev' })).toContain('200')
  expect(log(refused(61))).toMatch(/^15 more were refused\.\n01:01:01Z/)
})
