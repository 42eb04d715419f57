import { expect, test } from 'vitest'
import { createTestMachine, type TestMachine, type TestMachineOptions } from '../../testing/test-machine.ts'
import type { FoundKey } from '../key/found-key.ts'
import { HiddenSecret } from '../key/hidden-secret.ts'
import type { PlaceKind } from '../key/key-place.ts'
import { applyEdit, revertEdit } from './apply-edit.ts'
import type { EditPlan } from './file-edit.ts'
import { planEdits } from './plan-edits.ts'

const ID = `AKIA${'QWERTYUIOPASDFG2'}`
const SECRET = `${'abcdEFGH/'.repeat(4)}wXyZ`
const role = { sessionName: 'corp', accountId: '111122223333', roleName: 'Developer' }
const session = { startUrl: 'https://corp.awsapps.example/start', region: 'eu-west-1' }
const CORP = '[sso-session corp]\nsso_start_url = https://corp.awsapps.example/start\nsso_region = eu-west-1\n'
const KEY = `aws_access_key_id = ${ID}\naws_secret_access_key = ${SECRET}\n`

function machineWith(files: Record<string, string>, options: TestMachineOptions = {}): TestMachine {
  return createTestMachine({ files, ...options })
}

/** Every line of the files that has the key's id. */
function findIn(machine: TestMachine, kinds: Readonly<Record<string, PlaceKind>>): readonly FoundKey[] {
  return Object.entries(kinds).flatMap(([short, kind]) => {
    const path = short.replace('~', machine.home)
    return (machine.text(path) ?? '').split('\n').flatMap((text, index): readonly FoundKey[] =>
      text.includes(ID)
        ? [
            {
              accessKeyId: ID,
              isCanary: false,
              secret: new HiddenSecret(SECRET),
              place: { type: 'file', path, line: index + 1, column: text.indexOf(ID) + 1 },
              kind,
              uses: [],
            },
          ]
        : [],
    )
  })
}

const AWS = { '~/.aws/config': 'aws-config', '~/.aws/credentials': 'aws-credentials' } as const

async function plan(machine: TestMachine, kinds: Readonly<Record<string, PlaceKind>>, profileName = 'work') {
  return planEdits(machine, findIn(machine, kinds), { profileName, role, session })
}

async function apply(machine: TestMachine, { edits }: EditPlan): Promise<Map<string, Uint8Array | null>> {
  const backups = new Map<string, Uint8Array | null>()
  for (const edit of edits) await applyEdit(machine, edit, async (former) => void backups.set(edit.path, former))
  return backups
}

test('a profile of both files gets the role under its name, and the key is in neither', async () => {
  const machine = machineWith({
    '~/.aws/config': `# mine\n[default]\nregion = eu-west-1\n\n[profile work]\n# company\nregion = us-east-1\noutput = json\n\n${CORP}`,
    '~/.aws/credentials': `[default]\naws_access_key_id = other\n\n[work]\n${KEY}`,
  })
  const planned = await plan(machine, AWS)
  await apply(machine, planned)
  expect(machine.text('~/.aws/config')).toBe(
    `# mine\n[default]\nregion = eu-west-1\n\n[profile work]\n# company\nregion = us-east-1\noutput = json\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Developer\n\n${CORP}`,
  )
  expect(machine.text('~/.aws/credentials')).toBe('[default]\naws_access_key_id = other\n\n')
  expect(planned.edits.map(({ foundAs }) => foundAs)).toEqual([
    '/home/alice/.aws/config',
    '/home/alice/.aws/credentials',
  ])
  expect(planned.byHand).toEqual([])
})

