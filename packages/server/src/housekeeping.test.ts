import { days, hours, milliseconds, minutes } from '@mayfly/identity-center/duration'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sealEvents } from './audit-chain/seal.ts'
import { deleteExpired, keepHouse } from './housekeeping.ts'
import { roleCredentials, signInWithPkce } from './testing/journeys.ts'
import { startTestServer, type TestServer } from './testing/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

test('what has expired is deleted, what has not stays', async () => {
  const { session } = await signInWithPkce(server, 'alice')
  const { store } = server.context
  await deleteExpired(server.context)
  expect(await store.sessions.find(session.id)).toBeDefined()
  await server.clock.advance(hours(8))
  await deleteExpired(server.context)
  expect(await store.sessions.find(session.id)).toBeUndefined()
  expect(await store.tokenFamilies.listOfUser(session.userId)).toEqual([])
})

test('events are kept for ninety days, and the last of the chain for longer', async () => {
  await signInWithPkce(server, 'alice')
  await sealEvents(server.context, 'node')
  await signInWithPkce(server, 'bob')
  await sealEvents(server.context, 'node')
  const { store } = server.context
  const all = await store.auditEvents.count()
  await server.clock.advance(days(90))
  await deleteExpired(server.context)
  expect(await store.auditEvents.count()).toBe(all)
  await server.clock.advance(minutes(1))
  await deleteExpired(server.context)
  expect(await store.auditEvents.count()).toBeLessThan(all)
  expect(await store.auditEvents.count()).toBeGreaterThan(0)
})

test('what another node has withdrawn is void here within a second', async () => {
  const { session, tokens } = await signInWithPkce(server, 'alice')
  const role = { accountId: '222233334444', roleName: 'ReadOnlyAccess' }
  const credentials = await roleCredentials(server.client('sso'), tokens.accessToken, role)
  const identify = () => server.client('sts', { credentials }).call('GetCallerIdentity', {})
  const stop = new AbortController()
  const house = keepHouse(server.context, stop.signal)

  const { store, revocations } = server.context
  await store.revocations.insert(revocations.create(`user:${session.userId}`))
  await expect(identify()).resolves.toHaveProperty('Account')
  await server.clock.advance(milliseconds(1000))
  await expect.poll(() => identify().catch(({ name }) => name)).toBe('InvalidClientTokenId')
  stop.abort()
  await house
})
