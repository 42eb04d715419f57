import { afterEach, beforeEach, expect, test } from 'vitest'
import { roleCredentials, signInWithPkce } from '../testing/journeys.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

test('what is withdrawn while this node reads the withdrawals of others stays withdrawn', async () => {
  const { session, tokens } = await signInWithPkce(server, 'alice')
  const role = { accountId: '222233334444', roleName: 'ReadOnlyAccess' }
  const credentials = await roleCredentials(server.client('sso'), tokens.accessToken, role)
  const { revocations, store } = server.context
  const read = Promise.withResolvers<void>()
  const list = store.revocations.list.bind(store.revocations)
  store.revocations.list = async (...since) => {
    const before = await list(...since)
    await read.promise
    return before
  }
  const refreshed = revocations.refresh()
  await revocations.revoke(`session:${session.id}`)
  read.resolve()
  await refreshed
  await expect(server.client('sts', { credentials }).call('GetCallerIdentity', {})).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  })
})
