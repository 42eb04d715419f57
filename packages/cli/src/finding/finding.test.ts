import { expect, test } from 'vitest'
import { findProfileTags } from '../hot/prompt-tags.ts'
import { parseIni } from '../shared-config/ini.ts'
import { loadSharedConfig } from '../shared-config/shared-config.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { createTestPerson } from '../testing/test-person.ts'
import { chooseProfile } from './choose-profile.ts'
import { recordUse } from './frecency.ts'
import { createRowFinder } from './matching.ts'
import { listNearest } from './nearest-names.ts'
import { createRowFormatter } from './profile-columns.ts'
import { listProfileRows, type ProfileRow } from './profile-rows.ts'
import { parseTagRules, updateTagRules } from './tags.ts'

const profile = (name: string, account: string, role: string): string =>
  `[profile ${name}]\nsso_session = corp\nsso_account_id = ${account}\nsso_role_name = ${role}\n`
const CONFIG = [
  profile('dev', '111111111111', 'AdministratorAccess'),
  profile('prod-admin', '222222222222', 'AdministratorAccess'),
  profile('prod-read', '222222222222', 'ReadOnly'),
  profile('non-prod', '333333333333', 'ReadOnly'),
  '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n',
].join('')
const ACCESS = JSON.stringify({
  version: 1,
  sessionName: 'corp',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'eu-west-1',
  takenAt: '2026-11-21T00:00:00Z',
  accounts: [{ accountId: '222222222222', accountName: 'Payments', roles: ['ReadOnly'] }],
})

const machineWith = (files: Readonly<Record<string, string>> = {}) =>
  createTestMachine({
    files: {
      '~/.aws/config': CONFIG,
      // sha1 of `corp`
      '~/.mayfly/access/ee0bfd2552fbd840c02cc48b6e823320543c450f.json': ACCESS,
      ...files,
    },
  })

async function rowsOf(machine = machineWith()): Promise<readonly ProfileRow[]> {
  return listProfileRows(machine, await loadSharedConfig(machine), [])
}

test('what is used most comes first, then the alphabet, with numbers as numbers', async () => {
  const machine = createTestMachine({
    files: { '~/.aws/config': '[profile a10]\n[profile b]\n[profile a9]\n[profile c]\n' },
  })
  await recordUse(machine, 'c')
  expect((await rowsOf(machine)).map(({ name }) => name)).toEqual(['c', 'a9', 'a10', 'b'])
})

test('every word typed must fit somewhere: in name, account, role, session or tags, in any order', async () => {
  const rows = (await rowsOf()).map((row) => (row.name === 'dev' ? { ...row, tags: ['playground'] } : row))
  const find = createRowFinder(rows)
  const names = (query: string) => find(query).map((index) => rows[index]?.name)
  expect(names('prod')[0]).toMatch(/^prod-/)
  expect(names('read prod')[0]).toBe('prod-read')
  expect(names('2222 admin')).toEqual(['prod-admin'])
  expect(names('play')).toEqual(['dev'])
  expect(names('corp')).toHaveLength(4)
  expect(names('prod nowhere')).toEqual([])
  expect(names('  ')).toHaveLength(4)
})

test('of two that fit alike the one that is used goes first, and no use hides a better match', async () => {
  const rows = (await rowsOf()).map((row) => ({ ...row, uses: row.name === 'prod-read' ? 40 : 0 }))
  const find = createRowFinder(rows)
  expect(rows[find('prod')[0] ?? -1]?.name).toBe('prod-read')
  expect(rows[find('prod-admin')[0] ?? -1]?.name).toBe('prod-admin')
})

test('columns stand below each other, the least worth goes first where it is narrow, and nothing is too wide', () => {
  const now = new Date('2026-11-21T01:30:00Z')
  const row = {
    name: 'prod-admin',
    accountId: '222222222222',
    accountName: 'Payments',
    roleName: 'AdministratorAccess',
    session: 'corp',
    expiresAt: new Date('2026-11-21T02:00:00Z'),
    tags: ['production'],
    colour: 'red',
    confirms: false,
    uses: 0,
  } as const
  const rows = [row, { ...row, name: 'dev', accountName: '東京の本番', tags: [], colour: undefined }]
  const format = createRowFormatter(rows, now)
  const text = (index: number, width: number) =>
    format(rows[index] ?? row, width)
      .map((piece) => piece.text)
      .join('')
  expect(text(0, 77)).toBe('prod-admin  Payments    AdministratorAccess  corp  30 min  production')
  expect(text(1, 77)).toBe('dev         東京の本番  AdministratorAccess  corp  30 min            ')
  expect(text(0, 40)).toBe('prod-admin  Payments  30 min  production')
  expect(text(0, 18)).toBe('prod-admin  produ…')
  expect(text(0, 9)).toBe('prod-adm…')
  expect(format(row, 77)[0]).toMatchObject({ colour: 'red' })
})

test('nothing that a portal or a file names can move the cursor', async () => {
  const rows = [{ name: 'a\u001b[2Jb', tags: [], colour: undefined, confirms: false, uses: 0 }]
  const [piece] = createRowFormatter(rows, new Date(0))(rows[0] as ProfileRow, 40)
  expect(piece?.text).toBe('a[2Jb')
})

