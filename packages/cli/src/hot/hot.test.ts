/** The short way says what the whole program says, or nothing. */

import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { createFiles } from '../machine/files.ts'
import { run } from '../main.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { findWarmCredentials } from './hot.ts'
import { sha1 } from './sha1.ts'

const NOW = '2026-11-21T01:30:00Z'
const home = mkdtempSync(join(tmpdir(), 'mayfly-hot-'))
afterAll(() => rmSync(home, { recursive: true }))

const CONFIG = `[profile dev]
sso_session = my-sso
sso_account_id = 123456789012
sso_role_name = AdministratorAccess
region = us-west-2

[sso-session my-sso]
sso_start_url = https://d-9067aaaaaa.awsapps.com/start
sso_region = us-east-1
`
const CACHED = {
  ProviderType: 'sso',
  Credentials: {
    AccessKeyId: 'ASIAEXAMPLE1234',
    SecretAccessKey: 'stubSecret',
    SessionToken: 'IQoJstub//token==',
    Expiration: '2026-11-21T02:29:33Z',
    AccountId: '123456789012',
  },
}
const KEY = 'c61222fe4c86bb5d3638873744d4cab00a0bf176'

interface Disk {
  readonly config?: string
  readonly credentials?: string
  readonly cache?: Readonly<Record<string, string>>
}

function lay({ config, credentials, cache = {} }: Disk): void {
  rmSync(join(home, '.aws'), { recursive: true, force: true })
  mkdirSync(join(home, '.aws/cli/cache'), { recursive: true })
  if (config !== undefined) writeFileSync(join(home, '.aws/config'), config)
  if (credentials !== undefined) writeFileSync(join(home, '.aws/credentials'), credentials)
  for (const [key, content] of Object.entries(cache)) writeFileSync(join(home, `.aws/cli/cache/${key}.json`), content)
}

type Env = Readonly<Record<string, string>>

const hot = (typed: readonly string[], env: Env = {}): string | undefined =>
  findWarmCredentials(typed, { env: { HOME: home, ...env }, platform: 'linux', now: Date.parse(NOW) })

/** What the whole program prints on standard output; nothing when it ends with anything but 0. */
async function whole(typed: readonly string[], env: Env = {}): Promise<string | undefined> {
  const machine = createTestMachine({ home, now: NOW, env: { HOME: home, ...env } })
  const code = await run(typed, { ...machine, files: createFiles(() => 'x'), clock: machine.clock })
  return code === 0 ? machine.stdout() : undefined
}

test('SHA-1 is that of the standard, also at the edges of a block', () => {
  for (let length = 0; length < 200; length += 1) {
    const text = 'Mayfly'.repeat(40).slice(0, length)
    expect(sha1(text)).toBe(createHash('sha1').update(text).digest('hex'))
  }
  for (const text of ['zürich', '😀', 'ｍａｙ']) expect(sha1(text)).toBe(createHash('sha1').update(text).digest('hex'))
})

test('warm credentials are printed without the program, for credential_process and for a shell', async () => {
  lay({ config: CONFIG, cache: { [KEY]: JSON.stringify(CACHED) } })
  for (const words of [['credentials'], ['configure', 'export-credentials']]) {
    for (const format of ['process', 'env']) {
      const typed = [...words, '--profile', 'dev', '--format', format]
      expect(hot(typed)).toBeDefined()
      expect(hot(typed)).toBe(await whole(typed))
    }
  }
  expect(hot(['credentials', '--profile=dev', '--no-sign-in'])).toBe(await whole(['credentials', '--profile', 'dev']))
  expect(hot(['credentials'], { AWS_PROFILE: 'dev' })).toBe(await whole(['credentials'], { AWS_PROFILE: 'dev' }))
})

test('the legacy form has its own key', async () => {
  const config = CONFIG.replace(
    'sso_session = my-sso',
    'sso_start_url = https://d-9067aaaaaa.awsapps.com/start\nsso_region = us-east-1',
  ).replace('AdministratorAccess', 'ReadOnly')
  lay({ config, cache: { dc53d3b254fae03ae8fd8c96132ebf7582225578: JSON.stringify(CACHED) } })
  expect(hot(['credentials', '--profile', 'dev'])).toBe(await whole(['credentials', '--profile', 'dev']))
  expect(hot(['credentials', '--profile', 'dev'])).toBeDefined()
})

