/** What is staged and what commits brought, in real repositories. */

import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { milliseconds, seconds } from '@mayfly/identity-center/duration'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Machine } from '../../machine/machine.ts'
import { createSystemMachine } from '../../machine/system-machine.ts'
import { TestFolder, type TestRepository } from '../../testing/test-repository.ts'
import { detectKeys } from '../detection/detect-keys.ts'
import { keyId, secretOf } from '../detection/testing/made-keys.ts'
import { type StagedSearch, searchRange, searchStaged } from './staged.ts'

const ACCOUNT = '123456789012'
const secretFile = (number: number): string =>
  `AWS_ACCESS_KEY_ID=${keyId(ACCOUNT, number)}\nAWS_SECRET_ACCESS_KEY=${secretOf(number)}\n`

let folder: TestFolder
let one: TestRepository

beforeEach(() => {
  folder = new TestFolder()
  one = folder.repository('one')
})
afterEach(() => folder.close())

const machine = (env: Machine['env'] = {}): Machine => ({
  ...createSystemMachine(),
  env: { PATH: process.env['PATH'], ...env },
})
const staged = (path = one.path, env: Machine['env'] = {}): Promise<StagedSearch> =>
  searchStaged(machine(env), { detect: detectKeys, folder: path })
const range = (...ranges: readonly string[]): Promise<StagedSearch> =>
  searchRange(machine(), ranges, { detect: detectKeys, folder: one.path })

/** Number of the key, and where. */
function placesOf({ found }: StagedSearch): readonly string[] {
  const numbers = new Map(Array.from({ length: 30 }, (_, number) => [keyId(ACCOUNT, number), number]))
  return found
    .map(({ accessKeyId = '', place }) => {
      const number = numbers.get(accessKeyId) ?? '?'
      if (place.type === 'file') return `${number} ${place.path.slice(one.path.length + 1)}:${place.line}`
      return place.type === 'history' ? `${number} ${place.path ?? '-'}:${place.line} ${place.commit}` : ''
    })
    .sort()
}

test('before the first commit everything that is staged counts, and nothing that is not', async () => {
  expect(await staged()).toMatchObject({ found: [], ended: 'whole', passedOver: [] })
  one.write('a/.env', secretFile(1))
  one.write('b', secretFile(2))
  one.git('add', 'a')
  expect(placesOf(await staged())).toEqual(['1 a/.env:1'])
  expect(placesOf(await staged(join(one.path, 'a')))).toEqual(['1 a/.env:1'])
})

test('added lines count alone: not a key that was there, moved, indented, renamed, or got other line ends', async () => {
  one.commit('a', `x\ny\n${secretFile(1)}`)
  one.write('a', `  ${secretFile(1).replaceAll('\n', '\r\n  ')}\ny\nx\n`)
  one.git('add', 'a')
  expect(placesOf(await staged())).toEqual([])
  const long = Array.from({ length: 30 }, (_, line) => `line ${line}\n`).join('')
  one.commit('a', `x\ny\n${secretFile(1)}${long}`)
  one.git('mv', 'a', 'b')
  one.write('b', `z\n${one.read('b')}${secretFile(2)}`)
  one.git('add', 'b')
  expect(placesOf(await staged())).toEqual(['2 b:36'])
  one.git('reset', '--quiet', '--hard')
  one.write('a', `x\ny\n${secretFile(1)}`.replace(secretOf(1), secretOf(3)))
  one.git('add', 'a')
  expect(placesOf(await staged())).toEqual(['1 a:3'])
})

test('binary files, submodules, links, deletions and merges in conflict are gone past', async () => {
  const two = folder.repository('two')
  two.commit('x', secretFile(9))
  one.commit('gone', secretFile(1))
  one.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', two.path, 'sub')
  one.git('rm', '--quiet', 'gone')
  one.write('binary', Buffer.concat([Buffer.alloc(100), Buffer.from(secretFile(2)), Buffer.alloc(100)]))
  execFileSync('ln', ['-s', '/etc/passwd', join(one.path, 'link')])
  one.git('add', '.')
  expect(placesOf(await staged())).toEqual([])
})

test('what git sets for its hooks is honoured: another index, another folder; a named repository is another one', async () => {
  one.commit('a', 'a')
  one.write('a', secretFile(1))
  one.write('b', secretFile(2))
  one.git('add', 'a', 'b')
  const index = join(folder.path, 'index')
  execFileSync('git', ['-C', one.path, 'read-tree', 'HEAD'], { env: { ...one.env, GIT_INDEX_FILE: index } })
  execFileSync('git', ['-C', one.path, 'add', 'b'], { env: { ...one.env, GIT_INDEX_FILE: index } })
  expect(placesOf(await staged(one.path, { GIT_INDEX_FILE: index }))).toEqual(['2 b:1'])
  expect(placesOf(await staged(one.path, { GIT_DIR: '.git', GIT_INDEX_FILE: '.git/index' }))).toEqual([
    '1 a:1',
    '2 b:1',
  ])
  const two = folder.repository('two')
  const named = { detect: detectKeys, folder: two.path, isNamed: true }
  const env = { GIT_DIR: join(one.path, '.git'), GIT_INDEX_FILE: index }
  expect((await searchStaged(machine(env), named)).found).toEqual([])
})

