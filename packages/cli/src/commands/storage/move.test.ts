/** Both ways between the modes keep everybody signed in and every line of the config file, whenever they are cut off. */

import { expect, test } from 'vitest'
import type { Keychain } from '../../machine/keychain.ts'
import type { Machine } from '../../machine/machine.ts'
import { findCachedRoleCredentials } from '../../role-credentials/role-cache.ts'
import { renewLostKey } from '../../sealed/new-key.ts'
import { getSsoProfile } from '../../shared-config/profile.ts'
import { loadSharedConfig } from '../../shared-config/shared-config.ts'
import { readToken } from '../../sign-in/token-cache.ts'
import { createTestKeychain } from '../../testing/test-keychain.ts'
import { createTestMachine, type TestMachine } from '../../testing/test-machine.ts'
import { createTestPerson } from '../../testing/test-person.ts'
import { describeStorage } from './describe.ts'
import { moveToSealed, moveToShared } from './move.ts'

const CONFIG = `# ten years of hand edits
[default]
region=eu-west-1

[profile dev] 
# who wrote this?
sso_session = corp
sso_account_id = 111122223333
sso_role_name = ReadOnly
region = eu-central-1
s3 =
  max_concurrent_requests = 20

[profile spaced]
sso_role_name=ReadOnly
output : json
sso_account_id =  111122223333
  ; between
sso_session=corp

[profile old]
sso_start_url = https://old.awsapps.com/start
sso_region = us-east-1
sso_account_id = 222233334444
sso_role_name = Admin

[profile theirs]
credential_process = /opt/vault print
[profile both]
sso_session = corp
sso_account_id = 1
sso_role_name = R
credential_process = /opt/vault print
[profile keys]
sso_session = corp
sso_account_id = 1
sso_role_name = R
[profile lost]
sso_session = nowhere
sso_account_id = 1
sso_role_name = R
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access
`

const TOKEN = {
  startUrl: 'https://corp.awsapps.com/start',
  region: 'us-east-1',
  accessToken: 'aoa-secret',
  expiresAt: '2026-11-21T09:00:00Z',
}
const FILES = {
  '~/.aws/config': CONFIG,
  '~/.aws/credentials': '[keys]\naws_access_key_id = AKIA\naws_secret_access_key = s\n',
}

/** A home with a session, a legacy session, a role, another tool's token, and a half-written file. */
async function home(): Promise<{ machine: TestMachine; keychain: ReturnType<typeof createTestKeychain> }> {
  const { tokenFileName, registrationFileName } = await import('../../sign-in/token-cache.ts')
  const { roleCacheFileName } = await import('../../role-credentials/role-cache.ts')
  const sso = { sessionName: 'corp', startUrl: TOKEN.startUrl, region: 'us-east-1' }
  const legacy = { startUrl: 'https://old.awsapps.com/start', region: 'us-east-1' }
  const role = { ...sso, accountId: '111122223333', roleName: 'ReadOnly' }
  const credentials = {
    ProviderType: 'sso',
    Credentials: {
      AccessKeyId: 'ASIA1',
      SecretAccessKey: 'sk-secret',
      SessionToken: 'st-secret',
      Expiration: '2026-11-21T09:00:00Z',
    },
  }
  const keychain = createTestKeychain()
  const machine = createTestMachine({
    keychain,
    files: {
      '~/.aws/config': CONFIG,
      '~/.aws/credentials': FILES['~/.aws/credentials'],
      [`~/.aws/sso/cache/${tokenFileName(sso)}`]: JSON.stringify(TOKEN),
      [`~/.aws/sso/cache/${tokenFileName(legacy)}`]: JSON.stringify({
        ...TOKEN,
        startUrl: legacy.startUrl,
        accessToken: 'aoa-old',
      }),
      [`~/.aws/sso/cache/${registrationFileName(sso, ['sso:account:access'])}`]:
        '{"clientId":"c","clientSecret":"cs-secret","expiresAt":"2027-01-01T00:00:00Z"}',
      '~/.aws/sso/cache/aws-toolkit.json': '{"accessToken":"theirs","expiresAt":"2027-01-01T00:00:00Z"}',
      [`~/.aws/sso/cache/.${tokenFileName(sso)}.1-2-3.tmp`]: '{"accessToken":"aoa-sec',
      [`~/.aws/cli/cache/${roleCacheFileName(role)}`]: JSON.stringify(credentials),
      '~/.aws/cli/cache/assumed.json': '{"Credentials":{"SecretAccessKey":"theirs"}}',
    },
  })
  return { machine, keychain }
}