test('a key in the config file gives its lines to the role', async () => {
  const machine = machineWith({ '~/.aws/config': `[default]\r\n${KEY.replaceAll('\n', '\r\n')}region = eu-west-1` })
  await apply(machine, await plan(machine, AWS, 'default'))
  expect(machine.text('~/.aws/config')).toBe(
    '[default]\r\nsso_session = corp\r\nsso_account_id = 111122223333\r\nsso_role_name = Developer\r\nregion = eu-west-1\r\n\r\n[sso-session corp]\r\nsso_start_url = https://corp.awsapps.example/start\r\nsso_region = eu-west-1\r\nsso_registration_scopes = sso:account:access\r\n',
  )
})

test('a home without a config file gets one, and undo takes it away again', async () => {
  const machine = machineWith({ '~/.aws/credentials': `[default]\n${KEY}` })
  const planned = await plan(machine, AWS, 'default')
  const backups = await apply(machine, planned)
  expect(machine.text('~/.aws/config')).toMatch(/^\[default\]\nsso_session = corp\n/)
  expect(machine.text('~/.aws/credentials')).toBe('')
  for (const edit of planned.edits.toReversed())
    expect(await revertEdit(machine, edit, backups.get(edit.path) ?? null)).toBe('whole')
  expect(machine.text('~/.aws/config')).toBeUndefined()
  expect(machine.text('~/.aws/credentials')).toBe(`[default]\n${KEY}`)
})

test('in a sealed home the profile gets a credential_process and no sso_* key', async () => {
  const storage = '{"version":1,"mode":"sealed","key":{"id":"0123456789abcdef","keptIn":"keychain"}}'
  const machine = machineWith({
    '~/.mayfly/storage.json': storage,
    '~/.aws/config': CORP,
    '~/.aws/credentials': `[work]\n${KEY}`,
  })
  await apply(machine, await plan(machine, AWS))
  const config = machine.text('~/.aws/config') ?? ''
  expect(config).toMatch(/\[profile work\]\ncredential_process = \S+mayfly-credentials --sso-session corp /)
  expect(config.split('[profile work]')[1]).not.toContain('sso_session')
})

test('a section of the credentials file that has a comment or another value keeps its header', async () => {
  const machine = machineWith({
    '~/.aws/config': CORP,
    '~/.aws/credentials': `[work]\n# ask Bob\n${KEY}\n[default]\nregion = eu-west-1\n${KEY}`,
  })
  await apply(machine, await plan(machine, AWS))
  expect(machine.text('~/.aws/credentials')).toBe('[work]\n# ask Bob\n\n[default]\nregion = eu-west-1\n')
  expect(machine.text('~/.aws/config')).toContain('[default]\nsso_session = corp\n')
})

test('a profile that takes a further role itself is left, and so is everything that would use it', async () => {
  const machine = machineWith({
    '~/.aws/credentials': `[work]\n${KEY}role_arn = arn:aws:iam::111122223333:role/x\nsource_profile = work\n`,
    '~/.env': `AWS_ACCESS_KEY_ID=${ID}\n`,
  })
  const planned = await plan(machine, { ...AWS, '~/.env': 'dotenv' })
  expect(planned.edits).toEqual([])
  expect(planned.byHand).toMatchObject([
    { why: expect.stringContaining('role_arn'), place: { line: 2 } },
    { why: expect.stringContaining('cannot get the role') },
  ])
})

test('a name that another profile has taken is refused', async () => {
  const machine = machineWith({
    '~/.aws/config': `[profile work]\nsso_session = corp\nsso_account_id = 999999999999\nsso_role_name = Admin\n${CORP}`,
    '~/.env': `AWS_ACCESS_KEY_ID=${ID}\n`,
  })
  await expect(plan(machine, { '~/.env': 'dotenv' })).rejects.toMatchObject({ code: 'conflict' })
})

test('profiles that take a further role from this one are told of', async () => {
  const machine = machineWith({
    '~/.aws/config': `[profile admin]\nrole_arn = arn:aws:iam::111122223333:role/admin\nsource_profile = work\nmfa_serial = arn:aws:iam::111122223333:mfa/alice\n${CORP}`,
    '~/.aws/credentials': `[work]\n${KEY}`,
  })
  const [edit] = (await plan(machine, AWS)).edits
  expect(edit?.notes).toEqual([
    expect.stringContaining('[admin] takes a further role from [work]'),
    expect.stringContaining('mfa_serial'),
  ])
})

