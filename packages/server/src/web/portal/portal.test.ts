import { minutes, seconds } from '@mayfly/identity-center/duration'
import { parseBase32, stepAt, totpAt } from '@mayfly/identity-center/sign-in/totp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { issueCode, redeemCode, registerPkceClient } from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { givePassword, PASSWORD, TestBrowser } from '../testing/test-browser.ts'

let server: TestServer
let browser: TestBrowser

beforeEach(async () => {
  server = await startTestServer()
  await givePassword(server, 'alice')
  browser = new TestBrowser(server)
  await browser.signIn('alice')
})
afterEach(() => server.close())

/** A client that alice let in from the browser. */
async function letClientIn() {
  const client = await registerPkceClient(server)
  const [session] = await server.context.store.sessions.listOfUser(await idOf('alice'), server.clock.now())
  if (!session) throw new Error('Alice is not signed in.')
  return redeemCode(server, client, await issueCode(server, client, session))
}

const idOf = async (userName: string) => {
  const user = await server.context.store.users.findByUserName(userName)
  if (!user) throw new Error(`There is no ${userName}.`)
  return user.id
}

const codeOf = (secret: string, steps = 0): string =>
  totpAt(parseBase32(secret) ?? new Uint8Array(), stepAt(server.clock.now()) + steps)

async function addDevice(name = 'Phone'): Promise<{ id: string; secret: string; recoveryCodes?: string[] }> {
  const { enrolment, secret } = (await browser.call('POST', '/portal/mfa-devices', {})).json()
  const body = { enrolment, name, code: codeOf(secret) }
  const confirmed = await browser.call('POST', '/portal/mfa-devices/confirm', body)
  const { device, recoveryCodes } = confirmed.json()
  return { id: device.id, secret, recoveryCodes }
}

test('the portal learns who is signed in, where, and what to paste', async () => {
  expect((await browser.call('GET', '/portal/me')).json()).toMatchObject({
    user: { userName: 'alice', displayName: expect.any(String) },
    instance: {
      name: 'Acme',
      region: 'us-east-1',
      startUrl: 'http://localhost:7373/start',
      origin: 'http://localhost:7373',
      alias: 'https://mayfly-example.awsapps.com/start',
    },
    session: { expiresAt: expect.any(String) },
    antiForgeryToken: expect.any(String),
    settings: { mfaPrompt: expect.any(String), deviceGrantEnabled: true },
    password: { updatedAt: expect.any(String) },
    consoleDestinations: expect.arrayContaining(['console.aws.amazon.com']),
  })
})

test('an instance without a configured alias has one that no customer of AWS can have', async () => {
  const { store } = server.context
  const instance = await store.instances.get()
  await store.instances.update({ ...instance, startUrlAliases: [] })
  await server.clock.advance(seconds(2))
  const { alias } = (await browser.call('GET', '/portal/me')).json().instance
  expect(alias).toBe(`https://d-mayfly-${instance.identityStoreId.slice(2)}.awsapps.com/start`)
  const registered = registerPkceClient(server, { issuerUrl: alias })
  await expect(registered).resolves.toHaveProperty('clientId')
})

test('nothing is said to anybody who is not signed in', async () => {
  const stranger = new TestBrowser(server)
  for (const path of ['/portal/me', '/portal/sessions', '/portal/mfa-devices']) {
    const { status, response } = await stranger.open(path)
    expect([status, response.json().error]).toEqual([401, 'forbidden'])
    expect(response.headers['cache-control']).toBe('no-store')
  }
})

test('the cookie alone changes nothing, and hands out nothing', async () => {
  const json = { 'content-type': 'application/json' }
  for (const headers of [json, { ...json, 'x-mayfly-anti-forgery': 'made-up' }]) {
    const payload = JSON.stringify({ currentPassword: PASSWORD, newPassword: 'Another-one-2' })
    expect((await browser.request('POST', '/portal/password', { payload, headers })).status).toBe(401)
  }
  const { status } = await browser.request('GET', '/federation/credentials?account_id=111122223333&role_name=X')
  expect(status).toBe(401)
})