const LEFT_ALONE: readonly (readonly [claim: string, disk: Disk, typed?: readonly string[] | undefined, env?: Env])[] =
  [
    ['14 minutes are left', { cache: { [KEY]: JSON.stringify(CACHED).replace('02:29:33', '01:44:59') } }],
    ['the cache is torn', { cache: { [KEY]: JSON.stringify(CACHED).slice(0, 40) } }],
    ['there is no cache', { cache: {} }],
    ['the profile takes its credentials from a role', { config: CONFIG.replace('region =', 'role_arn = x\nregion =') }],
    [
      'the session says otherwise than the profile',
      { config: CONFIG.replace('region =', 'sso_region = eu-west-1\nregion =') },
    ],
    ['the session is missing', { config: CONFIG.replace('[sso-session my-sso]', '[sso-session other]') }],
    ['a name comes twice anywhere', { config: `${CONFIG}[x]\na = 1\na = 2\n` }],
    ['a header comes twice', { config: `${CONFIG}[x]\n[x]\n` }],
    ['there is a [DEFAULT]', { config: `[DEFAULT]\nsso_role_name = Other\n${CONFIG}` }],
    ['a header has quotes', { config: `${CONFIG}[profile "dev"]\nregion = x\n` }],
    ['a line is broken', { config: `${CONFIG}oops\n` }],
    [
      'a value of the profile goes on below',
      { config: CONFIG.replace('AdministratorAccess\n', 'AdministratorAccess\n  More\n') },
    ],
    ['the credentials file knows the profile', { credentials: '[dev]\nsso_role_name = Other\n' }],
    ['the credentials file is broken', { credentials: 'aws_access_key_id = x\n' }],
    ['another option is typed', {}, ['credentials', '--profile', 'dev', '--region', 'x']],
    ['another format is asked for', {}, ['credentials', '--profile', 'dev', '--format', 'fish']],
    ['a stray word is typed', {}, ['credentials', 'dev']],
    [
      'the environment has keys, and no profile is typed',
      {},
      ['credentials'],
      { AWS_PROFILE: 'dev', AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'B' },
    ],
    ['the config file is elsewhere', {}, undefined, { AWS_CONFIG_FILE: '/nowhere' }],
    ['a chain of profiles led here', {}, undefined, { _AWS_CLI_PROFILE_CHAIN: 'dev' }],
  ]

for (const [claim, disk, typed = ['credentials', '--profile', 'dev'], env] of LEFT_ALONE) {
  test(`when ${claim}, the whole program decides`, () => {
    lay({ config: CONFIG, cache: { [KEY]: JSON.stringify(CACHED) }, ...disk })
    expect(hot(typed, env)).toBeUndefined()
  })
}

test('a typed profile goes before keys of the environment', async () => {
  lay({ config: CONFIG, cache: { [KEY]: JSON.stringify(CACHED) } })
  const env = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'B' }
  expect(hot(['credentials', '--profile', 'dev'], env)).toBe(await whole(['credentials', '--profile', 'dev'], env))
})

interface Situation {
  config: string
  credentials?: string
  cached: string
  typed: readonly string[]
  env: Env
}

type Change = (situation: Situation) => void

const replace =
  (what: string, by: string): Change =>
  (situation) => {
    situation.config = situation.config.replace(what, by)
  }
const append =
  (text: string): Change =>
  (situation) => {
    situation.config += text
  }
const inCache =
  (what: string, by: string): Change =>
  (situation) => {
    situation.cached = situation.cached.replace(what, by)
  }
const set =
  (values: Partial<Situation>): Change =>
  (situation) =>
    Object.assign(situation, values)

