import { expect, test } from 'vitest'
import type { HttpRequest } from '../machine/http.ts'
import { tokenFileName } from '../sign-in/token-cache.ts'
import { createTestMachine, jsonAnswer } from '../testing/test-machine.ts'
import { NO_WORDS } from './command.ts'
import { status } from './status.ts'

const startUrl = 'https://d-1.awsapps.com/start'
const session = (name: string, url = startUrl) =>
  `[sso-session ${name}]\nsso_start_url = ${url}\nsso_region = us-east-1\n`
const profile = (name: string, sessionName: string) =>
  `[profile ${name}]\nsso_session = ${sessionName}\nsso_account_id = 111122223333\nsso_role_name = Dev\n`
const tokenOf = (sessionName: string) => `~/.aws/sso/cache/${tokenFileName({ sessionName, startUrl })}`
const recordOf = (sessionName: string) => `~/.mayfly/sessions/${tokenFileName({ sessionName, startUrl })}`

const RENEWING = JSON.stringify({
  accessToken: 'a',
  expiresAt: '2026-11-21T02:00:00Z',
  clientId: 'c',
  clientSecret: 's',
  refreshToken: 'r',
  registrationExpiresAt: '2027-02-01T00:00:00Z',
})

async function show(files: Record<string, string>, options = {}, answer?: (request: HttpRequest) => never) {
  const machine = createTestMachine({ files, ...(answer && { answer }) })
  expect(await status.run(options, machine, NO_WORDS)).toBe(0)
  return machine
}

test('identities on one portal, and organizations, are told apart', async () => {
  const files = {
    '~/.aws/config': session('work') + session('admin') + session('other', 'https://d-2.awsapps.com/start'),
    [tokenOf('work')]: RENEWING,
    [tokenOf('admin')]: JSON.stringify({ accessToken: 'a', expiresAt: '2026-11-21T02:00:00Z' }),
    [recordOf('work')]: JSON.stringify({ signedInAt: '2026-11-21T01:00:00Z', longest: 3600, identity: 'ana' }),
    [recordOf('admin')]: JSON.stringify({ signedInAt: '2026-11-21T01:10:00Z', identity: 'ana-admin' }),
  }
  expect((await show(files)).stdout()).toBe(`SESSION  IDENTITY   STATE                     START URL
work     ana        signed in, renews itself  d-1.awsapps.com
admin    ana-admin  signed in, 30 min left    d-1.awsapps.com
other               signed out                d-2.awsapps.com

To sign in:
  mayfly login --sso-session other
`)
  const { sessions, storage, agent } = JSON.parse((await show(files, { json: true })).stdout())
  expect(sessions[0]).toEqual({
    session: 'work',
    startUrl,
    state: 'signed-in',
    refreshes: true,
    expiresAt: '2026-11-21T02:00:00Z',
    endsAt: '2027-02-01T00:00:00Z',
    signedInAt: '2026-11-21T01:00:00Z',
    identity: 'ana',
    problem: null,
  })
  expect([sessions[1].endsAt, sessions[2].endsAt, storage, agent]).toEqual([
    '2026-11-21T02:00:00Z',
    null,
    'shared',
    null,
  ])
})

test('of very many profiles those with credentials are shown, and the others counted', async () => {
  const names = Array.from({ length: 600 }, (_, index) => `account-${index}`)
  const machine = await show({ '~/.aws/config': names.map((name) => profile(name, 'work')).join('') + session('work') })
  expect(machine.stdout()).toContain('600 more profiles, whose credentials are fetched when used: mayfly profiles\n')
  expect(machine.stdout().split('\n').length).toBeLessThan(12)
})

test('--identities asks STS with credentials of each session, and remembers the answer', async () => {
  const machine = createTestMachine({
    files: { '~/.aws/config': profile('dev', 'work') + session('work') + session('out'), [tokenOf('work')]: RENEWING },
    answer: ({ url }) => {
      if (new URL(url).pathname === '/federation/credentials') {
        const expiration = Date.parse('2026-11-21T02:30:00Z')
        const roleCredentials = { accessKeyId: 'A', secretAccessKey: 'S', sessionToken: 'T', expiration }
        return jsonAnswer(200, { roleCredentials })
      }
      const arn = 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Dev_abc/ana@acme.example'
      const body = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`
      return { status: 200, headers: { 'content-type': 'text/xml' }, body }
    },
  })
  await status.run({ identities: true }, machine, NO_WORDS)
  expect(machine.stdout()).toContain('ana@acme.example')
  const asked = machine.requests.length
  await status.run({}, machine, NO_WORDS)
  expect(machine.stdout().match(/ana@acme\.example/g)).toHaveLength(2)
  expect(machine.requests).toHaveLength(asked)
})

test('an identity that cannot be learned is told, and the rest is shown', async () => {
  const machine = await show({ '~/.aws/config': session('work'), [tokenOf('work')]: RENEWING }, { identities: true })
  expect(machine.stderr()).toContain('work: no profile uses this session')
  expect(machine.stdout()).toContain('renews itself')
})

test('a record that somebody has spoilt says nothing', async () => {
  const files = { '~/.aws/config': session('work'), [tokenOf('work')]: RENEWING, [recordOf('work')]: '[1, "x' }
  expect((await show(files)).stdout()).toContain('renews itself')
})
