import { Refusal } from '@mayfly/identity-center/refusal'
import { expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../machine/http.ts'
import { roleCacheFileName } from '../role-credentials/role-cache.ts'
import { createTestMachine, jsonAnswer } from '../testing/test-machine.ts'
import { NO_WORDS } from './command.ts'
import { logout } from './logout.ts'

const CONFIG = `[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Dev
[profile lab]
sso_session = lab
sso_account_id = 111122223333
sso_role_name = Dev
[sso-session corp]
sso_start_url = https://d-1.awsapps.com/start
sso_region = us-east-1
[sso-session lab]
sso_start_url = https://d-1.awsapps.com/start
sso_region = us-east-1
`
const CORP = 'sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json'
const startUrl = 'https://d-1.awsapps.com/start'
const token = (accessToken: string) =>
  JSON.stringify({ startUrl, region: 'us-east-1', accessToken, expiresAt: '2026-11-21T09:30:00Z' })
const role = (sessionName: string, roleName: string) =>
  `cli/cache/${roleCacheFileName({ accountId: '111122223333', roleName, sessionName, startUrl })}`
const CACHED = JSON.stringify({ ProviderType: 'sso', Credentials: {} })
const access = {
  version: 1,
  sessionName: 'lab',
  startUrl,
  region: 'us-east-1',
  takenAt: '2026-11-21T00:00:00Z',
  accounts: [{ accountId: '111122223333', roles: ['Dev', 'Listed'] }],
}

async function typed(
  options: Record<string, string | true>,
  answer: (request: HttpRequest) => HttpResponse = () => jsonAnswer(200, {}),
) {
  const { tokenFileName } = await import('../sign-in/token-cache.ts')
  const { sha1 } = await import('../hot/sha1.ts')
  const lab = `sso/cache/${tokenFileName({ sessionName: 'lab', startUrl })}`
  const files = {
    config: CONFIG,
    [CORP]: token('of-corp'),
    [lab]: token('of-lab'),
    'sso/cache/registration.json': JSON.stringify({ clientId: 'c', clientSecret: 's' }),
    [role('corp', 'Dev')]: CACHED,
    [role('corp', 'Unlisted')]: CACHED,
    [role('lab', 'Dev')]: CACHED,
    [role('lab', 'Listed')]: CACHED,
  }
  const machine = createTestMachine({
    files: {
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`~/.aws/${name}`, text])),
      [`~/.mayfly/access/${sha1('lab')}.json`]: JSON.stringify(access),
    },
    answer,
  })
  const outcome = await logout.run(options, machine, NO_WORDS).catch((error: unknown) => error)
  const left = [...machine.disk.keys()].map((path) => path.replace('/home/alice/.aws/', ''))
  return { machine, outcome, left, lab }
}

const ended = ({ requests }: { requests: readonly HttpRequest[] }) =>
  requests.map(({ headers }) => headers['x-amz-sso_bearer_token'])

test('one session is ended at its portal, by name or by profile, and what came from it is deleted', async () => {
  for (const options of [{ 'sso-session': 'corp' }, { profile: 'dev' }]) {
    const { machine, outcome, left, lab } = await typed(options)
    expect(outcome).toBe(0)
    expect(machine.stdout()).toBe('Signed out of corp.\n')
    expect(ended(machine)).toEqual(['of-corp'])
    expect(left).not.toContain(CORP)
    expect(left).not.toContain(role('corp', 'Dev'))
    expect(left).not.toContain(role('corp', 'Unlisted'))
    expect(left).toEqual(
      expect.arrayContaining([lab, 'sso/cache/registration.json', role('lab', 'Dev'), role('lab', 'Listed')]),
    )
  }
})

test('a session that nobody is signed in to is no error', async () => {
  const { machine, outcome } = await typed({ 'sso-session': 'corp' })
  expect(outcome).toBe(0)
  expect(await logout.run({ 'sso-session': 'corp', json: true }, machine, NO_WORDS)).toBe(0)
  expect(machine.stdout()).toContain('{\n  "sessions": []\n}\n')
})

test('without a name, or with --all, every session ends without a word, as with the AWS CLI', async () => {
  for (const options of [{}, { all: true } as const]) {
    const { machine, outcome, left } = await typed(options)
    expect(outcome).toBe(0)
    expect(machine.stdout() + machine.stderr()).toBe('')
    expect(ended(machine).sort()).toEqual(['of-corp', 'of-lab'])
    expect(left.filter((name) => name.includes('cache/'))).toEqual(['sso/cache/registration.json'])
  }
})

test('a portal that cannot be reached is told in the end, and in JSON', async () => {
  const { machine, outcome, left } = await typed({ 'sso-session': 'corp\nlab', json: true }, () => {
    throw new Refusal('invalid', 'Could not connect to the endpoint URL: "x"')
  })
  expect(outcome).toMatchObject({ message: expect.stringContaining('these sessions live on') })
  expect(JSON.parse(machine.stdout()).sessions).toEqual([
    { session: 'corp', startUrl, told: false },
    { session: 'lab', startUrl, told: false },
  ])
  expect(left).not.toContain(CORP)
})

test('--all beside a name, and a session that is not configured, are refused before anything is done', async () => {
  const beside = await typed({ all: true, profile: 'dev' })
  expect(beside.outcome).toMatchObject({ name: 'ArgumentRefusal' })
  const unknown = await typed({ 'sso-session': 'corp\nnope' })
  expect(unknown.outcome).toMatchObject({ message: 'The specified sso-session does not exist: "nope"' })
  expect([...ended(beside.machine), ...ended(unknown.machine)]).toEqual([])
})
