/** Links and codes that let somebody choose a password: tried more than once, too late, at once, and for others. */

import { beforeEach, expect, test } from 'vitest'
import { minutes } from '../../packages/identity-center/src/duration.ts'
import type { UserId } from '../../packages/identity-center/src/identifiers.ts'
import { deliverMails } from '../../packages/server/src/mail-delivery/deliver.ts'
import { signedClients } from '../../packages/server/src/testing/administrator.ts'
import { startTestServer, type TestServer } from '../../packages/server/src/testing/test-server.ts'
import { givePassword, PASSWORD, TestBrowser } from '../../packages/server/src/web/testing/test-browser.ts'

const NEW = 'Another-password-2'
const OTHER = 'Yet-another-password-3'

let server: TestServer
let bob: string
let mails: string[]
let mayfly: ReturnType<TestServer['client']>

beforeEach(async () => {
  server = await startTestServer({ publicUrl: 'https://id.acme.example' })
  mails = []
  await givePassword(server, 'bob')
  bob = String((await server.context.store.users.findByUserName('bob'))?.id)
  mayfly = (await signedClients(server))('mayfly')
  return () => server.close()
})

/** A link by mail, as whoever forgot the password asks for it. */
async function mailedLink(userName = 'bob', headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const browser = new TestBrowser(server, headers)
  await browser.send(await browser.open('/sign-in/forgot-password'), { userName })
  await deliverMails(server.context, async ({ text }) => {
    mails.push(text)
  })
  return /https?:\/\/\S+\/link\/\S+/.exec(mails.at(-1) ?? '')?.[0] ?? ''
}

const madeLink = async (): Promise<string> => String((await mayfly.call('ResetUserPassword', { UserId: bob }))['Link'])

const pathOf = (link: string): string => new URL(link).pathname

async function follow(link: string, password = NEW) {
  const browser = new TestBrowser(server)
  const page = await browser.open(pathOf(link))
  if (page.status !== 200) return page
  return await browser.send(page, { newPassword: password, newPasswordAgain: password })
}

test('of many who follow one link at once, one chooses the password', async () => {
  const link = await madeLink()
  const browsers = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const browser = new TestBrowser(server)
      return { browser, page: await browser.open(pathOf(link)) }
    }),
  )
  const answers = await Promise.all(
    browsers.map(({ browser, page }, index) => {
      const password = `Password-of-racer-${index}`
      return browser.send(page, { newPassword: password, newPasswordAgain: password })
    }),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 404, 404, 404, 404])
})

test('whoever has chosen a password by one link has no use for the others, and nobody else has', async () => {
  const [first, second] = [await mailedLink(), await mailedLink()]
  expect(first).not.toBe(second)
  expect((await follow(second)).status).toBe(303)
  expect((await follow(first, OTHER)).status).toBe(404)
})

test('a password that is changed in the portal ends every link', async () => {
  const link = await mailedLink()
  const browser = new TestBrowser(server)
  await browser.signIn('bob', PASSWORD)
  const changed = await browser.call('POST', '/portal/password', { currentPassword: PASSWORD, newPassword: NEW })
  expect(changed.statusCode).toBeLessThan(300)
  expect((await follow(link, OTHER)).status).toBe(404)
})

test('a user who is disabled has no links, and gets none of them back', async () => {
  const link = await madeLink()
  await mayfly.call('SetUserStatus', { UserId: bob, Status: 'DISABLED' })
  expect((await follow(link)).status).toBe(404)
  await mayfly.call('SetUserStatus', { UserId: bob, Status: 'ENABLED' })
  expect((await follow(link)).status).toBe(404)
})

test('a link that went to an address which is no longer the user’s opens nothing', async () => {
  const link = await mailedLink()
  const { identityStoreId: IdentityStoreId } = await server.context.instance()
  const Operations = [{ AttributePath: 'emails', AttributeValue: [{ value: 'new@example.com', primary: true }] }]
  const directory = (await signedClients(server))('identitystore')
  await directory.call('UpdateUser', { IdentityStoreId, UserId: bob, Operations })
  expect((await follow(link)).status).toBe(404)
})

