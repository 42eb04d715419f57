import { minutes, seconds } from '@mayfly/identity-center/duration'
import { hashOf } from '@mayfly/identity-center/secret'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { registerClient, startDevice, type TestClient } from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { givePassword, type Shown, TestBrowser } from '../testing/test-browser.ts'

let server: TestServer
let browser: TestBrowser
let client: TestClient

beforeEach(async () => {
  server = await startTestServer()
  await givePassword(server, 'alice')
  client = await registerClient(server)
  browser = new TestBrowser(server)
})
afterEach(() => server.close())

const start = async () => {
  const started = await startDevice(server, client)
  return { ...started, userCode: String((started as Record<string, unknown>)['userCode']) }
}

async function enter(userCode: string, as: TestBrowser = browser): Promise<Shown> {
  return as.send(await as.open('/device'), { user_code: userCode })
}

const decisions = async (eventName: string) => {
  const { items } = await server.context.store.auditEvents.list({ eventName, page: { limit: 20 } })
  return items
}

test('the code is compared, who asks is shown, and only then the device is signed in', async () => {
  const { userCode, poll } = await start()
  const path = `/device?user_code=${userCode}`
  const asked = await browser.open(path)
  expect(new URLSearchParams(asked.location?.split('?')[1]).get('next')).toBe(path)
  expect((await browser.signIn('alice', undefined, path)).location).toBe(path)
  const compare = await browser.open(path)
  expect(compare.html).toContain('Compare this code')
  const confirm = await browser.send(compare, { user_code: userCode })
  for (const words of [userCode, 'botocore-client-test', 'not verified', '127.0.0.1', 'the same as yours', 'UTC']) {
    expect(confirm.html).toContain(words)
  }
  await expect(poll()).rejects.toMatchObject({ name: 'AuthorizationPendingException' })
  expect((await browser.send(confirm, { decision: 'allow' })).html).toContain('Your device is signed in')
  expect(await poll()).toHaveProperty('accessToken')
  expect(await decisions('ApproveDeviceAuthorization')).toHaveLength(1)
})

test('the code may be typed in lower case, without the dash, with blanks', async () => {
  await browser.signIn('alice')
  const { userCode } = await start()
  expect((await enter(` ${userCode.toLowerCase().replace('-', '  ')} `)).html).toContain('Sign in this device?')
})

test('a no reaches the device as access denied', async () => {
  await browser.signIn('alice')
  const { userCode, poll } = await start()
  expect((await browser.send(await enter(userCode), { decision: 'deny' })).html).toContain('Access was denied')
  await expect(poll()).rejects.toMatchObject({ name: 'AccessDeniedException' })
})

test('a code that never was, was used, was denied or has run out gets one and the same answer', async () => {
  await browser.signIn('alice')
  const used = await start()
  await browser.send(await enter(used.userCode), { decision: 'allow' })
  const denied = await start()
  await browser.send(await enter(denied.userCode), { decision: 'deny' })
  const expired = await start()
  await server.clock.advance(minutes(10))
  const pages = [
    await enter('BBBB-BBBB'),
    await enter(used.userCode),
    await enter(denied.userCode),
    await enter(expired.userCode),
  ].map(({ status, html }) => `${status} ${html.replace(/value="[A-Z]{4}-[A-Z]{4}"/, '')}`)
  expect(new Set(pages).size).toBe(1)
  expect(pages[0]).toContain('This code is not waiting for anybody')
})

test('a decision that comes too late, or second, changes nothing', async () => {
  await browser.signIn('alice')
  const { userCode, poll } = await start()
  const confirm = await enter(userCode)
  const answers = await Promise.all([
    ...Array.from({ length: 4 }, () => browser.send(confirm, { decision: 'allow' })),
    browser.send(confirm, { decision: 'deny' }),
  ])
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(await decisions('ApproveDeviceAuthorization')).toHaveLength(1)
  await poll()
  const late = await start()
  const page = await enter(late.userCode)
  await server.clock.advance(minutes(10))
  expect((await browser.send(page, { decision: 'allow' })).status).toBe(404)
})

