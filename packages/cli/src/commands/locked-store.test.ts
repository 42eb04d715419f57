/** Who has lost the key of the sealed store still sees what there is, and can sign out of it. */

import { expect, test } from 'vitest'
import { diagnose } from '../diagnosis/diagnose.ts'
import { roleCacheFileName } from '../role-credentials/role-cache.ts'
import { openCacheFolder } from '../sealed/cache-folder.ts'
import { createDataKey, storeDataKey } from '../sealed/new-key.ts'
import { writeStorage } from '../sealed/storage-mode.ts'
import { tokenFileName } from '../sign-in/token-cache.ts'
import { createTestKeychain } from '../testing/test-keychain.ts'
import { createTestMachine, jsonAnswer } from '../testing/test-machine.ts'
import { NO_WORDS } from './command.ts'
import { logout } from './logout.ts'
import { ssoLogout } from './sso/logout.ts'
import { status } from './status.ts'
import { storageCheck } from './storage.ts'

const startUrl = 'https://d-1.awsapps.com/start'
const profile = (name: string) =>
  `[profile ${name}]\nsso_session = ${name}\nsso_account_id = 111122223333\nsso_role_name = Dev\n`
const session = (name: string) => `[sso-session ${name}]\nsso_start_url = ${startUrl}\nsso_region = us-east-1\n`
const CONFIG = ['corp', 'lab', 'none'].map((name) => profile(name) + session(name)).join('')
const fileOf = (sessionName: string) => tokenFileName({ sessionName, startUrl })
const roleOf = (sessionName: string) =>
  roleCacheFileName({ accountId: '111122223333', roleName: 'Dev', sessionName, startUrl })
const TOKEN = JSON.stringify({ startUrl, region: 'us-east-1', accessToken: 'a', expiresAt: '2026-11-21T09:30:00Z' })
const ROLE = JSON.stringify({ ProviderType: 'sso', Credentials: {} })

/** A sealed home with two sessions; the key is in the keychain as long as nobody takes it away. */
async function sealedHome() {
  const keychain = createTestKeychain()
  const writer = createTestMachine({ keychain, files: { '~/.aws/config': CONFIG } })
  await writeStorage(writer, { mode: 'sealed', key: await storeDataKey(writer, createDataKey(writer), 'keychain') })
  const [sso, cli] = [await openCacheFolder(writer, 'sso'), await openCacheFolder(writer, 'cli')]
  for (const name of ['corp', 'lab']) {
    await sso.write(fileOf(name), TOKEN)
    await cli.write(roleOf(name), ROLE)
  }
  // Another process: what the writer holds in memory is not there.
  const machine = createTestMachine({ keychain, answer: () => jsonAnswer(200, {}) })
  for (const [path, file] of writer.disk) machine.disk.set(path, file)
  const records = () =>
    [...machine.disk.keys()]
      .filter((path) => path.endsWith('.sealed'))
      .map((path) => path.slice(27))
      .sort()
  return { machine, keychain, records }
}

test('status tells which sessions are sealed, why they cannot be opened, and what helps', async () => {
  const { machine, keychain } = await sealedHome()
  keychain.entries.clear()
  expect(await status.run({}, machine, NO_WORDS)).toBe(0)
  expect(machine.stdout()).toMatch(/^corp +sealed, cannot be opened/m)
  expect(machine.stdout()).toMatch(/^none +signed out/m)
  expect(machine.stdout()).toContain('The keychain does not hold the key of the sealed store any more.')
  expect(machine.stdout()).toContain('mayfly sso login\n')
  expect(machine.stdout()).toContain('To sign in:\n  mayfly login --sso-session none\n')
  expect(
    machine
      .stdout()
      .split('\n')
      .every((line) => line.length <= 80),
  ).toBe(true)
})

