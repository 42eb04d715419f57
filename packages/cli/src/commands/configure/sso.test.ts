import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { HttpRequest } from '../../machine/http.ts'
import type { Machine } from '../../machine/machine.ts'
import { createDataKey, storeDataKey } from '../../sealed/new-key.ts'
import { writeStorage } from '../../sealed/storage-mode.ts'
import { createTestKeychain } from '../../testing/test-keychain.ts'
import { createTestMachine, jsonAnswer, type TestMachine } from '../../testing/test-machine.ts'
import { createTestPerson } from '../../testing/test-person.ts'
import { NO_WORDS } from '../command.ts'
import { formatAccount, sortAccounts } from './portal-access.ts'
import { configureSso } from './sso.ts'

const ACCOUNTS = [
  { accountId: '333333333333' },
  { accountId: '222222222222', accountName: 'beta', emailAddress: 'b@example.com' },
  { accountId: '111111111111', accountName: 'Alpha' },
]
const ROLES = [{ roleName: 'ReadOnly' }, { roleName: 'admin' }]

interface Portal {
  readonly accounts?: readonly object[] | 'unauthorized'
  readonly roles?: readonly object[]
}

/** The whole of AWS, as far as a device sign-in needs it. */
function answerAs({ accounts = ACCOUNTS, roles = ROLES }: Portal) {
  return ({ url, body }: HttpRequest) => {
    const path = new URL(url).pathname
    if (path === '/client/register') {
      return jsonAnswer(200, { clientId: 'c', clientSecret: 's', clientSecretExpiresAt: 1_803_000_000 })
    }
    if (path === '/device_authorization') {
      return jsonAnswer(200, {
        deviceCode: 'd',
        userCode: 'ABCD-EFGH',
        verificationUri: 'https://d.example',
        interval: 1,
      })
    }
    if (path === '/token') {
      const refreshed = String(body).includes('refresh_token')
      return jsonAnswer(200, { accessToken: refreshed ? 'refreshed' : 'new', expiresIn: 28_800, refreshToken: 'r2' })
    }
    if (path === '/assignment/accounts') {
      if (accounts === 'unauthorized') return jsonAnswer(401, { message: 'no' }, 'UnauthorizedException')
      return jsonAnswer(200, { accountList: accounts })
    }
    return jsonAnswer(200, { roleList: roles })
  }
}

interface Situation extends Portal {
  readonly answers: readonly (string | number)[]
  readonly files?: Readonly<Record<string, string>>
  readonly profile?: string
  /** The home is in sealed mode. */
  readonly isSealed?: true
}

async function configure({ answers, files = {}, profile, isSealed, ...portal }: Situation) {
  const keychain = createTestKeychain()
  const machine = createTestMachine({ files, answer: answerAs(portal), now: '2026-11-21T01:30:00Z', keychain })
  if (isSealed) {
    const key = await storeDataKey(machine, createDataKey(machine), 'keychain')
    await writeStorage(machine, { mode: 'sealed', key })
  }
  const person = createTestPerson(answers)
  const withPerson: Machine = { ...machine, terminal: person.terminal }
  const options = { 'use-device-code': true as const, ...(profile !== undefined && { profile }) }
  const status = await configureSso.run(options, withPerson, NO_WORDS)
  return { machine, person, status, config: machine.text('~/.aws/config') }
}

const START_URL = 'https://d-9067aaaaaa.awsapps.com/start'
const NEW_SESSION = ['corp', START_URL, 'eu-west-1', '']

test('accounts are sorted by name or e-mail address, those with neither last; roles without regard to capitals', async () => {
  const { person } = await configure({ answers: [...NEW_SESSION, 0, 0, '', '', 'dev'] })
  expect(person.asked.filter((each) => typeof each !== 'string')).toEqual([
    ['Alpha (111111111111)', 'beta, b@example.com (222222222222)', '333333333333'],
    ['admin', 'ReadOnly'],
  ])
  expect(formatAccount({ id: '1', name: undefined, email: 'a@b' })).toBe('a@b (1)')
  const known = [
    { id: '2', name: undefined, email: undefined },
    { id: '1', name: undefined, email: 'x@y' },
  ]
  expect(sortAccounts(known).map(({ id }) => id)).toEqual(['1', '2'])
})