test('nobody decides about a device that he was not shown', async () => {
  await browser.signIn('alice')
  const [shown, other] = [await start(), await start()]
  const confirm = await enter(shown.userCode)
  expect((await browser.send(confirm, { decision: 'allow', user_code: other.userCode })).status).toBe(403)
  const entry = await browser.open('/device')
  expect((await browser.send(entry, { decision: 'allow', user_code: other.userCode })).status).toBe(403)
  await expect(other.poll()).rejects.toMatchObject({ name: 'AuthorizationPendingException' })
})

test('an address that is only opened looks up nothing and allows nothing', async () => {
  await browser.signIn('alice')
  const { userCode, poll } = await start()
  const { html } = await browser.open(`/device?user_code=${userCode}&decision=allow`)
  expect(html).not.toContain('botocore-client-test')
  await expect(poll()).rejects.toMatchObject({ name: 'AuthorizationPendingException' })
})

test('wrong codes are counted however many come at once; then even the right one must wait', async () => {
  await browser.signIn('alice')
  const { userCode } = await start()
  const page = await browser.open('/device')
  const answers = await Promise.all(Array.from({ length: 20 }, () => browser.send(page, { user_code: 'BBBB-BBBB' })))
  expect(answers.filter(({ status }) => status === 404)).toHaveLength(5)
  expect((await browser.send(page, { user_code: userCode })).status).toBe(429)
  await server.clock.advance(seconds(31))
  expect((await browser.send(page, { user_code: userCode })).html).toContain('Sign in this device?')
})

test('a request from another address is warned about', async () => {
  const proxied = await startTestServer({ trustedProxies: ['127.0.0.1'] })
  await givePassword(proxied, 'alice')
  const { userCode } = (await startDevice(proxied, await registerClient(proxied))) as Record<string, unknown>
  const home = new TestBrowser(proxied, { 'x-forwarded-for': '203.0.113.7' })
  await home.signIn('alice')
  const page = await enter(String(userCode), home)
  expect(page.html).toContain('another address than yours')
  expect(page.html).toContain('203.0.113.7')
  await home.send(page, { decision: 'allow' })
  const eventName = 'ApproveDeviceAuthorization'
  const [event] = (await proxied.context.store.auditEvents.list({ eventName, page: { limit: 1 } })).items
  expect(event).toMatchObject({
    sourceAddress: '203.0.113.7',
    requestParameters: { deviceAddress: '127.0.0.1' },
    additionalEventData: { fromElsewhere: true },
  })
  expect(proxied.logged.join('')).toContain('A device was allowed in from another address')
  await proxied.close()
})

test('a terminal and a browser on one machine are no two places', async () => {
  const { userCode } = await start()
  await browser.signIn('alice')
  const { store } = server.context
  const found = await store.deviceAuthorizations.findByUserCode(userCode, server.clock.now())
  if (!found) throw new Error('The code is not waiting.')
  await store.deviceAuthorizations.deny(found.deviceCodeHash)
  const requester = { address: '::ffff:127.0.0.1', userAgent: '' }
  const other = { ...found, requester, userCode: 'BCDF-GHJK', deviceCodeHash: hashOf('another') }
  await store.deviceAuthorizations.insert(other)
  expect((await enter('BCDF-GHJK')).html).toContain('the same as yours')
})

test('an instance may switch the device grant off', async () => {
  await browser.signIn('alice')
  const { userCode } = await start()
  const confirm = await enter(userCode)
  const { store } = server.context
  await store.instances.update({ ...(await store.instances.get()), deviceGrantEnabled: false })
  await server.clock.advance(seconds(2))
  for (const refused of [await browser.open('/device'), await browser.send(confirm, { decision: 'allow' })]) {
    expect(refused.status).toBe(403)
    expect(refused.html).toContain('switched off')
  }
})

test('what a client calls itself is shown as text', async () => {
  client = await registerClient(server, { clientName: '<b onmouseover=alert(1)>AWS</b>\u202e' })
  await browser.signIn('alice')
  const { html } = await enter((await start()).userCode)
  expect(html).not.toContain('<b onmouseover')
  expect(html).toContain('&lt;b onmouseover')
  expect(html).not.toContain('\u202e')
})