/** What people, tools and accidents make of a plain configuration. */
const CHANGES: readonly Change[] = [
  ...['default', 'profile  dev ', "profile 'dev'", 'profiles dev', 'dev', 'profile a b', 'profile default'].map(
    (header) => replace('[profile dev]', `[${header}]`),
  ),
  replace('[profile dev]', '[profile dev] x'),
  replace('[profile dev]', ' [profile dev]'),
  replace('\n[sso', '\n  [sso'),
  replace('region = us-west-2', 'region = us-west-2 # here'),
  replace('sso_role_name', 'SSO_Role_Name'),
  replace('sso_role_name =', 'sso_role_name:'),
  replace('sso_role_name', '  sso_role_name'),
  replace('sso_session = my-sso\n', ''),
  replace('sso_session = my-sso', 'sso_session ='),
  replace('sso_account_id = 123456789012\n', ''),
  replace('sso_role_name = AdministratorAccess\n', ''),
  replace('sso_start_url', 'sso_role_name = ReadOnly\nsso_start_url'),
  replace('sso_start_url', 'SSO_ROLE_NAME = AdministratorAccess\nsso_start_url'),
  replace('sso_session = my-sso', 'sso_start_url = https://d-9067aaaaaa.awsapps.com/start\nsso_region = us-east-1'),
  replace('region', 'sso_region = eu-west-1\nregion'),
  replace('region', 'sso_region = us-east-1\nregion'),
  replace('region', 'credential_process = false\nregion'),
  replace('region', 'aws_access_key_id = AKIA\naws_secret_access_key = s\nregion'),
  replace('region', 's3 =\n  a = b\nregion'),
  replace('region', '# ü\nname = ü\nregion'),
  replace('region', 'role_arn = arn:aws:iam::1:role/x\nregion'),
  ...[
    '[profile dev]\nregion = x\n',
    '[profile "dev"]\nsso_role_name = ReadOnly\n',
    '[profile other]\ns3 =\n  a = b\n',
    '[profile other]\ns3 =\n  broken\n',
    '[x]\na = 1\nA = 2\n',
    '[DEFAULT]\nsso_role_name = ReadOnly\n',
    '[default]\nregion = x\n',
    'oops\n',
    '# ü\r\n; x\r\n',
    '  x = y\n',
    '[sso-session my-sso]\n',
    '[sso-session "my-sso"]\nsso_region = x\n',
    '[services s]\nsso =\n  endpoint_url = http://x\n',
  ].map(append),
  ...[
    '[dev]\naws_access_key_id = a\naws_secret_access_key = b\n',
    '[other]\naws_access_key_id = a\n',
    '[default]\nsso_role_name = ReadOnly\n',
    'broken',
    "['dev']\nx = y\n",
    '[profile dev]\nx = y\n',
    '',
    '[DEFAULT]\nsso_role_name = ReadOnly\n',
  ].map((credentials) => set({ credentials })),
  inCache('sso', 'assume-role'),
  inCache('token==', 'to"ken $(x)'),
  inCache('stubSecret', 'ü'),
  inCache('"SessionToken"', '"Other"'),
  ...[
    '2026-11-21T01:45:00Z',
    '2026-11-21T01:44:59Z',
    '2026-11-21T02:29:33.000Z',
    '2026-11-21T02:29:33UTC',
    '2026-02-31T02:29:33Z',
    '2026-11-31T02:29:33Z',
    'never',
  ].map((moment) => inCache('2026-11-21T02:29:33Z', moment)),
  set({ cached: '{"Provi' }),
  set({ cached: 'null' }),
  ...[
    ['configure', 'export-credentials', '--profile', 'dev', '--format', 'env'],
    ['credentials', '--profile', 'other', '--profile=dev', '--no-sign-in'],
    ['credentials', '--format=process'],
    ['credentials', '--profile'],
    ['credentials', '--profile='],
    ['configure', 'export-credentials', '--profile', 'dev', '--no-sign-in'],
    ['configure', 'export-credentials', '--format', 'env', 'x'],
  ].map((typed) => set({ typed })),
  ...(
    [
      { AWS_PROFILE: 'dev' },
      { AWS_DEFAULT_PROFILE: 'dev', AWS_PROFILE: '' },
      { AWS_PROFILE: 'dev', AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 's' },
      { AWS_PROFILE: 'dev', AWS_ACCESS_KEY_ID: '' },
      { AWS_DEFAULT_PROFILE: 'dev' },
    ] as const
  ).map((env) => set({ env })),
]

/** Every role of the changes above has credentials of its own in the cache, so that a mix-up shows. */
function cacheOf(content: string): Readonly<Record<string, string>> {
  const keys = ['AdministratorAccess', 'ReadOnly'].flatMap((roleName) => [
    { accountId: '123456789012', roleName, sessionName: 'my-sso' },
    { accountId: '123456789012', roleName, startUrl: 'https://d-9067aaaaaa.awsapps.com/start' },
  ])
  return Object.fromEntries(
    keys
      .map((key) => sha1(JSON.stringify(key)))
      .map((name) => [name, content.replace('EXAMPLE1234', name.slice(0, 8).toUpperCase())]),
  )
}

test('differential: whatever a config, cache, environment and command line are, it agrees or stands aside', async () => {
  let answered = 0
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.constantFrom(...CHANGES), { maxLength: 3 }), async (changes) => {
      const situation: Situation = {
        config: CONFIG,
        cached: JSON.stringify(CACHED),
        typed: ['credentials', '--profile', 'dev'],
        env: {},
      }
      for (const change of changes) change(situation)
      const { credentials } = situation
      lay({
        config: situation.config,
        cache: cacheOf(situation.cached),
        ...(credentials !== undefined && { credentials }),
      })
      const said = hot(situation.typed, situation.env)
      if (said === undefined) return
      answered += 1
      expect(said).toBe(await whole(situation.typed, situation.env))
    }),
    { numRuns: 1200 },
  )
  expect(answered).toBeGreaterThan(100)
})

test('it reads files and nothing else: no module but fs is named in its source', () => {
  for (const file of ['hot.ts', 'sha1.ts', 'simple-config.ts']) {
    const source = readFileSync(new URL(file, import.meta.url), 'utf8')
    const imported = [...source.matchAll(/from '([^']+)'/g)].map(([, name]) => name)
    expect(imported.filter((name) => name !== 'node:fs' && !name?.startsWith('./'))).toEqual([])
  }
})
