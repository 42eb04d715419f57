/** Which trouble a keychain is in, from the words of its bindings (as @napi-rs/keyring 2.1.2 says them). */

import { expect, test } from 'vitest'
import { describeKeychainError, KeychainError } from './keychain.ts'

const CASES = [
  ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", 'refused'],
  ["Couldn't access platform storage: Secret Service: no result found", 'unreachable'],
  [
    'Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile time, set your DBUS_SESSION_BUS_ADDRESS instead',
    'unreachable',
  ],
  ['User interaction is not allowed.', 'refused'],
  ['The user canceled the operation.', 'refused'],
] as const

test.each(CASES)('%s', (said, problem) => {
  expect(describeKeychainError(new Error(said))).toMatchObject({ name: 'KeychainError', problem })
})

test('one that is described already stays as it is', () => {
  const error = new KeychainError('not-installed', 'x')
  expect(describeKeychainError(error)).toBe(error)
})
