import { seconds } from '@mayfly/identity-center/duration'
import type { UserId } from '@mayfly/identity-center/identifiers'
import { randomUuid } from '@mayfly/identity-center/random'
import { expect, onTestFinished, test } from 'vitest'
import { forEachEngine, type TestEngine } from '../../../../store/src/testing/engines.ts'
import { signedClients } from '../../testing/administrator.ts'
import { answering, type Call } from '../../testing/answering.ts'
import { startTestServer, type TestServer } from '../../testing/test-server.ts'

const IdentityStoreId = 'd-9067a1b2c3'

const CAROL = {
  UserName: 'carol',
  DisplayName: 'Carol Jones',
  Name: { GivenName: 'Carol', FamilyName: 'Jones' },
}

const EVERYTHING = {
  UserName: 'dave@example.com',
  Name: {
    Formatted: 'Dr. David M. Smith Jr.',
    GivenName: 'David',
    MiddleName: 'M.',
    FamilyName: 'Smith',
    HonorificPrefix: 'Dr.',
    HonorificSuffix: 'Jr.',
  },
  DisplayName: 'David Smith',
  NickName: 'Dave',
  ProfileUrl: 'https://example.com/dave',
  Emails: [{ Value: 'Dave@Example.com', Type: 'work', Primary: true }],
  Addresses: [{ StreetAddress: '1 Main Street', Locality: 'Springfield', Country: 'US', Type: 'home', Primary: false }],
  PhoneNumbers: [{ Value: '+1 555 0100', Type: 'mobile', Primary: true }],
  Photos: [
    { Value: 'https://example.com/1.png', Type: 'photo', Display: 'One', Primary: true },
    { Value: 'https://example.com/2.png' },
  ],
  UserType: 'Employee',
  Title: 'Engineer',
  PreferredLanguage: 'en',
  Locale: 'en-US',
  Timezone: 'America/New_York',
  Website: 'https://example.com',
  Birthdate: '1970-01-01',
  Roles: [{ Value: 'admin', Type: 'work', Primary: true }],
}
const ENTERPRISE = { employeeNumber: '7', costCenter: 'R&D', manager: { value: 'carol', displayName: 'Carol' } }

interface Directory {
  server: TestServer
  call: Call
  arn: string
  create(members?: Record<string, unknown>): Promise<string>
  describe(id: string, members?: Record<string, unknown>): Promise<Record<string, unknown>>
  update(id: string, ...operations: [path: string, value?: unknown][]): Promise<unknown>
}

async function open(engine: TestEngine): Promise<Directory> {
  const server = await startTestServer({ databaseUrl: await engine.createDatabase() })
  onTestFinished(() => server.close())
  const clients = await signedClients(server)
  const client = clients('identitystore')
  const call: Call = (operation, input = {}) => answering(client)(operation, { IdentityStoreId, ...input })
  const { Arn: arn } = await clients('sts').call('GetCallerIdentity', {})
  return {
    server,
    call,
    arn: String(arn),
    create: async (members = {}) => (await call('CreateUser', { ...CAROL, ...members })).UserId,
    describe: (id, members = {}) => call('DescribeUser', { UserId: id, ...members }),
    update: (id, ...operations) =>
      call('UpdateUser', {
        UserId: id,
        Operations: operations.map(([AttributePath, AttributeValue]) => ({ AttributePath, AttributeValue })),
      }),
  }
}

const nobody = (): string => `9067a1b2c3-${randomUuid({ bytes: (count) => new Uint8Array(count) })}`

