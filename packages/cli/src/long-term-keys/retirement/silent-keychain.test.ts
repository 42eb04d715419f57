import { expect, test } from 'vitest'
import { KeychainError } from '../../machine/keychain.ts'
import type { Machine } from '../../machine/machine.ts'
import { createSecretMemory } from '../../machine/secret-memory.ts'
import { getRetirement, openAccessPath, testProfile, tryAccessPath } from './access-path.ts'
import { act } from './acts.ts'
import { withRetirement } from './journal.ts'
import { swapFiles } from './swap.ts'
import { createStory, KEY_ID, stateOfFiles } from './testing/story.ts'
import { type UndoOptions, undoRetirement } from './undo.ts'

const silent = async (): Promise<never> => {
  throw new KeychainError('unreachable', 'there is no D-Bus session')
}

/** Swapped, and then taken up by a process that reaches no keychain: cron's, or one on another computer. */
async function moveAway() {
  const story = await createStory()
  await withRetirement(story.machine, KEY_ID, async () => {
    const retirement = await getRetirement(story.machine, KEY_ID)
    await swapFiles(story.machine, retirement, () => testProfile(story.machine, {}, retirement))
  })
  const machine: Machine = {
    ...story.machine,
    keychain: { get: silent, set: silent, delete: silent },
    secrets: createSecretMemory(),
  }
  const undo = async (options?: UndoOptions) =>
    undoRetirement(machine, KEY_ID, await tryAccessPath(machine, {}, 'default'), options)
  return { story, undo }
}

test('an undo that cannot read the backups now begins nothing, and says where they can be read', async () => {
  const { story, undo } = await moveAway()
  await expect(undo()).rejects.toMatchObject({
    message: expect.stringContaining('does not answer: there is no D-Bus session'),
    hint: expect.stringContaining('--keep-files'),
  })
  expect([stateOfFiles(story), (await getRetirement(story.machine, KEY_ID)).step]).toEqual(['after', 'soaking'])
  const path = await tryAccessPath(story.machine, {}, 'default')
  expect((await undoRetirement(story.machine, KEY_ID, path)).left).toEqual([])
  expect(stateOfFiles(story)).toBe('before')
})

test('where the backups are never to be read again, the files stay, and the retirement has an end', async () => {
  const { story, undo } = await moveAway()
  const { retirement, left } = await undo({ keepsFiles: true })
  expect([retirement.step, stateOfFiles(story)]).toEqual(['undone', 'after'])
  expect(retirement.edits.map(({ state }) => state)).toEqual(['kept', 'kept', 'kept'])
  expect(left.join()).toContain('is still in the keychain')
})

test('an undo that leaves files, and has switched the key on, says both', async () => {
  const story = await createStory()
  const { machine } = story
  const path = async () => openAccessPath(machine, {}, 'default')
  await withRetirement(machine, KEY_ID, async () => {
    const retirement = await getRetirement(machine, KEY_ID)
    await swapFiles(machine, retirement, () => testProfile(machine, {}, retirement))
  })
  await act(machine, KEY_ID, 'deactivate', await path())
  await machine.files.write('/home/alice/.aws/credentials', '# mine\n[default]\nregion = mine\n')
  await expect(undoRetirement(machine, KEY_ID, await path())).rejects.toThrow(
    `${KEY_ID} is switched on again. Not every file could be put back.`,
  )
  expect(story.account.keys.get(KEY_ID)).toBe('Active')
})