test('in sealed mode the profile carries a credential_process alone, and no token lies in plain text', async () => {
  const { machine, config } = await configure({
    answers: [...NEW_SESSION, 0, 0, 'eu-west-1', '', 'dev'],
    isSealed: true,
  })
  expect(config).toBe(
    '[profile dev]\ncredential_process = /home/alice/.mayfly/bin/mayfly-credentials --sso-session corp --account-id 111111111111 --role-name admin\n' +
      `region = eu-west-1\n[sso-session corp]\nsso_start_url = ${START_URL}\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n`,
  )
  expect([...machine.disk.keys()].filter((path) => path.includes('/.aws/'))).toEqual(['/home/alice/.aws/config'])
})

test('a wrong answer is told on the spot and asked again', async () => {
  const { person } = await configure({
    answers: ['corp', 'nonsense', START_URL, '', 'eu-west-1', 'a b', 'sso:account:access', 0, 0, '', '', 'dev'],
  })
  expect(person.shown()).toContain('nonsense\nNot a valid Start URL\n')
  expect(person.shown()).toContain('SSO region [None]: \nA value is required\n')
  expect(person.shown()).toContain('a b\nScope values must be separated by commas\n')
})

test('without any account nothing is written to the config file, and the person is told whom to ask', async () => {
  await expect(configure({ answers: NEW_SESSION, accounts: [] })).rejects.toMatchObject({
    message: 'No AWS accounts are available to you.',
    hint: expect.stringContaining('mayfly configure sso'),
  })
})

test('an account without roles is said to be one', async () => {
  const accounts = [{ accountId: '111111111111' }]
  await expect(configure({ answers: NEW_SESSION, accounts, roles: [] })).rejects.toMatchObject({
    message: 'No roles are available for the account 111111111111',
  })
})

test('a token that the portal does not take leaves account and role out, and the profile needs a name', async () => {
  const { config, person } = await configure({
    answers: [...NEW_SESSION, 'eu-west-1', '', '', 'dev'],
    accounts: 'unauthorized',
  })
  expect(person.shown()).toContain('Unable to list AWS accounts and/or roles.')
  expect(person.shown()).toContain('Profile name [None]: \nA value is required\n')
  expect(person.shown()).toContain('Successfully configured SSO for profile: dev\n')
  expect(config).toContain('[profile dev]\nsso_session = corp\nregion = eu-west-1\n')
})

const CORP = `[sso-session corp]
sso_start_url = ${START_URL}
sso_region = eu-west-1
sso_registration_scopes = sso:account:access
`
const TOKEN_PATH = '~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json'
const cachedToken = (expiresAt: string) =>
  JSON.stringify({
    startUrl: START_URL,
    region: 'eu-west-1',
    accessToken: 'cached',
    expiresAt,
    clientId: 'c',
    clientSecret: 's',
    registrationExpiresAt: '2027-01-01T00:00:00Z',
    refreshToken: 'r1',
  })

const tokensOf = (machine: TestMachine) =>
  machine.requests.map(({ headers }) => headers['x-amz-sso_bearer_token']).filter((token) => token !== undefined)

test('an existing session that is signed in is not signed in to again', async () => {
  const files = { '~/.aws/config': CORP, [TOKEN_PATH]: cachedToken('2026-11-21T02:30:00Z') }
  const { machine, person } = await configure({ files, answers: ['corp', 0, 0, '', '', ''] })
  expect(person.asked).not.toContain('SSO start URL [None]: ')
  expect(tokensOf(machine)).toEqual(['cached', 'cached'])
})

test('a session near its end is refreshed, not asked to sign in', async () => {
  const files = { '~/.aws/config': CORP, [TOKEN_PATH]: cachedToken('2026-11-21T01:44:00Z') }
  const { machine } = await configure({ files, answers: ['corp', 0, 0, '', '', ''] })
  expect(tokensOf(machine)).toEqual(['refreshed', 'refreshed'])
  expect(machine.requests.map(({ url }) => new URL(url).pathname)).not.toContain('/device_authorization')
})

