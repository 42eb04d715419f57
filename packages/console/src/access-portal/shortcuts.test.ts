/** Shortcuts as links, and as what a browser kept. */
import { expect, test } from 'vitest'
import { isShortcut, shortcutUrl } from './shortcuts.ts'

const shortcut = { name: 'Logs', accountId: '111122223333', roleName: 'ReadOnlyAccess' }

test("a shortcut is AWS's deep link behind the start URL", () => {
  expect(shortcutUrl('https://sso.acme.example/start', shortcut)).toBe(
    'https://sso.acme.example/start/#/console?account_id=111122223333&role_name=ReadOnlyAccess',
  )
  expect(
    shortcutUrl('https://sso.acme.example/start/', {
      ...shortcut,
      destination: 'https://console.aws.amazon.com/?a=b#c',
    }),
  ).toBe(
    'https://sso.acme.example/start/#/console?account_id=111122223333&role_name=ReadOnlyAccess&destination=https%3A%2F%2Fconsole.aws.amazon.com%2F%3Fa%3Db%23c',
  )
})

test('what was stored by something else is no shortcut', () => {
  expect(isShortcut(shortcut)).toBe(true)
  for (const value of [null, 'x', {}, { ...shortcut, roleName: 1 }, { ...shortcut, destination: {} }]) {
    expect(isShortcut(value)).toBe(false)
  }
})
