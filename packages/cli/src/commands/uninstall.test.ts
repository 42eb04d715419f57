/** Taking Mayfly away goes on past what cannot be taken away, and never asks where nobody is. */

import { expect, test } from 'vitest'
import { run } from '../main.ts'
import { createTestKeychain } from '../testing/test-keychain.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { moveToSealed } from './storage/move.ts'

const CONFIG =
  '[profile dev]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = R\n[profile own]\ncredential_process = mayfly credentials --profile dev\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n'

async function sealedHome() {
  const machine = createTestMachine({ keychain: createTestKeychain(), files: { '~/.aws/config': CONFIG } })
  await moveToSealed(machine)
  return machine
}

test('what cannot be deleted is named, the rest goes, and the exit code says it', async () => {
  const machine = await sealedHome()
  const stubborn = {
    ...machine,
    files: {
      ...machine.files,
      deleteTree: async (path: string) =>
        path.endsWith('.mayfly') ? [`${path}/locks`] : machine.files.deleteTree(path),
    },
  }
  expect(await run(['uninstall', '--yes', '--json'], stubborn)).toBe(255)
  expect(JSON.parse(machine.stdout())).toMatchObject({
    done: false,
    left: ['/home/alice/.mayfly/locks could not be deleted.'],
  })
  expect(machine.text('~/.aws/config')).toBe(CONFIG)
})

test('a keychain entry that stays is named', async () => {
  const machine = await sealedHome()
  const { keychain } = machine
  const failing = { ...keychain, delete: createTestMachine().keychain.delete }
  expect(await run(['uninstall', '--yes'], { ...machine, keychain: failing })).toBe(255)
  expect(machine.stdout()).toContain('is still in the keychain')
  expect(machine.text('~/.aws/config')).toBe(CONFIG)
})

test('a credential_process that somebody wrote is left, and named beforehand', async () => {
  const machine = await sealedHome()
  expect(await run(['uninstall', '--dry-run'], machine)).toBe(0)
  expect(machine.stdout()).toContain('leave alone the credential_process of own, which names mayfly')
})

test('without a terminal and without --yes nothing is done', async () => {
  const machine = await sealedHome()
  expect(await run(['uninstall'], machine)).toBe(252)
  expect(machine.disk.has('/home/alice/.mayfly/storage.json')).toBe(true)
})

test('a config file that cannot be written ends it before anything is deleted', async () => {
  const machine = await sealedHome()
  const unwritable = { ...machine, files: { ...machine.files, isWritable: async () => false } }
  expect(await run(['uninstall', '--yes'], unwritable)).toBe(255)
  expect(machine.stderr()).toContain('/home/alice/.aws/config cannot be written')
  expect(machine.disk.has('/home/alice/.mayfly/storage.json')).toBe(true)
  expect(machine.text('~/.mayfly/bin/mayfly-credentials')).toBeDefined()
  expect(await run(['uninstall', '--yes'], machine)).toBe(0)
  expect(machine.text('~/.aws/config')).toBe(CONFIG)
})

test('that the way back of a retirement is lost is told before, and its key leaves the keychain', async () => {
  const keychain = createTestKeychain()
  const machine = createTestMachine({ keychain })
  const id = '0123456789abcdef'
  const retirement = {
    version: 1,
    accessKeyId: `AKIA${'ABCDEFGH'}${'IJKLMNOP'}`,
    step: 'soaking',
    since: machine.clock.now(),
    createdAt: machine.clock.now(),
    notedAt: machine.clock.now(),
    profile: { profileName: 'default' },
    asProfile: 'default',
    soakDays: 7,
    restDays: 7,
    edits: [],
    stragglers: [],
    ownUses: [],
    history: [],
    backupKey: { id, keptIn: 'keychain' },
    schedule: { to: 'inactive', deactivateAt: machine.clock.now() },
  }
  const path = `/home/alice/.mayfly/retirements/${retirement.accessKeyId}.json`
  await machine.files.write(path, JSON.stringify(retirement))
  await keychain.set(`/home/alice ${id}`, Buffer.alloc(32))
  expect(await run(['uninstall', '--dry-run'], machine)).toBe(0)
  expect(machine.stdout().replaceAll(/\s+/g, ' ')).toContain(
    `forget the retirement of ${retirement.accessKeyId} (soaking), with the former content of its files`,
  )
  // Its timer is the person's own.
  expect(machine.stdout()).toMatch(/mayfly keys retire --due\s+every day/)
  expect(await run(['uninstall', '--yes'], machine)).toBe(0)
  expect([machine.disk.has(path), keychain.entries.size]).toEqual([false, 0])
})

test('a retirement that was cut off is ended before Mayfly goes', async () => {
  const machine = createTestMachine()
  const accessKeyId = `AKIA${'ABCDEFGH'}${'IJKLMNOP'}`
  const now = machine.clock.now()
  const lists = { edits: [], stragglers: [], ownUses: [], history: [] }
  const step = { step: 'swapping', since: now, createdAt: now, notedAt: now, soakDays: 7, restDays: 7 }
  const profile = { profile: { profileName: 'default' }, asProfile: 'default' }
  const backupKey = { id: '0123456789abcdef', keptIn: 'file' }
  const text = JSON.stringify({ version: 1, accessKeyId, ...step, ...profile, ...lists, backupKey })
  await machine.files.write(`/home/alice/.mayfly/retirements/${accessKeyId}.json`, text)
  expect(await run(['uninstall', '--yes'], machine)).toBe(255)
  expect(machine.stderr()).toContain(`mayfly keys undo ${accessKeyId}`)
})
