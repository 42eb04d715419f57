import { expect, test } from 'vitest'
import { keychainAccount } from '../sealed/keychain-account.ts'
import { fingerprint } from '../sealed/record.ts'
import { openSealedFolder } from '../sealed/sealed-folder.ts'
import { createTestKeychain } from '../testing/test-keychain.ts'
import { createTestMachine } from '../testing/test-machine.ts'

test('a note beside a sealed record says when it ends, and nothing else; it goes with the record', async () => {
  const dataKey = Buffer.alloc(32, 7)
  const id = fingerprint(dataKey)
  const home = { home: '/home/alice' }
  const keychain = createTestKeychain(new Map([[keychainAccount(home, id), dataKey]]))
  const machine = createTestMachine({ keychain })
  const folder = openSealedFolder(machine, 'sso', { id, keptIn: 'keychain' })
  const token = {
    accessToken: 'secret-1',
    refreshToken: 'secret-2',
    clientSecret: 'secret-3',
    expiresAt: '2026-11-21T02:00:00Z',
    registrationExpiresAt: '2026-12-01T00:00:00Z',
  }
  await folder.write('x.json', JSON.stringify(token))
  const note = '~/.mayfly/expiries/sso/x.json'
  expect(JSON.parse(machine.text(note) ?? '')).toEqual({
    version: 1,
    endsAt: Date.parse('2026-11-21T02:00:00Z'),
    refreshesUntil: Date.parse('2026-12-01T00:00:00Z'),
  })
  await folder.delete('x.json')
  expect(machine.text(note)).toBeUndefined()
})
