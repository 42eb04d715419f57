import { after, days, hours, seconds } from '@mayfly/identity-center/duration'
import { hashOf } from '@mayfly/identity-center/secret'
import type { OneTimeLinkPurpose } from '@mayfly/identity-center/sign-in/one-time-link'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFirstAdministratorLink } from '../../commands/first-administrator.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'
import { givePassword, PASSWORD, TestBrowser } from '../testing/test-browser.ts'

let server: TestServer
let browser: TestBrowser

beforeEach(async () => {
  server = await startTestServer()
  browser = new TestBrowser(server)
})
afterEach(() => server.close())

const NEW = 'Another-one-2'
const ADA = {
  userName: 'ada',
  givenName: 'Ada',
  familyName: 'Lovelace',
  email: 'ada@example.com',
  newPassword: NEW,
  newPasswordAgain: NEW,
}

const firstLink = async (): Promise<string> =>
  new URL(await createFirstAdministratorLink('http://localhost:7373', { ...server.context, operator: 'ops' })).pathname

async function linkFor(userName: string, purpose: OneTimeLinkPurpose): Promise<string> {
  const { store, clock } = server.context
  const user = await store.users.findByUserName(userName)
  const createdAt = clock.now()
  await store.oneTimeLinks.insert({
    tokenHash: hashOf(`token of ${userName}`),
    purpose,
    createdAt,
    expiresAt: after(createdAt, hours(1)),
    ...(user ? { userId: user.id } : {}),
  })
  return `/link/${encodeURIComponent(`token of ${userName}`)}`
}

test('whoever follows the first link becomes an administrator of the management account', async () => {
  const page = await browser.open(await firstLink())
  expect((await browser.send(page, ADA)).location).toBe('/start')
  const { store } = server.context
  const ada = await store.users.findByUserName('ada')
  const { ownerAccountId } = await store.instances.get()
  expect(ada && (await store.effectiveAccess.findRole(ada.id, ownerAccountId, 'AdministratorAccess'))).toBeDefined()
})

test('looking at a link uses nothing up', async () => {
  const link = await firstLink()
  for (let count = 0; count < 3; count += 1) expect((await browser.open(link)).status).toBe(200)
  expect((await browser.send(await browser.open(link), ADA)).status).toBe(303)
})

test('of many who follow one link at the same time, one becomes an administrator', async () => {
  const link = await firstLink()
  const page = await browser.open(link)
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) => browser.send(page, { ...ADA, userName: `ada${index}` })),
  )
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 404)).toHaveLength(7)
  const found = await Promise.all(answers.map((_, index) => server.context.store.users.findByUserName(`ada${index}`)))
  expect(found.filter(Boolean)).toHaveLength(1)
  expect((await browser.open(link)).status).toBe(404)
})

test('a link that was used, has run out or was never made looks the same', async () => {
  const used = await firstLink()
  await browser.send(await browser.open(used), ADA)
  const expired = await linkFor('bob', 'invitation')
  await server.clock.advance(days(2))
  const pages = [await browser.open(used), await browser.open(expired), await browser.open('/link/never')]
  expect(pages.map(({ status }) => status)).toEqual([404, 404, 404])
  expect(new Set(pages.map(({ html }) => html)).size).toBe(1)
})

test.each([
  [{ userName: 'a b' }, 'no blanks'],
  [{ userName: '' }, 'no blanks'],
  [{ email: 'nobody' }, 'e-mail address'],
  [{ givenName: ' ' }, 'given name'],
  [{ newPassword: 'short', newPasswordAgain: 'short' }, 'at least 8 characters'],
  [{ newPasswordAgain: 'Different-1' }, 'not the same'],
  [{ userName: 'ALICE' }, 'already'],
])('%j is refused and the link stays good', async (wrong, message) => {
  const link = await firstLink()
  const refused = await browser.send(await browser.open(link), { ...ADA, ...wrong })
  expect(refused.status).toBeGreaterThanOrEqual(400)
  expect(refused.html).toContain(message)
  expect(refused.html).not.toContain(NEW)
  expect((await browser.send(await browser.open(link), ADA)).status).toBe(303)
})

test('a new password by a link ends every session, token and role credential of before, at once', async () => {
  await givePassword(server, 'bob')
  const thief = new TestBrowser(server)
  await thief.signIn('bob')
  await server.clock.advance(seconds(1))
  const page = await browser.open(await linkFor('bob', 'password-reset'))
  expect(page.html).toContain('<strong>bob</strong>')
  expect((await browser.send(page, { newPassword: NEW, newPasswordAgain: NEW })).status).toBe(303)
  expect((await thief.open('/portal/me')).status).toBe(401)
  expect((await new TestBrowser(server).signIn('bob')).status).toBe(403)
  expect((await new TestBrowser(server).signIn('bob', NEW)).status).toBe(303)
  const revoked = await server.context.store.revocations.list()
  expect(revoked.map(({ subject }) => subject.split(':')[0])).toContain('user')
})

test('none of the last three passwords comes back', async () => {
  await givePassword(server, 'bob')
  const page = await browser.open(await linkFor('bob', 'password-reset'))
  const refused = await browser.send(page, { newPassword: PASSWORD, newPasswordAgain: PASSWORD })
  expect(refused.html).toContain('last three passwords')
})

test('a form that our page did not make follows no link', async () => {
  const link = await firstLink()
  expect((await browser.post(link, new URLSearchParams(ADA))).status).toBe(403)
  expect(await server.context.store.users.findByUserName('ada')).toBeUndefined()
})

test('the token of a link is in no log line', async () => {
  const link = await firstLink()
  await browser.send(await browser.open(link), ADA)
  expect(server.logged.join()).not.toContain(link.slice(6))
})
