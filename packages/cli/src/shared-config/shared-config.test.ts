import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seconds } from '@mayfly/identity-center/duration'
import { expect, test } from 'vitest'
import { createFiles } from '../machine/files.ts'
import { createLock } from '../machine/lock.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { configPath, credentialsPath, expandPath } from './paths.ts'
import { getProfile, loadSettings } from './settings.ts'
import { backupFolder, listQuotedNames, loadSharedConfig, updateSharedConfig } from './shared-config.ts'

const region = (name: string, value: string) => ({
  section: { type: 'profile', name } as const,
  values: { region: value },
})

test("the credentials file's keys go over the config file's, key by key", async () => {
  const machine = createTestMachine({
    files: {
      '~/.aws/config': '[profile a]\nregion = x\noutput = json\n',
      '~/.aws/credentials': '[a]\nregion = y\n[b]\nk = v\n',
    },
  })
  const { profiles } = await loadSharedConfig(machine)
  expect([...profiles].map(([name, values]) => [name, Object.fromEntries(values)])).toEqual([
    ['a', { region: 'y', output: 'json' }],
    ['b', { k: 'v' }],
  ])
})

test('AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE lead elsewhere, variables and ~ replaced', async () => {
  const env = {
    AWS_CONFIG_FILE: '~/other/$NAME',
    AWS_SHARED_CREDENTIALS_FILE: `\${FOLDER}/c`,
    NAME: 'config',
    FOLDER: '/etc',
  }
  const machine = createTestMachine({ env, files: { '~/other/config': '[profile a]\n', '/etc/c': '[b]\n' } })
  expect([...(await loadSharedConfig(machine)).profiles.keys()]).toEqual(['a', 'b'])
  const windows = { platform: 'win32', home: 'C:\\Users\\alice', env: { APPDATA: 'D:\\data' } } as const
  expect(configPath(windows)).toBe('C:\\Users\\alice\\.aws\\config')
  expect(credentialsPath(windows)).toBe('C:\\Users\\alice\\.aws\\credentials')
  expect(expandPath('%APPDATA%\\aws\\config', windows)).toBe('D:\\data\\aws\\config')
  expect(expandPath('~\\x', windows)).toBe('C:\\Users\\alice\\x')
  expect(expandPath('~bob/x', { ...windows, platform: 'linux' })).toBe('~bob/x')
  expect(expandPath('$NOPE/x', machine)).toBe('$NOPE/x')
})

test('of two sections that name one profile the later counts, whole', async () => {
  const machine = createTestMachine({ files: { '~/.aws/config': '[default]\na = 1\n[profile default]\nb = 2\n' } })
  expect((await loadSharedConfig(machine)).profiles.get('default')).toEqual(new Map([['b', '2']]))
})

test('names that need quotes are named', async () => {
  const machine = createTestMachine({
    files: { '~/.aws/config': '[profile \'x y\']\n[profile ok@1]\n[sso-session "ü"]\n' },
  })
  expect(listQuotedNames(await loadSharedConfig(machine))).toEqual(['x y', 'ü'])
})

test('a change keeps the former file, twenty of them, and an unchanged file is not written', async () => {
  const machine = createTestMachine({ files: { '~/.aws/config': '# mine\n[default]\nregion = 0\n' } })
  for (let turn = 1; turn <= 25; turn += 1) {
    await machine.clock.advance(seconds(1))
    await updateSharedConfig(machine, [region('default', String(turn))])
    await updateSharedConfig(machine, [region('default', String(turn))])
  }
  const names = await machine.files.list(backupFolder(machine))
  expect(names).toHaveLength(20)
  expect(machine.text(`${backupFolder(machine)}/${names.at(-1)}`)).toBe('# mine\n[default]\nregion = 24\n')
  expect(machine.text('~/.aws/config')).toBe('# mine\n[default]\nregion = 25\n')
})

test('a backup holds no secret key', async () => {
  const text = '[default]\nregion = x\naws_access_key_id = AKIA\nAws_Secret_Access_Key=s3cr3t\n  more\noutput = json\n'
  const machine = createTestMachine({ files: { '~/.aws/config': text } })
  await updateSharedConfig(machine, [region('default', 'y')])
  const [name] = await machine.files.list(backupFolder(machine))
  expect(machine.text(`${backupFolder(machine)}/${name}`)).toBe(
    '[default]\nregion = x\naws_access_key_id = AKIA\n# aws_secret_access_key: not kept in backups\n# aws_secret_access_key: not kept in backups\noutput = json\n',
  )
  expect(machine.text('~/.aws/config')).toContain('s3cr3t')
})