test('the portal operations take the cookie together with the token', async () => {
  const headers = { 'x-mayfly-anti-forgery': await browser.antiForgeryToken() }
  const { status, response } = await browser.request('GET', '/assignment/accounts', { headers })
  expect(status).toBe(200)
  expect(response.json().accountList.length).toBeGreaterThan(1)
})

test('a form of another site cannot pass for JSON', async () => {
  const headers = { 'content-type': 'text/plain', 'x-mayfly-anti-forgery': await browser.antiForgeryToken() }
  expect((await browser.request('POST', '/portal/password', { payload: '{}', headers })).status).toBe(400)
})

test('my sessions are listed with the clients that were let in, and ending one ends them and their credentials', async () => {
  await server.clock.advance(seconds(1))
  const other = new TestBrowser(server, { 'user-agent': 'other' })
  await other.signIn('alice')
  await letClientIn()
  const { sessions } = (await browser.call('GET', '/portal/sessions')).json()
  expect(sessions).toMatchObject([
    { current: true, mfa: false, address: '127.0.0.1', clients: [{ clientName: 'botocore-client-test' }] },
    { current: false, userAgent: 'other', clients: [] },
  ])
  expect((await browser.call('DELETE', `/portal/sessions/${sessions[1].id}`)).statusCode).toBe(204)
  expect((await other.open('/portal/me')).status).toBe(401)
  const revocations = await server.context.store.revocations.list()
  expect(revocations.map(({ subject }) => subject)).toEqual([`session:${sessions[1].id}`])
})

test('ending one client leaves the session and ends the token', async () => {
  const { accessToken } = await letClientIn()
  const portal = server.client('sso')
  await portal.call('ListAccounts', { accessToken })
  const { sessions } = (await browser.call('GET', '/portal/sessions')).json()
  expect((await browser.call('DELETE', `/portal/clients/${sessions[0].clients[0].id}`)).statusCode).toBe(204)
  await expect(portal.call('ListAccounts', { accessToken })).rejects.toMatchObject({ name: 'UnauthorizedException' })
  expect((await browser.call('GET', '/portal/me')).statusCode).toBe(200)
})

test("another user's sessions, clients and devices are as good as not there", async () => {
  await givePassword(server, 'bob')
  const bob = new TestBrowser(server)
  await bob.signIn('bob')
  await letClientIn()
  const { id } = await addDevice()
  const { sessions } = (await browser.call('GET', '/portal/sessions')).json()
  const answers = [
    await bob.call('DELETE', `/portal/sessions/${sessions[0].id}`),
    await bob.call('DELETE', `/portal/clients/${sessions[0].clients[0].id}`),
    await bob.call('PATCH', `/portal/mfa-devices/${id}`, { name: 'mine' }),
    await bob.call('DELETE', `/portal/mfa-devices/${id}`, { currentPassword: PASSWORD }),
    await bob.call('DELETE', '/portal/sessions/never'),
  ]
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404, 404])
  expect((await browser.call('GET', '/portal/sessions')).json().sessions[0].clients).toHaveLength(1)
})

test('a new password wants the old one, the rules, and none of the last three', async () => {
  const change = async (currentPassword: string, newPassword: string) => {
    const { statusCode, body } = await browser.call('POST', '/portal/password', { currentPassword, newPassword })
    return statusCode === 204 ? 204 : `${statusCode} ${JSON.parse(body).message}`
  }
  expect(await change('wrong', 'Another-one-2')).toMatch(/^403 /)
  expect(await change(PASSWORD, 'short')).toMatch(/^400 .*at least 8 characters/)
  expect(await change(PASSWORD, PASSWORD)).toMatch(/^400 .*last three/)
  expect(await change(PASSWORD, 'Another-one-2')).toBe(204)
  expect(await change('Another-one-2', 'Another-one-3')).toBe(204)
  expect(await change('Another-one-3', PASSWORD)).toMatch(/^400 .*last three/)
  expect(await change('Another-one-3', 'Another-one-4')).toBe(204)
  expect(await change('Another-one-4', PASSWORD)).toBe(204)
  expect((await new TestBrowser(server).signIn('alice')).status).toBe(303)
})

