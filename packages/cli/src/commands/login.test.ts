import { expect, test } from 'vitest'
import type { HttpRequest } from '../machine/http.ts'
import { createTestMachine, jsonAnswer } from '../testing/test-machine.ts'
import { NO_WORDS } from './command.ts'
import { login } from './login.ts'

const CONFIG = `[default]
region = eu-west-1
[profile dev]
sso_session = corp
[sso-session corp]
sso_start_url = https://d-1.awsapps.com/start
sso_region = us-east-1
[sso-session lab]
sso_start_url = https://d-2.awsapps.com/start
sso_region = us-east-1
[sso-session broken]
sso_start_url = https://d-3.awsapps.com/start
`
const ONE = CONFIG.slice(0, CONFIG.indexOf('[sso-session lab]'))
const CORP = '~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json'

const register = { clientId: 'c', clientSecret: 's', clientSecretExpiresAt: 1_803_000_000 }
const answerWith =
  (expiresIn: () => number, refused = '') =>
  ({ url, body }: HttpRequest) => {
    const { pathname } = new URL(url)
    if (pathname === '/client/register') return jsonAnswer(200, register)
    if (pathname === '/logout') return jsonAnswer(200, {})
    if (pathname === '/device_authorization') {
      if (refused !== '' && String(body).includes(refused)) return jsonAnswer(400, {}, 'InvalidRequestException')
      return jsonAnswer(200, { deviceCode: 'd', userCode: 'U', verificationUri: 'https://d.example' })
    }
    return jsonAnswer(200, { accessToken: 'new', expiresIn: expiresIn() })
  }

interface Case {
  readonly config?: string
  readonly files?: Readonly<Record<string, string>>
  readonly expiresIn?: () => number
  readonly refused?: string
}

async function typed(
  options: Record<string, string | true>,
  { config = CONFIG, files = {}, expiresIn, refused }: Case = {},
) {
  const answer = answerWith(expiresIn ?? (() => 28_800), refused)
  const machine = createTestMachine({ files: { '~/.aws/config': config, ...files }, answer })
  const run = (more = {}) =>
    login.run({ 'use-device-code': true, ...options, ...more }, machine, NO_WORDS).catch((error: unknown) => error)
  return { machine, run, outcome: await run() }
}

const paths = ({ requests }: { requests: readonly HttpRequest[] }) => requests.map(({ url }) => new URL(url).pathname)

test('without a name, the only session that there is is meant', async () => {
  const { machine, outcome } = await typed({}, { config: ONE })
  expect(outcome).toBe(0)
  expect(machine.stdout()).toContain('Successfully logged into Start URL: https://d-1.awsapps.com/start\n')
  expect(machine.text(CORP)).toContain('"accessToken": "new"')
})

test('of several sessions one has to be named where nobody can be asked', async () => {
  const { outcome } = await typed({})
  expect(outcome).toMatchObject({
    message: 'There are 2 sessions to sign in to: corp, lab.',
    hint: expect.stringContaining('mayfly login --all'),
  })
})

test('several sessions are signed in to one after the other, in the order named', async () => {
  const { machine, outcome } = await typed({ 'sso-session': 'lab\ncorp', json: true })
  expect(outcome).toBe(0)
  expect(JSON.parse(machine.stdout()).sessions).toEqual([
    { session: 'lab', startUrl: 'https://d-2.awsapps.com/start', answer: 'new', expiresAt: '2026-11-21T09:30:00Z' },
    { session: 'corp', startUrl: 'https://d-1.awsapps.com/start', answer: 'new', expiresAt: '2026-11-21T09:30:00Z' },
  ])
  expect(machine.stderr()).toContain('Successfully logged into Start URL: https://d-2.awsapps.com/start')
})

test('--all passes over sessions that are signed in, and over those that lack something', async () => {
  const token = JSON.stringify({ accessToken: 'good', expiresAt: '2026-11-21T05:00:00Z' })
  const { machine, outcome } = await typed({ all: true, json: true }, { files: { [CORP]: token } })
  expect(outcome).toBe(0)
  expect(JSON.parse(machine.stdout()).sessions.map((each: { answer: string }) => each.answer)).toEqual(['kept', 'new'])
  expect(machine.text(CORP)).toBe(token)
})

test('one organization that refuses does not keep a person from the others, and the exit is its refusal', async () => {
  const { machine, outcome } = await typed({ all: true, json: true }, { refused: 'd-1.awsapps.com' })
  expect(outcome).toMatchObject({ name: 'InvalidRequestException' })
  expect(JSON.parse(machine.stdout()).sessions).toMatchObject([{ session: 'lab', answer: 'new' }])
  expect(machine.stderr()).toContain('corp: ')
})

test('--all beside a name is refused', async () => {
  const { outcome } = await typed({ all: true, 'sso-session': 'corp' })
  expect(outcome).toMatchObject({ name: 'ArgumentRefusal' })
})

test('who names a profile that does not sign in learns what is missing', async () => {
  const { outcome } = await typed({ profile: 'nope' })
  expect(outcome).toMatchObject({ message: 'The config profile (nope) could not be found' })
})

test('an old session that the browser gives back is told, with the way to a new one', async () => {
  let left = 28_800
  const { machine, run } = await typed({ 'sso-session': 'corp' }, { expiresIn: () => left })
  expect(machine.stderr()).toBe('')
  left = 1800
  await run()
  expect(machine.stderr()).toContain('The browser was still signed in: this is the session from before')
  expect(machine.stderr()).toContain('mayfly login --fresh')
})

test('--fresh ends the session from before at its portal, before anybody is sent to a page', async () => {
  const { machine, run } = await typed({ 'sso-session': 'corp' })
  const before = paths(machine).length
  expect(await run({ fresh: true })).toBe(0)
  expect(paths(machine).slice(before)).toEqual(['/logout', '/device_authorization', '/token'])
  expect(machine.requests[before]?.headers['x-amz-sso_bearer_token']).toBe('new')
})

test('--fresh without a session from before says where the browser can be signed out', async () => {
  const { machine, outcome } = await typed({ 'sso-session': 'corp', fresh: true })
  expect(outcome).toBe(0)
  expect(paths(machine)).not.toContain('/logout')
  expect(machine.stderr()).toContain('sign out there: https://d-1.awsapps.com/start')
})