test('further working trees, split and sparse indexes are read', async () => {
  one.commit('a', 'a')
  one.commit('deep/down/file', 'x')
  one.git('worktree', 'add', '--quiet', '../tree')
  const tree = join(folder.path, 'tree')
  writeFileSync(join(tree, 'a'), secretFile(1))
  execFileSync('git', ['-C', tree, 'add', 'a'], { env: one.env })
  expect((await staged(tree)).found).toMatchObject([{ place: { path: join(tree, 'a') } }])
  one.git('update-index', '--split-index')
  one.write('b', secretFile(2))
  one.git('add', 'b')
  expect(placesOf(await staged())).toEqual(['2 b:1'])
  one.git('update-index', '--no-split-index')
  one.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'none')
  expect(placesOf(await staged())).toEqual(['2 b:1'])
})

test('settings and attributes of the repository run nothing, and hide nothing', async () => {
  one.commit('a', 'a')
  one.write('.gitattributes', '* diff=evil -text\n*.env binary -diff filter=none\n')
  one.write('.env', secretFile(1))
  one.git('add', '.')
  const { canary } = folder
  const settings = `[core]\n\tfsmonitor = ${canary}\n[diff]\n\texternal = ${canary}\n[diff "evil"]\n\ttextconv = ${canary}\n[include]\n\tpath = /dev/zero\n`
  appendFileSync(join(one.path, '.git/config'), settings)
  expect(placesOf(await staged())).toEqual(['1 .env:1'])
  expect(folder.hasRun).toBe(false)
})

test('a pipe in the place of the index keeps nobody waiting', async () => {
  execFileSync('mkfifo', [join(one.path, '.git/index')])
  expect(await staged()).toMatchObject({ found: [] })
})

test('a false alarm that the repository names passes, and is counted; nothing hides all', async () => {
  one.write('.mayfly-keys-ignore', `# ours\n${keyId(ACCOUNT, 1)} docs/** # from a book\n*\n**\nAKIA* x\n`)
  one.write('docs/deep/a', secretFile(1))
  one.write('src/a', secretFile(1))
  one.write('src/b', secretFile(2))
  one.git('add', '.')
  const found = await staged()
  expect(placesOf(found)).toEqual(['1 src/a:1', '2 src/b:1'])
  expect(found.passedOver).toMatchObject([{ why: 'ignored', count: 1, examples: [keyId(ACCOUNT, 1)] }])
})

test('a range: what its commits brought, also where a later one took it away; not what was there', async () => {
  one.commit('old', secretFile(1))
  const start = one.git('rev-parse', 'HEAD')
  const brought = one.commit('new', secretFile(2))
  one.commit('new', 'clean')
  const said = one.commit('old', `more\n${secretFile(1)}`, `message\n\n${secretFile(3)}`)
  const expected = [`2 new:1 ${brought}`, `3 -:3 ${said}`]
  for (const each of [`${start}..HEAD`, 'HEAD~3..', `${start.slice(0, 9)}..main`, `${start}...HEAD`]) {
    expect([each, placesOf(await range(each))]).toEqual([each, expected])
  }
  expect(placesOf(await range(brought))).toEqual([`2 new:1 ${brought}`])
  expect(placesOf(await range('HEAD'))).toEqual([`3 -:3 ${said}`])
  expect(placesOf(await range('HEAD~3..HEAD~2', 'HEAD~1..HEAD'))).toEqual(expected)
  one.git('checkout', '--quiet', start)
  expect(placesOf(await range('..main'))).toEqual(expected)
})

test('a merge counts by what it brings itself', async () => {
  one.commit('a', 'a')
  one.git('checkout', '--quiet', '-b', 'side')
  one.commit('b', secretFile(1))
  one.git('checkout', '--quiet', 'main')
  one.commit('c', 'c')
  one.git('merge', '--quiet', '--no-commit', '--no-ff', 'side')
  const merge = one.commit('b', `${secretFile(1)}${secretFile(2)}`)
  expect(placesOf(await range(merge))).toEqual([`2 b:3 ${merge}`])
})

