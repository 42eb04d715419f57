/** The decisions of a diagnosis, as values: nearness, words, commands of each system, and what is never printed. */

import { milliseconds } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { expect, test } from 'vitest'
import { ConnectionRefusal } from '../machine/connection.ts'
import { run } from '../main.ts'
import { createTestMachine, jsonAnswer, type TestMachineOptions } from '../testing/test-machine.ts'
import { shorten } from './config-text.ts'
import { describeFailure } from './failure.ts'
import { findNearestRole, nameLikeness } from './nearest-role.ts'
import { formatLength, setClock } from './network-check.ts'
import { maskKey, unset } from './precedence-check.ts'
import { firstLine } from './process-check.ts'
import { formatDiagnosis } from './report.ts'

const ACCOUNTS = [
  { accountId: '111122223333', accountName: 'Prod', roles: ['AdministratorAccess', 'ReadOnlyAccess', 'Billing'] },
  { accountId: '111122223344', roles: ['ReadOnlyAccess'] },
  { accountId: '999988887777', roles: ['DeployPipeline'] },
]
const near = (accountId: string, roleName: string) => {
  const role = findNearestRole({ accountId, roleName }, ACCOUNTS)
  return role && [role.accountId, role.roleName]
}

test.each([
  ['ReadOnly', 'ReadOnlyAccess'],
  ['readonlyaccess', 'ReadOnlyAccess'],
  ['ReadOnlyAcess', 'ReadOnlyAccess'],
  ['Access-Administrator', 'AdministratorAccess'],
  ['admin', 'AdministratorAccess'],
  ['biling', 'Billing'],
])('in the account itself, %s is nearest to %s', (wanted, found) => {
  expect(near('111122223333', wanted)).toEqual(['111122223333', found])
})

test('a role of the account itself goes before the same role in another', () => {
  expect(near('111122223333', 'DeployPipeline')?.[0]).toBe('111122223333')
})

test('an account one digit off is meant, and so is the same role elsewhere; a stranger is not guessed', () => {
  expect(near('111122223334', 'ReadOnlyAccess')).toEqual(['111122223333', 'ReadOnlyAccess'])
  expect(near('999988887778', 'Deploy')).toEqual(['999988887777', 'DeployPipeline'])
  expect(near('123456789012', 'DeployPipeline')).toEqual(['999988887777', 'DeployPipeline'])
  expect(near('123456789012', 'Nothing')).toBeUndefined()
})

test('names are alike by letters, by part and by words', () => {
  expect(nameLikeness('Read-Only', 'readonly')).toBe(1)
  expect(nameLikeness('ReadOnly', 'ReadOnlyAccess')).toBeGreaterThan(nameLikeness('ReadOnly', 'PowerUserAccess'))
  expect(nameLikeness('prod_read_only', 'ReadOnly-Prod')).toBeGreaterThan(0.9)
})

test.each([
  ['linux', 'unset A B', 'sudo timedatectl set-ntp true'],
  ['darwin', 'unset A B', 'sudo sntp -sS time.apple.com'],
  ['win32', 'Remove-Item Env:A, Env:B', 'w32tm /resync'],
] as const)('the commands to type are those of %s', (platform, taken, clock) => {
  expect([unset(platform, ['A', 'B']), setClock(platform)]).toEqual([taken, clock])
})

test('paths are shortened by the home folder of each system, and by nothing that merely begins like it', () => {
  expect(shorten({ home: '/home/ana' }, '/home/ana/.aws/config')).toBe('~/.aws/config')
  expect(shorten({ home: 'C:\\Users\\ana' }, 'C:\\Users\\ana\\.aws\\config')).toBe('~\\.aws\\config')
  expect(shorten({ home: '/home/ana' }, '/home/anabel/.aws/config')).toBe('/home/anabel/.aws/config')
  expect(shorten({ home: '/' }, '/.aws/config')).toBe('/.aws/config')
})

test('lengths are told in the unit that a person would choose', () => {
  expect([600_000, 13 * 3_600_000, 10 * 86_400_000].map(formatLength)).toEqual(['10 min', '13 h', '10 days'])
})

test('of a key so much is shown that keys can be told apart, of a program one line without secrets', () => {
  expect([maskKey('AKIAIOSFODNN7EXAMPLE'), maskKey('short')]).toEqual(['AKIA…MPLE', '…'])
  expect(firstLine('\u001b[31mfailed: wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\nmore')).toBe('failed: [hidden]')
  expect(firstLine('')).toBe('It said nothing.')
})

test('the password of a proxy is not told', async () => {
  const machine = createTestMachine({ env: { HTTPS_PROXY: 'http://ana:hush@proxy.example:3128' } })
  const error = new ConnectionRefusal('Failed to connect to proxy URL: "http://proxy.example:3128"', {
    cause: new Error('connect ECONNREFUSED'),
  })
  const told = JSON.stringify(await describeFailure(machine, 'https://sso.example/start', error))
  expect(told).toContain('http://proxy.example:3128')
  expect(told).not.toContain('hush')
})

const CONFIG = `[default]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = ReadOnlyAccess
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
`
const TOKEN_PATH = '~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json'

async function why(words: readonly string[], options: TestMachineOptions) {
  const machine = createTestMachine({ files: { '~/.aws/config': CONFIG }, ...options })
  const code = await run(['why', ...words], machine)
  return {
    code,
    machine,
    text: machine.stdout(),
    answer: words.includes('--json') ? JSON.parse(machine.stdout()) : undefined,
  }
}