/** Another process in the home. */
function again(machine: TestMachine, keychain: Keychain): TestMachine {
  const next = createTestMachine({ keychain })
  for (const [path, file] of machine.disk) next.disk.set(path, { ...file })
  next.random.bytes(3)
  return next
}

/** The home's files by path, but for what Mayfly keeps for itself. */
const own = /\.mayfly\//
const visible = ({ disk }: TestMachine): Record<string, string> =>
  Object.fromEntries(
    [...disk]
      .filter(([path]) => !own.test(path))
      .map(([path, { content }]) => [path, Buffer.from(content).toString()])
      .sort(),
  )

const secrets = ['aoa-secret', 'aoa-old', 'aoa-sec', 'cs-secret', 'sk-secret', 'st-secret']
const exposed = ({ disk }: TestMachine): string[] =>
  [...disk]
    .filter(([, { content }]) => secrets.some((secret) => Buffer.from(content).includes(secret)))
    .map(([path]) => path)

async function expectSignedIn(machine: Machine): Promise<void> {
  const config = await loadSharedConfig(machine)
  for (const name of ['dev', 'spaced', 'old']) {
    const token = await readToken(machine, getSsoProfile(config, name))
    expect(token).toMatchObject({ token: { accessToken: name === 'old' ? 'aoa-old' : 'aoa-secret' } })
  }
  expect(await findCachedRoleCredentials(machine, getSsoProfile(config, 'dev'))).toMatchObject({
    secretAccessKey: 'sk-secret',
  })
}

test('sealing carries everything over, leaves no secret of ours in plain text, and nobody is signed out', async () => {
  const { machine, keychain } = await home()
  const report = await moveToSealed(machine)
  expect(report).toMatchObject({ moved: ['dev', 'spaced', 'old'], carried: 4, left: [], problems: [] })
  expect(exposed(machine)).toEqual([])
  await expectSignedIn(again(machine, keychain))
})

test('what cannot be sealed without changing whose credentials come out stays, and is told', async () => {
  const { machine } = await home()
  const { kept, foreign } = await moveToSealed(machine)
  expect(kept).toEqual([
    { profile: 'both', reason: 'it has a credential_process of another program' },
    { profile: 'keys', reason: 'its long-term keys would be used in place of the sign-in' },
    { profile: 'lost', reason: 'The specified sso-session does not exist: "nowhere"' },
  ])
  expect(foreign).toEqual(['/home/alice/.aws/sso/cache/aws-toolkit.json', '/home/alice/.aws/cli/cache/assumed.json'])
})

test('sealing changes the lines of the sign-in alone', async () => {
  const { machine } = await home()
  await moveToSealed(machine)
  const process = (where: string, role: string) =>
    `credential_process = /home/alice/.mayfly/bin/mayfly-credentials ${where} ${role}\n`
  const corp = process('--sso-session corp', '--account-id 111122223333 --role-name ReadOnly')
  const old = process(
    '--sso-start-url https://old.awsapps.com/start --sso-region us-east-1',
    '--account-id 222233334444 --role-name Admin',
  )
  expect(machine.text('~/.aws/config')).toBe(
    CONFIG.replace('sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\n', corp)
      .replace('sso_role_name=ReadOnly\n', corp)
      .replace('sso_account_id =  111122223333\n', '')
      .replace('sso_session=corp\n', '')
      .replace(/sso_start_url = https:\/\/old[\s\S]*?Admin\n/, old),
  )
})

test('there and back again every file is byte for byte what it was, but for a half-written one', async () => {
  const { machine, keychain } = await home()
  const before = visible(machine)
  await moveToSealed(machine)
  const sealed = machine.text('~/.aws/config')
  expect(await moveToShared(machine)).toMatchObject({
    moved: ['dev', 'spaced', 'old'],
    carried: 4,
    left: [],
    problems: [],
  })
  const rest = Object.entries(before).filter(([path]) => !path.endsWith('.tmp'))
  expect(visible(machine)).toEqual(Object.fromEntries(rest))
  expect(keychain.entries.size).toBe(0)
  expect([...machine.disk.keys()].filter((path) => path.includes('/.mayfly/sealed/'))).toEqual([])
  await expectSignedIn(again(machine, keychain))
  await moveToSealed(machine)
  expect(machine.text('~/.aws/config')).toBe(sealed)
})

test('a config file that was edited while it was sealed keeps the edits on the way back', async () => {
  const { machine } = await home()
  await moveToSealed(machine)
  const edited = `${machine.text('~/.aws/config')}[profile new]\nregion = x\n`
  await machine.files.write('/home/alice/.aws/config', edited)
  await moveToShared(machine)
  const text = machine.text('~/.aws/config') ?? ''
  expect(text).toContain('[profile new]\nregion = x\n')
  expect(text).toContain(
    '[profile spaced]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = ReadOnly\noutput : json\n',
  )
  expect(text).not.toContain('mayfly')
})

