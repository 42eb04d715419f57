import { afterEach, describe, expect, test } from 'vitest'
import type { Machine } from '../../machine/machine.ts'
import { getRetirement, openAccessPath, testProfile, tryAccessPath } from './access-path.ts'
import { act } from './acts.ts'
import { withRetirement } from './journal.ts'
import { lookAt } from './look.ts'
import { swapFiles } from './swap.ts'
import { Killed, makeMortal } from './testing/mortal-machine.ts'
import {
  CHANGES,
  createStory,
  halfEdited,
  KEY_ID,
  leftovers,
  SECRET,
  type Story,
  stateOfFiles,
} from './testing/story.ts'
import { undoRetirement } from './undo.ts'

/** Goes on with whatever comes next, to the end. */
async function carryOn(machine: Machine): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) {
    const { next } = await lookAt(machine, KEY_ID, await tryAccessPath(machine, {}, 'default'))
    if (next.do === 'nothing') return
    if (next.do === 'undo') await undo(machine)
    if (next.do === 'swap')
      await withRetirement(machine, KEY_ID, async () => {
        const retirement = await getRetirement(machine, KEY_ID)
        await swapFiles(machine, retirement, () => testProfile(machine, {}, retirement))
      })
    if (next.do === 'deactivate' || next.do === 'delete')
      await act(machine, KEY_ID, next.do, await openAccessPath(machine, {}, 'default'))
  }
  throw new Error('it never ends')
}

const undo = async (machine: Machine) => undoRetirement(machine, KEY_ID, await tryAccessPath(machine, {}, 'default'))

/** How many deeds a task takes when nobody kills it. */
async function countDeeds(begin: () => Promise<Story>, task: (machine: Machine) => Promise<unknown>): Promise<number> {
  const mortal = makeMortal((await begin()).machine, 0, 'before')
  await task(mortal.machine)
  return mortal.deeds.length
}

async function killAt(
  story: Story,
  number: number,
  when: 'before' | 'after',
  task: (machine: Machine) => Promise<unknown>,
) {
  const mortal = makeMortal(story.machine, number, when)
  // What is caught on the way does nothing more either.
  await task(mortal.machine).catch((error: unknown) => expect(error).toBeInstanceOf(Error))
  expect(mortal.deeds.length).toBeGreaterThanOrEqual(number)
  return mortal.deeds.at(-1) ?? ''
}

let seen: readonly Story[] = []
const see = (story: Story): Story => {
  seen = [...seen, story]
  return story
}

afterEach(() => {
  for (const { machine } of seen) {
    const written = [...machine.disk].filter(([path]) => !CHANGES.some((change) => change.path === path))
    const whole = Buffer.concat(written.map(([, { content }]) => Buffer.from(content))).toString('latin1')
    for (const text of [whole, machine.stdout(), machine.stderr()]) {
      expect(text).not.toContain(SECRET)
      expect(text).not.toContain(Buffer.from(SECRET).toString('base64').slice(2, 30))
    }
  }
  seen = []
})

for (const keychain of [true, false]) {
  const begin = async (): Promise<Story> => see(await createStory({}, { keychain }))
  /** Swapped, and the key switched off. */
  const beginInactive = async (): Promise<Story> => {
    const story = see(await createStory({ restDays: 7 }, { keychain }))
    const { machine } = story
    await withRetirement(machine, KEY_ID, async () => {
      const retirement = await getRetirement(machine, KEY_ID)
      await swapFiles(machine, retirement, () => testProfile(machine, {}, retirement))
    })
    await act(machine, KEY_ID, 'deactivate', await openAccessPath(machine, {}, 'default'))
    return story
  }

  describe(keychain ? 'with a keychain' : 'without a keychain', () => {
    for (const when of ['before', 'after'] as const) {
      test(`killed ${when} each deed from swap to deletion, it goes on to the end`, async () => {
        const deeds = await countDeeds(begin, carryOn)
        expect(deeds).toBeGreaterThan(30)
        for (let number = 1; number <= deeds; number += 1) {
          const story = await begin()
          const deed = `${number} (${await killAt(story, number, when, carryOn)})`
          expect([deed, halfEdited(story)]).toEqual([deed, []])
          await carryOn(story.machine)
          const end = { files: stateOfFiles(story), key: story.account.keys.get(KEY_ID), left: leftovers(story) }
          expect([deed, end]).toEqual([deed, { files: 'after', key: undefined, left: [] }])
          expect([deed, (await getRetirement(story.machine, KEY_ID)).step]).toEqual([deed, 'deleted'])
        }
      })

      test(`killed ${when} each deed from swap to deletion, it can be undone as long as the key is there`, async () => {
        const deeds = await countDeeds(begin, carryOn)
        for (let number = 1; number <= deeds; number += 1) {
          const story = await begin()
          const deed = `${number} (${await killAt(story, number, when, carryOn)})`
          const isThere = story.account.keys.has(KEY_ID)
          const undone = await undo(story.machine).then(
            () => true,
            () => false,
          )
          expect([deed, undone]).toEqual([deed, isThere])
          const end = { files: stateOfFiles(story), key: story.account.keys.get(KEY_ID) }
          const expected = isThere ? { files: 'before', key: 'Active' } : { files: 'after', key: undefined }
          expect([deed, end]).toEqual([deed, expected])
          await carryOn(story.machine)
          expect([deed, leftovers(story)]).toEqual([deed, []])
        }
      })

      test(`killed ${when} each deed of undo, undoing goes on to the end`, async () => {
        const deeds = await countDeeds(beginInactive, undo)
        expect(deeds).toBeGreaterThan(10)
        for (let number = 1; number <= deeds; number += 1) {
          const story = await beginInactive()
          const deed = `${number} (${await killAt(story, number, when, undo)})`
          expect([deed, halfEdited(story)]).toEqual([deed, []])
          await undo(story.machine)
          const end = { files: stateOfFiles(story), key: story.account.keys.get(KEY_ID), left: leftovers(story) }
          expect([deed, end]).toEqual([deed, { files: 'before', key: 'Active', left: [] }])
        }
      })

      test(`killed ${when} each deed of a swap whose test fails, everything is put back`, async () => {
        const beginBroken = async (): Promise<Story> => {
          const story = await begin()
          story.account.denied.add('GetCallerIdentity')
          return story
        }
        const swap = async (machine: Machine): Promise<void> => {
          const refused = await carryOn(machine).catch((error: unknown) => error)
          if (refused instanceof Killed) throw refused
        }
        const deeds = await countDeeds(beginBroken, swap)
        for (let number = 1; number <= deeds; number += 1) {
          const story = await beginBroken()
          const deed = `${number} (${await killAt(story, number, when, swap)})`
          expect([deed, halfEdited(story)]).toEqual([deed, []])
          await swap(story.machine)
          await swap(story.machine)
          const end = { files: stateOfFiles(story), key: story.account.keys.get(KEY_ID), left: leftovers(story) }
          expect([deed, end]).toEqual([deed, { files: 'before', key: 'Active', left: [] }])
        }
      })
    }
  })
}
