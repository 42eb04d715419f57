import { hours, minutes, seconds } from '@mayfly/identity-center/duration'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refresh, registerPkceClient, signInWithPkce } from '../../testing/journeys.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

let server: TestServer

beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

test('a refresh token gives a new access token and a new refresh token', async () => {
  const { client, tokens } = await signInWithPkce(server, 'alice')
  const next = await refresh(server, client, tokens.refreshToken)
  expect(next).toMatchObject({ expiresIn: 3600 })
  expect(next.refreshToken).not.toBe(tokens.refreshToken)
  await expect(refresh(server, client, next.refreshToken)).resolves.toHaveProperty('accessToken')
})

test('within a minute of its rotation a refresh token works again, for processes that share a cache file', async () => {
  const { client, tokens } = await signInWithPkce(server, 'alice')
  const first = await refresh(server, client, tokens.refreshToken)
  await server.clock.advance(seconds(59))
  const second = await refresh(server, client, tokens.refreshToken)
  for (const { refreshToken } of [first, second]) {
    await expect(refresh(server, client, refreshToken)).resolves.toHaveProperty('accessToken')
  }
})

test('a refresh token that comes again later was stolen: the whole family is revoked', async () => {
  const { client, tokens } = await signInWithPkce(server, 'alice')
  const next = await refresh(server, client, tokens.refreshToken)
  await server.clock.advance(minutes(2))
  await expect(refresh(server, client, tokens.refreshToken)).rejects.toMatchObject({
    name: 'InvalidGrantException',
    message: 'Invalid refresh token provided',
  })
  await expect(refresh(server, client, next.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  const accounts = server.client('sso').call('ListAccounts', { accessToken: next.accessToken })
  await expect(accounts).rejects.toMatchObject({ name: 'UnauthorizedException' })
  const [warning] = server.logged.filter((line) => line.includes('came again after it was replaced'))
  expect(warning).toContain('"level":"warn"')
  expect(warning).not.toContain(tokens.refreshToken)
})

test('twenty refreshes at once all succeed, and rotate once', async () => {
  const { client, tokens } = await signInWithPkce(server, 'alice')
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(server, client, tokens.refreshToken)))
  expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(20)
})

test('refreshing never lengthens the session', async () => {
  const { client, tokens } = await signInWithPkce(server, 'alice')
  await server.clock.advance(minutes(7 * 60 + 30))
  const last = await refresh(server, client, tokens.refreshToken)
  expect(last.expiresIn).toBe(1800)
  await server.clock.advance(minutes(30))
  await expect(refresh(server, client, last.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

test('a refresh token belongs to the client that got it', async () => {
  const { tokens } = await signInWithPkce(server, 'alice')
  const thief = await registerPkceClient(server, { clientName: 'thief' })
  await expect(refresh(server, thief, tokens.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

test('a mistyped refresh token is refused as any other', async () => {
  const { client, tokens } = await signInWithPkce(server, 'alice')
  for (const text of ['aor_x', `${tokens.refreshToken}x`, tokens.accessToken]) {
    const message = 'Invalid refresh token provided'
    await expect(refresh(server, client, text)).rejects.toMatchObject({ name: 'InvalidGrantException', message })
  }
})

test('a user who was disabled gets no refresh, and does again when enabled', async () => {
  const { client, session, tokens } = await signInWithPkce(server, 'bob')
  const bob = await server.context.store.users.get(session.userId)
  await server.context.store.users.update({ ...bob, status: 'DISABLED' })
  await expect(refresh(server, client, tokens.refreshToken)).rejects.toMatchObject({ name: 'AccessDeniedException' })
  await server.context.store.users.update(bob)
  await expect(refresh(server, client, tokens.refreshToken)).resolves.toHaveProperty('accessToken')
})

test('after Logout neither the access token nor the refresh token works', async () => {
  const { client, tokens } = await signInWithPkce(server, 'alice')
  const portal = server.client('sso')
  await expect(portal.call('Logout', { accessToken: tokens.accessToken })).resolves.toEqual({})
  await expect(refresh(server, client, tokens.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  const again = portal.call('Logout', { accessToken: tokens.accessToken })
  await expect(again).rejects.toMatchObject({ name: 'UnauthorizedException' })
})

test('an access token works for its hour and no longer', async () => {
  const { tokens } = await signInWithPkce(server, 'alice')
  const portal = server.client('sso')
  await server.clock.advance(hours(1))
  const late = portal.call('ListAccounts', { accessToken: tokens.accessToken })
  await expect(late).rejects.toMatchObject({ name: 'UnauthorizedException' })
})