test('backups hold no token, and the config file has one for each change', async () => {
  const { machine } = await home()
  await moveToSealed(machine)
  await moveToShared(machine)
  const backups = [...machine.disk].filter(([path]) => path.includes('/.mayfly/backups/'))
  expect(backups.length).toBeGreaterThan(0)
  for (const [, { content }] of backups)
    for (const secret of secrets) expect(Buffer.from(content).includes(secret)).toBe(false)
})

/** A machine that is killed at its `step`th change of the disk or the keychain: it is done, or not done, and then all ends. */
function killedAt(machine: TestMachine, keychain: Keychain, step: number, isDone: boolean) {
  let left = step
  let isDead = false
  const change = async <T>(act: () => Promise<T>): Promise<T> => {
    if (isDead) throw new Error('killed')
    left -= 1
    if (left > 0) return act()
    isDead = true
    if (isDone) await act()
    throw new Error('killed')
  }
  const { files } = machine
  return {
    isOver: () => left > 0,
    machine: {
      ...machine,
      files: {
        ...files,
        write: (...words: Parameters<typeof files.write>) => change(() => files.write(...words)),
        delete: (path: string) => change(() => files.delete(path)),
        deleteTree: (path: string) => change(() => files.deleteTree(path)),
      },
      keychain: {
        get: keychain.get,
        set: (account: string, secret: Uint8Array) => change(() => keychain.set(account, secret)),
        delete: (account: string) => change(() => keychain.delete(account)),
      },
    },
  }
}

for (const isDone of [false, true]) {
  const when = isDone ? 'behind' : 'before'

  test(`killed ${when} any step, sealing goes on from there when it is run again`, async () => {
    for (let step = 1; ; step += 1) {
      const { machine, keychain } = await home()
      const killed = killedAt(machine, keychain, step, isDone)
      const outcome = await moveToSealed(killed.machine).then(
        () => 'ended',
        () => 'killed',
      )
      const between = again(machine, keychain)
      await expectSignedIn(between)
      await moveToSealed(between)
      expect(exposed(between)).toEqual([])
      expect(between.disk.has('/home/alice/.mayfly/storage-move.json')).toBe(false)
      await expectSignedIn(again(between, keychain))
      const back = again(between, keychain)
      await moveToShared(back)
      expect(back.text('~/.aws/config')).toBe(CONFIG)
      if (outcome === 'ended') return expect(step).toBeGreaterThan(15)
    }
  })

  test(`killed ${when} any step, going back goes on from there when it is run again`, async () => {
    for (let step = 1; ; step += 1) {
      const { machine, keychain } = await home()
      const before = visible(machine)
      await moveToSealed(machine)
      const killed = killedAt(again(machine, keychain), keychain, step, isDone)
      const outcome = await moveToShared(killed.machine).then(
        () => 'ended',
        () => 'killed',
      )
      const between = again(killed.machine as TestMachine, keychain)
      await expectSignedIn(between)
      await moveToShared(between)
      expect(visible(between)).toEqual(
        Object.fromEntries(Object.entries(before).filter(([path]) => !path.endsWith('.tmp'))),
      )
      expect(keychain.entries.size).toBe(0)
      expect([...between.disk.keys()].filter((path) => path.includes('/.mayfly/sealed/'))).toEqual([])
      if (outcome === 'ended') return expect(step).toBeGreaterThan(10)
    }
  })
}

test('a token that was refreshed after it was copied is not put back by an older one', async () => {
  const { machine, keychain } = await home()
  await moveToSealed(machine)
  const { tokenFileName } = await import('../../sign-in/token-cache.ts')
  const name = tokenFileName({ sessionName: 'corp', startUrl: '' })
  const newer = JSON.stringify({ ...TOKEN, accessToken: 'aoa-newer', expiresAt: '2026-11-21T10:00:00Z' })
  await machine.files.write(`/home/alice/.aws/sso/cache/${name}`, newer)
  await moveToShared(again(machine, keychain))
  expect(machine.text(`~/.aws/sso/cache/${name}`)).toBe(newer)
})

