import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { days, minutes, seconds } from '@mayfly/identity-center/duration'
import type { UserId } from '@mayfly/identity-center/identifiers'
import type { Instance, InstanceSettings } from '@mayfly/identity-center/instance'
import { hashOf } from '@mayfly/identity-center/secret'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { forEachEngine } from '../../../store/src/testing/engines.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { givePassword, PASSWORD, TestBrowser } from '../web/testing/test-browser.ts'
import { deliverMails } from './deliver.ts'
import { type SmtpListener, startSmtpListener } from './testing/smtp-listener.ts'
import { createSend } from './transport.ts'

const NEW = 'Another-password-2'
let smtp: SmtpListener
let folder: string

beforeEach(async () => {
  smtp = await startSmtpListener()
  folder = await mkdtemp(join(tmpdir(), 'mayfly-mail-'))
})
afterEach(async () => {
  await smtp.close()
  await rm(folder, { recursive: true })
})

const bySmtp = () => ({
  smtp: { host: '127.0.0.1', port: smtp.port, tls: 'off' as const, user: 'mail', password: 'x' },
})
const deliver = ({ context }: TestServer) => deliverMails(context, createSend(context.config))

async function set(server: TestServer, settings: Partial<InstanceSettings>, members: Partial<Instance> = {}) {
  const { store } = server.context
  await store.instances.update({ ...(await store.instances.get()), ...members, settings })
  await server.clock.advance(seconds(2))
}

/** A user as the API makes one: without a password. */
async function addCarol({ context: { store } }: TestServer) {
  const bob = await store.users.findByUserName('bob')
  if (!bob) throw new Error('bob is missing')
  await store.users.insert({ ...bob, id: `${bob.id}0` as UserId, userName: 'carol', email: 'carol@example.com' })
}

/** The text part of a mail, as a person reads it. */
function textOf(mail: string): string {
  const quoted = mail.replace(/=\n/g, '').replace(/=3D/g, '=')
  return quoted.slice(quoted.indexOf('text/plain'), quoted.indexOf('text/html'))
}

async function ask(server: TestServer, path: string, userName: string) {
  const browser = new TestBrowser(server)
  return { browser, page: await browser.send(await browser.open(path), { userName }) }
}

const contentOf = (html: string): string =>
  html.replace(/name="antiForgery" value="[^"]*"|name="begun" value="[^"]*"/g, '')

