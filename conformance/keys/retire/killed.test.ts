/** The built program, killed with kill -9 here and there (MAYFLY_LONG_TESTS: everywhere), goes on or takes everything back. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasAwsCli } from '../../harness/aws-cli.ts'
import { missingFaketime } from '../../harness/moving-clock.ts'
import { type Deed, KillSweep, type When } from './kill-sweep.ts'

const isLong = process.env['MAYFLY_LONG_TESTS'] === '1'
const missing = hasAwsCli ? missingFaketime : 'there is no AWS CLI (Debian: apt-get install awscli)'
/** Of so many deeds one: in the memory of a test, `killed.test.ts` beside the engine goes through all of them each time. */
const ONE_OF = 25
const LIMIT = isLong ? 1_800_000 : 300_000

/** The end that everything comes to. A run that finds credentials in the cache does less than the one that was listed. */
const THROUGH = { key: 'gone', files: 'after', left: [] }

let sweep: KillSweep

beforeAll(async () => {
  if (missing === undefined) sweep = await KillSweep.open()
})
afterAll(() => sweep?.close())

/** Each deed, before it and after it; or some, others in each run. */
function choose(deeds: readonly Deed[]): readonly (readonly [Deed, When])[] {
  const all = deeds.flatMap((deed) => [[deed, 'before'] as const, [deed, 'after'] as const])
  const first = Math.floor(Math.random() * ONE_OF * 2)
  return isLong ? all : all.filter((_, index) => index % (ONE_OF * 2) === first)
}

test(
  'from the first line of the journal to the deletion, it goes on to the end',
  async (context) => {
    context.skip(missing !== undefined, missing)
    await sweep.begin()
    const deeds = await sweep.listDeeds(sweep.through)
    expect(deeds.length).toBeGreaterThan(60)
    for (const [deed, when] of choose(deeds)) {
      await sweep.begin()
      const at = `${when} ${deed.number}: ${deed.name}`
      if ((await sweep.kill(sweep.through, deed, when)) === undefined) {
        expect([at, await sweep.standing()]).toEqual([at, THROUGH])
        continue
      }
      expect([at, sweep.halfEdited()]).toEqual([at, []])
      const { status, stderr } = await sweep.run(sweep.through)
      // Killed at its last deeds, there is nothing to go on with but what is to be cleared away.
      if (status !== 0) await sweep.run('keys retire --due')
      expect([at, stderr, await sweep.standing()]).toEqual([
        at,
        status === 0 ? '' : expect.stringContaining('was deleted on'),
        THROUGH,
      ])
      expect([at, sweep.place.traces()]).toEqual([at, []])
    }
  },
  LIMIT,
)

test(
  'from the first line of the journal to the deletion, it can be undone as long as the key is there',
  async (context) => {
    context.skip(missing !== undefined, missing)
    await sweep.begin()
    const deeds = await sweep.listDeeds(sweep.through)
    for (const [deed, when] of choose(deeds)) {
      await sweep.begin()
      const at = `${when} ${deed.number}: ${deed.name}`
      await sweep.kill(sweep.through, deed, when)
      const isThere = (await sweep.standing()).key !== 'gone'
      const { stderr } = await sweep.run(sweep.undo)
      if (!isThere) await sweep.run('keys retire --due')
      const expected = isThere ? { key: 'Active', files: 'before', left: [] } : THROUGH
      expect([at, stderr, await sweep.standing()]).toEqual([at, expect.anything(), expected])
    }
  },
  LIMIT,
)

test(
  'while it undoes, it goes on undoing',
  async (context) => {
    context.skip(missing !== undefined, missing)
    await sweep.begin()
    await sweep.listDeeds(sweep.through)
    await sweep.begin()
    await sweep.switchOff()
    const deeds = await sweep.listUndoing()
    expect(deeds.length).toBeGreaterThan(20)
    for (const [deed, when] of choose(deeds)) {
      await sweep.begin()
      await sweep.switchOff()
      const at = `${when} ${deed.number}: ${deed.name}`
      expect([at, await sweep.kill(sweep.undo, deed, when)]).toEqual([at, 'SIGKILL'])
      expect([at, sweep.halfEdited()]).toEqual([at, []])
      const { status, stderr } = await sweep.run(sweep.undo)
      expect([at, status, stderr, await sweep.standing()]).toEqual([
        at,
        0,
        '',
        { key: 'Active', files: 'before', left: [] },
      ])
    }
  },
  LIMIT,
)
