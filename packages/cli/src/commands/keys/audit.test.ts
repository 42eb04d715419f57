/** keys audit, as it is typed: whom it asks, what it keeps, what it says. */

import { expect, test } from 'vitest'
import { ConnectionRefusal } from '../../machine/connection.ts'
import type { HttpRequest, HttpResponse } from '../../machine/http.ts'
import { run } from '../../main.ts'
import { createTestMachine, jsonAnswer, type TestMachine, type TestMachineOptions } from '../../testing/test-machine.ts'

const START_URL = 'https://acme.awsapps.com/start'
const CONFIG = `[sso-session acme]\nsso_start_url = ${START_URL}\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n`
const TOKEN = JSON.stringify({
  startUrl: START_URL,
  region: 'eu-west-1',
  accessToken: 'access-1',
  expiresAt: '2026-11-21T09:28:53Z',
})
/** SHA-1 of `acme`. */
const TOKEN_FILE = '~/.aws/sso/cache/293abb6b76d7791c0732cc517d38c4b5c734b87f.json'

interface World {
  readonly accounts: Readonly<Record<string, { readonly name: string; readonly roles: readonly string[] }>>
  /** What IAM answers for an account: XML of the result, or an error. */
  readonly iam: (accountId: string, action: string, input: URLSearchParams) => string | { readonly error: string }
}

const ACCOUNTS: World['accounts'] = {
  '111122223333': { name: 'Dev', roles: ['Admin', 'ReadOnly'] },
  '222233334444': { name: 'Prod', roles: ['ReadOnly'] },
}

const member = (members: Readonly<Record<string, string>>): string =>
  `<member>${Object.entries(members)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</member>`
const NO_MORE = '<IsTruncated>false</IsTruncated>'

const identityOf = (accountId: string, name: string): string =>
  `<Account>${accountId}</Account><Arn>arn:aws:sts::${accountId}:assumed-role/AWSReservedSSO_ReadOnly_0/${name}</Arn>`

/** One user `build` with one key, never used, in each account; root keys in the second. */
const usual: World['iam'] = (accountId, action) => {
  switch (action) {
    case 'GetAccountSummary': {
      const entry = (key: string, value: number) => `<entry><key>${key}</key><value>${value}</value></entry>`
      const root = accountId === '222233334444' ? 1 : 0
      return `<SummaryMap>${entry('AccountAccessKeysPresent', root)}${entry('AccountMFAEnabled', 0)}</SummaryMap>`
    }
    case 'ListUsers':
      return `<Users>${member({ UserName: 'build', Arn: 'x', Path: '/', CreateDate: '2020-01-01T00:00:00Z' })}</Users>${NO_MORE}`
    case 'ListAccessKeys': {
      const key = {
        UserName: 'build',
        AccessKeyId: `AKIA${accountId}QQQQ`,
        Status: 'Active',
        CreateDate: '2025-01-01T00:00:00Z',
      }
      return `<AccessKeyMetadata>${member(key)}</AccessKeyMetadata>${NO_MORE}`
    }
    case 'GetAccessKeyLastUsed':
      return '<UserName>build</UserName><AccessKeyLastUsed><Region>N/A</Region><ServiceName>N/A</ServiceName></AccessKeyLastUsed>'
    case 'ListAttachedUserPolicies': {
      const policy = { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }
      return `<AttachedPolicies>${member(policy)}</AttachedPolicies>${NO_MORE}`
    }
    case 'GetCallerIdentity':
      return identityOf(accountId, 'alice')
    case 'ListUserPolicies':
      return `<PolicyNames></PolicyNames>${NO_MORE}`
    case 'ListGroupsForUser':
      return `<Groups></Groups>${NO_MORE}`
    default:
      return { error: 'NoSuchEntity' }
  }
}

const xml = (status: number, body: string): HttpResponse => ({ status, headers: { 'content-type': 'text/xml' }, body })

function answerWith(world: World, broken: () => boolean = () => false) {
  return (request: HttpRequest): HttpResponse => {
    const url = new URL(request.url)
    if (broken()) throw new ConnectionRefusal(request.url, new Error('gone'))
    if (url.pathname === '/assignment/accounts') {
      const list = Object.entries(world.accounts).map(([accountId, { name }]) => ({ accountId, accountName: name }))
      return jsonAnswer(200, { accountList: list })
    }
    const asked = url.searchParams.get('account_id') ?? ''
    if (url.pathname === '/assignment/roles') {
      const roles = world.accounts[asked]?.roles ?? []
      return jsonAnswer(200, { roleList: roles.map((roleName) => ({ accountId: asked, roleName })) })
    }
    if (url.pathname === '/federation/credentials') {
      const roleCredentials = {
        accessKeyId: `ASIA${asked}`,
        secretAccessKey: 's',
        sessionToken: 't',
        expiration: 1795260000000,
      }
      return jsonAnswer(200, { roleCredentials })
    }
    const input = new URLSearchParams(String(request.body))
    const action = input.get('Action') ?? ''
    const accountId = /Credential=ASIA(\d{12})\//.exec(request.headers['authorization'] ?? '')?.[1] ?? ''
    const result = world.iam(accountId, action, input)
    if (typeof result !== 'string')
      return xml(400, `<ErrorResponse><Error><Code>${result.error}</Code><Message>no</Message></Error></ErrorResponse>`)
    return xml(200, `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`)
  }
}

