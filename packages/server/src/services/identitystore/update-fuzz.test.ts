import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const IdentityStoreId = 'd-9067a1b2c3'
const NAMES = [
  'userName displayName nickName profileUrl userType title preferredLanguage locale timezone website birthdate name',
  'name.givenName name.familyName name.formatted name.middleName emails emails.value addresses phoneNumbers photos roles',
  'aws:identitystore:enterprise aws:identitystore:enterprise.manager aws:identitystore:enterprise.manager.value',
  'aws:identitystore:other constructor name.constructor name.prototype externalIds status id version profile hasOwnProperty',
]
  .join(' ')
  .split(' ')
const MEMBERS = [
  'value',
  'type',
  'primary',
  'display',
  'givenName',
  'familyName',
  'manager',
  '__proto__',
  'constructor',
]

let server: TestServer
let call: Call
let UserId: string
beforeAll(async () => {
  server = await startTestServer()
  const client = (await signedClients(server))('identitystore')
  call = (operation, input = {}) => answering(client)(operation, { IdentityStoreId, ...input })
  const made = await call('CreateUser', {
    UserName: 'fuzzed',
    DisplayName: 'Fuzzed',
    Name: { GivenName: 'F', FamilyName: 'Z' },
  })
  UserId = made.UserId
})
afterAll(() => server.close())

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1000, maxLength: 1100 })),
    fc.constantFrom(null, true, false, 0, -1, 1e300, ''),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...MEMBERS), fc.string()), tie('value')), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries)),
  ),
}))
const path = fc.oneof(fc.constantFrom(...NAMES), fc.string())
const operation = fc.oneof(
  fc.record({ AttributePath: path, AttributeValue: value }),
  fc.record({ AttributePath: path }),
  fc.record({ AttributePath: path, AttributeValue: fc.string({ minLength: 1 }) }),
)

/** What the user is afterwards is still a user, and what went wrong is the caller's. */
async function survives(name: string, input: Record<string, unknown>): Promise<void> {
  const refusal = await call(name, input).then(
    () => undefined,
    (error: { name: string; statusCode?: number }) => error,
  )
  if (refusal) {
    expect([refusal.name, refusal.statusCode], JSON.stringify(input)).toEqual([
      expect.stringMatching(/^(Validation|Conflict|Serialization|ResourceNotFound)Exception$/),
      400,
    ])
  }
  const user = await call('DescribeUser', { UserId, Extensions: ['aws:identitystore:enterprise'] })
  expect(user.UserName.length * user.DisplayName.length * user.Name.GivenName.length).toBeGreaterThan(0)
}

test('whatever an update of a user says, it is done or refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 4 }), (Operations) =>
      survives('UpdateUser', { UserId, Operations }),
    ),
    { numRuns: 400 },
  )
})

test('whatever a user is to be made of, it is made or refused', async () => {
  const members = fc.record(
    {
      UserName: fc.oneof(fc.uuid(), fc.string()),
      DisplayName: fc.oneof(fc.constant('Somebody'), fc.string()),
      Name: fc.constantFrom({ GivenName: 'G', FamilyName: 'F' }, {}),
      Extensions: fc.dictionary(
        fc.constantFrom('aws:identitystore:enterprise', 'aws:identitystore:other', '__proto__'),
        value,
        { maxKeys: 2 },
      ),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(members, (input) => survives('CreateUser', input)),
    { numRuns: 200 },
  )
})

test('whatever identifies a user or filters a list, it is answered or refused', async () => {
  await fc.assert(
    fc.asyncProperty(path, value, async (AttributePath, AttributeValue) => {
      await survives('GetUserId', { AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } } })
      await survives('GetGroupId', { AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } } })
      await survives('ListUsers', { Filters: [{ AttributePath, AttributeValue: String(AttributeValue) }] })
    }),
    { numRuns: 100 },
  )
})
