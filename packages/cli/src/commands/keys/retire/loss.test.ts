import { expect, test } from 'vitest'
import type { PolicyDifference, Replacement } from '../../../long-term-keys/replacement/replacement.ts'
import { refuseLoss } from './loss.ts'

const right = { actions: ['iam:*'], resources: ['*'] }

const decide = (difference: Partial<PolicyDifference>, edits: readonly unknown[] = ['an edit']) => {
  const replacement: Replacement = {
    profileName: 'default',
    roleName: 'ReadOnlyAccess',
    role: { sessionName: 'corp', accountId: '111122223333', roleName: 'ReadOnlyAccess' },
    difference: { known: 'both', lost: [right], gained: [], ...difference },
    why: '',
    alternatives: [],
  }
  return () => refuseLoss({ accessKeyId: 'AKIA', replacement, edits: { edits } })
}

test('without a question nobody gets less than the key allowed, unless the smaller set was named', () => {
  expect(decide({})).toThrow('ReadOnlyAccess does not allow all that AKIA does')
  expect(decide({ lost: [{ ...right, conditional: 'a condition' }, right] })).toThrow('nobody agreed to less')
})

test.each<[string, Partial<PolicyDifference>, (readonly unknown[])?]>([
  ['a set that allows all of it', { lost: [] }],
  ['rights that hang on a condition', { lost: [{ ...right, conditional: 'a condition' }] }],
  ['a key whose policies nobody could read', { known: 'set' }],
  ['a key that no file holds', {}, []],
])('%s stands in the way of nothing', (_, difference, edits) => {
  expect(decide(difference, edits)).not.toThrow()
})