test('a new file needs no backup', async () => {
  const machine = createTestMachine()
  await updateSharedConfig(machine, [region('default', 'x')])
  expect(await machine.files.list(backupFolder(machine))).toEqual([])
})

test('a broken file is refused and stays as it is', async () => {
  const machine = createTestMachine({ files: { '~/.aws/config': '[default\n' } })
  await expect(updateSharedConfig(machine, [region('default', 'x')])).rejects.toThrow('Unable to parse config file')
  expect(machine.text('~/.aws/config')).toBe('[default\n')
  expect([...machine.disk.keys()]).toHaveLength(1)
})

test('editors at the same time lose nothing of one another, on a real disk', async () => {
  const home = mkdtempSync(join(tmpdir(), 'mayfly-config-'))
  try {
    let count = 0
    const machines = Array.from({ length: 3 }, () => ({
      ...createTestMachine({ home }),
      files: createFiles(() => {
        count += 1
        return String(count)
      }),
      lock: createLock(join(home, '.mayfly/locks'), (sentence) => expect.unreachable(sentence)),
    }))
    const machineAt = (index: number) => machines.slice(index % 3)[0] ?? expect.unreachable()
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => updateSharedConfig(machineAt(index), [region(`p${index}`, 'x')])),
    )
    const text = readFileSync(join(home, '.aws/config'), 'utf8')
    expect(text.match(/^\[profile p\d+\]\nregion = x$/gm)).toHaveLength(30)
    expect(readdirSync(join(home, '.aws'))).toEqual(['config'])
  } finally {
    rmSync(home, { recursive: true })
  }
})

test('profile and region come from option, variable, file, in that order', async () => {
  const files = { '~/.aws/config': '[default]\nregion = r0\n[profile a]\nregion = r1\n[profile b]\n' }
  const settings = (env: Record<string, string>, options: Record<string, string> = {}) =>
    loadSettings(createTestMachine({ files, env }), options)
  expect(await settings({})).toMatchObject({ profileName: 'default', profileSource: 'default', region: 'r0' })
  expect(await settings({ AWS_DEFAULT_PROFILE: 'b', AWS_PROFILE: 'a' })).toMatchObject({
    profileName: 'a',
    profileSource: 'AWS_PROFILE',
    region: 'r1',
  })
  expect(await settings({ AWS_PROFILE: 'a', AWS_DEFAULT_REGION: 'r2' }, { profile: 'b' })).toMatchObject({
    profileName: 'b',
    region: 'r2',
  })
  expect(await settings({ AWS_REGION: 'r3', AWS_DEFAULT_REGION: 'r2' })).toMatchObject({ region: 'r3' })
  expect(await settings({ AWS_REGION: 'r3' }, { region: 'r4' })).toMatchObject({ region: 'r4' })
  expect((await settings({}, { profile: 'b' })).region).toBeUndefined()
})

test('a profile asked for by name must be there; the default one need not', async () => {
  const machine = createTestMachine({ env: { AWS_PROFILE: 'nope' } })
  const settings = await loadSettings(machine, {})
  expect(() => getProfile(settings)).toThrow('The config profile (nope) could not be found')
  expect(getProfile(await loadSettings(createTestMachine(), {}))).toEqual(new Map())
})

test('certificates: option, AWS_CA_BUNDLE, ca_bundle, REQUESTS_CA_BUNDLE', async () => {
  const files = { '~/.aws/config': '[default]\nca_bundle = ~/profile.pem\n' }
  const bundle = async (
    env: Record<string, string>,
    options: Record<string, string | true> = {},
    disk: Record<string, string> = files,
  ) => (await loadSettings(createTestMachine({ files: disk, env }), options)).http
  const all = { AWS_CA_BUNDLE: '/env.pem', REQUESTS_CA_BUNDLE: '/requests.pem' }
  expect(await bundle(all, { 'ca-bundle': '/option.pem' })).toEqual({ caBundle: '/option.pem' })
  expect(await bundle(all)).toEqual({ caBundle: '/env.pem' })
  expect(await bundle({ REQUESTS_CA_BUNDLE: '/requests.pem' })).toEqual({ caBundle: '/home/alice/profile.pem' })
  expect(await bundle({ REQUESTS_CA_BUNDLE: '/requests.pem' }, {}, {})).toEqual({ caBundle: '/requests.pem' })
  expect(await bundle({}, { 'no-verify-ssl': true }, {})).toEqual({ verify: false })
})

test('timeouts are in seconds, and 0 waits forever', async () => {
  const { http } = await loadSettings(createTestMachine(), { 'cli-connect-timeout': '5', 'cli-read-timeout': '0' })
  expect(http).toEqual({ connectTimeout: 5000, readTimeout: 0 })
})