await forEachEngine((engine) => {
  const start = async (config = {}) =>
    startTestServer({ databaseUrl: await engine.createDatabase(), dataFolder: folder, ...config })

  test('whoever forgot the password is sent a link that works once; a stranger learns nothing', async () => {
    const server = await start(bySmtp())
    await givePassword(server, 'bob')
    const known = await ask(server, '/sign-in/forgot-password', 'BOB')
    const unknown = await ask(server, '/sign-in/forgot-password', 'nobody')
    expect(contentOf(known.page.html)).toBe(contentOf(unknown.page.html))
    expect(known.page.status).toBe(unknown.page.status)
    expect(await server.context.store.outbox.count()).toBe(2)
    expect(await deliver(server)).toBe(1)
    expect(await server.context.store.outbox.count()).toBe(0)
    expect(smtp.received).toHaveLength(1)
    expect(smtp.received[0]).toMatch(/^To: bob@/m)
    const path = /http:\/\/localhost:7373(\/link\/\S+)/.exec(textOf(smtp.received[0] ?? ''))?.[1] ?? ''
    const browser = new TestBrowser(server)
    await browser.send(await browser.open(path), { newPassword: NEW, newPasswordAgain: NEW })
    expect((await browser.open(path)).status).toBe(404)
    expect((await new TestBrowser(server).signIn('bob', PASSWORD)).status).toBe(403)
    expect((await new TestBrowser(server).signIn('bob', NEW)).status).toBe(303)
    await server.close()
  })

  test('a link out of a mail runs out after an hour', async () => {
    const server = await start(bySmtp())
    await givePassword(server, 'bob')
    await ask(server, '/sign-in/forgot-password', 'bob')
    await deliver(server)
    const path = /(\/link\/\S+)/.exec(textOf(smtp.received[0] ?? ''))?.[1] ?? ''
    await server.clock.advance(minutes(61))
    expect((await new TestBrowser(server).open(path)).status).toBe(404)
    await server.close()
  })

  test('a mail that a server refuses is tried again later, by one of several nodes, until it is of no more use', async () => {
    const server = await start(bySmtp())
    const { mail, store } = server.context
    await mail.send({ to: 'bob@example.com', subject: 'Hello', text: 'you' }, days(1))
    smtp.refuseWith = '451 later'
    expect(await deliver(server)).toBe(0)
    smtp.refuseWith = undefined
    expect(await deliver(server)).toBe(0)
    await server.clock.advance(minutes(2))
    const sent = await Promise.all([deliver(server), deliver(server), deliver(server)])
    expect(sent.toSorted()).toEqual([0, 0, 1])
    expect(smtp.received).toHaveLength(1)
    await mail.send({ to: 'bob@example.com', subject: 'Hello', text: 'you' }, minutes(1))
    await server.clock.advance(minutes(1))
    expect(await deliver(server)).toBe(0)
    expect(await store.outbox.count()).toBe(0)
    await server.close()
  })

  test('a user without a password signs in for the first time by a code, where the instance says so', async () => {
    const server = await start(bySmtp())
    await addCarol(server)
    await ask(server, '/sign-in/first', 'carol')
    expect(await deliver(server)).toBe(0)
    await set(server, { emailCodeForFirstSignIn: true })
    const { browser, page } = await ask(server, '/sign-in/first', 'carol')
    const other = await ask(server, '/sign-in/first', 'nobody')
    expect(contentOf(page.html)).toBe(contentOf(other.page.html))
    await deliver(server)
    const code = /^(\d{6})$/m.exec(textOf(smtp.received[0] ?? ''))?.[1] ?? ''
    const wrong = await browser.send(page, { code: code === '000000' ? '111111' : '000000' })
    expect(wrong.status).toBe(403)
    const link = await browser.send(wrong, { code })
    expect(link.location).toMatch(/^\/link\//)
    const chosen = await browser.send(await browser.open(link.location ?? ''), {
      newPassword: NEW,
      newPasswordAgain: NEW,
    })
    expect(chosen.status).toBe(303)
    expect((await browser.send(page, { code })).status).toBe(403)
    await server.close()
  })

  test('a code by e-mail is tried five times and no more', async () => {
    const server = await start(bySmtp())
    await addCarol(server)
    await set(server, { emailCodeForFirstSignIn: true })
    const { browser, page } = await ask(server, '/sign-in/first', 'carol')
    await deliver(server)
    const code = /^(\d{6})$/m.exec(textOf(smtp.received[0] ?? ''))?.[1] ?? ''
    const other = code === '000000' ? '111111' : '000000'
    for (let tries = 0; tries < 5; tries += 1) expect((await browser.send(page, { code: other })).status).toBe(403)
    expect((await browser.send(page, { code })).status).toBe(403)
    await server.close()
  })

  test('a code by e-mail stands in for an authenticator, where the instance says so', async () => {
    const server = await start(bySmtp())
    await givePassword(server, 'bob')
    await set(server, {}, { mfaPrompt: 'always-on', mfaWithoutDevice: 'require-email-code' })
    const browser = new TestBrowser(server)
    const step = await browser.signIn('bob')
    expect(step.location).toMatch(/^\/sign-in\/mfa/)
    await deliver(server)
    const code = /^(\d{6})$/m.exec(textOf(smtp.received[0] ?? ''))?.[1] ?? ''
    const page = await browser.open(step.location ?? '')
    expect(page.html).toContain('your e-mail address')
    expect((await browser.send(page, { code })).status).toBe(303)
    expect((await browser.open('/portal/me')).status).toBe(200)
    await server.close()
  })
})

test('without a mail server mails lie in a private file each, and neither they nor the log show in the database', async () => {
  const server = await startTestServer({ dataFolder: folder })
  await server.context.mail.send({ to: 'bob@example.com', subject: 'Grüße', text: 'secret-text', html: '<p>x</p>' })
  const [waiting] = await server.context.store.outbox.listDue(server.clock.now(), 1)
  expect(JSON.stringify(waiting)).not.toContain('secret-text')
  expect(await deliver(server)).toBe(1)
  const [file = ''] = await readdir(join(folder, 'outbox'))
  expect(file).toMatch(/\.eml$/)
  expect((await stat(join(folder, 'outbox', file))).mode & 0o777).toBe(0o600)
  expect(await readFile(join(folder, 'outbox', file), 'utf8')).toMatch(/secret-text/)
  await server.close()
})

test.each([['bob@example.com\r\nBcc: eve@example.com'], ['bob'], ['a@b, c@d'], ['']])(
  '%j is no address',
  async (to) => {
    const server = await startTestServer()
    await expect(server.context.mail.send({ to, subject: '', text: '' })).rejects.toMatchObject({ code: 'invalid' })
    await server.close()
  },
)

test('who asks for mails without end is slowed down', async () => {
  const server = await startTestServer()
  const statuses: number[] = []
  for (let count = 0; count < 7; count += 1) {
    statuses.push((await ask(server, '/sign-in/forgot-password', 'alice')).page.status)
  }
  expect(statuses).toContain(429)
  expect(hashOf('x')).toHaveLength(64)
  await server.close()
})

test('a server that is told to stop sends the mail on its way, and no other', async () => {
  const server = await startTestServer()
  for (const to of ['bob@example.com', 'carol@example.com'])
    await server.context.mail.send({ to, subject: '', text: '' })
  const stop = new AbortController()
  expect(await deliverMails(server.context, async () => stop.abort(), stop.signal)).toBe(1)
  expect(await server.context.store.outbox.count()).toBe(1)
  await server.close()
})
