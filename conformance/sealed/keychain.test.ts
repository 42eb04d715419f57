/** Sealed mode with a real Secret Service: nothing secret in plain text, nobody signs in twice, a lost key is told. */

import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DEVELOPMENT } from '../harness/example.ts'
import { root } from '../harness/root.ts'
import { runProgram } from '../harness/run-program.ts'
import { missingSecretService } from '../harness/secret-service.ts'
import { SealedHome } from './sealed-home.ts'

let place: SealedHome

beforeEach(async (context) => {
  context.skip(missingSecretService !== undefined, missingSecretService)
  place = await SealedHome.open({ keychain: true })
})
afterEach(() => place?.close())

const signIns = () => place.home.opened().length

test('after every step of a day no issued secret lies anywhere, and a planted one is found', async () => {
  for (const words of [
    'login --profile dev',
    'storage sealed',
    'storage',
    'storage --json',
    'storage check',
    'status',
    'status --json',
    'whoami --profile dev',
    'whoami --profile prod --json',
    'configure list --profile dev',
    'credentials --profile nope --no-sign-in --debug',
    'storage sealed',
    'logout',
    'login --sso-session acme',
    'whoami --profile prod --debug',
  ]) {
    const run = await place.mayfly(words)
    const isFine = words.includes('nope') ? 252 <= (run.status ?? 0) : run.status === 0
    expect([words, isFine ? 0 : run.status, isFine ? '' : run.stderr]).toEqual([words, 0, ''])
    if (words !== 'login --profile dev') expect([words, place.search()]).toEqual([words, []])
  }
  const asked = await place.ask('credentials --profile dev')
  expect(asked.status, asked.stderr).toBe(0)
  expect(place.search()).toEqual([])
  const names = new Set(place.hunt.secrets().values())
  expect([...names].sort()).toEqual(
    ['accessToken', 'clientSecret', 'code', 'codeVerifier', 'refreshToken', 'secretAccessKey', 'sessionToken'].sort(),
  )
  for (const [secret, name] of place.hunt.secrets()) {
    for (const form of [
      secret,
      Buffer.from(`x${secret}`).toString('base64'),
      Buffer.from(secret).toString('hex'),
      secret.slice(0, -3),
    ]) {
      place.home.write('.mayfly/planted', form)
      expect(
        place.search().map(({ secret: found }) => found),
        `${name} as ${form}`,
      ).toContain(name)
    }
  }
  place.home.write('.mayfly/planted', '')
  expect(place.search()).toEqual([])
})

test('in shared mode the same search finds the plain files, so that it proves something', async () => {
  await place.mayfly('login --profile dev')
  const found = place.search()
  expect(new Set(found.map(({ secret }) => secret))).toEqual(new Set(['accessToken', 'refreshToken', 'clientSecret']))
  expect(found.every(({ place: path }) => path.includes('/.aws/sso/cache/'))).toBe(true)
})

test('from shared to sealed and back nobody signs in again, and the home is as it was', async () => {
  await place.mayfly('login --profile dev')
  await place.ask('credentials --profile dev')
  const before = place.home.files('.aws').map((name) => [name, place.home.read(name)])
  const sealed = await place.mayfly('storage sealed')
  expect(sealed.stdout, sealed.stderr).toContain(
    'Sealed, its key in the keychain: 3 files carried over, 2 profiles rewritten.',
  )
  expect(await place.service?.entries()).toHaveLength(1)
  expect((await place.mayfly('whoami --profile prod')).status).toBe(0)
  const shared = await place.mayfly('storage shared')
  expect(shared.stdout, shared.stderr).toContain("Shared with AWS's tools: 4 files carried over, 2 profiles rewritten.")
  expect(await place.service?.entries()).toEqual([])
  for (const [name, text] of before) expect([name, place.home.read(name ?? '')]).toEqual([name, text])
  expect((await place.mayfly('whoami --profile dev')).status).toBe(0)
  expect(signIns()).toBe(1)
})

test('a keychain entry that is gone is told in a sentence; signing in makes another, and all goes on', async () => {
  await place.mayfly('login --profile dev')
  await place.mayfly('storage sealed')
  await place.service?.clear()
  const shown = await place.mayfly('status')
  expect([shown.status, shown.stdout]).toEqual([0, expect.stringMatching(/^acme +sealed, cannot be opened/m)])
  expect(shown.stdout).toContain('mayfly sso login')
  for (const words of ['whoami --profile dev', 'credentials --profile dev']) {
    const { status, stderr } = await place.mayfly(words)
    expect([words, status]).toEqual([words, 255])
    expect(stderr).toContain('The keychain does not hold the key of the sealed store any more.')
    expect(stderr).toContain('mayfly sso login')
  }
  expect((await place.mayfly('storage')).stdout).toContain('in the keychain, gone')
  const logout = await place.mayfly('logout')
  expect([logout.status, logout.stderr]).toEqual([255, expect.stringContaining('the server could not be told')])
  expect(place.home.files('.mayfly/sealed').filter((name) => name.endsWith('.sealed'))).toEqual([])
  const login = await place.mayfly('login --profile dev')
  expect(login.status, login.stderr).toBe(0)
  expect(login.stderr).toContain('The sealed store has a new key.')
  expect((await place.mayfly('whoami --profile dev')).status).toBe(0)
  expect(await place.service?.entries()).toHaveLength(1)
  expect(signIns()).toBe(2)
  expect(place.search()).toEqual([])
})