test('guesses at the current password are counted however many come at once', async () => {
  const body = { currentPassword: 'guess', newPassword: 'Another-one-2' }
  const headers = { 'x-mayfly-anti-forgery': await browser.antiForgeryToken(), 'content-type': 'application/json' }
  const answers = await Promise.all(
    Array.from({ length: 12 }, () =>
      browser.request('POST', '/portal/password', { payload: JSON.stringify(body), headers }),
    ),
  )
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(5)
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(7)
})

test('an authenticator is added by a code, renamed and removed; recovery codes come with the first', async () => {
  const phone = await addDevice()
  expect(phone.recoveryCodes).toHaveLength(10)
  await server.clock.advance(seconds(1))
  const spare = await addDevice('Spare')
  expect(spare.recoveryCodes).toBeUndefined()
  const { enrolment, secret } = (await browser.call('POST', '/portal/mfa-devices', {})).json()
  const third = { enrolment, name: 'Third', code: codeOf(secret) }
  expect((await browser.call('POST', '/portal/mfa-devices/confirm', third)).json().error).toBe('quota-exceeded')
  await browser.call('PATCH', `/portal/mfa-devices/${phone.id}`, { name: 'Work phone' })
  const listed = (await browser.call('GET', '/portal/mfa-devices')).json()
  expect(listed).toMatchObject({ devices: [{ name: 'Work phone' }, { name: 'Spare' }], unusedRecoveryCodes: 10 })
  expect(JSON.stringify(listed)).not.toContain('sealed')
  const path = `/portal/mfa-devices/${phone.id}`
  expect((await browser.call('DELETE', path, { currentPassword: 'wrong' })).statusCode).toBe(403)
  expect((await browser.call('DELETE', path, { currentPassword: PASSWORD })).statusCode).toBe(204)
  await browser.call('DELETE', `/portal/mfa-devices/${spare.id}`, { currentPassword: PASSWORD })
  const none = (await browser.call('GET', '/portal/mfa-devices')).json()
  expect(none).toEqual({ devices: [], unusedRecoveryCodes: 0 })
})

test('an enrolment waits a quarter of an hour', async () => {
  const { enrolment, secret } = (await browser.call('POST', '/portal/mfa-devices', {})).json()
  await server.clock.advance(minutes(15))
  const body = { enrolment, name: '', code: codeOf(secret) }
  expect((await browser.call('POST', '/portal/mfa-devices/confirm', body)).statusCode).toBe(400)
})

test('new recovery codes take the place of the old ones', async () => {
  expect((await browser.call('POST', '/portal/recovery-codes', { currentPassword: PASSWORD })).statusCode).toBe(400)
  const { recoveryCodes: old = [] } = await addDevice()
  expect((await browser.call('POST', '/portal/recovery-codes', { currentPassword: 'wrong' })).statusCode).toBe(403)
  const { recoveryCodes } = (await browser.call('POST', '/portal/recovery-codes', { currentPassword: PASSWORD })).json()
  expect(recoveryCodes).toHaveLength(10)
  const other = new TestBrowser(server)
  await other.signIn('alice')
  const page = await other.open('/sign-in/mfa?with=recovery-code')
  expect((await other.send(page, { code: old[0] ?? '' })).status).toBe(403)
  expect((await other.send(page, { code: recoveryCodes[0] })).status).toBe(303)
})

