/** setup, as it is typed: what it asks, what it writes, and what it leaves alone. */

import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { expect, test } from 'vitest'
import { sha1 } from '../hot/sha1.ts'
import type { HttpRequest, HttpResponse } from '../machine/http.ts'
import { run } from '../main.ts'
import { createTestKeychain } from '../testing/test-keychain.ts'
import { createTestMachine, jsonAnswer, type TestMachine, type TestMachineOptions } from '../testing/test-machine.ts'
import { createTestPerson } from '../testing/test-person.ts'

const START_URL = 'https://acme.awsapps.com/start'
const SESSION = `[sso-session acme]\nsso_start_url = ${START_URL}\nsso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n`

interface Organization {
  accounts: { accountId: string; accountName?: string; emailAddress?: string; roles: string[] }[]
}

const ACME = (): Organization => ({
  accounts: [
    { accountId: '111122223333', accountName: 'Dev', roles: ['Admin', 'ReadOnly'] },
    { accountId: '222233334444', accountName: 'Prod', roles: ['ReadOnly'] },
  ],
})

/** The portal of an organization, with two accounts on a page. */
const portalOf =
  (organization: Organization, more: (request: HttpRequest) => HttpResponse | undefined = () => undefined) =>
  (request: HttpRequest): HttpResponse => {
    const special = more(request)
    if (special) return special
    const url = new URL(request.url)
    if (url.pathname === '/assignment/accounts') {
      const start = Number(url.searchParams.get('next_token') ?? 0)
      const page = organization.accounts.slice(start, start + 2).map(({ roles: _, ...account }) => account)
      const next = start + 2 < organization.accounts.length ? { nextToken: String(start + 2) } : {}
      return jsonAnswer(200, { accountList: page, ...next })
    }
    if (url.pathname === '/assignment/roles') {
      const accountId = url.searchParams.get('account_id')
      const roles = organization.accounts.find((account) => account.accountId === accountId)?.roles ?? []
      return jsonAnswer(200, { roleList: roles.map((roleName) => ({ accountId, roleName })) })
    }
    return jsonAnswer(404, {})
  }

const TOKEN = JSON.stringify({
  startUrl: START_URL,
  region: 'eu-west-1',
  accessToken: 'access-1',
  expiresAt: '2026-11-21T09:28:53Z',
})

/** Somebody signed in to `acme`, before an organization's portal. */
async function signedIn(
  organization: Organization,
  { files, more, ...options }: TestMachineOptions & { more?: (request: HttpRequest) => HttpResponse | undefined } = {},
): Promise<TestMachine> {
  return createTestMachine({
    answer: portalOf(organization, more),
    ...options,
    files: { '~/.aws/config': SESSION, [`~/.aws/sso/cache/${sha1('acme')}.json`]: TOKEN, ...files },
  })
}

async function type(line: string, machine: TestMachine): Promise<{ code: number; stdout: string; stderr: string }> {
  const [before, errors] = [machine.stdout().length, machine.stderr().length]
  const code = await run(line.split(' ').slice(1), machine)
  return { code, stdout: machine.stdout().slice(before), stderr: machine.stderr().slice(errors) }
}

const profile = (name: string, accountId: string, roleName: string, more = 'region = eu-west-1\n'): string =>
  `[profile ${name}]\nsso_session = acme\nsso_account_id = ${accountId}\nsso_role_name = ${roleName}\n${more}`

const ALL =
  profile('dev-admin', '111122223333', 'Admin') +
  profile('dev-readonly', '111122223333', 'ReadOnly') +
  profile('prod-readonly', '222233334444', 'ReadOnly')

test('every account and role becomes a profile, and the second run writes nothing', async () => {
  const machine = await signedIn(ACME())
  const first = await type('mayfly setup acme.awsapps.com --yes', machine)
  expect(first.code, first.stderr).toBe(0)
  expect(machine.text('~/.aws/config')).toBe(SESSION + ALL)
  expect(first.stdout).toMatch(
    /^3 profiles to add, 0 to change, 0 to remove\.\n\+ dev-admin {2}\(111122223333 Admin\)\n/,
  )
  expect(first.stderr).toContain('2 accounts, 3 roles in ')
  const written = [...machine.disk].filter(([path]) => !path.includes('/access/'))
  expect(await type('mayfly setup --yes', machine)).toMatchObject({
    code: 0,
    stdout: 'Nothing to change: 3 profiles in place.\n',
  })
  expect([...machine.disk].filter(([path]) => !path.includes('/access/'))).toEqual(written)
})

