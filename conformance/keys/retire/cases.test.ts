/** Retirements that do not go straight: who may not, who is not signed in, machines, dead keys, two terminals. */

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { hasAwsCli } from '../../harness/aws-cli.ts'
import { MAYFLY } from '../../harness/mayfly.ts'
import { missingFaketime } from '../../harness/moving-clock.ts'
import { missingSecretService, SecretService } from '../../harness/secret-service.ts'
import { hasTmux, Tmux } from '../../harness/tmux.ts'
import { type IamAccount, openIamAccount } from '../check/iam-account.ts'
import { RetiringHome } from './retiring-home.ts'

const missing = hasAwsCli ? missingFaketime : 'there is no AWS CLI (Debian: apt-get install awscli)'
const HASTE = '--yes --soak 0d --rest 0d'

let place: RetiringHome
let iam: IamAccount

beforeAll(async () => {
  if (missing !== undefined) return
  place = await RetiringHome.open()
  iam = await openIamAccount(place.home, place.server.origin, 'admin')
  // A user has two keys at most.
  await change('DeleteAccessKey')
})
afterAll(() => place?.close())
beforeEach(async (context) => {
  context.skip(missing !== undefined, missing)
  place.reset(await iam.createKey(place.userName))
})
afterEach(async () => {
  if (missing !== undefined) return
  expect(
    place.traces('.aws/credentials', 'app/.env', '.config/rclone/rclone.conf', '.github/workflows/ci.yml'),
  ).toEqual([])
  await change('DeleteAccessKey').catch(() => undefined)
})

const change = (operation: string, more: Readonly<Record<string, string>> = {}) =>
  iam.call(operation, { UserName: place.userName, AccessKeyId: place.key.id, ...more })

const retire = (words: string) => place.mayfly(`keys retire ${place.key.id} ${words}`)
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ')

async function step(): Promise<string> {
  const { retirements } = JSON.parse((await place.mayfly('keys status --json')).stdout)
  return retirements.find(({ accessKeyId }: { accessKeyId: string }) => accessKeyId === place.key.id)?.step
}

test('who may only read swaps and soaks, and gets the exact commands for an administrator', async () => {
  const { status, stdout } = await retire(`${HASTE} --permission-set ReadOnlyAccess --to deleted`)
  expect([status, await place.statusOfKey()]).toEqual([1, 'Active'])
  const command = `aws iam update-access-key --user-name ${place.userName} --access-key-id ${place.key.id} --status Inactive`
  expect(stdout).toContain(`  ${command}\n`)
  await place.asAlice(...command.split(' ').slice(2))
  const rested = await retire(`${HASTE} --to deleted`)
  expect(rested.stdout).toContain(
    `  aws iam delete-access-key --user-name ${place.userName} --access-key-id ${place.key.id}\n`,
  )
  expect([rested.status, await step()]).toEqual([1, 'inactive'])
  const deleted = await retire(`${HASTE} --to deleted --as admin`)
  expect([deleted.status, await place.statusOfKey(), await step()]).toEqual([0, 'gone', 'deleted'])
})

test('a key that a pipeline uses is left alone, until somebody insists', async () => {
  const { id, secret } = place.key
  const env = `    env:\n      AWS_ACCESS_KEY_ID: ${id}\n      AWS_SECRET_ACCESS_KEY: ${secret}\n`
  place.home.write('.github/workflows/ci.yml', `on: push\njobs:\n  a:\n${env}    steps: []\n`)
  try {
    const refused = await retire('--yes')
    expect([refused.status, await step()]).toEqual([255, undefined])
    expect(refused.stderr).toContain('Machines use')
    expect(refused.stderr).toContain('--force')
    expect((await retire('--yes --force')).status).toBe(0)
    expect(await step()).toBe('soaking')
    expect((await place.mayfly(`keys undo ${id} --yes`)).status).toBe(0)
  } finally {
    rmSync(join(place.home.path, '.github'), { recursive: true })
  }
})

test('a dead key leaves the files, and there is nothing more to do', async () => {
  await change('DeleteAccessKey')
  const { status, stdout, stderr } = await retire(HASTE)
  expect([status, stderr, flat(stdout)]).toEqual([0, '', expect.stringContaining('there is nothing to switch off')])
  expect([await step(), place.traces()]).toEqual(['soaking', []])
  expect((await retire(`${HASTE} --to deleted`)).status).toBe(0)
  expect([await step(), place.traces()]).toEqual(['closed', []])
})