test('a locked keyring is told apart from a lost key: nothing is made anew, and no page opens', async () => {
  await place.mayfly('login --profile dev')
  await place.mayfly('storage sealed')
  await place.service?.lock()
  for (const words of ['credentials --profile dev', 'login --profile dev', 'whoami --profile dev']) {
    const { status, stderr } = await place.mayfly(words)
    expect([words, status]).toEqual([words, 255])
    expect(stderr).toContain('The keychain is locked')
  }
  const shown = await place.mayfly('status')
  expect([shown.status, shown.stdout]).toEqual([0, expect.stringContaining('The keychain is locked')])
  expect(signIns()).toBe(1)
})

test('a session without a keychain is told so, and sealing offers the passphrase', async () => {
  await place.mayfly('login --profile dev')
  await place.mayfly('storage sealed')
  place.service?.end()
  const { status, stderr } = await place.mayfly('whoami --profile dev')
  expect([status, stderr]).toEqual([255, expect.stringContaining('No keychain can be reached')])
  const login = await place.mayfly('login --profile dev')
  expect([login.status, signIns()]).toEqual([255, 1])
})

test('two terminals that seal at once make one key', async () => {
  await place.mayfly('login --profile dev')
  const runs = await Promise.all(Array.from({ length: 6 }, () => place.mayfly('storage sealed')))
  expect(runs.map(({ status, stderr }) => [status, stderr])).toEqual(runs.map(() => [0, '']))
  expect(await place.service?.entries()).toHaveLength(1)
  expect((await place.mayfly('whoami --profile dev')).status).toBe(0)
  expect(place.search()).toEqual([])
})

test('files of the sealed store are for their owner alone, and so are its folders', async () => {
  await place.mayfly('login --profile dev')
  await place.mayfly('storage sealed')
  await place.ask('credentials --profile dev')
  const top = join(place.home.path, '.mayfly')
  const modes = readdirSync(join(top, 'sealed'), { recursive: true, encoding: 'utf8' }).map((name) => {
    const found = statSync(join(top, 'sealed', name))
    return [name, (found.mode & 0o777).toString(8), found.isDirectory() ? '700' : '600']
  })
  expect(modes.length).toBeGreaterThan(4)
  expect(modes.filter(([, mode, wanted]) => mode !== wanted)).toEqual([])
  expect((statSync(join(top, 'storage.json')).mode & 0o777).toString(8)).toBe('600')
})

test('a program without the bindings of the keychain runs, and says what is missing', async () => {
  const bare = mkdtempSync(join(tmpdir(), 'mayfly-bare-'))
  try {
    for (const name of ['bin', 'dist', 'package.json'])
      cpSync(join(root, 'packages/cli', name), join(bare, name), { recursive: true })
    const run = (...words: readonly string[]) =>
      runProgram(process.execPath, [join(bare, 'bin/mayfly.cjs'), ...words], { env: place.home.env(place.env()) })
    await place.mayfly('login --profile dev')
    expect(await run('whoami', '--profile', 'dev')).toMatchObject({ status: 0, stderr: '' })
    const sealed = await run('storage', 'sealed')
    expect([sealed.status, sealed.stderr]).toEqual([255, expect.stringContaining('@napi-rs/keyring')])
    expect(sealed.stderr).toContain('mayfly storage sealed --passphrase')
    expect((await place.mayfly('storage')).stdout).toContain("shared with AWS's tools")
  } finally {
    rmSync(bare, { recursive: true, force: true })
  }
})

test('with an agent, too, no secret is in an environment, on a command line or in a file', async () => {
  const env = { MAYFLY_AGENT: 'allow' }
  await place.mayfly('login --profile dev', { env })
  await place.mayfly('storage sealed', { env })
  const helper = await runProgram(
    join(place.home.path, '.mayfly/bin/mayfly-credentials'),
    ['--sso-session', 'acme', '--account-id', DEVELOPMENT, '--role-name', 'ReadOnlyAccess'],
    { env: place.home.env(place.env({ ...env, PATH: `${root}/node_modules/.bin:/usr/bin:/bin` })) },
  )
  expect(helper.status, helper.stderr).toBe(0)
  try {
    for (const words of [
      'agent start',
      'whoami --profile prod',
      'agent status',
      'status',
      'logout',
      'login --profile dev',
    ]) {
      const run = await place.mayfly(words, { env })
      expect([words, run.status], run.stderr).toEqual([words, 0])
      expect([words, place.search()]).toEqual([words, []])
    }
  } finally {
    await place.mayfly('agent stop', { env })
  }
})