test('a new session always signs in, whatever the cache holds under its name', async () => {
  const files = { [TOKEN_PATH]: cachedToken('2026-11-21T09:30:00Z') }
  const { machine } = await configure({ files, answers: [...NEW_SESSION, 0, 0, '', '', 'dev'] })
  expect(tokensOf(machine)).toEqual(['new', 'new'])
})

test('keys of the legacy form that contradict the session are taken out, as every tool would refuse the profile', async () => {
  const legacy = `[profile dev]\nsso_start_url = https://old.awsapps.com/start\nsso_region = us-east-1\n# mine\nregion = eu-west-1\n`
  const { config } = await configure({
    files: { '~/.aws/config': legacy + CORP },
    profile: 'dev',
    answers: ['corp', 0, 1, '', ''],
  })
  expect(config).toBe(`[profile dev]
# mine
region = eu-west-1
sso_session = corp
sso_account_id = 111111111111
sso_role_name = ReadOnly
${CORP}`)
})

test('a sign-in drops the session’s role credentials of whoever signed in before, and no other session’s', async () => {
  const credentials = JSON.stringify({ ProviderType: 'sso', Credentials: {} })
  const other = `[profile other]\nsso_session = home\nsso_account_id = 1\nsso_role_name = R\n[sso-session home]\nsso_start_url = ${START_URL}\nsso_region = eu-west-1\n`
  const name = createHash('sha1').update('{"accountId":"1","roleName":"R","sessionName":"home"}').digest('hex')
  const files = {
    '~/.aws/config': other,
    [`~/.aws/cli/cache/${name}.json`]: credentials,
    '~/.aws/cli/cache/0000000000000000000000000000000000000000.json': credentials,
    '~/.aws/cli/cache/assumed.json': JSON.stringify({ Credentials: {} }),
  }
  const { machine } = await configure({ files, answers: [...NEW_SESSION, 0, 0, '', '', 'dev'] })
  const left = [...machine.disk.keys()].filter((path) => path.includes('/cli/cache/'))
  expect(left.map((path) => path.split('/').at(-1))).toEqual([`${name}.json`, 'assumed.json'])
})

test('without a terminal the command line answers everything, and what it leaves open keeps its usual value', async () => {
  const machine = createTestMachine({ answer: answerAs({}), now: '2026-11-21T01:30:00Z' })
  const options = {
    'use-device-code': true,
    'sso-session': 'corp',
    'sso-start-url': START_URL,
    'sso-region': 'eu-west-1',
    'sso-account-id': '222222222222',
    'sso-role-name': 'admin',
    region: 'eu-west-1',
  } as const
  await expect(configureSso.run(options, machine, NO_WORDS)).resolves.toBe(0)
  expect(machine.text('~/.aws/config')).toBe(`[profile admin-222222222222]
sso_session = corp
sso_account_id = 222222222222
sso_role_name = admin
region = eu-west-1
${CORP}`)
})

test.each([
  [{}, 'SSO session name (Recommended)', '--sso-session.'],
  [{ 'sso-session': 'corp' }, 'SSO start URL', '--sso-start-url.'],
  [{ 'sso-session': 'corp', 'sso-start-url': START_URL }, 'SSO region', '--sso-region.'],
  [
    { 'sso-session': 'corp', 'sso-start-url': START_URL, 'sso-region': 'eu-west-1' },
    'account',
    '--sso-account-id. One of: 111111111111, 222222222222, 333333333333',
  ],
])('without a terminal the option that is missing is named: %j', async (options, text, option) => {
  const machine = createTestMachine({ answer: answerAs({}) })
  await expect(configureSso.run({ 'use-device-code': true, ...options }, machine, NO_WORDS)).rejects.toMatchObject({
    message: `Input is not a terminal: there is nobody to ask for the ${text}.`,
    hint: `Say it on the command line with ${option}`,
  })
  expect(machine.text('~/.aws/config')).toBeUndefined()
})