test("where an Identity Center of one's own answers stands in its profiles, moves with it, and can be left out", async () => {
  const at = (port: number): Record<string, string> => {
    const text = (from: string): string => from.replaceAll(START_URL, `http://localhost:${port}/start`)
    return { '~/.aws/config': text(SESSION), [`~/.aws/sso/cache/${sha1('acme')}.json`]: text(TOKEN) }
  }
  const machine = await signedIn(ACME(), { files: at(7373) })
  const endpointsOf = (): readonly string[] => machine.text('~/.aws/config')?.match(/(?<=endpoint_url = ).*/g) ?? []
  const first = await type('mayfly setup --yes', machine)
  expect(endpointsOf()).toEqual(Array(3).fill('http://localhost:7373'))
  expect(first.stdout).toContain('by\nendpoint_url in each profile')
  await machine.files.write(
    `${machine.home}/.aws/config`,
    (machine.text('~/.aws/config') ?? '').replace('localhost:7373/start', 'localhost:7474/start'),
  )
  await machine.files.write(
    `${machine.home}/.aws/sso/cache/${sha1('acme')}.json`,
    at(7474)[`~/.aws/sso/cache/${sha1('acme')}.json`] ?? '',
  )
  await type('mayfly setup --yes', machine)
  expect(endpointsOf()).toEqual(Array(3).fill('http://localhost:7474'))
  const out = await type('mayfly setup --yes --set endpoint_url=', machine)
  expect(out.stdout).toContain('0 profiles to add, 3 to change')
  expect(endpointsOf()).toEqual([])
  expect((await type('mayfly setup --yes', machine)).stdout).toBe('Nothing to change: 3 profiles in place.\n')
})

test('the access index holds every account, whatever the filters', async () => {
  const { readAccessIndex } = await import('../account-access/access-index.ts')
  const machine = await signedIn(ACME())
  await type('mayfly setup --yes --include prod', machine)
  expect(machine.text('~/.aws/config')).toBe(SESSION + profile('prod-readonly', '222233334444', 'ReadOnly'))
  expect(await readAccessIndex(machine, 'acme')).toMatchObject({
    region: 'eu-west-1',
    accounts: [
      { accountId: '111122223333', accountName: 'Dev', roles: ['Admin', 'ReadOnly'] },
      { roles: ['ReadOnly'] },
    ],
  })
})

test('what was chosen once is done again: names, keys and filters', async () => {
  const organization = ACME()
  const machine = await signedIn(organization)
  const words = '--name-template {session}/{Account}.{Role} --set region=us-east-2 --set output=json --exclude */Admin'
  expect((await type(`mayfly setup acme --yes ${words}`, machine)).code).toBe(0)
  organization.accounts.push({ accountId: '333344445555', accountName: 'New One', roles: ['Admin', 'ReadOnly'] })
  expect((await type('mayfly setup --yes', machine)).code).toBe(0)
  expect(machine.text('~/.aws/config')).toContain(
    profile('acme/New-One.ReadOnly', '333344445555', 'ReadOnly', 'region = us-east-2\noutput = json\n'),
  )
  expect(machine.text('~/.aws/config')).not.toContain('Admin')
  await type('mayfly setup --yes --set region=eu-north-1 --set output=', machine)
  expect(machine.text('~/.aws/config')?.match(/region = eu-north-1\n(?!output)/g)).toHaveLength(3)
})

test('--diff and --dry-run show what would change and write nothing', async () => {
  const machine = await signedIn(ACME())
  for (const word of ['--diff', '--dry-run']) {
    const { code, stdout } = await type(`mayfly setup ${word}`, machine)
    expect([code, stdout]).toEqual([
      0,
      '+ dev-admin  (111122223333 Admin)\n+ dev-readonly  (111122223333 ReadOnly)\n+ prod-readonly  (222233334444 ReadOnly)\n3 profiles to add, 0 to change, 0 to remove.\n',
    ])
  }
  expect(machine.text('~/.aws/config')).toBe(SESSION)
})

test('where nobody can be asked nothing is begun without --yes or --diff', async () => {
  const machine = await signedIn(ACME())
  for (const words of ['', ' --json']) {
    const { code, stderr } = await type(`mayfly setup${words}`, machine)
    expect([code, stderr]).toEqual([252, expect.stringContaining('--yes')])
  }
  expect(machine.requests).toEqual([])
})

