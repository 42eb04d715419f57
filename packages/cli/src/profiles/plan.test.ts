/** What setup would change in a config file, and what it leaves to its owner. */

import { expect, test } from 'vitest'
import { parseRolePattern } from '../account-access/role-pattern.ts'
import { listAnnotatedProfiles } from '../shared-config/annotations.ts'
import { parseIni } from '../shared-config/ini.ts'
import { editIni } from '../shared-config/ini-editor.ts'
import { loadSharedConfig } from '../shared-config/shared-config.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { DEFAULT_TEMPLATE, type Grant, parseTemplate } from './name-template.ts'
import { type PlanQuestion, type ProfilePlan, planProfiles } from './plan.ts'
import type { WrittenProfile } from './setup-record.ts'

const DEV = { accountId: '111122223333', accountName: 'Dev', roleName: 'Admin' }
const PROD = { accountId: '222233334444', accountName: 'Prod', roleName: 'ReadOnly' }

interface Asked extends Partial<Omit<PlanQuestion, 'config' | 'findAnnotated' | 'template' | 'isWanted'>> {
  readonly text?: string
  readonly credentials?: string
  readonly template?: string
  readonly include?: string
}

/** The plan for a config file, and the file once it is carried out. */
async function plan(granted: readonly Grant[], asked: Asked = {}): Promise<ProfilePlan & { readonly text: string }> {
  const { text = '', credentials = '', template = DEFAULT_TEMPLATE, include, ...question } = asked
  const machine = createTestMachine({ files: { '~/.aws/config': text, '~/.aws/credentials': credentials } })
  const bytes = Buffer.from(text)
  const isWanted = include === undefined ? () => true : parseRolePattern(include)
  const found = planProfiles({
    machine,
    mode: 'shared',
    config: await loadSharedConfig(machine),
    findAnnotated: () => listAnnotatedProfiles(parseIni(bytes, 'config')),
    sessionName: 'acme',
    written: {},
    granted,
    isWanted,
    unread: new Set(),
    template: parseTemplate(template),
    renames: false,
    extra: { region: 'us-east-1' },
    prune: 'granted',
    ...question,
  })
  return { ...found, text: Buffer.from(editIni(bytes, 'config', found.edits)).toString() }
}

/** The journal says what was there before; what is kept afterwards does not. */
const settled = (written: ProfilePlan['written']): Record<string, WrittenProfile> =>
  Object.fromEntries(Object.entries(written).map(([key, { name, extra }]) => [key, { name, extra }]))

const DEV_TEXT =
  '[profile dev-admin]\nsso_session = acme\nsso_account_id = 111122223333\nsso_role_name = Admin\nregion = us-east-1\n'
const PROD_TEXT =
  '[profile prod-readonly]\nsso_session = acme\nsso_account_id = 222233334444\nsso_role_name = ReadOnly\nregion = us-east-1\n'

test('every granted role gets a profile that names the sso-session', async () => {
  const first = await plan([PROD, DEV])
  expect(first.text).toBe(DEV_TEXT + PROD_TEXT)
  expect(first.written).toEqual({
    '111122223333/Admin': { name: 'dev-admin', extra: { region: 'us-east-1' } },
    '222233334444/ReadOnly': { name: 'prod-readonly', extra: { region: 'us-east-1' } },
  })
})

test('the same again changes nothing', async () => {
  const first = await plan([PROD, DEV])
  const second = await plan([DEV, PROD], first)
  expect(second).toMatchObject({ edits: [], added: [], changed: [], removed: [], unchanged: 2, text: first.text })
  expect(second.written).toEqual(first.written)
})

test('a profile of a role that is no longer granted goes, and nothing around it', async () => {
  const first = await plan([PROD, DEV], { text: '# mine\n[profile other]\nregion = x\n' })
  const second = await plan([PROD], { ...first, text: `${first.text}# end\n` })
  expect(second.removed).toEqual([
    { name: 'dev-admin', accountId: '111122223333', roleName: 'Admin', reason: 'not granted' },
  ])
  expect(second.text).toBe(`# mine\n[profile other]\nregion = x\n${PROD_TEXT}# end\n`)
  expect(Object.keys(second.written)).toEqual(['222233334444/ReadOnly'])
})

test.each([
  ['a key was added', (text: string) => text.replace('region', 'output = json\nregion')],
  ['a key was deleted', (text: string) => text.replace('region = us-east-1\n', '')],
  ['a value was changed', (text: string) => text.replace('us-east-1', 'eu-west-1')],
  ['a comment was written into it', (text: string) => text.replace('region', '# why\nregion')],
  ['a nested block was added', (text: string) => `${text}s3 =\n  max_queue_size = 5\n`],
])('a profile of a withdrawn role stays byte for byte when %s', async (_, edit) => {
  const { written } = await plan([DEV])
  const text = edit(DEV_TEXT)
  expect(text).not.toBe(DEV_TEXT)
  const second = await plan([], { text, written })
  expect(second).toMatchObject({ text, removed: [], edited: [{ name: 'dev-admin' }] })
})

test('keys in the credentials file make a profile its owner’s as well', async () => {
  const { written } = await plan([DEV])
  const credentials = '[dev-admin]\naws_access_key_id = AKIA\n'
  expect(await plan([], { text: DEV_TEXT, credentials, written })).toMatchObject({ removed: [], text: DEV_TEXT })
})

test('what is not known to be withdrawn stays: accounts that could not be read, and --no-prune', async () => {
  const { written } = await plan([DEV])
  const asked = { text: DEV_TEXT, written }
  expect((await plan([], { ...asked, unread: new Set([DEV.accountId]) })).removed).toEqual([])
  expect((await plan([], { ...asked, prune: 'nothing' })).removed).toEqual([])
})