test('a wrong value on the command line is refused, not asked for', async () => {
  const machine = createTestMachine({ answer: answerAs({}) })
  const wrong = configureSso.run({ 'sso-session': 'corp', 'sso-start-url': 'nonsense' }, machine, NO_WORDS)
  await expect(wrong).rejects.toMatchObject({ message: 'Not a valid Start URL: --sso-start-url nonsense' })
  const foreign = {
    'use-device-code': true,
    'sso-session': 'corp',
    'sso-start-url': START_URL,
    'sso-region': 'eu-west-1',
    'sso-account-id': '999999999999',
  } as const
  await expect(configureSso.run(foreign, machine, NO_WORDS)).rejects.toMatchObject({
    message: 'You have no account 999999999999.',
    hint: 'There are: 111111111111, 222222222222, 333333333333',
  })
})

test('an answer kept from the profile needs no typing', async () => {
  const profile = `[profile dev]\nsso_session = corp\nregion = eu-west-1\noutput = text\n`
  const { person, config } = await configure({
    files: { '~/.aws/config': profile + CORP },
    profile: 'dev',
    answers: ['', 0, 0, '', ''],
  })
  expect(person.asked.filter((each) => typeof each === 'string')).toEqual([
    'SSO session name [corp]: ',
    'Default client Region [eu-west-1]: ',
    'CLI default output format (json if not specified) [text]: ',
  ])
  expect(config).toContain('output = text\nsso_account_id = 111111111111\nsso_role_name = admin\n')
})

test('for an Identity Center of one’s own the last words say how the AWS CLI finds it', async () => {
  const start = 'http://localhost:7373/start'
  const { person } = await configure({ answers: ['corp', start, 'us-east-1', '', 0, 0, '', '', 'dev'] })
  expect(person.shown()).toContain(`as shown:

mayfly whoami --profile dev

The AWS CLI and the SDKs have to be told where your Identity Center is:

export AWS_ENDPOINT_URL=http://localhost:7373
aws sts get-caller-identity --profile dev
`)
})

test('a token that another tool left without start URL and region is good enough, and the config file keeps its own', async () => {
  const session = '[sso-session corp]\nsso_start_url = https://d-9067aaaaaa.awsapps.com/start\nsso_region = eu-west-1\n'
  const token = { accessToken: 'other', expiresAt: '2026-11-21T09:00:00.123Z' }
  for (const more of [{}, { startUrl: 'https://former.awsapps.com/start', region: 'us-east-1' }]) {
    const { machine, config } = await configure({
      files: {
        '~/.aws/config': session,
        [`~/.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`]: JSON.stringify({
          ...token,
          ...more,
        }),
      },
      answers: ['corp', 0, 0, '', '', 'dev'],
    })
    expect(machine.requests.map(({ url }) => new URL(url).host)).toEqual([
      'portal.sso.eu-west-1.amazonaws.com',
      'portal.sso.eu-west-1.amazonaws.com',
    ])
    expect(config).toContain('sso_region = eu-west-1\n')
    expect(config).not.toContain('former')
  }
})

test('a name from the portal stays in its row of the menu', async () => {
  const accounts = [{ accountId: '1', accountName: 'a\nb' }, { accountId: '2' }]
  const { person } = await configure({ answers: [...NEW_SESSION, 0, 0, '', '', 'dev'], accounts })
  expect(person.asked.find((each) => typeof each !== 'string')).toEqual(['ab (1)', '2'])
})

test('a name with a blank is quoted where it is to be pasted', async () => {
  const { person } = await configure({ answers: [...NEW_SESSION, 0, 0, '', '', 'my profile'] })
  expect(person.shown()).toContain("aws sts get-caller-identity --profile 'my profile'\n")
})

test('long-term keys that stay in the profile are warned about: other tools would go on with them', async () => {
  const files = { '~/.aws/credentials': '[dev]\naws_access_key_id = A\naws_secret_access_key = S\n' }
  const { person } = await configure({ files, answers: [...NEW_SESSION, 0, 0, '', '', 'dev'] })
  expect(person.shown()).toContain('Warning: the profile "dev" still has aws_access_key_id')
  const other = await configure({ files, answers: [...NEW_SESSION, 0, 0, '', '', 'other'] })
  expect(other.person.shown()).not.toContain('Warning')
})
