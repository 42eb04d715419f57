/** A machine's clock was wrong, and somebody corrects it while the server runs. */

import { after, before, days, hours, minutes, seconds } from '@mayfly/identity-center/duration'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sealEvents } from './audit-chain/seal.ts'
import { verifyChain } from './audit-chain/verify.ts'
import { deleteExpired } from './housekeeping.ts'
import { refresh, roleCredentials, signInWithPkce } from './testing/journeys.ts'
import { startTestServer, type TestServer } from './testing/test-server.ts'
import { givePassword, PASSWORD, TestBrowser } from './web/testing/test-browser.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

const role = { accountId: '111122223333', roleName: 'AdministratorAccess' }

test('backwards by a day: whoever is signed in stays so, and what was revoked stays revoked', async () => {
  const { client, tokens } = await signInWithPkce(server, 'alice')
  const portal = server.client('sso')
  const credentials = await roleCredentials(portal, tokens.accessToken, role)
  server.clock.jump(before(server.clock.now(), days(1)))
  await expect(server.client('sts', { credentials }).call('GetCallerIdentity', {})).resolves.toHaveProperty('Arn')
  const again = await refresh(server, client, tokens.refreshToken)
  await expect(roleCredentials(portal, again.accessToken, role)).resolves.toHaveProperty('accessKeyId')
  const bob = await signInWithPkce(server, 'bob')
  const theirs = { accountId: '222233334444', roleName: 'PowerUserAccess' }
  const keys = await roleCredentials(portal, bob.tokens.accessToken, theirs)
  await server
    .client('mayfly', { credentials })
    .call('SetUserStatus', { UserId: bob.session.userId, Status: 'DISABLED' })
  server.clock.jump(before(server.clock.now(), minutes(10)))
  const asked = server.client('sts', { credentials: keys }).call('GetCallerIdentity', {})
  await expect(asked).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
})

test('forwards by two days and back: who was signed in signs in again, and then everything works', async () => {
  const { client, tokens } = await signInWithPkce(server, 'alice')
  const now = server.clock.now()
  server.clock.jump(after(now, days(2)))
  await deleteExpired(server.context)
  await expect(refresh(server, client, tokens.refreshToken)).rejects.toMatchObject({ statusCode: 400 })
  server.clock.jump(after(now, seconds(30)))
  await deleteExpired(server.context)
  await expect(refresh(server, client, tokens.refreshToken)).rejects.toMatchObject({ statusCode: 400 })
  const { tokens: fresh } = await signInWithPkce(server, 'alice')
  await expect(roleCredentials(server.client('sso'), fresh.accessToken, role)).resolves.toHaveProperty('accessKeyId')
})

test('the audit chain goes on at once, on every node, and is whole', async () => {
  const { context, clock } = server
  const now = clock.now()
  clock.jump(after(now, days(30)))
  await signInWithPkce(server, 'alice')
  expect(await sealEvents(context, 'one node')).toBeGreaterThan(0)
  clock.jump(now)
  await signInWithPkce(server, 'bob')
  expect(await sealEvents(context, 'another node')).toBeGreaterThan(0)
  expect(await context.store.leases.find('audit-seals')).toMatchObject({ holder: 'another node' })
  expect(await verifyChain(context)).toMatchObject({ unsealed: 0, problems: [] })
})

test('nobody is locked out until the wrong time comes', async () => {
  await givePassword(server, 'bob')
  const now = server.clock.now()
  server.clock.jump(after(now, hours(100)))
  for (let attempt = 0; attempt < 8; attempt += 1) await new TestBrowser(server).signIn('bob', 'wrong')
  server.clock.jump(now)
  expect((await new TestBrowser(server).signIn('bob', PASSWORD)).status).toBe(303)
})