test('--json has every member, and words go to standard error alone', async () => {
  const machine = await signedIn(ACME())
  const { stdout, stderr } = await type('mayfly setup --yes --json', machine)
  expect(JSON.parse(stdout)).toMatchObject({
    sessions: [
      {
        session: 'acme',
        startUrl: START_URL,
        region: 'eu-west-1',
        storage: 'shared',
        accounts: 2,
        roles: 3,
        requests: 3,
        throttled: 0,
        written: true,
        added: [{ profile: 'dev-admin', accountId: '111122223333', roleName: 'Admin' }, {}, {}],
        changed: [],
        removed: [],
        edited: [],
        adopted: [],
        unchanged: 0,
        unread: [],
      },
    ],
    problems: [],
  })
  expect(stderr).toContain('acme: https://acme.awsapps.com/start in eu-west-1')
})

test('a person sees the change, looks at it, narrows it down, and writes it', async () => {
  const person = createTestPerson(['d', 'x', 'f', 'prod', ''])
  const machine = { ...(await signedIn(ACME())), terminal: person.terminal }
  expect(await run(['setup'], machine)).toBe(0)
  expect(machine.text('~/.aws/config')).toBe(SESSION + profile('prod-readonly', '222233334444', 'ReadOnly'))
  expect(person.shown()).toContain('or type d, f or q')
  expect(person.shown()).toContain('1 profile to add')
  expect(person.shown()).toContain('Written to /home/alice/.aws/config.')
})

test('a person who quits has written nothing, and is told so', async () => {
  const person = createTestPerson(['q'])
  const machine = { ...(await signedIn(ACME())), terminal: person.terminal }
  expect(await run(['setup'], machine)).toBe(130)
  expect(machine.text('~/.aws/config')).toBe(SESSION)
  expect(person.shown()).toContain('Nothing was written.')
})

test('a config file that changes while the question stands is decided about anew', async () => {
  const machine = await signedIn(ACME())
  const person = createTestPerson(['', ''])
  const mine = profile('mine', '111122223333', 'Admin')
  let questions = 0
  const terminal = {
    ...person.terminal,
    ask: async (question: Parameters<typeof person.terminal.ask>[0]) => {
      questions += 1
      if (questions === 1) await machine.files.write('/home/alice/.aws/config', SESSION + mine)
      return person.terminal.ask(question)
    },
  }
  expect(await run(['setup'], { ...machine, terminal })).toBe(0)
  expect(questions).toBe(2)
  expect(machine.text('~/.aws/config')).toBe(SESSION + mine + ALL.slice(ALL.indexOf('[profile dev-readonly]')))
})