test('a key that is nowhere, as a slip of the pen is, gets no retirement', async () => {
  const slip = place.key.id.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
  const { status, stderr } = await place.mayfly(`keys retire ${slip} --yes`)
  expect([status, flat(stderr)]).toEqual([255, expect.stringContaining('there is nothing to do')])
  expect((await place.mayfly('keys status --json --all')).stdout).not.toContain(slip)
})

test('a key that is off already leaves the files, and is deleted once somebody agrees', async () => {
  await change('UpdateAccessKey', { Status: 'Inactive' })
  const { status, stdout, stderr } = await retire('--yes')
  expect([status, stderr, stdout.includes('nobody')]).toEqual([
    252,
    expect.stringContaining('The key was not deleted: nobody can be asked'),
    false,
  ])
  expect([await place.statusOfKey(), await step()]).toEqual(['Inactive', 'inactive'])
  expect((await retire('--yes --to deleted')).status).toBe(0)
  expect([await place.statusOfKey(), await step()]).toEqual(['gone', 'deleted'])
})

test('the other key of the user is named and left alone', async () => {
  const other = await iam.createKey(place.userName)
  try {
    const { stdout } = await retire(`${HASTE} --to inactive`)
    expect(flat(stdout)).toContain(`deploy has another key, ${other.id} (Active): it is left alone.`)
    const { AccessKeyMetadata } = await place.asAlice('list-access-keys', '--user-name', place.userName)
    const statuses = AccessKeyMetadata.map((each: Record<string, string>) => [each['AccessKeyId'], each['Status']])
    expect(Object.fromEntries(statuses)).toEqual({ [place.key.id]: 'Inactive', [other.id]: 'Active' })
  } finally {
    await iam.call('DeleteAccessKey', { UserName: place.userName, AccessKeyId: other.id })
  }
})

test('nobody who is signed out, and no key of an account that is not reached, gets anywhere', async () => {
  const foreign = place.key.id.replace(/^AKIA.{6}/, 'AKIAQ6KJ2Y')
  const { status, stderr } = await place.mayfly(`keys retire ${foreign} --yes`)
  expect([status, flat(stderr)]).toEqual([
    255,
    expect.stringContaining(`${foreign} cannot be retired as things stand.`),
  ])
  await retire('--yes')
  await place.mayfly('logout')
  try {
    const waiting = await retire(`${HASTE} --to deleted`)
    expect([waiting.status, flat(waiting.stdout)]).toEqual([1, expect.stringContaining('mayfly sso login')])
    expect((await place.mayfly('keys retire --due')).status).toBe(1)
    expect((await place.mayfly(`keys undo ${place.key.id} --yes`)).status).toBe(0)
  } finally {
    await place.signIn()
  }
  expect(await place.statusOfKey()).toBe('Active')
})

test('two terminals at once do each step once', async () => {
  const runs = await Promise.all([retire(`${HASTE} --to deleted`), retire(`${HASTE} --to deleted`)])
  // The slower one may find that all is done.
  for (const { status, stderr } of runs) expect([0, 255], stderr).toContain(status)
  expect(runs.some(({ status }) => status === 0)).toBe(true)
  expect([await place.statusOfKey(), await step()]).toEqual(['gone', 'deleted'])
  const { retirements } = JSON.parse((await place.mayfly('keys status --json')).stdout)
  const own = retirements.find(({ accessKeyId }: { accessKeyId: string }) => accessKeyId === place.key.id)
  const did = own.history.map(({ what }: { what: string }) => what.split(' ').slice(0, 2).join(' '))
  expect(did.filter((what: string) => what === 'Switched the')).toHaveLength(1)
})

test('a key that lies on no disk here is retired as well, as a profile that is named', async () => {
  for (const file of ['.aws/credentials', 'app/.env', '.config/rclone/rclone.conf']) rmSync(join(place.home.path, file))
  const plan = await place.mayfly(`keys plan ${place.key.id} --permission-set ReadOnlyAccess`)
  expect([plan.status, flat(plan.stdout)]).toEqual([0, expect.stringContaining('no file changes')])
  const unnamed = await retire(`${HASTE} --permission-set ReadOnlyAccess`)
  expect([unnamed.status, unnamed.stderr]).toEqual([
    255,
    expect.stringContaining('Name the profile to switch it off as: --as admin'),
  ])
  const { status, stdout, stderr } = await retire(`${HASTE} --to deleted --as admin`)
  expect([status, stderr], stdout).toEqual([0, ''])
  expect(stdout).toContain('No file had to change. Tested: admin is')
  expect([await place.statusOfKey(), await step()]).toEqual(['gone', 'deleted'])
})

