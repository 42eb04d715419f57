/** What a session reaches is kept beside its tokens, and tells nothing secret. */

import { expect, test } from 'vitest'
import { createTestMachine } from '../testing/test-machine.ts'
import {
  type AccessIndex,
  deleteAccessIndex,
  listAccessIndexes,
  readAccessIndex,
  writeAccessIndex,
} from './access-index.ts'

const INDEX: AccessIndex = {
  sessionName: 'acme',
  startUrl: 'https://acme.awsapps.com/start',
  region: 'eu-west-1',
  takenAt: new Date('2026-11-21T01:30:00Z'),
  accounts: [
    { accountId: '111122223333', accountName: 'Büro', emailAddress: 'a@acme.example', roles: ['Admin'] },
    { accountId: '222233334444', roles: [] },
  ],
}

test('an index is read as it was written, by session', async () => {
  const machine = createTestMachine()
  await writeAccessIndex(machine, INDEX)
  await writeAccessIndex(machine, { ...INDEX, sessionName: 'a/../b', accounts: [] })
  expect(await readAccessIndex(machine, 'acme')).toEqual(INDEX)
  expect((await listAccessIndexes(machine)).map(({ sessionName }) => sessionName)).toEqual(['a/../b', 'acme'])
  expect([...machine.disk.keys()].every((path) => /\/\.mayfly\/access\/[0-9a-f]{40}\.json$/.test(path))).toBe(true)
  expect(await deleteAccessIndex(machine, 'acme')).toBe(true)
  expect(await readAccessIndex(machine, 'acme')).toBeUndefined()
})

test.each(['', '{', '[]', '{"version":2}', '{"version":1,"sessionName":"acme","accounts":[1]}'])(
  'a file that holds %s is as none',
  async (text) => {
    const machine = createTestMachine()
    await writeAccessIndex(machine, INDEX)
    const [path = ''] = machine.disk.keys()
    machine.disk.set(path, { content: Buffer.from(text), mode: 0o600 })
    expect(await readAccessIndex(machine, 'acme')).toBeUndefined()
    expect(await listAccessIndexes(machine)).toEqual([])
  },
)
