import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '@mayfly/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findCommand } from '../commands/commands.ts'
import { deliverMails } from '../mail-delivery/deliver.ts'
import { refresh, registerClient, roleCredentials, signInWithPkce, startDevice } from '../testing/journeys.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import { givePassword, PASSWORD, TestBrowser } from '../web/testing/test-browser.ts'
import { exportLines } from './export.ts'
import { sealEvents } from './seal.ts'

let server: TestServer
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mayfly-audit-'))
  server = await startTestServer({ databaseUrl: `sqlite:${join(folder, 'mayfly.db')}` })
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

/** Every text in a value that is long enough to be a secret. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= 6 ? [value] : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

test('no token, code, password or link of a whole journey is in the audit record', async () => {
  const { context } = server
  const { client, tokens } = await signInWithPkce(server, 'alice')
  const rotated = await refresh(server, client, tokens.refreshToken)
  const { ownerAccountId } = await context.instance()
  const role = { accountId: ownerAccountId, roleName: 'AdministratorAccess' }
  const credentials = await roleCredentials(server.client('sso'), rotated.accessToken, role)
  await server.client('sts', { credentials }).call('GetCallerIdentity', {})

  const deviceClient = await registerClient(server)
  const device = await startDevice(server, deviceClient)
  await device.poll().catch(() => {})
  await device.allow(await server.signIn('bob'))
  const deviceTokens = await device.poll()

  await givePassword(server, 'bob')
  const browser = new TestBrowser(server)
  await browser.signIn('bob', 'Wrong-password-9')
  await browser.signIn('Typed-into-the-name-9', PASSWORD)
  await browser.signIn('bob')
  const forgot = await new TestBrowser(server).open('/sign-in/forgot-password')
  const asking = new TestBrowser(server)
  await asking.send(await asking.open('/sign-in/forgot-password'), { userName: 'bob' })
  expect(forgot.status).toBe(200)
  const mails: string[] = []
  await deliverMails(context, async ({ text }) => void mails.push(text))
  const link = /\/link\/(\S+)/.exec(mails[0] ?? '')?.[1] ?? ''
  await browser.send(await browser.open(`/link/${link}`), {
    newPassword: 'New-password-7',
    newPasswordAgain: 'New-password-7',
  })
  const printed: string[] = []
  for (const line of ['users first-administrator', 'users reset-password bob']) {
    const command = findCommand(line.split(' '))
    await command?.run({
      ...context,
      words: line.split(' ').slice(command.words.length),
      options: {},
      operator: 'ops',
      print: (text) => void printed.push(text),
      openStore: () => openStore({ url: context.config.databaseUrl, clock: context.clock, random: context.random }),
    })
  }

  await sealEvents(context, 'node')
  const lines: string[] = []
  for await (const each of exportLines({ ...context, instance: await context.instance() })) lines.push(each)
  const record = lines.join('\n')
  for (const name of [
    'CreateToken',
    'GetRoleCredentials',
    'UpdatePassword',
    'CreateFirstAdministratorLink',
    'RequestPasswordReset',
  ])
    expect(record).toContain(`"${name}"`)
  const { accessKeyId, ...secret } = credentials as unknown as Record<string, string>
  expect(record).toContain(accessKeyId)
  const secrets = [
    ...textsIn({ tokens, rotated, deviceTokens, secret }),
    ...[
      client.clientSecret,
      deviceClient.clientSecret,
      device.deviceCode,
      String((device as { userCode?: string }).userCode),
    ],
    ...[PASSWORD, 'Wrong-password-9', 'Typed-into-the-name-9', 'New-password-7', link],
    ...printed.flatMap((line) => line.split('/link/').slice(1)),
    ...browser.cookies.values(),
  ].filter((text) => text !== 'Bearer')
  expect(secrets.length).toBeGreaterThan(15)
  for (const text of secrets) expect(record.includes(text), text).toBe(false)
})
