import { expect, test } from 'vitest'
import { safeNext } from './next.ts'

test.each([
  '/start',
  '/start#/console?account_id=111122223333&role_name=ReadOnly',
  '/authorize?response_type=code&state=a%20b',
  '/device',
  '/device?user_code=BCDF-GHJK',
])('goes back to %s', (path) => {
  expect(safeNext(path)).toBe(path)
})

test.each([
  undefined,
  null,
  '',
  'https://evil.example/start',
  '//evil.example/start',
  '/\\evil.example',
  '\\\\evil.example',
  '/start.evil.example',
  '/startx',
  '/authorize',
  '/devices',
  '/sign-out',
  '/start/../sign-out',
  '/start/%2e%2e/sign-out',
  '/device/../../x',
  ' /start',
  'javascript:alert(1)//start',
  '/\t/evil.example',
  '/start\u0000/../',
  `/start?${'x'.repeat(9000)}`,
])('does not follow %j', (path) => {
  expect(safeNext(path)).toMatch(/^\/start/)
  expect(new URL(safeNext(path), 'https://portal.example').origin).toBe('https://portal.example')
  expect(safeNext(path)).not.toContain('evil')
  expect(safeNext(path)).not.toContain('sign-out')
})
