import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../build/target.ts'
import { findUnsaid, parseWords } from './words.ts'

const table =
  '| we say | we do not say |\n| --- | --- |\n| permission set | `role bundle`, `perm set`; grant, in speech |\n\nMore.'
const unsaid = parseWords(table)

test('the words in code font of the right column are the ones we do not say', () => {
  expect(unsaid).toEqual([
    { word: 'role bundle', say: 'permission set' },
    { word: 'perm set', say: 'permission set' },
  ])
})

test('the table of STYLE.md is read', () => {
  expect(parseWords(readFileSync(join(root, 'STYLE.md'), 'utf8')).length).toBeGreaterThan(15)
})

test.each([
  ['function createRoleBundle() {}', 'createRoleBundle'],
  ['interface PermSets {}', 'PermSets'],
  ['const ROLE_BUNDLE_LIMIT = 1', 'ROLE_BUNDLE_LIMIT'],
])('%s is found, with the word to say instead', (text, name) => {
  const problems = findUnsaid({ path: 'packages/wire/src/x.ts', text }, unsaid)
  expect(problems).toHaveLength(1)
  expect(problems[0]).toContain(`${name}: we do not say`)
  expect(problems[0]).toContain('permission set')
})

test('a file name counts, a member that AWS named does not', () => {
  expect(findUnsaid({ path: 'packages/wire/src/role-bundle.ts', text: '' }, unsaid)).toHaveLength(1)
  expect(findUnsaid({ path: 'packages/wire/src/x.ts', text: 'x({ RoleBundle: 1 })' }, unsaid)).toEqual([])
})

test('OAuth is one word', () => {
  const auth = [{ word: 'auth', say: 'authorize' }]
  expect(findUnsaid({ path: 'x.ts', text: 'class OAuthError {}' }, auth)).toEqual([])
})