test('with a keychain the key of the backups lies there, and is gone when all is taken back', async (context) => {
  context.skip(missingSecretService !== undefined, missingSecretService)
  const service = await SecretService.start()
  const kept = () => place.home.files('.mayfly/retirements').map((path) => path.replace(/.*[./]/, ''))
  try {
    const swapped = await place.mayfly(`keys retire ${place.key.id} --yes`, service.env)
    expect([swapped.status, kept()]).toEqual([0, ['json', 'sealed', 'sealed', 'sealed', 'sealed']])
    const locked = await place.mayfly(`keys undo ${place.key.id} --yes`)
    expect([locked.status, flat(locked.stderr)]).toEqual([255, expect.stringContaining('Unlock the keychain')])
    const undone = await place.mayfly(`keys undo ${place.key.id} --yes`, service.env)
    expect([undone.status, undone.stderr, kept()]).toEqual([0, '', ['json']])
  } finally {
    service.stop()
  }
})

test('the plan of a key that is being retired says so, and offers no second beginning', async () => {
  await retire('--yes')
  const { stdout } = await place.mayfly(`keys plan ${place.key.id}`)
  expect(stdout).toMatch(/Being retired: soaking since [\d-]+\. How far: mayfly keys status/)
  expect(stdout).not.toContain('mayfly keys retire')
})

test('before a key is switched off, what still holds it here is told', async () => {
  const { id, secret } = place.key
  place.home.write('.s3cfg', `[default]\naccess_key = ${id}\nsecret_key = ${secret}\n`)
  try {
    const { stdout } = await retire(`${HASTE} --to inactive`)
    const remaining = stdout.slice(stdout.indexOf('still lies in these places'), stdout.indexOf('is switched off'))
    expect(remaining).toContain('  ~/.s3cfg:2\n')
  } finally {
    rmSync(join(place.home.path, '.s3cfg'))
  }
})

test("a region that was set meanwhile is no other profile's when all is taken back", async () => {
  const former = place.home.read('.aws/config')
  await retire('--yes')
  const set = await place.aws.run(place.home, ['configure', 'set', 'region', 'eu-west-1', '--profile', 'work'])
  expect(set.status).toBe(0)
  const { status, stderr } = await place.mayfly(`keys undo ${place.key.id} --yes`)
  expect([status, stderr]).toEqual([0, ''])
  expect(place.home.read('.aws/config')).toBe(`${former}\n[profile work]\nregion = eu-west-1\n`)
})

test('closed by hand, the key stays as it is and no backup is left', async () => {
  await retire('--yes')
  expect((await retire('--close')).status).toBe(0)
  expect([await place.statusOfKey(), await step(), place.traces()]).toEqual(['Active', 'closed', []])
  expect(place.home.files('.mayfly/retirements').filter((path) => !path.endsWith('.json'))).toEqual([])
})

test('a person is asked at each step, and a no is a no', async (context) => {
  context.skip(!hasTmux, 'there is no tmux (Debian: apt-get install tmux)')
  const words = [process.execPath, MAYFLY, 'keys', 'retire', place.key.id, '--soak', '0d', '--rest', '0d']
  const answer = async (answers: readonly (readonly [string, string])[]): Promise<string> => {
    const tmux = await Tmux.start(words, { env: place.home.env(place.env()), rows: 70 })
    try {
      for (const [question, typed] of answers) {
        await tmux.until(question)
        await tmux.type(typed)
      }
      expect(await tmux.ended()).toBe(0)
      return await tmux.screen({ scrollback: true })
    } finally {
      await tmux.stop()
    }
  }
  expect(await answer([['Each is backed up. [y/N]:', '\n']])).toContain('Nothing was done.')
  expect(await step()).toBeUndefined()
  const screen = await answer([
    ['Each is backed up. [y/N]:', 'y\n'],
    [`Switch ${place.key.id} off (last used: `, 'y\n'],
    [`Delete ${place.key.id} for good (last used: `, 'n\n'],
  ])
  place.heard.push(`screen\n${screen}`)
  expect(screen).toContain(`${place.key.id} is switched off. What still needs it fails from now on.`)
  expect([await place.statusOfKey(), await step()]).toEqual(['Inactive', 'inactive'])
})
