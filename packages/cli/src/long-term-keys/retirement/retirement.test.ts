import { after, days, minutes } from '@mayfly/identity-center/duration'
import { expect, test } from 'vitest'
import type { KeyFacts } from '../inquiry/key-facts.ts'
import { readKnownKeys } from '../inquiry/known-keys.ts'
import { getRetirement, openAccessPath, testProfile, tryAccessPath } from './access-path.ts'
import { type ActOutcome, act } from './acts.ts'
import { findRetirement, listRetirements, withRetirement } from './journal.ts'
import { lookAt } from './look.ts'
import { createRetirement } from './new-retirement.ts'
import type { Retirement } from './retirement.ts'
import { swapFiles } from './swap.ts'
import { CHANGES, createStory, KEY_ID, leftovers, type Story, stateOfFiles } from './testing/story.ts'
import { USER } from './testing/test-account.ts'
import { undoRetirement } from './undo.ts'

const swap = ({ machine }: Story): Promise<Retirement> =>
  withRetirement(machine, KEY_ID, async () => {
    const retirement = await getRetirement(machine, KEY_ID)
    return swapFiles(machine, retirement, () => testProfile(machine, {}, retirement))
  })

const path = ({ machine }: Story) => openAccessPath(machine, {}, 'default')

const doIt = async (story: Story, what: 'deactivate' | 'delete'): Promise<ActOutcome> =>
  act(story.machine, KEY_ID, what, await path(story))

const undo = async (story: Story, options = {}) =>
  undoRetirement(story.machine, KEY_ID, await tryAccessPath(story.machine, {}, 'default'), options)

async function swapped(changes: Partial<Retirement> = {}): Promise<Story> {
  const story = await createStory(changes)
  await swap(story)
  return story
}

test('a swap changes every file, tests the profile by a call, and keeps the backups sealed', async () => {
  const story = await createStory()
  const retirement = await swap(story)
  expect(stateOfFiles(story)).toBe('after')
  expect(retirement).toMatchObject({ step: 'soaking', testedArn: story.account.arn })
  expect(leftovers(story)).toHaveLength(4)
  expect(story.account.keys.get(KEY_ID)).toBe('Active')
})

for (const [what, spoil] of [
  ['is of another account', (story: Story) => Object.assign(story.account, { account: '999999999999' })],
  ['is no role', (story: Story) => Object.assign(story.account, { arn: `arn:aws:iam::111122223333:user/${USER}` })],
  ['is turned away', (story: Story) => story.account.denied.add('GetCallerIdentity')],
] as const) {
  test(`a swap whose profile ${what} is put back, and leaves nothing`, async () => {
    const story = await createStory()
    spoil(story)
    await expect(swap(story)).rejects.toThrow('The swap did not work, and every file is as it was.')
    expect([stateOfFiles(story), leftovers(story)]).toEqual(['before', []])
    expect((await getRetirement(story.machine, KEY_ID)).step).toBe('undone')
  })
}

test('a file that changed since the plan is left alone, and so is every other', async () => {
  const story = await createStory()
  const [, changed] = CHANGES
  await story.machine.files.write(changed?.path ?? '', 'MINE=1\n')
  await expect(swap(story)).rejects.toThrow('somebody has changed it since')
  expect(story.machine.text(CHANGES[0]?.path ?? '')).toBe(CHANGES[0]?.before)
  expect(story.machine.text(changed?.path ?? '')).toBe('MINE=1\n')
  expect((await getRetirement(story.machine, KEY_ID)).step).toBe('planned')
})

test('of two that switch off at once, one does', async () => {
  const story = await swapped({ restDays: 7 })
  const both = await Promise.all([doIt(story, 'deactivate'), doIt(story, 'deactivate')])
  expect(both.map(({ is }) => is).sort()).toEqual(['changed', 'done'])
  const calls = story.machine.requests.filter(({ body }) => String(body).includes('Status=Inactive'))
  expect(calls).toHaveLength(1)
})

test('who may not switch it on again does not switch it off, and an administrator is asked for', async () => {
  const story = await swapped()
  story.account.denied.add('UpdateAccessKey')
  expect(await doIt(story, 'deactivate')).toMatchObject({ is: 'handed-over', retirement: { step: 'soaking' } })
  expect(story.account.keys.get(KEY_ID)).toBe('Active')
})