test('without a network, nothing is sent', async () => {
  const { code, machine, text } = await why(['--offline'], {})
  expect([code, machine.requests]).toEqual([1, []])
  expect(text).toContain('FAULT session     signed-out')
})

test.each(['linux', 'darwin', 'win32'] as const)(
  'on %s the same files are looked at, in its own spelling',
  async (platform) => {
    const home = platform === 'win32' ? 'C:\\Users\\ana' : '/home/ana'
    const path = platform === 'win32' ? `${home}\\.aws\\config` : `${home}/.aws/config`
    const { answer } = await why(['--offline', '--json'], { platform, home, files: { [path]: '[default]\nbroken\n' } })
    expect(answer.causes[0]).toMatchObject({ cause: 'config-unparsable' })
    expect(answer.causes[0].evidence[0]).toMatch(
      platform === 'win32' ? /^~\\\.aws\\config:2: / : /^~\/\.aws\/config:2: /,
    )
  },
)

test('a certificate that looks expired leads to the clock, which the answer without a check tells', async () => {
  const { answer } = await why(['--json'], {
    now: '2026-12-25T00:00:00Z',
    certificate: {
      subject: 'portal.sso.eu-west-1.amazonaws.com',
      issuer: 'Amazon RSA 2048 M01',
      names: '',
      validFrom: new Date('2026-01-01'),
      validTo: new Date('2026-12-01'),
    },
    answer: ({ method }) => {
      if (method === 'HEAD') return { status: 403, headers: { date: 'Sat, 21 Nov 2026 00:00:00 GMT' }, body: '' }
      const cause = Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' })
      throw new ConnectionRefusal('SSL validation failed for https://portal.sso.eu-west-1.amazonaws.com', { cause })
    },
  })
  expect(answer.causes.map(({ cause }: { cause: string }) => cause)).toEqual([
    'clock-skew',
    'certificate-expired',
    'signed-out',
  ])
  expect(answer.causes[0].message).toContain('34 days fast')
})

test('what a server says cannot move the cursor, and lines end at 80 columns', async () => {
  const { text } = await why([], {
    answer: () => jsonAnswer(421, { message: `evil \u001b[2J ${'long words '.repeat(30)}` }, 'MisdirectedRequest'),
  })
  expect(text).not.toContain('\u001b')
  expect(text).toContain('service-refused')
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80)
})

test('a styled terminal shows marks, any other words', () => {
  const diagnosis = {
    profile: 'dev',
    verdict: 'healthy',
    steps: [{ step: 'files', seen: 'both files can be read', findings: [] }],
    causes: [],
    nearest: undefined,
  } as const
  expect(formatDiagnosis(diagnosis, false)).toBe('ok    files       both files can be read\n\ndev works.\n')
  expect(formatDiagnosis(diagnosis, true)).toContain('\u001b[32m✓\u001b[0m files')
})

test('a diagnosis writes nothing, whatever it asks', async () => {
  const token = {
    startUrl: 'https://corp.awsapps.com/start',
    region: 'eu-west-1',
    accessToken: 'hush',
    expiresAt: '2027-01-01T00:00:00Z',
  }
  const roleCredentials = {
    accessKeyId: 'ASIAX',
    secretAccessKey: 'hush',
    sessionToken: 'hush',
    expiration: 1_900_000_000_000,
  }
  const { machine, text } = await why([], {
    files: { '~/.aws/config': CONFIG, [TOKEN_PATH]: JSON.stringify(token) },
    answer: ({ url }) => jsonAnswer(url.includes('/federation/') ? 200 : 401, { roleCredentials }),
  })
  expect([...machine.disk.keys()].sort()).toEqual(['/home/alice/.aws/config', `/home/alice${TOKEN_PATH.slice(1)}`])
  expect(text).not.toContain('hush')
})

test('of five thousand accounts no more are listed than time allows, and a portal that has had enough is no other cause', async () => {
  const token = {
    startUrl: 'https://corp.awsapps.com/start',
    region: 'eu-west-1',
    accessToken: 'hush',
    expiresAt: '2027-01-01T00:00:00Z',
  }
  let pages = 0
  const clock = new TestClock('2026-11-21T01:30:00Z')
  const { answer } = await why(['--json'], {
    clock,
    files: { '~/.aws/config': CONFIG, [TOKEN_PATH]: JSON.stringify(token) },
    answer: async ({ url }) => {
      await clock.advance(milliseconds(200))
      if (url.includes('/federation/')) return jsonAnswer(403, { message: 'No access' }, 'ForbiddenException')
      if (url.includes('/assignment/roles')) return jsonAnswer(403, { message: 'No access' }, 'ForbiddenException')
      if (!url.includes('max_result')) return jsonAnswer(401, {}, 'UnauthorizedException')
      pages += 1
      const accountList = Array.from({ length: 100 }, (_, index) => ({ accountId: String(5e11 + pages * 100 + index) }))
      return jsonAnswer(200, { accountList, nextToken: 'more' })
    },
  })
  expect(answer.causes.map(({ cause }: { cause: string }) => cause)).toEqual(['account-not-assigned'])
  expect(answer.causes[0].evidence).toContain('Not every account of yours could be listed.')
  expect(pages).toBeLessThan(60)
  expect(clock.now().getTime()).toBeLessThan(Date.parse('2026-11-21T01:30:15Z'))
})