const machineOf = (world: Partial<World> = {}, options: TestMachineOptions = {}): TestMachine =>
  createTestMachine({
    files: { '~/.aws/config': CONFIG, [TOKEN_FILE]: TOKEN },
    answer: answerWith({ accounts: ACCOUNTS, iam: usual, ...world }),
    ...options,
  })
const audit = (machine: TestMachine, ...words: string[]): Promise<number> =>
  run(['keys', 'audit', '--org', ...words], machine)
const asked = (machine: TestMachine, action: string): number =>
  machine.requests.filter(({ body }) => String(body).includes(`Action=${action}&`)).length

test('without --role-name the permission set that most accounts grant is taken, and told', async () => {
  const machine = machineOf()
  expect(await audit(machine)).toBe(1)
  expect(machine.stderr()).toContain('Reading 2 of 2 accounts with ReadOnly.\n')
})

test('the table: root keys first, in eighty columns, with each step’s count and what to do', async () => {
  const machine = machineOf()
  await audit(machine)
  expect(machine.stdout()).toMatchInlineSnapshot(`
    "2 accounts, 2 IAM users, 3 keys
          1  Root keys: an emergency.
             Delete it today, as the root user, and look at what it did.
          2  Unused, and wide.
             Switch it off now; delete it after the soak.

    Key                   Account       User    Age    Used   Step
    (root key)            222233334444  <root>                root
    AKIA111122223333QQQQ  111122223333  build   689 d  never  unused-wide
    AKIA222233334444QQQQ  222233334444  build   689 d  never  unused-wide
    "
  `)
  for (const line of machine.stdout().split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})

test('JSON has every key in its order, and no progress in it', async () => {
  const machine = machineOf()
  await audit(machine, '--json')
  const { keys } = JSON.parse(machine.stdout())
  expect(keys).toMatchObject([
    { rank: 1, tier: 'root', accountId: '222233334444', accessKeyId: null },
    { rank: 2, tier: 'unused-wide', accountId: '111122223333', password: 'no', breadth: 'everything' },
    { rank: 3, tier: 'unused-wide', accountId: '222233334444' },
  ])
})

test('no credentials and no state are left behind; files are the owner’s alone', async () => {
  const machine = machineOf()
  await audit(machine, '--html', '/home/alice/keys.html', '--csv', '/home/alice/keys.csv')
  const names = [...machine.disk.keys()].filter((path) => /\/(audits|cli)\//.test(path))
  expect(names).toEqual([])
  for (const name of ['keys.html', 'keys.csv']) expect(machine.disk.get(`/home/alice/${name}`)?.mode).toBe(0o600)
  expect(machine.stdout()).not.toContain('AKIA')
})

test('without --org nobody is asked', async () => {
  const machine = machineOf()
  expect(await run(['keys', 'audit'], machine)).toBe(252)
  expect(machine.requests).toEqual([])
  expect(machine.stderr()).toContain('--org')
})

test('where several permission sets are granted in as many accounts a script is refused, with one that may do', async () => {
  const accounts = { '111122223333': { name: 'Dev', roles: ['Admin', 'ViewOnly'] } }
  const machine = machineOf({ accounts })
  expect(await audit(machine)).toBe(252)
  expect(machine.stderr()).toContain('Admin (1), ViewOnly (1)')
  expect(machine.stderr()).toContain('--role-name ViewOnly')
})

test('--account chooses, and accounts without the permission set are named', async () => {
  const machine = machineOf()
  expect(await audit(machine, '--role-name', 'Admin')).toBe(1)
  expect(machine.stdout()).toContain('222233334444 (Prod): Admin is not granted there (granted: ReadOnly)')
  const other = machineOf()
  await audit(other, '--account', 'dev', '--role-name', 'ReadOnly', '--json')
  expect(JSON.parse(other.stdout()).accounts.map(({ accountId }: { accountId: string }) => accountId)).toEqual([
    '111122223333',
  ])
})

test('an account that refuses is named with why; what it may not say of a user is noted, and the rest is told', async () => {
  const iam: World['iam'] = (accountId, action, input) => {
    if (accountId === '222233334444' && action === 'ListUsers') return { error: 'AccessDenied' }
    if (/^(GetLoginProfile|ListUserPolicies|GetAccessKeyLastUsed|GetAccountSummary)$/.test(action))
      return { error: 'AccessDenied' }
    return usual(accountId, action, input)
  }
  const machine = machineOf({ iam })
  expect(await audit(machine, '--json')).toBe(1)
  const { accounts, unread, keys } = JSON.parse(machine.stdout())
  expect(unread).toMatchObject([{ accountId: '222233334444', why: 'as ReadOnly: AccessDenied: no' }])
  expect(accounts[0].cannot.map(({ what }: { what: string }) => what).sort()).toEqual([
    'the last use of some keys',
    'the policies of some users',
    'whether the root user has keys',
    'who has a console password',
  ])
  expect(keys).toMatchObject([{ tier: 'machine', lastUsed: null, password: 'unknown', breadth: 'unknown' }])
})

test('where nothing was found and something was not read, it does not say that all is well', async () => {
  const iam: World['iam'] = (accountId, action, input) => {
    if (action === 'ListUsers')
      return accountId === '111122223333' ? `<Users></Users>${NO_MORE}` : { error: 'AccessDenied' }
    return usual('111122223333', action, input)
  }
  expect(await audit(machineOf({ iam }))).toBe(254)
  const clean: World['iam'] = (_, action, input) =>
    action === 'ListUsers' ? `<Users></Users>${NO_MORE}` : usual('111122223333', action, input)
  expect(await audit(machineOf({ iam: clean }))).toBe(0)
})

test('a permission set that may read IAM nowhere is told after twenty accounts, not after six hundred', async () => {
  const ids = Array.from({ length: 40 }, (_, index) => String(100_000_000_000 + index))
  const accounts = Object.fromEntries(ids.map((id) => [id, { name: id, roles: ['Billing'] }]))
  const machine = machineOf({ accounts, iam: () => ({ error: 'AccessDenied' }) })
  expect(await audit(machine)).toBe(255)
  expect(machine.stderr()).toContain('The first 20 accounts all refused: 1000000000')
  expect(machine.stderr()).toContain('Name a permission set that may read IAM with --role-name')
  expect(asked(machine, 'ListUsers')).toBeLessThan(30)
})

test('when the network goes, what was read is kept for a day, and the next run asks for the rest alone', async () => {
  let isGone = false
  const accounts = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [
      String(100_000_000_000 + index),
      { name: `A${index}`, roles: ['ReadOnly'] },
    ]),
  )
  let listed = 0
  const iam: World['iam'] = (accountId, action, input) => {
    if (action === 'ListUsers') {
      listed += 1
      if (listed === 14) isGone = true
    }
    return usual(accountId, action, input)
  }
  const world = { accounts, iam }
  const machine = machineOf(world, { answer: answerWith(world, () => isGone) })
  expect(await audit(machine)).toBe(255)
  expect(machine.stderr()).toContain('run the same again within a day, and it goes on where this ended.')
  const kept = [...machine.disk].filter(([path]) => /\/audits\/[0-9a-f]{40}\/\d{12}\.json$/.test(path))
  expect(kept.length).toBeGreaterThan(0)
  for (const [, { mode, content }] of kept) {
    expect(mode).toBe(0o600)
    expect(Buffer.from(content).toString()).not.toMatch(/ASIA|access-1|sessionToken/)
  }
  isGone = false
  const before = asked(machine, 'ListUsers')
  expect(await audit(machine, '--json')).toBe(1)
  expect(asked(machine, 'ListUsers') - before).toBe(20 - kept.length)
  expect(JSON.parse(machine.stdout()).keys).toHaveLength(20)
})