test('what an administrator did is seen, and an undo knows that it was ours', async () => {
  const story = await swapped({ restDays: 7 })
  story.account.denied.add('UpdateAccessKey')
  await doIt(story, 'deactivate')
  story.account.keys.set(KEY_ID, 'Inactive')
  story.account.denied.clear()
  const { retirement } = await lookAt(story.machine, KEY_ID, await path(story))
  expect(retirement).toMatchObject({ step: 'inactive', deactivatedBy: 'us' })
  expect(await undo(story)).toMatchObject({ isActivated: true })
  expect([stateOfFiles(story), story.account.keys.get(KEY_ID)]).toEqual(['before', 'Active'])
})

test('a key that its own user, or another account, would switch off is refused', async () => {
  const story = await swapped({ userName: USER })
  story.account.arn = `arn:aws:iam::111122223333:user/${USER}`
  await expect(doIt(story, 'deactivate')).rejects.toThrow('signs with a key of the user bob itself')
  story.account.arn = 'arn:aws:sts::999999999999:assumed-role/Admin/bob'
  story.account.account = '999999999999'
  await expect(doIt(story, 'deactivate')).rejects.toThrow('is of account 999999999999')
  expect(story.account.keys.get(KEY_ID)).toBe('Active')
})

test('a use that comes between the decision and the act is in time', async () => {
  const story = await swapped({ soakDays: 1 })
  const { machine, account } = story
  await machine.clock.advance(days(1))
  expect((await lookAt(machine, KEY_ID, await path(story))).next).toEqual({ do: 'deactivate' })
  account.lastUsed = { at: after(machine.clock.now(), minutes(-1)), service: 's3', region: 'eu-west-1' }
  expect(await doIt(story, 'deactivate')).toMatchObject({
    is: 'changed',
    look: { next: { do: 'wait', why: 'soak' }, straggler: { service: 's3', region: 'eu-west-1' } },
  })
  expect(account.keys.get(KEY_ID)).toBe('Active')
  // Told once.
  expect((await lookAt(machine, KEY_ID, await path(story))).straggler).toBeUndefined()
})

test('what a look learned is known to those who ask nobody', async () => {
  const story = await swapped()
  const used = { at: story.machine.clock.now(), service: 's3', region: 'eu-west-1' }
  story.account.lastUsed = used
  await lookAt(story.machine, KEY_ID, await path(story))
  const known = (await readKnownKeys(story.machine)).get(KEY_ID)
  expect(known).toMatchObject({ state: 'live', lastUsed: { service: 's3', region: 'eu-west-1', isOurs: false } })
})

test('a key that was used after it was switched off is not deleted', async () => {
  const story = await swapped()
  await doIt(story, 'deactivate')
  await story.machine.clock.advance(minutes(30))
  story.account.lastUsed = { at: story.machine.clock.now(), service: 'sts', region: 'us-east-1' }
  expect(await doIt(story, 'delete')).toMatchObject({ is: 'changed', look: { next: { do: 'wait', why: 'rest' } } })
  expect(story.account.keys.has(KEY_ID)).toBe(true)
})

test('a key that somebody else has deleted is gone, and its backups with it', async () => {
  const story = await swapped()
  story.account.keys.delete(KEY_ID)
  const { retirement } = await lookAt(story.machine, KEY_ID, await path(story))
  expect([retirement.step, leftovers(story)]).toEqual(['deleted', []])
})

test('files do not get a key back that is gone, unless the person wants just that', async () => {
  const story = await swapped()
  story.account.keys.delete(KEY_ID)
  await expect(undo(story)).rejects.toThrow('the files would hold a key that opens nothing')
  await undo(story, { filesOnly: true })
  expect(stateOfFiles(story)).toBe('before')
})

test('a key that somebody has switched on again soaks anew', async () => {
  const story = await swapped({ soakDays: 7, restDays: 7 })
  const { machine, account } = story
  await machine.clock.advance(days(7))
  await doIt(story, 'deactivate')
  account.keys.set(KEY_ID, 'Active')
  await machine.clock.advance(days(1))
  const { retirement, next } = await lookAt(machine, KEY_ID, await path(story))
  expect([retirement.step, next]).toEqual([
    'soaking',
    { do: 'wait', why: 'soak', until: after(machine.clock.now(), days(7)) },
  ])
})