test('what a remote does not have yet', async () => {
  one.commit('a', secretFile(1))
  const other = folder.repository('other.git', '--bare')
  one.git('remote', 'add', 'origin', other.path)
  one.git('push', '--quiet', 'origin', 'main')
  one.git('fetch', '--quiet')
  const commit = one.commit('b', secretFile(2))
  for (const each of ['origin/*..HEAD', '*..HEAD', 'origin/main..HEAD'])
    expect([each, placesOf(await range(each))]).toEqual([each, [`2 b:1 ${commit}`]])
  expect(placesOf(await range('none/*..HEAD'))).toHaveLength(2)
})

test('a commit that is not there is refused with what helps, in a shallow clone too', async () => {
  one.commit('a', 'a')
  one.commit('a', 'b')
  for (const each of ['nope..HEAD', '--all..HEAD', 'HEAD..--output=x', '-p', 'a\nb', '..'.repeat(9)])
    await expect(range(each)).rejects.toMatchObject({ code: 'not-found', hint: expect.stringContaining('git log') })
  const first = one.git('rev-parse', 'HEAD~1')
  const path = join(folder.path, 'shallow')
  execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${one.path}`, path], { env: one.env })
  const asked = { detect: detectKeys, folder: path }
  await expect(searchRange(machine(), [`${first}..HEAD`], asked)).rejects.toMatchObject({
    hint: expect.stringContaining('--unshallow'),
  })
  expect((await searchRange(machine(), ['HEAD'], asked)).passedOver).toMatchObject([{ why: 'history', count: 1 }])
})

test('no repository, and no git, are refused', async () => {
  await expect(staged(folder.path)).rejects.toMatchObject({ code: 'not-found' })
  await expect(staged(one.path, { PATH: '/nowhere' })).rejects.toMatchObject({
    message: expect.stringContaining('git is not installed'),
  })
})

test('of a partial clone, what is not here is counted and not fetched', async () => {
  one.git('config', 'uploadpack.allowFilter', 'true')
  one.commit('a', 'a')
  one.commit('.env', secretFile(1))
  one.commit('.env', `${'x\n'.repeat(50)}`)
  one.git('mv', '.env', 'b')
  one.write('b', `${'x\n'.repeat(49)}y\n`)
  one.commitAll('rename')
  const path = join(folder.path, 'partial')
  const clone = ['clone', '--quiet', '--filter=blob:none', `file://${one.path}`, path]
  execFileSync('git', clone, { env: one.env, stdio: 'ignore' })
  const found = await searchRange(machine(), ['HEAD~3..HEAD'], { detect: detectKeys, folder: path })
  expect(found).toMatchObject({ found: [], passedOver: [{ why: 'history', count: 2 }] })
})

test('references in a format that is not read: everything staged counts, a range is refused, and both are told', async () => {
  one.commit('a', secretFile(1))
  one.write('b', 'b')
  one.git('add', 'b')
  appendFileSync(join(one.path, '.git/config'), '[extensions]\n\trefStorage = reftable\n')
  writeFileSync(join(one.path, '.git/HEAD'), 'ref: refs/heads/.invalid\n')
  const found = await staged()
  expect(placesOf(found)).toEqual(['1 a:1'])
  expect(found.passedOver).toMatchObject([{ what: expect.stringContaining('reftable') }])
  await expect(range('HEAD')).rejects.toMatchObject({ hint: expect.stringContaining(one.path) })
})

test('a git that never ends is ended in time, and whether what came is new is not guessed', async () => {
  one.commit('a', 'a')
  one.write('a', secretFile(1))
  one.git('add', 'a')
  const options = { detect: detectKeys, folder: one.path, time: milliseconds(300) }
  const slow = join(folder.path, 'slow')
  mkdirSync(slow)
  writeFileSync(join(slow, 'git'), '#!/bin/sh\nexec sleep 60\n', { mode: 0o755 })
  const env = { PATH: `${slow}:${process.env['PATH']}` }
  const cut = { found: [], ended: 'time', passedOver: [{ why: 'history', what: expect.stringContaining('no time') }] }
  expect(await searchStaged(machine(env), options)).toMatchObject(cut)
  expect(await searchRange(machine(env), ['HEAD'], options)).toMatchObject(cut)
  // Former contents are asked for by the third call of cat-file.
  const counts = join(slow, 'counts')
  const third = `case $1 in cat-file) echo >>${counts}; [ $(wc -l <${counts}) -gt 2 ] && exec sleep 60;; esac`
  writeFileSync(join(slow, 'git'), `#!/bin/sh\n${third}\nPATH=${process.env['PATH']} exec git "$@"\n`, { mode: 0o755 })
  expect(await searchStaged(machine(env), { ...options, time: seconds(2) })).toMatchObject({ found: [], ended: 'time' })
})
