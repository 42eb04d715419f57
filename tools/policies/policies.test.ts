import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../build/target.ts'
import { type Action, compact, readActions } from './actions.ts'
import { writePolicies } from './policies.ts'

const action = (name: string, reads: boolean): Action => ({
  service: 'x',
  name,
  verb: /^[A-Z][a-z]+/.exec(name)?.[0] ?? name,
  reads,
  lists: false,
})

test('a verb becomes a wildcard only where nothing unwanted would match it', () => {
  const actions = [
    action('GetThing', true),
    action('GetOther', true),
    action('ListThings', true),
    action('ListAndLock', false),
  ]
  expect(compact(actions, ({ reads }) => reads)).toEqual({ x: 'Get* ListThings' })
  expect(compact(actions, () => true)).toEqual({ x: '*' })
})

test('the checked-in policies are those that the data of actions gives', async () => {
  const file = join(root, 'packages/identity-center/src/policy/predefined/managed-policies.json')
  const written = JSON.parse(readFileSync(file, 'utf8'))
  expect({ policies: writePolicies(await readActions()) }).toEqual(written)
})