test('from the keychain behind a passphrase and back the key stays the same', async () => {
  const { machine, keychain } = await home()
  const first = await moveToSealed(machine)
  const asked = { ...machine, terminal: createTestPerson(['correct horse', 'correct horse']).terminal }
  const second = await moveToSealed(asked, { keptIn: 'passphrase' })
  expect([second.key?.id, second.key?.keptIn, keychain.entries.size]).toEqual([first.key?.id, 'passphrase', 0])
  const third = await moveToSealed(machine, { keptIn: 'keychain' })
  expect([third.key?.id, third.key?.keptIn, keychain.entries.size]).toEqual([first.key?.id, 'keychain', 1])
  expect(machine.disk.has('/home/alice/.mayfly/sealed/key.json')).toBe(false)
}, 30_000)

test('a lost key is refused on the way back, unless what is sealed is given up', async () => {
  const { machine, keychain } = await home()
  await moveToSealed(machine)
  keychain.entries.clear()
  const next = again(machine, keychain)
  await expect(moveToShared(next)).rejects.toMatchObject({
    hint: expect.stringContaining('mayfly storage shared --abandon'),
  })
  const report = await moveToShared(next, { abandons: true })
  expect([report.carried, report.left.length]).toEqual([0, 4])
  expect(next.text('~/.aws/config')).toBe(CONFIG)
})

test('without a keychain nothing is begun, and the passphrase is offered', async () => {
  const { machine } = await home()
  const before = visible(machine)
  const without = { ...machine, keychain: createTestMachine().keychain }
  await expect(moveToSealed(without)).rejects.toMatchObject({
    hint: expect.stringContaining('mayfly storage sealed --passphrase'),
  })
  expect(visible(machine)).toEqual(before)
  await expectSignedIn(machine)
  const typed = { ...without, terminal: createTestPerson(['correct horse', 'correct horse']).terminal }
  expect((await moveToSealed(typed, { keptIn: 'passphrase' })).carried).toBe(4)
}, 30_000)

test('a passphrase that was never said twice is asked for anew', async () => {
  const { machine } = await home()
  const answering = (...answers: readonly string[]) => ({ ...machine, terminal: createTestPerson(answers).terminal })
  await expect(moveToSealed(answering('correct horse'), { keptIn: 'passphrase' })).rejects.toThrow('No answer')
  const report = await moveToSealed(answering('correct horse', 'correct horse'), { keptIn: 'passphrase' })
  expect(report).toMatchObject({ carried: 4, key: { keptIn: 'passphrase' } })
}, 30_000)

test('a config file that cannot be written is refused before anything is begun', async () => {
  const { machine, keychain } = await home()
  const before = visible(machine)
  const isWritable = async (path: string) => !path.endsWith('/.aws/config')
  const readOnly = { ...machine, files: { ...machine.files, isWritable } }
  await expect(moveToSealed(readOnly)).rejects.toThrow('its profiles would have to change')
  expect([visible(machine), keychain.entries.size]).toEqual([before, 0])
})

test('a key that was given up takes what was sealed with it', async () => {
  const { machine, keychain } = await home()
  const first = await moveToSealed(machine)
  const second = await moveToSealed(machine, { newKey: true })
  expect(second.key?.id).not.toBe(first.key?.id)
  expect([...keychain.entries.keys()]).toEqual([`/home/alice ${second.key?.id}`])
  const config = await loadSharedConfig(machine)
  expect(await readToken(machine, getSsoProfile(config, 'dev'))).toEqual({ found: 'nothing' })
})

for (const lost of [undefined, '{"version":1,"mode":"shared"}\n']) {
  test(`a storage file that ${lost ? 'says otherwise' : 'is gone'} does not open a sealed home: signing in is refused, and nobody is signed out`, async () => {
    const { machine, keychain } = await home()
    await moveToSealed(machine)
    const between = again(machine, keychain)
    const path = '/home/alice/.mayfly/storage.json'
    if (lost === undefined) await between.files.delete(path)
    else await between.files.write(path, lost)
    expect(await describeStorage(between)).toMatchObject({ interrupted: 'sealed' })
    await expect(renewLostKey(between)).rejects.toMatchObject({
      message: expect.stringContaining('Nothing was written in plain text.'),
      hint: expect.stringContaining('mayfly storage sealed'),
    })
    await moveToSealed(between)
    await expectSignedIn(again(between, keychain))
    expect(exposed(between)).toEqual([])
    await renewLostKey(between)
  })
}

test('and going back to plain text ends it too', async () => {
  const { machine, keychain } = await home()
  await moveToSealed(machine)
  const between = again(machine, keychain)
  await between.files.delete('/home/alice/.mayfly/storage.json')
  await moveToShared(between)
  await expectSignedIn(again(between, keychain))
  await renewLostKey(between)
  expect(keychain.entries.size).toBe(0)
})