await forEachEngine((engine) => {
  test('a user comes back with every attribute that it was given, extensions only when they are asked for', async () => {
    const { create, describe, arn, server } = await open(engine)
    const id = await create({ ...EVERYTHING, Extensions: { 'aws:identitystore:enterprise': ENTERPRISE } })
    expect(id).toMatch(/^9067a1b2c3-[0-9a-f]{8}-[0-9a-f]{4}-/)
    const now = server.clock.now()
    const known = { IdentityStoreId, UserId: id, UserStatus: 'ENABLED', ...EVERYTHING }
    const made = { CreatedAt: now, UpdatedAt: now, CreatedBy: arn, UpdatedBy: arn }
    expect(await describe(id)).toEqual({ ...known, ...made })
    expect(await describe(id, { Extensions: ['aws:identitystore:enterprise'] })).toEqual({
      ...known,
      ...made,
      Extensions: { 'aws:identitystore:enterprise': ENTERPRISE },
    })
  })

  test('user name, display name, given and family name are required, and AWS’s reserved names are refused', async () => {
    const { call, create } = await open(engine)
    const missing = { name: 'ValidationException' }
    for (const [members, message] of [
      [{ UserName: undefined }, 'userName is a required attribute'],
      [{ DisplayName: undefined }, 'displayName is a required attribute'],
      [{ Name: { GivenName: 'Carol' } }, 'name.familyName is a required attribute'],
      [{ Name: undefined }, 'name.givenName is a required attribute'],
    ] as const) {
      await expect(create(members)).rejects.toMatchObject({ ...missing, message })
    }
    for (const UserName of ['Administrator', 'AWSAdministrators']) {
      await expect(create({ UserName })).rejects.toMatchObject(missing)
    }
    await expect(create({ UserName: 'white space' })).rejects.toMatchObject(missing)
    await expect(create({ Extensions: { 'aws:identitystore:other': {} } })).rejects.toMatchObject(missing)
    expect((await call('ListUsers', {})).Users).toHaveLength(2)
  })

  test('a user name and an e-mail address are there once, however they are written', async () => {
    const { create, update } = await open(engine)
    const conflict = { name: 'ConflictException', members: { Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' } }
    const id = await create({ Emails: [{ Value: 'carol@example.com' }] })
    await expect(create({ UserName: 'CAROL' })).rejects.toMatchObject({ ...conflict, message: 'Duplicate UserName' })
    const Emails = [{ Value: 'Carol@EXAMPLE.com' }]
    await expect(create({ UserName: 'dave', Emails })).rejects.toMatchObject({ message: 'Duplicate Email' })
    await expect(update(id, ['userName', 'ALICE'])).rejects.toMatchObject({ message: 'Duplicate UserName' })
    await update(id, ['userName', 'Carol'])
  })

  test('an update takes camel-cased paths: it sets, replaces lists whole, and null takes away', async () => {
    const { create, describe, update, server } = await open(engine)
    const id = await create({ ...EVERYTHING, Extensions: { 'aws:identitystore:enterprise': ENTERPRISE } })
    await server.clock.advance(seconds(1))
    await update(
      id,
      ['userName', 'david'],
      ['name.middleName', null],
      ['name.familyName', 'Smythe'],
      ['nickName'],
      ['emails', [{ value: 'david@example.com', type: 'home', primary: true }]],
      ['addresses', null],
      ['photos', []],
      ['phoneNumbers', [{ value: '+1 555 0199', type: null }]],
      ['aws:identitystore:enterprise.costCenter', 'Sales'],
      ['aws:identitystore:enterprise.manager', null],
    )
    const { NickName, Addresses, Photos, ...kept } = EVERYTHING
    const { MiddleName, ...name } = kept.Name
    const changed = await describe(id, { Extensions: ['aws:identitystore:enterprise'] })
    expect(changed).toMatchObject({
      ...kept,
      UserName: 'david',
      Name: { ...name, FamilyName: 'Smythe' },
      Emails: [{ Value: 'david@example.com', Type: 'home', Primary: true }],
      PhoneNumbers: [{ Value: '+1 555 0199' }],
      Extensions: { 'aws:identitystore:enterprise': { employeeNumber: '7', costCenter: 'Sales' } },
      UpdatedAt: server.clock.now(),
    })
    for (const gone of ['NickName', 'Addresses', 'Photos']) expect(changed).not.toHaveProperty(gone)
    expect(changed['Name']).not.toHaveProperty('MiddleName')
    await update(id, ['emails', null])
    expect(await describe(id)).not.toHaveProperty('Emails')
  })

  test('an update with one operation that will not do changes nothing', async () => {
    const { create, describe, update } = await open(engine)
    const id = await create()
    const before = await describe(id)
    for (const operation of [
      ['UserName', 'x'],
      ['status', 'DISABLED'],
      ['userStatus', 'DISABLED'],
      ['constructor', 'x'],
      ['name.constructor', 'x'],
      ['emails.value', 'x@example.com'],
      ['userName', null],
      ['name', null],
      ['name.givenName', ''],
      ['displayName', 7],
      ['displayName', 'x'.repeat(1025)],
      ['displayName', 'a\u200bb'],
      ['emails', [{ value: 'a@b.c' }, { value: 'd@e.f' }]],
      ['emails', [{ Value: 'a@b.c' }]],
      ['emails', 'a@b.c'],
      ['emails', [{ value: 'a@b.c', primary: 'yes' }]],
      ['aws:identitystore:other.title', 'x'],
      ['aws:identitystore:enterprise.salary', 'x'],
    ] satisfies [string, unknown][]) {
      const attempt = update(id, ['title', 'Boss'], operation)
      await expect(attempt, String(operation)).rejects.toMatchObject({ name: 'ValidationException' })
    }
    expect(await describe(id)).toEqual(before)
  })

  test('of two who change a user at once, one is told that the other was quicker', async () => {
    const { create, update, describe } = await open(engine)
    const id = await create()
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, number) => update(id, ['title', `title ${number}`])),
    )
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    for (const reason of lost) {
      expect(reason).toMatchObject({ name: 'ConflictException', members: { Reason: 'CONCURRENT_MODIFICATION' } })
    }
    expect(lost.length).toBeLessThan(8)
    expect((await describe(id))['Title']).toMatch(/^title \d$/)
  })

  test('a user is found by user name, by e-mail address and by what another directory calls it', async () => {
    const { create, call, server } = await open(engine)
    const id = await create({ Emails: [{ Value: 'carol@example.com' }] })
    const find = (AlternateIdentifier: object) => call('GetUserId', { AlternateIdentifier })
    const by = (AttributePath: string, AttributeValue: unknown) =>
      find({ UniqueAttribute: { AttributePath, AttributeValue } })
    for (const [path, value] of [
      ['userName', 'CAROL'],
      ['UserName', 'carol'],
      ['emails.value', 'Carol@example.com'],
    ] as const) {
      expect(await by(path, value)).toEqual({ IdentityStoreId, UserId: id })
    }
    const erin = 'user-erin' as UserId
    const alice = await server.context.store.users.findByUserName('alice')
    if (!alice) throw new Error('There is no alice.')
    const profile = { externalIds: [{ issuer: 'https://idp.example', id: '42' }] }
    await server.context.store.users.insert({
      ...alice,
      id: erin,
      userName: 'erin',
      email: 'erin@example.com',
      profile,
    })
    expect(await find({ ExternalId: { Issuer: 'https://idp.example', Id: '42' } })).toMatchObject({ UserId: erin })
    const missing = { name: 'ResourceNotFoundException', message: 'USER not found.', members: { ResourceType: 'USER' } }
    await expect(find({ ExternalId: { Issuer: 'https://idp.example', Id: '43' } })).rejects.toMatchObject(missing)
    await expect(by('userName', 'nobody')).rejects.toMatchObject(missing)
    await expect(by('displayName', 'Carol Jones')).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The attribute displayName is not a unique attribute',
    })
    await expect(by('userName', 7)).rejects.toMatchObject({ name: 'ValidationException' })
  })

  test('users are listed page by page, and by the one filter that old clients send', async () => {
    const { create, call } = await open(engine)
    for (let number = 0; number < 5; number += 1) await create({ UserName: `user${number}` })
    const names: unknown[] = []
    let NextToken: string | undefined
    do {
      const page = await call('ListUsers', { MaxResults: 3, ...(NextToken ? { NextToken } : {}) })
      names.push(...page.Users.map(({ UserName }: { UserName: string }) => UserName))
      NextToken = page.NextToken
    } while (NextToken)
    expect(names.sort()).toEqual(['alice', 'bob', 'user0', 'user1', 'user2', 'user3', 'user4'])
    const filtered = (AttributePath: string, AttributeValue: string) =>
      call('ListUsers', { Filters: [{ AttributePath, AttributeValue }] })
    expect((await filtered('UserName', 'USER3')).Users).toMatchObject([{ UserName: 'user3' }])
    expect((await filtered('UserName', 'nobody')).Users).toEqual([])
    await expect(filtered('Title', 'x')).rejects.toMatchObject({ name: 'ValidationException' })
    await expect(call('ListUsers', { NextToken: 'bm90aGluZw' })).rejects.toMatchObject({ name: 'ValidationException' })
  })

  test('what is not there is named: the user, or the identity store', async () => {
    const { call, describe, update } = await open(engine)
    const UserId = nobody()
    const missing = {
      name: 'ResourceNotFoundException',
      message: 'USER not found.',
      members: { ResourceType: 'USER', ResourceId: UserId, RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    }
    await expect(describe(UserId)).rejects.toMatchObject(missing)
    await expect(update(UserId, ['title', 'x'])).rejects.toMatchObject(missing)
    await expect(call('DeleteUser', { UserId })).rejects.toMatchObject(missing)
    await expect(call('ListUsers', { IdentityStoreId: 'd-0000000000' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      members: { ResourceType: 'IDENTITY_STORE', ResourceId: 'd-0000000000' },
    })
  })

  test('with a user go its sessions and its role credentials, in the transaction that deletes it', async () => {
    const { call, server } = await open(engine)
    const bob = (await server.context.store.users.findByUserName('bob'))?.id ?? ''
    const clients = await signedClients(server, {
      userName: 'bob',
      accountId: '222233334444',
      roleName: 'PowerUserAccess',
    })
    await clients('sts').call('GetCallerIdentity', {})
    await call('DeleteUser', { UserId: bob })
    await expect(clients('sts').call('GetCallerIdentity', {})).rejects.toMatchObject({ statusCode: 403 })
    expect(await server.context.store.revocations.list()).toMatchObject([{ subject: `user:${bob}` }])
    expect((await server.context.store.sessions.listOfUser(bob as UserId, server.clock.now())).length).toBe(0)
  })

  test('when the quota of users is used up, no more are made', async () => {
    const { create, server } = await open(engine)
    Object.assign(server.context.config, { quotas: { ...server.context.config.quotas, users: 4 } })
    await create({ UserName: 'one' })
    await create({ UserName: 'two' })
    await expect(create({ UserName: 'three' })).rejects.toMatchObject({ name: 'ServiceQuotaExceededException' })
  })

  test('what is personal does not lie in the record', async () => {
    const { create, update, call, server } = await open(engine)
    const id = await create({ NickName: 'Caz-personal' })
    await update(id, ['nickName', 'Czz-personal'], ['emails', [{ value: 'personal@example.com' }]])
    await call('GetUserId', {
      AlternateIdentifier: {
        UniqueAttribute: { AttributePath: 'emails.value', AttributeValue: 'personal@example.com' },
      },
    })
    const { items } = await server.context.store.auditEvents.list({ page: { limit: 100 } })
    const recorded = JSON.stringify(items.filter(({ eventSource }) => eventSource === 'identitystore.amazonaws.com'))
    expect(recorded).toContain('UpdateUser')
    expect(recorded).not.toContain('personal')
  })
})