test('a file that only a person can change comes with the exact advice, and a comment is told as one', async () => {
  const machine = machineWith({
    '~/.aws/config': CORP,
    '~/.s3cfg': `[default]\naccess_key = ${ID}\nsecret_key = ${SECRET}\n`,
    '~/.env': `# AWS_ACCESS_KEY_ID=${ID}\nAWS_ACCESS_KEY_ID=${ID}\nAWS_SECRET_ACCESS_KEY=${SECRET}\n`,
    '~/.bash_history': `export AWS_ACCESS_KEY_ID=${ID}\n`,
  })
  const kinds = { '~/.s3cfg': 's3cmd', '~/.env': 'dotenv', '~/.bash_history': 'shell-history' } as const
  const planned = await plan(machine, kinds)
  expect(planned.edits.map(({ foundAs }) => foundAs)).toEqual(['/home/alice/.aws/config', '/home/alice/.env'])
  expect(planned.byHand).toMatchObject([
    { kind: 's3cmd', advice: expect.stringContaining('mayfly exec work -- s3cmd ls') },
    { kind: 'dotenv', place: { line: 1 }, why: expect.stringContaining('comment') },
    { kind: 'shell-history', advice: expect.stringContaining('--delete-history') },
  ])
  const found = findIn(machine, kinds)
  const deleting = await planEdits(machine, found, { profileName: 'work', role, session }, { deletesHistory: true })
  expect(deleting.edits.at(-1)?.foundAs).toBe('/home/alice/.bash_history')
})

test('no plan holds a secret, nor more of it than its last four characters', async () => {
  const machine = machineWith({
    '~/.aws/config': CORP,
    '~/.aws/credentials': `[work]\n${KEY}`,
    '~/.env': `AWS_ACCESS_KEY_ID=${ID} # other: ${SECRET.split('').reverse().join('')}\nAWS_SECRET_ACCESS_KEY=${SECRET}\n`,
  })
  const text = JSON.stringify(await plan(machine, { ...AWS, '~/.env': 'dotenv' }))
  expect(text).toContain('…wXyZ')
  expect(text).not.toContain(SECRET.slice(-5))
  expect(text).not.toContain(SECRET.slice(0, 8))
  expect(text).not.toContain(SECRET.split('').reverse().join('').slice(4, 12))
})

test('a file that was changed since it was planned is refused, and nothing is written nor kept', async () => {
  const machine = machineWith({ '~/.aws/config': CORP, '~/.aws/credentials': `[work]\n${KEY}` })
  const [, edit] = (await plan(machine, AWS)).edits
  if (!edit) throw new Error('no edit')
  await machine.files.write(edit.path, `[work]\n${KEY}# new\n`)
  const keep = (): Promise<void> => Promise.reject(new Error('kept'))
  await expect(applyEdit(machine, edit, keep)).rejects.toMatchObject({ code: 'conflict' })
  expect(machine.text(edit.path)).toBe(`[work]\n${KEY}# new\n`)
})

test('somebody who writes between our look and our hand is not overwritten', async () => {
  const machine = machineWith({ '~/.aws/config': CORP, '~/.aws/credentials': `[work]\n${KEY}` })
  const [, edit] = (await plan(machine, AWS)).edits
  if (!edit) throw new Error('no edit')
  const theirs = async (): Promise<void> => machine.files.write(edit.path, 'theirs\n')
  await expect(applyEdit(machine, edit, theirs)).rejects.toMatchObject({ code: 'conflict' })
  expect(machine.text(edit.path)).toBe('theirs\n')
})