test('two codes in a row bring a device back that is out of step', async () => {
  const { id, secret } = await addDevice()
  await server.clock.advance(seconds(30))
  const path = `/portal/mfa-devices/${id}/resync`
  const twice = { code1: codeOf(secret, 20), code2: codeOf(secret, 20) }
  expect((await browser.call('POST', path, twice)).statusCode).toBe(403)
  const inRow = { code1: codeOf(secret, 20), code2: codeOf(secret, 21) }
  expect((await browser.call('POST', path, inRow)).statusCode).toBe(204)
  const { items } = await server.context.store.auditEvents.list({ page: { limit: 3 } })
  const verified = items.filter(({ additionalEventData }) => additionalEventData?.['CredentialType'] === 'RESYNC_TOTP')
  const results = verified.map(({ serviceEventDetails }) => serviceEventDetails?.['CredentialVerification'])
  expect(results.sort()).toEqual(['Failure', 'Success'])
  await server.clock.advance(seconds(60))
  const other = new TestBrowser(server)
  await other.signIn('alice')
  const page = await other.open('/sign-in/mfa')
  expect((await other.send(page, { code: codeOf(secret, 20) })).status).toBe(303)
})

test('a body that is not what it should be is refused', async () => {
  const token = await browser.antiForgeryToken()
  const headers = { 'x-mayfly-anti-forgery': token, 'content-type': 'application/json' }
  for (const payload of [
    '',
    '[',
    'null',
    '"x"',
    '{"currentPassword":1}',
    '{"currentPassword":"a\\u0000"}',
    '{"__proto__":{}}',
  ]) {
    const { status, response } = await browser.request('POST', '/portal/password', { payload, headers })
    expect(status).toBe(400)
    expect(response.json().error).toBe('invalid')
  }
})

test('signing out by the portal wants its token and nothing else', async () => {
  expect((await browser.call('POST', '/sign-out')).statusCode).toBe(200)
  expect((await browser.open('/portal/me')).status).toBe(401)
})

test('what was changed is on record, and no password or secret is', async () => {
  const { secret } = await addDevice()
  await browser.call('POST', '/portal/password', { currentPassword: PASSWORD, newPassword: 'Another-one-2' })
  const { items } = await server.context.store.auditEvents.list({ page: { limit: 50 } })
  const names = items.map(({ eventName }) => eventName)
  const registration = ['StartVirtualMfaDeviceRegistration', 'CompleteVirtualMfaDeviceRegistration']
  expect(names).toEqual(expect.arrayContaining([...registration, 'UpdatePassword']))
  for (const hidden of [PASSWORD, 'Another-one-2', secret]) expect(JSON.stringify(items)).not.toContain(hidden)
})

test('a session from before the first authenticator can no longer change what keeps it out', async () => {
  const thief = new TestBrowser(server)
  await thief.signIn('alice')
  const { id } = await addDevice()
  const confirmation = { currentPassword: PASSWORD }
  const { enrolment, secret } = (await thief.call('POST', '/portal/mfa-devices', {})).json()
  const answers = [
    await thief.call('POST', '/portal/mfa-devices/confirm', { enrolment, name: 'Mine', code: codeOf(secret) }),
    await thief.call('DELETE', `/portal/mfa-devices/${id}`, confirmation),
    await thief.call('POST', '/portal/recovery-codes', confirmation),
    await thief.call('POST', '/portal/password', { ...confirmation, newPassword: 'Another-one-2' }),
  ]
  for (const answer of answers) {
    expect(answer.statusCode).toBe(403)
    expect(answer.json().hint).toContain('sign in again')
  }
  // Whoever showed the app's code in this very session has shown the second factor.
  expect((await browser.call('POST', '/portal/recovery-codes', confirmation)).statusCode).toBe(200)
})

test.each(['%00', 'a%20b', '..%2f..', 'x'.repeat(65)])('what cannot be an id names nothing: %s', async (id) => {
  for (const path of ['/portal/sessions/', '/portal/clients/', '/portal/mfa-devices/']) {
    const body = path.includes('mfa') ? { currentPassword: PASSWORD } : undefined
    expect((await browser.call('DELETE', path + id, body)).statusCode).toBe(404)
  }
})