test('an undo leaves what was changed since, says so, and goes on when that is right', async () => {
  const story = await swapped()
  const [credentials] = CHANGES
  await story.machine.files.write(credentials?.path ?? '', '# mine\n[default]\nregion = mine\n')
  await expect(undo(story)).rejects.toThrow('Not every file could be put back.')
  expect((await getRetirement(story.machine, KEY_ID)).step).toBe('undoing')
  expect(story.machine.text(CHANGES[1]?.path ?? '')).toBe(CHANGES[1]?.before)
  const undone = await undo(story, { keepsFiles: true })
  expect(undone.retirement.edits.map(({ state }) => state)).toEqual(['kept', 'restored', 'restored'])
  expect([story.machine.text(credentials?.path ?? ''), leftovers(story)]).toEqual([
    '# mine\n[default]\nregion = mine\n',
    [],
  ])
})

test('without a sign-in nothing is switched off, and nothing is put back while the key is off', async () => {
  const story = await swapped({ restDays: 7 })
  await doIt(story, 'deactivate')
  const nobody = { profileName: 'default', error: new Error('nobody is signed in') }
  expect((await lookAt(story.machine, KEY_ID, nobody)).next).toEqual({ do: 'wait', why: 'unasked' })
  await expect(undoRetirement(story.machine, KEY_ID, nobody)).rejects.toThrow('No file was put back.')
  expect(stateOfFiles(story)).toBe('after')
  expect(await undo(story)).toMatchObject({ isActivated: true })
})

test('a key that was off before anybody touched it stays off when it is undone', async () => {
  const story = await createStory({ restDays: 7 })
  story.account.keys.set(KEY_ID, 'Inactive')
  await swap(story)
  expect((await lookAt(story.machine, KEY_ID, await path(story))).retirement.deactivatedBy).toBe('others')
  expect(await undo(story)).toMatchObject({ isActivated: false })
  expect([stateOfFiles(story), story.account.keys.get(KEY_ID)]).toEqual(['before', 'Inactive'])
})

test('a journal that cannot be understood is told, and hides no other', async () => {
  const { machine } = await createStory()
  const other = `AKIA${'ABCDEFGH'}${'IJKLMNOP'}`
  await machine.files.write(`/home/alice/.mayfly/retirements/${other}.json`, '{"version":2}')
  const { retirements, damaged } = await listRetirements(machine)
  expect(retirements.map(({ accessKeyId }) => accessKeyId)).toEqual([KEY_ID])
  expect(damaged).toEqual([`/home/alice/.mayfly/retirements/${other}.json`])
  await expect(findRetirement(machine, other)).rejects.toThrow('cannot be understood')
  expect(await findRetirement(machine, '../../../etc/passwd')).toBeUndefined()
})

test('a journal is for its owner alone', async () => {
  const { machine } = await swapped()
  for (const [file, { mode }] of machine.disk)
    if (file.includes('/retirements/')) expect([file, mode]).toEqual([file, 0o600])
})

test('a clock that ran ahead while nobody answered holds nothing up once it is right', async () => {
  const story = await swapped({ soakDays: 7 })
  const { machine } = story
  const { notedAt } = await getRetirement(machine, KEY_ID)
  await machine.clock.advance(days(400))
  const turnedAway = { profileName: 'default', error: new Error('Signature not yet current') }
  expect((await lookAt(machine, KEY_ID, turnedAway)).next).toEqual({ do: 'wait', why: 'unasked' })
  expect((await getRetirement(machine, KEY_ID)).notedAt).toEqual(notedAt)
})

test('a user that has another name by now has not taken the key with it', async () => {
  const story = await swapped({ userName: 'bob-of-yore', restDays: 7, soakDays: 1 })
  story.account.denied.add('GetAccessKeyLastUsed')
  const renamed = await lookAt(story.machine, KEY_ID, await path(story))
  expect(renamed).toMatchObject({ retirement: { step: 'soaking', userName: USER }, standing: { status: 'Active' } })
  expect(leftovers(story)).not.toEqual([])
  await story.machine.clock.advance(days(1))
  story.account.denied.add('ListUsers')
  const unknown = await createStory({ userName: 'bob-of-yore' })
  await swap(unknown)
  for (const operation of ['GetAccessKeyLastUsed', 'ListUsers']) unknown.account.denied.add(operation)
  expect(await lookAt(unknown.machine, KEY_ID, await path(unknown))).toMatchObject({ standing: { status: 'unknown' } })
  unknown.account.denied.delete('ListUsers')
  unknown.account.keys.delete(KEY_ID)
  expect(await lookAt(unknown.machine, KEY_ID, await path(unknown))).toMatchObject({ retirement: { step: 'deleted' } })
})

