import { expect, test } from 'vitest'
import { run } from '../main.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { renderPrompt } from './prompt.ts'
import { sha1 } from './sha1.ts'

const NOW = '2026-11-21T01:30:00Z'
const SESSION = '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n'
const CONFIG = `[default]
region = x
[profile prod-admin]
sso_session = corp
sso_account_id = 222222222222
sso_role_name = Admin
[profile 'with space']
[profile sealed]
credential_process = /home/a\\ b/.mayfly/bin/mayfly-credentials --sso-session corp --account-id 222222222222 --role-name Admin
${SESSION}`
const token = (expiresAt: string, more = {}) => JSON.stringify({ accessToken: 'secret', expiresAt, ...more })
const credentials = (Expiration: string) => JSON.stringify({ ProviderType: 'sso', Credentials: { Expiration } })
const ROLE = sha1(JSON.stringify({ accountId: '222222222222', roleName: 'Admin', sessionName: 'corp' }))
const [TOKEN, CACHED] = [`/.aws/sso/cache/${sha1('corp')}.json`, `/.aws/cli/cache/${ROLE}.json`]

type Files = Readonly<Record<string, string>>
const render = (typed: readonly string[], files: Files = {}, env: Readonly<Record<string, string>> = {}) => {
  const disk: Files = { '/.aws/config': CONFIG, ...files }
  return renderPrompt(typed, {
    env: { HOME: '/home/alice', NO_COLOR: '1', AWS_PROFILE: 'prod-admin', ...env },
    platform: 'linux',
    now: Date.parse(NOW),
    read: (path) => disk[path.replace('/home/alice', '')],
  })
}

test('without a profile in use there is nothing', () => {
  expect(render([], {}, { AWS_PROFILE: '' })).toBe('')
})

test('profile, account and time left; the account by its name where the portal told it', () => {
  const files = { [TOKEN]: token('2026-11-21T09:00:00Z'), [CACHED]: credentials('2026-11-21T02:12:30Z') }
  expect(render([], files)).toBe('prod-admin 222222222222 42m')
  const index = JSON.stringify({
    accounts: [
      { accountId: '1', accountName: 'x', roles: [] },
      { accountId: '222222222222', accountName: 'Payments "A"', roles: ['Admin'] },
    ],
  })
  expect(render([], { ...files, [`/.mayfly/access/${sha1('corp')}.json`]: index })).toBe('prod-admin Payments "A" 42m')
})

test('a session that ends soon, has ended, or goes on by itself', () => {
  const at = (files: Files) => render(['--format', '{left}|{state}'], files)
  expect(at({ [TOKEN]: token('2026-11-21T01:40:00Z') })).toBe('10m|session ends')
  expect(at({ [TOKEN]: token('2026-11-21T01:29:00Z') })).toBe('|signed out')
  expect(at({})).toBe('|signed out')
  const refreshable = { refreshToken: 'r', registrationExpiresAt: '2027-01-01T00:00:00Z' }
  expect(at({ [TOKEN]: token('2026-11-21T01:29:00Z', refreshable) })).toBe('|')
  expect(at({ [TOKEN]: token('2026-11-21T08:05:00Z') })).toBe('6h35m|')
})

test('a sealed profile is read through its credential_process and the notes beside its records', () => {
  const files = {
    '/.mayfly/storage.json': '{ "version": 1, "mode": "sealed" }',
    [`/.mayfly/expiries/cli/${ROLE}.json`]: JSON.stringify({ version: 1, endsAt: Date.parse(NOW) + 3_600_000 }),
  }
  expect(render([], files, { AWS_PROFILE: 'sealed' })).toBe('sealed 222222222222 1h00m')
  expect(render([], { '/.mayfly/storage.json': files['/.mayfly/storage.json'] }, { AWS_PROFILE: 'sealed' })).toBe(
    'sealed 222222222222',
  )
})

test('inside of mayfly exec the environment says which profile, and how long', () => {
  const env = { AWS_PROFILE: '', MAYFLY_PROFILE: 'prod-admin', AWS_CREDENTIAL_EXPIRATION: '2026-11-21T01:35:00+00:00' }
  expect(render([], {}, env)).toBe('prod-admin 222222222222 5m')
})

test('a profile that is not there is told; one of the credentials file alone is there; a config of 20 profiles with quotes is read', () => {
  expect(render([], {}, { AWS_PROFILE: 'nope' })).toBe('nope no such profile')
  expect(render([], { '/.aws/credentials': '[keys]\naws_access_key_id = x\n' }, { AWS_PROFILE: 'keys' })).toBe('keys')
  expect(render([], {}, { AWS_PROFILE: 'with space' })).toBe('with space')
  expect(render([], {}, { AWS_PROFILE: 'default' })).toBe('default')
})

test('colours are wrapped as each shell counts them, and a name cannot be taken for an escape', () => {
  const colours = { NO_COLOR: '' }
  expect(render(['--format={profile}', '--shell=bash'], {}, colours)).toBe(
    '\u0001\u001b[31m\u0002prod-admin\u0001\u001b[0m\u0002',
  )
  expect(render(['--format={profile}', '--shell=zsh'], {}, colours)).toBe('%{\u001b[31m%}prod-admin%{\u001b[0m%}')
  expect(render(['--format={profile}'], {}, colours)).toBe('\u001b[31mprod-admin\u001b[0m')
  expect(render(['--format={profile}', '--shell=zsh'], {}, { AWS_PROFILE: 'a%F{red}\u001b[2J' })).toBe('a%%F{red}[2J')
  const tags = { '/.mayfly/tags.ini': '[profile prod-*]\ntags = money, pci\ncolour = cyan\n' }
  expect(render(['--format={profile}[ ({tags})]'], tags, colours)).toContain('\u001b[36mmoney pci')
})

test('options that it does not know are left to the whole program, which prints the same for the others', async () => {
  expect(render(['--help'])).toBeUndefined()
  expect(render(['--shell', 'tcsh'])).toBeUndefined()
  const files = { [`~${TOKEN}`]: token('2026-11-21T01:40:00Z'), '~/.aws/config': CONFIG }
  const machine = createTestMachine({ now: NOW, files, env: { AWS_PROFILE: 'prod-admin', NO_COLOR: '1' } })
  expect(await run(['prompt', '--shell', 'bash'], machine)).toBe(0)
  expect(machine.stdout()).toBe(render(['--shell', 'bash'], { [TOKEN]: token('2026-11-21T01:40:00Z') }))
})

test('nothing in it is a secret', () => {
  const files = { [TOKEN]: token('2026-11-21T09:00:00Z'), [CACHED]: credentials('2026-11-21T02:12:30Z') }
  expect(render(['--format', '{accessToken}{profile}{accountId}{role}{session}{tags}'], files)).not.toContain('secret')
})