test('what the filters leave out stays, unless it is to go', async () => {
  const { written, text } = await plan([DEV, PROD])
  expect(await plan([DEV, PROD], { text, written, include: 'prod' })).toMatchObject({ removed: [], text })
  const pruned = await plan([DEV, PROD], { text, written, include: 'prod', prune: 'wanted' })
  expect(pruned.removed).toMatchObject([{ name: 'dev-admin', reason: 'left out' }])
  expect(pruned.text).toBe(PROD_TEXT)
})

test('another value of a further key is set where nobody has set one by hand', async () => {
  const { written, text } = await plan([DEV, PROD])
  const edited = text.replace('ReadOnly\nregion = us-east-1', 'ReadOnly\nregion = ap-south-1')
  const second = await plan([DEV, PROD], { text: edited, written, extra: { region: 'eu-west-1', output: 'json' } })
  expect(second.changed.map(({ name, values, former }) => [name, values, former])).toEqual([
    ['dev-admin', { region: 'eu-west-1', output: 'json' }, { region: 'us-east-1', output: undefined }],
    ['prod-readonly', { output: 'json' }, { output: undefined }],
  ])
  expect(second.text).toContain('Admin\nregion = eu-west-1\noutput = json\n')
  expect(second.text).toContain('ReadOnly\nregion = ap-south-1\noutput = json\n')
  // Whoever died before or after the file was written goes on as if nothing had happened.
  for (const left of [edited, second.text]) {
    const third = await plan([DEV, PROD], {
      text: left,
      written: second.written,
      extra: { region: 'eu-west-1', output: 'json' },
    })
    expect(third.text).toBe(second.text)
    expect(settled(third.written)).toEqual(settled(second.written))
  }
})

test('a profile that a person wrote for a role is taken for it under its own name, and not touched', async () => {
  const text = `[profile mine]\nsso_session=acme\nsso_role_name = Admin\nsso_account_id = 111122223333\ncli_pager =\n`
  const first = await plan([DEV, PROD], { text })
  expect(first.adopted).toEqual([{ name: 'mine', accountId: '111122223333', roleName: 'Admin' }])
  expect(first.text).toBe(text + PROD_TEXT)
  expect((await plan([PROD], first)).text).toBe(first.text)
})

test('a profile that was renamed by hand keeps its new name', async () => {
  const { written } = await plan([DEV])
  const text = DEV_TEXT.replace('dev-admin', 'work')
  expect(await plan([DEV], { text, written })).toMatchObject({ text, adopted: [{ name: 'work' }], written: {} })
})

test('a profile that was deleted by hand, or lost with its file, comes again under its name', async () => {
  const { written } = await plan([DEV])
  expect((await plan([DEV], { text: '', written })).text).toBe(DEV_TEXT)
})

test('names of profiles for something else are not taken: those of another session, keys, and default', async () => {
  const text = `[profile dev-admin]\nsso_session = other\nsso_account_id = 111122223333\nsso_role_name = Admin\n`
  const credentials = '[prod-readonly]\naws_access_key_id = AKIA\n'
  const first = await plan([DEV, PROD], { text, credentials })
  expect(first.added.map(({ name }) => name)).toEqual(['dev-admin-acme', 'prod-readonly-acme'])
  expect((await plan([DEV, PROD], { ...first, credentials })).edits).toEqual([])
})

test('an account that is called otherwise now keeps its profiles, until a template is given anew', async () => {
  const { written, text } = await plan([DEV])
  const called = { ...DEV, accountName: 'Development' }
  expect((await plan([called], { text, written })).edits).toEqual([])
  const renamed = await plan([called], { text, written, renames: true })
  expect(renamed).toMatchObject({
    removed: [{ name: 'dev-admin', reason: 'renamed' }],
    added: [{ name: 'development-admin' }],
  })
  expect(renamed.text).toBe(DEV_TEXT.replace('dev-admin', 'development-admin'))
  const edited = text.replace('us-east-1', 'eu-west-1')
  expect((await plan([called], { text: edited, written, renames: true })).edits).toEqual([])
})

test('in a sealed home a profile holds a credential_process alone, and one of the other form is turned into it', async () => {
  const sealed = await plan([DEV], { mode: 'sealed' })
  expect(sealed.text).toBe(
    '[profile dev-admin]\ncredential_process = /home/alice/.mayfly/bin/mayfly-credentials --sso-session acme --account-id 111122223333 --role-name Admin\nregion = us-east-1\n',
  )
  expect((await plan([DEV], { ...sealed, mode: 'sealed' })).edits).toEqual([])
  expect((await plan([DEV], { text: DEV_TEXT, written: sealed.written, mode: 'sealed' })).text).toBe(sealed.text)
  expect((await plan([DEV], { ...sealed, mode: 'shared' })).text).toBe(DEV_TEXT)
  expect((await plan([], { ...sealed, mode: 'sealed' })).text).toBe('')
})

test('ten thousand roles are planned and written in a moment', async () => {
  const granted = Array.from({ length: 10_000 }, (_, index) => ({
    accountId: String(100_000_000_000 + Math.floor(index / 3)),
    accountName: `Account ${Math.floor(index / 6)}`,
    roleName: ['Admin', 'PowerUser', 'ReadOnly'][index % 3] ?? '',
  }))
  const started = performance.now()
  const first = await plan(granted)
  expect((await plan(granted.toReversed(), first)).edits).toEqual([])
  expect(performance.now() - started).toBeLessThan(5000)
})