test('what one person has read is not told to the next who signs in to the session', async () => {
  const accounts = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [String(300000000000 + index), { name: 'A', roles: ['ReadOnly'] }]),
  )
  let [listed, isGone, name] = [0, false, 'alice']
  const iam: World['iam'] = (accountId, action, input) => {
    if (action === 'GetCallerIdentity') return identityOf(accountId, name)
    listed += action === 'ListUsers' ? 1 : 0
    isGone ||= action === 'ListUsers' && listed === 14
    return usual(accountId, action, input)
  }
  const machine = machineOf({}, { answer: answerWith({ accounts, iam }, () => isGone) })
  expect(await audit(machine)).toBe(255)
  ;[isGone, name] = [false, 'bob']
  const before = asked(machine, 'ListUsers')
  expect(await audit(machine, '--json')).toBe(1)
  expect(machine.stderr()).toContain('The earlier run was perhaps of another person: what it read is forgotten.\n')
  expect(asked(machine, 'ListUsers') - before).toBe(20)
})

test('--fresh and another question begin anew; a run of the day before is forgotten', async () => {
  let isGone = true
  const world = { accounts: ACCOUNTS, iam: usual }
  const machine = machineOf(world, {
    answer: answerWith(world, () => isGone && machine.requests.length > 8),
  })
  expect(await audit(machine, '--role-name', 'ReadOnly')).not.toBe(1)
  isGone = false
  const printed = machine.stderr().length
  await audit(machine, '--role-name', 'ReadOnly', '--fresh')
  expect(machine.stderr().slice(printed)).not.toContain('Going on')
})

test('names from a server move no cursor', async () => {
  const iam: World['iam'] = (accountId, action, input) =>
    action === 'ListUsers'
      ? `<Users>${member({ UserName: 'a&#x9b;31mb&#x202e;c', Arn: 'x', Path: '/' })}</Users>${NO_MORE}`
      : usual(accountId, action, input)
  const machine = machineOf({ iam })
  await audit(machine)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there.
  expect(machine.stdout()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
})
