import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const OPERATIONS = [
  'DescribeUserAccess',
  'InviteUser',
  'ResetUserPassword',
  'SetUserStatus',
  'UnlockUser',
  'DeleteUserMfaDevice',
  'ResetUserMfa',
  'ListUserSessions',
  'EndUserSession',
  'EndUserSessions',
  'Search',
]

let server: TestServer
let call: Call
let bob: string
beforeAll(async () => {
  server = await startTestServer()
  call = answering((await signedClients(server))('mayfly'))
  bob = (await server.context.store.users.findByUserName('bob'))?.id ?? ''
})
afterAll(() => server.close())

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.uuid(), fc.constantFrom('ENABLED', 'USER', '%'))

test('whatever the own service is asked, it answers or refuses', async () => {
  const userId = fc.oneof(fc.constant('bob'), text)
  const members = fc.record(
    {
      UserId: userId,
      Status: text,
      MfaDeviceId: text,
      SessionId: text,
      SendEmail: fc.boolean(),
      MaxResults: fc.integer({ min: -1, max: 101 }),
      NextToken: text,
      Text: text,
      Kinds: fc.array(text, { maxLength: 3 }),
    },
    { requiredKeys: ['UserId'] },
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...OPERATIONS), members, async (operation, { UserId, ...more }) => {
      const input = { UserId: UserId === 'bob' ? bob : UserId, ...more }
      const refusal = await call(operation, input).then(
        () => undefined,
        (error: { name: string; statusCode?: number }) => error,
      )
      if (refusal) expect(refusal.statusCode, `${refusal.name} of ${operation} ${JSON.stringify(input)}`).toBe(400)
    }),
    { numRuns: 400 },
  )
})