test('a journal of another user, and one that names no whole path, moves nothing', async () => {
  const story = await swapped()
  const { machine } = story
  const file = `/home/alice/.mayfly/retirements/${KEY_ID}.json`
  const text = machine.text(file) ?? ''
  await machine.files.write(file, text.replaceAll('"/home/alice/app/.env"', '"../../etc/passwd"'))
  await expect(undo(story)).rejects.toThrow('cannot be understood')
  await machine.files.write(file, text)
  const { inspection } = machine
  const foreign = {
    ...machine,
    inspection: {
      ...inspection,
      describeFile: async (place: string) => {
        const state = await inspection.describeFile(place)
        return state && { ...state, isOwn: place !== file }
      },
    },
  }
  await expect(undo({ ...story, machine: foreign })).rejects.toThrow('belongs to another user')
  expect(stateOfFiles(story)).toBe('after')
  await undo(story)
  expect(stateOfFiles(story)).toBe('before')
})

test('a pipe that somebody put in the place of a file is not waited for, and the others go back', async () => {
  const story = await swapped()
  const { machine } = story
  const { inspection } = machine
  const piped = {
    ...machine,
    inspection: {
      ...inspection,
      describeFile: async (place: string) => {
        const state = await inspection.describeFile(place)
        return place === '/home/alice/app/.env' && state ? { ...state, kind: 'other' as const } : state
      },
    },
  }
  await expect(undo({ ...story, machine: piped })).rejects.toThrow('/home/alice/app/.env is no plain file any more')
  expect(machine.text('/home/alice/.aws/credentials')).toBe(CHANGES[0]?.before)
  await undo(story)
  expect(stateOfFiles(story)).toBe('before')
})

test('a key that was left off when its files went back is switched on by the next undo', async () => {
  const story = await swapped({ restDays: 7 })
  await doIt(story, 'deactivate')
  const signedOut = { profileName: 'default', error: new Error('signed out') }
  const back = await undoRetirement(story.machine, KEY_ID, signedOut, { filesOnly: true })
  expect(back).toMatchObject({ retirement: { step: 'undone', deactivatedBy: 'us' }, isActivated: false })
  expect([stateOfFiles(story), story.account.keys.get(KEY_ID)]).toEqual(['before', 'Inactive'])
  const signer = { ...(await openAccessPath(swappedBack(story), {}, 'default')), profileName: 'other' }
  await expect(undoRetirement(story.machine, KEY_ID, signedOut)).rejects.toThrow('could say whether')
  expect(await undoRetirement(story.machine, KEY_ID, signer)).toMatchObject({ isActivated: true })
  expect([stateOfFiles(story), story.account.keys.get(KEY_ID)]).toEqual(['before', 'Active'])
  expect(await undoRetirement(story.machine, KEY_ID, signedOut)).toMatchObject({ isActivated: false })
})

/** Another computer, on which the profile still gives a role. */
const swappedBack = ({ machine }: Story) => ({
  ...machine,
  files: {
    ...machine.files,
    readText: async (path: string) =>
      path === '/home/alice/.aws/config' ? (CHANGES[2]?.after ?? '') : machine.files.readText(path),
  },
})

test('a journal whose key of the backups has the name of another file is not followed', async () => {
  const story = await swapped()
  const file = `/home/alice/.mayfly/retirements/${KEY_ID}.json`
  const text = story.machine.text(file) ?? ''
  await story.machine.files.write(file, text.replace(/("backupKey": \{\s+"id": ")/, '$1../../'))
  await expect(undo(story)).rejects.toThrow('cannot be understood')
  await story.machine.files.write(file, text)
  await undo(story)
  expect(leftovers(story)).toEqual([])
})

test('a key that we have left off is ours to switch on in its next retirement, too', async () => {
  const former = { ...(await createStory()).planned, deactivatedBy: 'us' } as const
  const facts = { state: 'inactive' } as KeyFacts
  const plan = { ...former, facts, edits: [] }
  expect(createRetirement(plan, former, former.since)).toMatchObject({ deactivatedBy: 'us' })
  expect(createRetirement({ ...plan, facts: { ...facts, state: 'live' } }, former, former.since)).not.toHaveProperty(
    'deactivatedBy',
  )
  const story = await swapped({ deactivatedBy: 'us' })
  story.account.keys.set(KEY_ID, 'Inactive')
  expect((await lookAt(story.machine, KEY_ID, await path(story))).retirement).toMatchObject({ deactivatedBy: 'us' })
  expect(await undo(story)).toMatchObject({ isActivated: true })
})
