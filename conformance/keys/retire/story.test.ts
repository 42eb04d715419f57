/** The whole story of a retirement, with the tools that lived on the key: they work at every step. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasAwsCli } from '../../harness/aws-cli.ts'
import { missingFaketime } from '../../harness/moving-clock.ts'
import { RetiringHome } from './retiring-home.ts'

const DAY = 24 * 60

let place: RetiringHome

beforeAll(async () => {
  if (hasAwsCli && missingFaketime === undefined) place = await RetiringHome.open()
})
afterAll(() => place?.close())

const every = (who: 'user' | 'role', tools: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.keys(tools).map((tool) => [tool, who]))

/** Every tool works, as whom it should, and the secret lies nowhere but in these files. */
async function expectTools(who: 'user' | 'role', ...files: readonly string[]) {
  const tools = await place.tools()
  expect(tools).toEqual(every(who, tools))
  expect(place.traces(...files)).toEqual([])
}

/** How far the retirement is, by what `keys status` says. */
async function status() {
  const { stdout } = await place.mayfly('keys status --json')
  const { retirements } = JSON.parse(stdout)
  return retirements.find(({ accessKeyId }: { accessKeyId: string }) => accessKeyId === place.key.id)
}

const HOLDERS = ['.aws/credentials', 'app/.env', '.config/rclone/rclone.conf']

test('swap, soak with a straggler, deactivate, undo, again, delete: every tool works at every step', async (context) => {
  context.skip(!hasAwsCli, 'there is no AWS CLI (Debian: apt-get install awscli)')
  context.skip(missingFaketime !== undefined, missingFaketime)
  const { id } = place.key
  const former = HOLDERS.map((file) => place.home.read(file))
  await expectTools('user', ...HOLDERS)

  const asked = await place.mayfly(`keys retire ${id}`)
  expect([asked.status, asked.stderr]).toEqual([252, expect.stringContaining('nobody can be asked here')])
  expect(HOLDERS.map((file) => place.home.read(file))).toEqual(former)

  const swapped = await place.mayfly(`keys retire ${id} --yes`)
  expect([swapped.status, swapped.stderr]).toEqual([0, ''])
  expect(swapped.stdout).toContain('It soaks: after 7 days without a use')
  await expectTools('role')

  // Nothing may be hurried by running it again.
  place.clock.move(3 * DAY)
  await place.signIn()
  const early = await place.mayfly(`keys retire ${id} --to deleted --yes`)
  expect([early.status, await place.statusOfKey()]).toEqual([0, 'Active'])

  place.clock.move(6 * DAY)
  await place.signIn()
  await place.useKeyElsewhere()
  const told = await place.mayfly(`keys retire ${id} --to deleted --yes`)
  expect(told.status).toBe(1)
  expect(told.stdout.replaceAll('\n', ' ')).toContain(`Somebody still uses ${id}: sts in us-east-1`)
  expect(told.stdout).toContain(
    `aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=${id}`,
  )
  await expectTools('role')

  // The eighth day, and the second of the soak that began anew.
  place.clock.move(8 * DAY)
  await place.signIn()
  const delayed = await place.mayfly(`keys retire ${id} --to deleted --yes`)
  expect([delayed.status, await place.statusOfKey()]).toEqual([0, 'Active'])
  expect(await status()).toMatchObject({ step: 'soaking', stragglers: [{ service: 'sts', region: 'us-east-1' }] })

  place.clock.move(13 * DAY + 60)
  await place.signIn()
  const off = await place.mayfly(`keys retire ${id} --to deleted --yes`)
  expect([off.status, await place.statusOfKey()]).toEqual([0, 'Inactive'])
  await expectTools('role')

  const undone = await place.mayfly(`keys undo ${id} --yes`)
  expect([undone.status, undone.stderr, await place.statusOfKey()]).toEqual([0, '', 'Active'])
  expect(HOLDERS.map((file) => place.home.read(file))).toEqual(former)
  await expectTools('user', ...HOLDERS)
  expect(place.home.files('.mayfly/retirements')).toEqual([`.mayfly/retirements/${id}.json`])

  const again = await place.mayfly(`keys retire ${id} --yes --soak 2d --rest 1d --schedule --to deleted`)
  expect([again.status, again.stderr]).toEqual([0, ''])
  expect((await place.mayfly('keys retire --due')).stdout).toBe('')
  await expectTools('role')

  place.clock.move(15 * DAY + 120)
  await place.signIn()
  expect((await place.mayfly('keys retire --due')).status).toBe(0)
  expect([await place.statusOfKey(), (await status()).step]).toEqual(['Inactive', 'inactive'])
  await expectTools('role')

  place.clock.move(16 * DAY + 180)
  await place.signIn()
  const deleted = await place.mayfly('keys retire --due')
  expect([deleted.status, await place.statusOfKey(), (await status()).step]).toEqual([0, 'gone', 'deleted'])
  await expectTools('role')
  expect(place.home.files('.mayfly/retirements')).toEqual([`.mayfly/retirements/${id}.json`])

  const late = await place.mayfly(`keys undo ${id} --yes`)
  expect([late.status, late.stderr]).toEqual([255, expect.stringContaining('nothing brings a deleted key back')])
}, 300_000)