test('withdrawn roles go; those of an account that cannot be read stay, and the exit code says so', async () => {
  const organization = ACME()
  let isDown = false
  const machine = await signedIn(organization, {
    more: ({ url }) =>
      isDown && url.includes('account_id=111122223333')
        ? jsonAnswer(403, { message: 'No\u001b[2J access' }, 'ForbiddenException')
        : undefined,
  })
  await type('mayfly setup --yes', machine)
  isDown = true
  organization.accounts.pop()
  const { code, stdout, stderr } = await type('mayfly setup --yes', machine)
  expect(code).toBe(254)
  expect(stdout).toContain('- prod-readonly  (not granted)')
  expect(stderr).toMatch(/^ {2}111122223333: ForbiddenException: No[^\p{Cc}]\[2J access$/mu)
  expect(machine.text('~/.aws/config')).toBe(SESSION + ALL.slice(0, ALL.indexOf('[profile prod')))
})

test('a portal that suddenly grants nearly nothing takes nothing away unless that is meant', async () => {
  const organization: Organization = {
    accounts: Array.from({ length: 30 }, (_, index) => ({
      accountId: String(100_000_000_000 + index),
      accountName: `A ${index}`,
      roles: ['Admin'],
    })),
  }
  const machine = await signedIn(organization)
  await type('mayfly setup --yes', machine)
  const text = machine.text('~/.aws/config')
  organization.accounts.length = 2
  const refused = await type('mayfly setup --yes', machine)
  expect([refused.code, refused.stderr]).toEqual([255, expect.stringContaining('28 profiles would be removed')])
  expect(machine.text('~/.aws/config')).toBe(text)
  expect((await type('mayfly setup --yes --no-prune', machine)).code).toBe(0)
  expect(machine.text('~/.aws/config')).toBe(text)
  expect((await type('mayfly setup --yes --prune', machine)).code).toBe(0)
  expect(machine.text('~/.aws/config')?.match(/\[profile/g)).toHaveLength(2)
})

test('whatever a portal answers, no line of its own gets into the config file, and none onto the screen', async () => {
  const machine = await signedIn({
    accounts: [
      {
        accountId: '111122223333',
        accountName: 'Dev\n[profile evil]\ncredential_process = sh',
        roles: ['Admin\nregion = x', 'Ok'],
      },
      { accountId: '22\n[profile evil]', accountName: 'x', roles: ['Admin'] },
      { accountId: '333344445555', accountName: '\u001b]0;owned\u0007\u202eProd', roles: ['ReadOnly'] },
    ],
  })
  const { stdout, stderr } = await type('mayfly setup --yes', machine)
  expect(machine.text('~/.aws/config')).toBe(
    SESSION +
      profile('dev-profile-evil-credential_process-sh-ok', '111122223333', 'Ok') +
      profile('0-owned-prod-readonly', '333344445555', 'ReadOnly'),
  )
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
  expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
})

test('sessions that were set up are all updated, and one that fails does not hold up the other', async () => {
  const { sha1 } = await import('../hot/sha1.ts')
  const other = SESSION.replaceAll('acme', 'umbrella').replace('eu-west-1', 'us-east-1')
  let isDown = false
  const machine = await signedIn(ACME(), {
    files: {
      '~/.aws/config': SESSION + other,
      [`~/.aws/sso/cache/${sha1('umbrella')}.json`]: TOKEN.replace('acme', 'umbrella').replace(
        'eu-west-1',
        'us-east-1',
      ),
    },
    more: ({ url }) =>
      isDown && url.includes('.eu-west-1.') ? jsonAnswer(500, {}, 'InternalServerException') : undefined,
  })
  await type('mayfly setup acme --yes', machine)
  await type('mayfly setup umbrella --yes', machine)
  expect(machine.text('~/.aws/config')).toContain('[profile dev-admin-umbrella]\nsso_session = umbrella\n')
  isDown = true
  const { code, stdout, stderr } = await type('mayfly setup --yes', machine)
  expect(code).not.toBe(0)
  expect(stderr).toContain('mayfly: [ERROR]: acme: ')
  expect(stdout).toBe('Nothing to change: 3 profiles in place.\n')
})

test('a second identity at the same portal is a second session, with profiles of its own', async () => {
  const machine = await signedIn(ACME())
  await type('mayfly setup --yes', machine)
  const { sha1 } = await import('../hot/sha1.ts')
  await machine.files.write(`/home/alice/.aws/sso/cache/${sha1('admin')}.json`, TOKEN.replace('access-1', 'access-2'))
  const { code, stderr } = await type(
    'mayfly setup acme.awsapps.com/start --sso-session admin --sso-region eu-west-1 --yes',
    machine,
  )
  expect(code, stderr).toBe(0)
  expect(machine.text('~/.aws/config')).toContain('[sso-session admin]\n')
  expect(machine.text('~/.aws/config')).toContain('[profile prod-readonly-admin]\nsso_session = admin\n')
  expect(await type('mayfly setup acme.awsapps.com/start --yes', machine)).toMatchObject({
    code: 252,
    stderr: expect.stringContaining('--sso-session: acme, admin'),
  })
  expect(await type('mayfly setup umbrella.awsapps.com/start --sso-session admin --yes', machine)).toMatchObject({
    code: 252,
  })
})

test.each([
  ['--set sso_session=x', 'says whose credentials'],
  ['--set region', 'is not KEY=VALUE'],
  ['--name-template dev', 'every profile would have the same name'],
  ['--prune --no-prune', 'not allowed with --no-prune'],
])('%s is refused before anybody is asked', async (words, message) => {
  const machine = await signedIn(ACME())
  const { code, stderr } = await type(`mayfly setup --yes ${words}`, machine)
  expect([code === 252 || code === 255, stderr]).toEqual([true, expect.stringContaining(message)])
  expect(machine.requests).toEqual([])
})

test('a home that is sealed gets profiles that hold a credential_process alone', async () => {
  const machine = await signedIn(ACME(), { keychain: createTestKeychain() })
  expect((await type('mayfly setup --yes --storage sealed', machine)).code).toBe(0)
  const text = machine.text('~/.aws/config') ?? ''
  expect(text.match(/^credential_process = .*--sso-session acme --account-id \d{12} --role-name \w+$/gm)).toHaveLength(
    3,
  )
  expect(text).not.toMatch(/^sso_(session|account_id|role_name)/m)
  expect(JSON.parse((await type('mayfly setup --yes --json', machine)).stdout).sessions).toMatchObject([
    { storage: 'sealed', written: false, unchanged: 3 },
  ])
  expect((await type('mayfly setup --yes --storage shared', machine)).code).toBe(0)
  expect(machine.text('~/.aws/config')).toBe(SESSION + ALL)
})

test('the region of an access portal is read off its page where its address does not say it', async () => {
  const clock = new TestClock('2026-11-21T01:30:00Z')
  const machine = createTestMachine({
    clock,
    answer: ({ url }) =>
      url === START_URL
        ? { status: 200, headers: {}, body: '<html><head><meta name="region" content="eu-north-1"></head></html>' }
        : jsonAnswer(400, { error: 'invalid_request' }, 'InvalidRequestException'),
  })
  const { stderr } = await type('mayfly setup acme.awsapps.com/start --yes', machine)
  expect(stderr).toContain('acme: https://acme.awsapps.com/start in eu-north-1 (from the access portal)')
  const silent = createTestMachine({ answer: () => ({ status: 200, headers: {}, body: '' }) })
  expect(await type('mayfly setup acme.awsapps.com/start --yes', silent)).toMatchObject({
    code: 252,
    stderr: expect.stringContaining('--sso-region'),
  })
})

test('a region that was corrected in the config file counts, whatever the cached token says', async () => {
  const corrected = SESSION.replace('eu-west-1', 'eu-central-1')
  const machine = await signedIn(ACME(), { files: { '~/.aws/config': corrected } })
  expect((await type('mayfly setup --yes', machine)).code).toBe(0)
  expect(machine.text('~/.aws/config')?.startsWith(corrected)).toBe(true)
  expect(new Set(machine.requests.map(({ url }) => new URL(url).host))).toEqual(
    new Set(['portal.sso.eu-central-1.amazonaws.com']),
  )
})

test('a token that the portal does not take any more gives way to the one that another process has left', async () => {
  const { sha1 } = await import('../hot/sha1.ts')
  const path = `/home/alice/.aws/sso/cache/${sha1('acme')}.json`
  const machine: TestMachine = await signedIn(ACME(), {
    more({ url, headers }) {
      if (!url.includes('/assignment/roles') || headers['x-amz-sso_bearer_token'] === 'access-2') return undefined
      machine.disk.set(path, { content: Buffer.from(TOKEN.replace('access-1', 'access-2')), mode: 0o600 })
      return jsonAnswer(401, { message: 'Session token not found or invalid' }, 'UnauthorizedException')
    },
  })
  expect(await type('mayfly setup --yes', machine)).toMatchObject({ code: 0 })
  expect(machine.text('~/.aws/config')).toBe(SESSION + ALL)
})

test('two terminals at once write once', async () => {
  const machine = await signedIn(ACME())
  const [first, second] = await Promise.all([run(['setup', '--yes'], machine), run(['setup', '--yes'], machine)])
  expect([first, second]).toEqual([0, 0])
  expect(machine.text('~/.aws/config')).toBe(SESSION + ALL)
  expect(machine.stdout()).toContain('Nothing to change: 3 profiles in place.')
})

test.each([
  ['the record', /\/setup\/[0-9a-f]{40}\.json$/, 1],
  ['the config file', /\/\.aws\/config$/, 1],
  ['the record behind the config file', /\/setup\/[0-9a-f]{40}\.json$/, 2],
] as const)('a disk that is full when %s is written costs nothing but a second run', async (_, pattern, time) => {
  const organization = ACME()
  const machine = await signedIn(organization)
  await type('mayfly setup --yes', machine)
  organization.accounts.push({ accountId: '333344445555', accountName: 'New', roles: ['Admin'] })
  let times = 0
  const { write } = machine.files
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
  const files: TestMachine['files'] = {
    ...machine.files,
    write: (path, ...rest) => (pattern.test(path) && ++times === time ? Promise.reject(full) : write(path, ...rest)),
  }
  expect(await run(['setup', '--yes', '--set', 'region=eu-north-1'], { ...machine, files })).toBe(255)
  expect(machine.stderr()).toContain('The disk is full.')
  expect((await type('mayfly setup --yes --set region=eu-north-1', machine)).code).toBe(0)
  expect(machine.text('~/.aws/config')).toBe(
    (SESSION + ALL).replaceAll('\nregion = eu-west-1', '\nregion = eu-north-1') +
      profile('new-admin', '333344445555', 'Admin', 'region = eu-north-1\n'),
  )
  // And setup still knows them for its own.
  organization.accounts.length = 2
  await type('mayfly setup --yes', machine)
  expect(machine.text('~/.aws/config')).not.toContain('new-admin')
})