test('a code for the first sign-in is worth nothing once there is a password', async () => {
  const { store } = server.context
  const instance = await store.instances.get()
  await store.instances.update({ ...instance, settings: { ...instance.settings, emailCodeForFirstSignIn: true } })
  await server.clock.advance(minutes(1))
  const known = await store.users.findByUserName('bob')
  if (!known) throw new Error('bob is missing')
  const id = `${known.id.slice(0, -1)}0` as UserId
  await store.users.insert({ ...known, id, userName: 'carol', email: 'carol@example.com' })
  const browser = new TestBrowser(server)
  const page = await browser.send(await browser.open('/sign-in/first'), { userName: 'carol' })
  await deliverMails(server.context, async ({ text }) => {
    mails.push(text)
  })
  const code = /^(\d{6})$/m.exec(mails.at(-1) ?? '')?.[1] ?? ''
  await givePassword(server, 'carol')
  expect((await browser.send(page, { code })).status).toBe(403)
})

test('the name in a link is the server’s own, whatever the request says', async () => {
  const forged = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example', 'x-forwarded-proto': 'http' }
  expect(await mailedLink('bob', forged)).toMatch(/^https:\/\/id\.acme\.example\/link\//)
  const answer = await server.inject({ url: '/sign-in/forgot-password', headers: { host: 'evil.example' } })
  expect(answer.statusCode).toBe(421)
})

test('a page of a link sends no referrer, is not kept, and leads nowhere else', async () => {
  const browser = new TestBrowser(server)
  const path = pathOf(await madeLink())
  const { response } = await browser.open(`${path}?next=https://evil.example/`)
  expect(response.headers['referrer-policy']).toBe('no-referrer')
  expect(response.headers['cache-control']).toContain('no-store')
  const done = await follow(path.startsWith('http') ? path : `https://id.acme.example${path}?next=//evil.example`)
  expect(done.location).toMatch(/^\/(start|sign-in)/)
})

test('no link and no code is in the log or in the record, nor in the database', async () => {
  const [made, mailed] = [await madeLink(), await mailedLink()]
  await follow(mailed)
  const { items } = await server.context.store.auditEvents.list({ page: { limit: 100 } })
  const kept = JSON.stringify(items) + server.logged.join('\n')
  for (const link of [made, mailed]) expect(kept).not.toContain(link.split('/link/')[1])
  expect(kept).toContain('ResetUserPassword')
})

test('one user gets a few mails and no more, and so does whoever asks for many', async () => {
  for (let count = 0; count < 30; count += 1) await mailedLink('bob', { 'user-agent': `browser/${count}` })
  expect(mails.length).toBeLessThanOrEqual(5)
})

test('whoever knows the password cannot fill the mailbox with codes', async () => {
  const { store } = server.context
  const factor = { mfaPrompt: 'always-on', mfaWithoutDevice: 'require-email-code' } as const
  await store.instances.update({ ...(await store.instances.get()), ...factor })
  await server.clock.advance(minutes(1))
  const statuses: number[] = []
  for (let count = 0; count < 20; count += 1) {
    statuses.push((await new TestBrowser(server).signIn('bob', PASSWORD)).status)
    await deliverMails(server.context, async ({ text }) => {
      mails.push(text)
    })
  }
  expect(mails.length).toBeLessThanOrEqual(6)
  expect(statuses).toContain(429)
})

test('an address with another line or another address in it gets no mail', async () => {
  const { store } = server.context
  const user = await store.users.findByUserName('bob')
  if (!user) throw new Error('bob is missing')
  for (const email of [
    'bob@acme.example\r\nBcc: eve@example.com',
    'bob@acme.example, eve@example.com',
    '<eve@example.com>',
  ]) {
    await store.users.update({ ...user, email })
    await mailedLink('bob', { 'user-agent': email.slice(0, 5) })
  }
  expect(mails).toEqual([])
})

test('names with line breaks and marks change no mail', async () => {
  const { store } = server.context
  const user = await store.users.findByUserName('bob')
  if (!user) throw new Error('bob is missing')
  const displayName = 'Bob\r\nBcc: eve@example.com\r\n\r\n<a href="https://evil.example">x</a>'
  await store.users.update({ ...user, displayName })
  const browser = new TestBrowser(server)
  await browser.send(await browser.open('/sign-in/forgot-password'), { userName: 'bob' })
  const { createTransport } = await import('nodemailer')
  const composer = createTransport({ streamTransport: true, buffer: true })
  await deliverMails(server.context, async (mail) => {
    mails.push(String((await composer.sendMail({ from: 'a@b.example', ...mail })).message))
  })
  const [head = '', ...rest] = (mails.at(-1) ?? '').split(/\r?\n\r?\n/)
  expect(head).not.toMatch(/^Bcc:/im)
  expect(rest.join('\n')).not.toContain('<a href="https://evil.example"')
})