test('as JSON the locked sessions have their end, and the problem its hint', async () => {
  const { machine, keychain } = await sealedHome()
  keychain.entries.clear()
  await status.run({ json: true, identities: true }, machine, NO_WORDS)
  const { sessions, storageProblem } = JSON.parse(machine.stdout())
  expect(sessions[0]).toMatchObject({ session: 'corp', state: 'locked', expiresAt: '2026-11-21T09:30:00Z' })
  expect(sessions[2]).toMatchObject({ session: 'none', state: 'signed-out' })
  expect(storageProblem).toEqual({
    message: expect.stringContaining('The keychain does not hold'),
    hint: expect.stringContaining('mayfly sso login'),
  })
  expect(machine.requests).toEqual([])
})

test('a store that nobody unlocked says how to unlock it', async () => {
  const { machine } = await sealedHome()
  const path = '/home/alice/.mayfly/storage.json'
  const storage = Buffer.from(machine.disk.get(path)?.content ?? '').toString()
  await machine.files.write(path, storage.replace('"keychain"', '"passphrase"'))
  expect(await status.run({}, machine, NO_WORDS)).toBe(0)
  expect(machine.stdout()).toContain('sealed, cannot be opened')
})

test('logout of all deletes what cannot be opened, and says that the server was not told', async () => {
  for (const command of [logout, ssoLogout]) {
    const { machine, keychain, records } = await sealedHome()
    keychain.entries.clear()
    const refusal = await command.run({}, machine, NO_WORDS).catch((error: unknown) => error)
    expect(String(refusal)).toContain('the server could not be told')
    expect(String(refusal).match(/d-1\.awsapps\.com.+The keychain does not hold/g)).toHaveLength(2)
    expect(records()).toEqual([])
    // The second time there is nothing left to do.
    expect(await command.run({}, machine, NO_WORDS)).toBe(0)
  }
})

test('logout of one leaves the records of the others', async () => {
  const { machine, keychain, records } = await sealedHome()
  keychain.entries.clear()
  const refusal = await logout.run({ profile: 'corp' }, machine, NO_WORDS).catch((error: unknown) => error)
  expect(String(refusal)).toContain('the server could not be told')
  expect(machine.stdout()).toBe('Signed out of corp.\n')
  expect(records()).toEqual([`cli/${roleOf('lab')}.sealed`, `sso/${fileOf('lab')}.sealed`].sort())
})

test('a record that was damaged goes as well, and those beside it are ended at their portal', async () => {
  const { machine, records } = await sealedHome()
  const damaged = `/home/alice/.mayfly/sealed/sso/${fileOf('corp')}.sealed`
  await machine.files.write(damaged, 'no record')
  const refusal = await logout.run({}, machine, NO_WORDS).catch((error: unknown) => error)
  expect(String(refusal)).toContain('is damaged')
  expect(machine.requests).toHaveLength(1)
  expect(records()).toEqual([])
})

test('a token that the AWS CLI has left in plain text is told, by status, storage check and why', async () => {
  const { machine } = await sealedHome()
  expect(await storageCheck.run({}, machine, NO_WORDS)).not.toBe(0)
  expect(machine.stdout()).not.toContain('plain text came since')
  await machine.files.write(`/home/alice/.aws/sso/cache/${fileOf('none')}`, TOKEN)
  await status.run({}, machine, NO_WORDS)
  expect(machine.stdout().replace(/\n/g, ' ')).toContain('Another tool has signed in to none in plain text')
  expect(machine.stdout()).toContain('To take it in: mayfly storage sealed\n')
  await storageCheck.run({}, machine, NO_WORDS)
  expect(machine.stdout()).toContain('1 file in plain text came since (aws sso login leaves such)')
  const { causes } = await diagnose(machine, { options: { profile: 'none' }, offline: true })
  expect(causes.map(({ cause }) => cause)).toContain('token-unsealed')
  expect(causes.find(({ cause }) => cause === 'token-unsealed')?.next).toBe('mayfly storage sealed')
})