test('names that hurt are red by themselves, and rules of the file go before', () => {
  const colour = (name: string) => findProfileTags([], name).colour
  for (const name of ['prod', 'acme-prod-admin', 'Production/ReadOnly', 'eu_prd_1', 'live'])
    expect([name, colour(name)]).toEqual([name, 'red'])
  for (const name of ['nonprod', 'non-prod', 'not_prod-x', 'product', 'reproduce', 'alive', 'delivery'])
    expect([name, colour(name)]).toEqual([name, undefined])
  expect(colour('pre-prod')).toBe('yellow')
  expect(colour('acme-staging')).toBe('yellow')
  const rules = [
    { pattern: '*prod*', tags: ['money'], colour: 'magenta', confirms: true },
    { pattern: 'PROD-READ', tags: ['money', 'read'], colour: 'none', confirms: false },
  ] as const
  expect(findProfileTags(rules, 'prod-admin')).toEqual({ tags: ['money'], colour: 'magenta', confirms: true })
  expect(findProfileTags(rules, 'prod-read')).toEqual({ tags: ['money', 'read'], colour: undefined, confirms: false })
})

test('the tags file names profiles as the config file does, and what is wrong in it is told with line and remedy', () => {
  const parse = (text: string) => parseTagRules(Buffer.from(text), '/home/alice/.mayfly/tags.ini')
  expect(parse('# mine\n[profile prod-*]\ntags = production, pci\ncolour = Red\nconfirm = yes\n')).toEqual([
    { pattern: 'prod-*', tags: ['production', 'pci'], colour: 'red', confirms: true },
  ])
  expect(() => parse('[profile x]\n\ncolour = pink\n')).toThrow(/tags\.ini\n {2}line 3: There is no colour pink/)
  expect(() => parse('[profile x]\ncolor = red\n')).toThrow(/line 2: There is no key color/)
  expect(() => parse('[profile x]\nconfirm = maybe\n')).toThrow(/line 2: confirm cannot be maybe/)
  expect(() => parse('[prod]\n')).toThrow(/line 1: \[prod\] names no profile/)
  expect(() => parse('colour = red\n')).toThrow(/line 1: /)
})

test('changing a rule keeps every comment and the order of the tags file', async () => {
  const former = '# the ones that page me\n[profile prod-*]\n; careful\ncolour = red\n\n[profile dev]\ntags = mine\n'
  const machine = machineWith({ '~/.mayfly/tags.ini': former })
  const section = { type: 'profile', name: 'prod-*' } as const
  await updateTagRules(machine, [{ section, values: { colour: 'magenta', confirm: 'yes' } }])
  const text = machine.text('~/.mayfly/tags.ini') ?? ''
  expect(text).toBe(former.replace('colour = red\n', 'colour = magenta\nconfirm = yes\n'))
  expect(parseIni(Buffer.from(text), 'x').sections).toHaveLength(2)
})

test('a mistyped name finds the ones that were meant, swapped letters too', () => {
  const names = ['prod-admin', 'prod-read', 'dev', 'payments-production']
  expect(listNearest(names, 'prdo-admin')[0]).toBe('prod-admin')
  expect(listNearest(names, 'DEV')).toEqual(['dev'])
  expect(listNearest(names, 'production')).toContain('payments-production')
  expect(listNearest(names, 'zzzzzz')).toEqual([])
})

test('a person finds a profile; a broken tags file is told and stands in nobody’s way', async () => {
  const machine = machineWith({ '~/.mayfly/tags.ini': '[profile x]\ncolour = pink\n' })
  const person = createTestPerson(['read prod'])
  const asked = { ...machine, terminal: person.terminal }
  const chosen = await chooseProfile(asked, await loadSharedConfig(asked), { title: 'Which profile?' })
  expect(chosen).toBe('prod-read')
  expect(person.shown()).toMatch(/line 2: There is no colour pink/)
})

test('cached role credentials say how long they last, in sealed mode by the note beside them', async () => {
  const { roleCacheFileName } = await import('../role-credentials/role-cache.ts')
  const name = roleCacheFileName({
    accountId: '111111111111',
    roleName: 'AdministratorAccess',
    sessionName: 'corp',
    startUrl: 'https://corp.awsapps.com/start',
  })
  const cached = JSON.stringify({ ProviderType: 'sso', Credentials: { Expiration: '2026-11-21T02:00:00Z' } })
  const shared = machineWith({ [`~/.aws/cli/cache/${name}`]: cached })
  const sealed = machineWith({
    '~/.mayfly/storage.json': JSON.stringify({
      version: 1,
      mode: 'sealed',
      key: { id: '0123456789abcdef', keptIn: 'passphrase' },
    }),
    [`~/.mayfly/expiries/cli/${name}`]: JSON.stringify({ version: 1, endsAt: Date.parse('2026-11-21T02:00:00Z') }),
  })
  for (const machine of [shared, sealed]) {
    const dev = (await rowsOf(machine)).find((row) => row.name === 'dev')
    expect(dev?.expiresAt).toEqual(new Date('2026-11-21T02:00:00Z'))
  }
})
