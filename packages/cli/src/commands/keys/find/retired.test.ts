import { expect, test } from 'vitest'
import { noteChange } from '../../../long-term-keys/retirement/journal.ts'
import type { RetirementStep } from '../../../long-term-keys/retirement/retirement.ts'
import { createStory, KEY_ID } from '../../../long-term-keys/retirement/testing/story.ts'
import { run } from '../../../main.ts'
import { createTestMachine } from '../../../testing/test-machine.ts'

async function findAt(step: RetirementStep): Promise<string> {
  const { machine, planned } = await createStory()
  await noteChange(machine, planned, { step })
  expect(await run(['keys', 'find'], machine)).toBe(1)
  return machine.stdout().replaceAll(/\s+/g, ' ')
}

test('of a key that is left somewhere it is told how far its retirement is', async () => {
  const deleted = await findAt('deleted')
  expect(deleted).toMatch(/Deleted on [\d-]+ by its retirement: it opens nothing any more\./)
  expect(deleted).not.toContain('mayfly keys check')
  expect(await findAt('soaking')).toMatch(/Being retired: soaking since [\d-]+\. How far: mayfly keys status/)
  expect(await findAt('inactive')).toMatch(/Being retired: switched off on [\d-]+\./)
  expect(await findAt('closed')).toContain(`the key left as it was: mayfly keys check ${KEY_ID}`)
  expect(await findAt('undone')).not.toContain('etire')
})

test('hundreds of profiles that take a role from one fill no screen', async () => {
  const profiles = Array.from(
    { length: 300 },
    (_, at) => `[profile p${at}]\nrole_arn = arn\nsource_profile = default\n`,
  )
  const { machine } = await createStory()
  const text = machine.text('/home/alice/.aws/credentials') ?? ''
  const home = createTestMachine({ files: { '~/.aws/credentials': text, '~/.aws/config': profiles.join('') } })
  await run(['keys', 'find'], home)
  expect(home.stdout()).toContain('[p2] (through source_profile = default)\n    and 297 more\n')
})

test('the plan of a key that is deleted has no next steps: what is left is to be taken out', async () => {
  const { machine, planned } = await createStory()
  await noteChange(machine, planned, { step: 'deleted' })
  await run(['keys', 'plan', KEY_ID], machine)
  expect(machine.stdout()).toContain('it opens nothing any more')
  expect(machine.stdout()).not.toContain('  Next\n')
})