test('undo puts our lines back into a file that was edited elsewhere since, and refuses where they were edited', async () => {
  const former = `A=1\nAWS_ACCESS_KEY_ID=${ID}\nAWS_SECRET_ACCESS_KEY=${SECRET}\nB=2\nC=3\n`
  const machine = machineWith({ '~/.aws/config': CORP, '~/.env': former })
  const edit = (await plan(machine, { '~/.env': 'dotenv' })).edits.at(-1)
  if (!edit) throw new Error('no edit')
  const apply = async (): Promise<void> => void (await applyEdit(machine, edit, async () => undefined))
  await apply()
  await machine.files.write(edit.path, 'A=1\nAWS_PROFILE=work\nB=2\nC=4\nD=5\n')
  expect(await revertEdit(machine, edit, Buffer.from(former))).toBe('lines')
  expect(machine.text(edit.path)).toBe(former.replace('C=3\n', 'C=4\nD=5\n'))
  await machine.files.write(edit.path, 'A=1\nAWS_PROFILE=home\nB=2\nC=3\n')
  await expect(revertEdit(machine, edit, Buffer.from(former))).rejects.toMatchObject({ code: 'conflict' })
  expect(machine.text(edit.path)).toBe('A=1\nAWS_PROFILE=home\nB=2\nC=3\n')
})

test('an environment that is for a program without profiles keeps its variables', async () => {
  const machine = machineWith({
    '~/.aws/config': CORP,
    '~/backup.env': `RESTIC_REPOSITORY=s3:x\nAWS_ACCESS_KEY_ID=${ID}\nAWS_SECRET_ACCESS_KEY=${SECRET}\n`,
  })
  const { edits, byHand } = await plan(machine, { '~/backup.env': 'dotenv' })
  expect(edits.map(({ foundAs }) => foundAs)).toEqual(['/home/alice/.aws/config'])
  expect(byHand).toMatchObject([{ advice: expect.stringContaining('mayfly exec work -- restic') }])
})

test('a file in UTF-16 stays one, and so does one whose comment is Latin-1', async () => {
  const machine = machineWith({ '~/.aws/config': CORP })
  const utf16 = Buffer.from(`\ufeff# ü\r\n$env:AWS_ACCESS_KEY_ID = '${ID}'\r\n`, 'utf16le')
  const latin1 = Buffer.from(`# \xfc\nexport AWS_ACCESS_KEY_ID=${ID}\n`, 'latin1')
  await machine.files.write('/home/alice/profile.ps1', utf16)
  await machine.files.write('/home/alice/.bashrc', latin1)
  const place = (path: string) => ({ type: 'file', path, line: 2, column: 1 }) as const
  const found = ['/home/alice/profile.ps1', '/home/alice/.bashrc'].map(
    (path): FoundKey => ({ accessKeyId: ID, isCanary: false, kind: 'shell-startup', place: place(path), uses: [] }),
  )
  await apply(machine, await planEdits(machine, found, { profileName: 'wörk', role, session }))
  const [first, second] = ['profile.ps1', '.bashrc'].map((name) => machine.disk.get(`/home/alice/${name}`)?.content)
  expect(Buffer.from(first ?? []).toString('utf16le')).toBe("\ufeff# ü\r\n$env:AWS_PROFILE = 'wörk'\r\n")
  expect(Buffer.from(second ?? [])).toEqual(
    Buffer.concat([Buffer.from('# \xfc\n', 'latin1'), Buffer.from("export AWS_PROFILE='wörk'\n")]),
  )
})

test("a new profile of an Identity Center of one's own carries the address that the others have", async () => {
  const machine = machineWith({
    '~/.aws/config': `[profile dev]\nsso_session = corp\nendpoint_url = http://127.0.0.1:8321\n${CORP}`,
    '~/.env': `AWS_ACCESS_KEY_ID=${ID}\n`,
  })
  await apply(machine, await plan(machine, { '~/.env': 'dotenv' }))
  expect(machine.text('~/.aws/config')).toContain('sso_role_name = Developer\nendpoint_url = http://127.0.0.1:8321\n')
})
