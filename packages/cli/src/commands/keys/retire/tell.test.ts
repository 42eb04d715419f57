import { expect, test } from 'vitest'
import { keyId } from '../../../long-term-keys/detection/testing/made-keys.ts'
import { createStory } from '../../../long-term-keys/retirement/testing/story.ts'
import type { Advanced } from './advance.ts'
import { tell } from './tell.ts'

const [A, B, C] = [keyId('111122223333', 1), keyId('111122223333', 2), keyId('111122223333', 3)]

test('what stops several keys at once is told once, and what was done is told of each', async () => {
  const { machine, planned } = await createStory()
  const told = (accessKeyId: string, line: string, did: Advanced['did'] = []): Advanced => ({
    retirement: { ...planned, accessKeyId },
    did,
    lines: [line.replace('KEY', accessKeyId)],
    needsPerson: true,
  })
  const ended = 'How KEY stands could not be asked: the session has ended.'
  const all = [told(A, ended), told(B, ended), told(C, 'KEY is switched off.', ['deactivate'])]
  tell(machine, {}, all, { isQuiet: true })
  expect(machine.stdout()).toBe(`${ended}\nKEY is:\n  ${A}\n  ${B}\n\n${C} is switched off.\n`)
})
