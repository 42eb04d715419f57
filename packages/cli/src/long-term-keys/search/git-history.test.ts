/** What a search of histories finds in real repositories, made by the git that is installed. */

import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { milliseconds, seconds } from '@mayfly/identity-center/duration'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Machine } from '../../machine/machine.ts'
import { createSystemMachine } from '../../machine/system-machine.ts'
import { TestFolder, type TestRepository } from '../../testing/test-repository.ts'
import { detectKeys } from '../detection/detect-keys.ts'
import { keyId, secretOf } from '../detection/testing/made-keys.ts'
import { type HistoryOptions, type HistorySearch, searchHistory } from './git-history.ts'

const ACCOUNT = '123456789012'

/** A file with a key; another one for each number. */
const secretFile = (number: number): string =>
  `# ${number}\nAWS_ACCESS_KEY_ID=${keyId(ACCOUNT, number)}\nAWS_SECRET_ACCESS_KEY=${secretOf(number)}\n`

let folder: TestFolder

beforeEach(() => {
  folder = new TestFolder()
})
afterEach(() => folder.close())

const search = (
  path: string,
  options: Partial<HistoryOptions> = {},
  machine: Partial<Machine> = {},
): Promise<HistorySearch> =>
  searchHistory({ ...createSystemMachine(), ...machine }, path, { detect: detectKeys, time: seconds(30), ...options })

/** The number of each key with where it was found. */
function placesOf({ found }: HistorySearch): readonly (readonly [number, string])[] {
  const numbers = new Map(Array.from({ length: 30 }, (_, number) => [keyId(ACCOUNT, number), number]))
  return found
    .map(({ accessKeyId = '', place }) => {
      const where = place.type === 'history' ? `${place.path ?? '-'}:${place.line} ${place.commit ?? '-'}` : ''
      return [numbers.get(accessKeyId) ?? -1, where] as const
    })
    .sort(([one], [other]) => one - other)
}

test('a key that was taken out again is found once, at the oldest commit that has it', async () => {
  const one = folder.repository('one')
  one.commit('readme', 'nothing')
  const commit = one.commit('src/.env', secretFile(1))
  for (let round = 0; round < 3; round += 1) one.commit('src/.env', `# ${round}\n${secretFile(1)}`)
  one.commit('src/.env', 'clean')
  const found = await search(one.path)
  expect(placesOf(found)).toEqual([[1, `src/.env:2 ${commit}`]])
  expect(found).toMatchObject({ ended: 'whole', passedOver: [] })
  expect(JSON.stringify(found)).not.toContain(secretOf(1))
  one.git('gc', '--quiet')
  expect(placesOf(await search(one.path))).toEqual([[1, `src/.env:2 ${commit}`]])
})

test('messages, tags, the stash, other branches, reflogs and what nothing reaches are looked at', async () => {
  const one = folder.repository('one')
  const first = one.commit('a', 'a', `by mistake\n\n${secretFile(1)}`)
  one.git('tag', '--annotate', 'v1', '--message', secretFile(2))
  one.write('a', secretFile(3))
  one.git('stash')
  one.git('checkout', '--quiet', '-b', 'side')
  const side = one.commit('b', secretFile(4))
  one.git('checkout', '--quiet', 'main')
  const amended = one.commit('c', secretFile(5))
  one.git('reset', '--quiet', '--hard', 'HEAD~1')
  one.git('hash-object', '-w', one.write('../loose', secretFile(6)))
  const stash = one.git('rev-parse', 'refs/stash')
  expect(placesOf(await search(one.path))).toEqual([
    [1, `-:4 ${first}`],
    [2, '-:1 -'],
    [3, expect.stringMatching(`^a:2 ${stash}`)],
    [4, `b:2 ${side}`],
    [5, `c:2 ${amended}`],
    [6, '-:2 -'],
  ])
})

test('a merge that brings a key of its own is its oldest commit; a rename is not', async () => {
  const one = folder.repository('one')
  one.commit('a', 'a')
  one.git('checkout', '--quiet', '-b', 'side')
  const side = one.commit('b', secretFile(1))
  one.git('checkout', '--quiet', 'main')
  one.commit('c', 'c')
  one.git('merge', '--quiet', '--no-commit', '--no-ff', 'side')
  const merge = one.commit('evil', secretFile(2))
  one.git('mv', 'b', 'renamed')
  one.commitAll('rename')
  expect(placesOf(await search(one.path))).toEqual([
    [1, `b:2 ${side}`],
    [2, `evil:2 ${merge}`],
  ])
})

test('bare repositories, further working trees, submodules, shallow clones and SHA-256 are read as they are', async () => {
  const one = folder.repository('one')
  const commit = one.commit('.env', secretFile(1))
  one.commit('.env', 'clean')
  one.git('worktree', 'add', '--quiet', '../tree')
  execFileSync('git', ['clone', '--quiet', '--bare', one.path, join(folder.path, 'bare.git')], { env: one.env })
  const shallow = ['clone', '--quiet', '--depth=1', `file://${one.path}`, join(folder.path, 'shallow')]
  execFileSync('git', shallow, { env: one.env })
  const two = folder.repository('two')
  two.commit('x', 'x')
  two.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', one.path, 'sub')
  for (const name of ['tree', 'bare.git', 'two/sub']) {
    expect([name, placesOf(await search(join(folder.path, name)))]).toEqual([name, [[1, `.env:2 ${commit}`]]])
  }
  expect((await search(join(folder.path, 'shallow'))).found).toEqual([])
  const wide = folder.repository('wide', '--object-format=sha256')
  const long = wide.commit('.env', secretFile(2))
  expect(placesOf(await search(wide.path))).toEqual([[2, `.env:2 ${long}`]])
})

test('objects that lie with another repository are read, whatever its path is called', async () => {
  const one = folder.repository('a "quoted"\n# back\\slash')
  const commit = one.commit('.env', secretFile(1))
  one.commit('.env', 'clean')
  const two = join(folder.path, 'two')
  execFileSync('git', ['clone', '--quiet', '--no-checkout', `file://${folder.repository('empty').path}`, two], {
    env: one.env,
    stdio: 'ignore',
  })
  const quoted = `"${join(one.path, '.git', 'objects').replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
  writeFileSync(join(two, '.git/objects/info/alternates'), `# comment\n${quoted}\n`)
  writeFileSync(join(two, '.git/refs/heads/main'), `${one.git('rev-parse', 'HEAD')}\n`)
  expect(placesOf(await search(two))).toEqual([[1, `.env:2 ${commit}`]])
})

/** Every setting of a repository that runs a program, or reaches out of it. */
function makeEvil(one: TestRepository): void {
  const { canary } = folder
  one.write('.gitattributes', '* diff=evil filter=evil merge=evil\n*.env -diff\n')
  for (const name of ['pre-commit', 'post-checkout', 'reference-transaction', 'post-index-change', 'pre-auto-gc']) {
    one.write(`.git/hooks/${name}`, `#!/bin/sh\n${canary}\n`, 0o755)
  }
  one.write('included', `[core]\n\tpager = ${canary}\n[alias]\n\tcat-file = !${canary}\n\tlog = !${canary}\n`)
  const settings = `[include]
	path = ${one.path}/included
[core]
	fsmonitor = ${canary}
	hooksPath = ${one.path}/.git/hooks
	sshCommand = ${canary}
	gitProxy = ${canary}
	askPass = ${canary}
	editor = ${canary}
	alternateRefsCommand = ${canary}
	attributesFile = ${one.path}/.gitattributes
	worktree = /
[diff]
	external = ${canary}
[diff "evil"]
	textconv = ${canary}
	command = ${canary}
	cachetextconv = true
[filter "evil"]
	process = ${canary}
	clean = ${canary}
	smudge = ${canary}
	required = true
[credential]
	helper = !${canary}
[gpg]
	program = ${canary}
[log]
	showSignature = true
[extensions]
	partialClone = evil
[remote "evil"]
	url = ext::${canary} %S
	promisor = true
	partialclonefilter = blob:none
[protocol "ext"]
	allow = always
[uploadpack]
	packObjectsHook = ${canary}
[trace2]
	normalTarget = ${one.path}/trace
`
  appendFileSync(join(one.path, '.git/config'), settings)
}

test('nothing that a repository names is run, nothing fetched, nothing written', async () => {
  const one = folder.repository('one')
  const commit = one.commit('.env', secretFile(1))
  const { object } = { object: one.git('rev-parse', 'HEAD:.env') }
  one.commit('.env', 'clean')
  makeEvil(one)
  one.write('.git/refs/heads/missing', `${'ab'.repeat(20)}\n`)
  const env = {
    ...process.env,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.fsmonitor',
    GIT_CONFIG_VALUE_0: folder.canary,
  }
  const found = await search(
    one.path,
    {},
    { env: { ...env, GIT_EXTERNAL_DIFF: folder.canary, GIT_TRACE: `${folder.path}/ran` } },
  )
  expect(placesOf(found)).toEqual([[1, `.env:2 ${commit}`]])
  expect(folder.hasRun).toBe(false)
  expect(existsSync(join(one.path, 'trace'))).toBe(false)
  expect(object).not.toBe('')
  // The settings are what they should be: git itself would run them.
  one.tryGit(['status'])
  expect(folder.hasRun).toBe(true)
})

test('a git that lies in the folder one is in is never run, whatever PATH says', async () => {
  const one = folder.repository('one')
  one.commit('.env', secretFile(1))
  writeFileSync(join(one.path, 'git'), `#!/bin/sh\n${folder.canary}\n`, { mode: 0o755 })
  const former = process.cwd()
  process.chdir(one.path)
  try {
    const found = await search(one.path, {}, { env: { PATH: `:.:${process.env['PATH']}` } })
    expect(found.found).toHaveLength(1)
    expect(await search(one.path, {}, { env: { PATH: '.' } })).toMatchObject({
      found: [],
      passedOver: [{ why: 'history', what: expect.stringContaining('git is not installed') }],
    })
  } finally {
    process.chdir(former)
  }
  expect(folder.hasRun).toBe(false)
})

const pipe = (path: string): void => void execFileSync('mkfifo', [path])

test.each([
  ['alternates', (path: string) => pipe(`${path}/.git/objects/info/alternates`)],
  [
    'a loose object',
    (path: string) => {
      mkdirSync(`${path}/.git/objects/ff`, { recursive: true })
      pipe(`${path}/.git/objects/ff/${'f'.repeat(38)}`)
    },
  ],
  ['packed references', (path: string) => pipe(`${path}/.git/packed-refs`)],
  ['a reflog', (path: string) => pipe(`${path}/.git/logs/refs/heads/evil`)],
  ['a branch', (path: string) => pipe(`${path}/.git/refs/heads/evil`)],
  ['the shallow file', (path: string) => pipe(`${path}/.git/shallow`)],
  ['a graph of commits', (path: string) => pipe(`${path}/.git/objects/info/commit-graph`)],
])(
  'a pipe in the place of %s keeps nobody waiting',
  async (_, lay) => {
    const one = folder.repository('one')
    one.commit('.env', secretFile(1))
    one.commit('.env', 'clean')
    lay(one.path)
    const start = performance.now()
    const found = await search(one.path)
    expect(performance.now() - start).toBeLessThan(10_000)
    expect(found.found.map(({ accessKeyId }) => accessKeyId)).toEqual([keyId(ACCOUNT, 1)])
  },
  30_000,
)

test('folders of objects that hold traps, or that are links, are left out and told', async () => {
  const one = folder.repository('one')
  one.commit('.env', secretFile(1))
  one.git('gc', '--quiet')
  pipe(`${one.path}/.git/objects/pack/pack-${'e'.repeat(40)}.idx`)
  const two = folder.repository('two')
  two.commit('.env', secretFile(2))
  two.git('gc', '--quiet')
  symlinkSync('/dev', `${two.path}/.git/objects/ee`)
  for (const { path } of [one, two]) {
    expect(await search(path)).toMatchObject({
      passedOver: expect.arrayContaining([expect.objectContaining({ why: 'special' })]),
    })
  }
}, 30_000)

test('alternates in a circle, into nothing and into another folder end', async () => {
  const [one, two] = [folder.repository('one'), folder.repository('two')]
  one.commit('a', secretFile(1))
  two.commit('b', secretFile(2))
  const objects = (repository: TestRepository): string => join(repository.path, '.git/objects')
  writeFileSync(`${objects(one)}/info/alternates`, `${objects(two)}\n/nowhere\n/dev\n../../../one/.git/objects\n`)
  writeFileSync(`${objects(two)}/info/alternates`, `${objects(one)}\n`)
  const found = await search(one.path)
  expect(found.found).toHaveLength(2)
  expect(found.passedOver).toEqual(
    expect.arrayContaining([expect.objectContaining({ why: 'unreadable', examples: ['/nowhere'] })]),
  )
})

test('a .git file that leads to itself, nowhere or in a circle is no repository', async () => {
  for (const [name, target] of [
    ['self', '.git'],
    ['nowhere', '/nowhere'],
    ['long', 'x'.repeat(9000)],
    ['dev', '/dev'],
  ]) {
    mkdirSync(join(folder.path, name ?? ''))
    writeFileSync(join(folder.path, name ?? '', '.git'), `gitdir: ${target}\n`)
    expect(await search(join(folder.path, name ?? ''))).toMatchObject({ found: [], ended: 'whole' })
  }
})

test('a damaged pack or object costs what is in it, and is told', async () => {
  const one = folder.repository('one')
  for (let number = 1; number <= 5; number += 1) one.commit(`file-${number}`, secretFile(number))
  const object = one.git('rev-parse', 'HEAD:file-3')
  const path = join(one.path, '.git/objects', object.slice(0, 2), object.slice(2))
  execFileSync('chmod', ['644', path])
  truncateSync(path, 20)
  const found = await search(one.path)
  expect(placesOf(found).map(([number]) => number)).toEqual([1, 2, 4, 5])
  expect(found.passedOver).toEqual(expect.arrayContaining([expect.objectContaining({ why: 'unreadable' })]))
  const two = folder.repository('two')
  for (let number = 1; number <= 5; number += 1) two.commit(`file-${number}`, secretFile(number))
  two.git('gc', '--quiet')
  const packs = join(two.path, '.git/objects/pack')
  const pack = join(packs, readdirSync(packs).find((name) => name.endsWith('.pack')) ?? '')
  execFileSync('chmod', ['644', pack])
  truncateSync(pack, 300)
  expect((await search(two.path)).passedOver).toEqual(
    expect.arrayContaining([expect.objectContaining({ why: 'unreadable' })]),
  )
}, 30_000)

test('objects that are too big are counted, and time that is over is told', async () => {
  const one = folder.repository('one')
  one.commit('big', `${secretFile(1)}${'x'.repeat(100_000)}`)
  expect(await search(one.path, { bytesPerObject: 50_000 })).toMatchObject({
    found: [],
    passedOver: [{ why: 'too-big', count: 1 }],
  })
  expect(await search(one.path, { time: milliseconds(0) })).toMatchObject({ ended: 'time' })
  const stopped = new AbortController()
  stopped.abort()
  expect(await search(one.path, { signal: stopped.signal })).toMatchObject({ ended: 'interrupted' })
})

test("another user's repository is not read unless it is asked for", async () => {
  const one = folder.repository('one')
  one.commit('.env', secretFile(1))
  const system = createSystemMachine()
  const carefulFiles: Machine['carefulFiles'] = {
    ...system.carefulFiles,
    findFolder: async (path) => {
      const found = await system.carefulFiles.findFolder(path)
      return found && { ...found, isOwn: false }
    },
  }
  expect(await search(one.path, {}, { carefulFiles })).toMatchObject({
    found: [],
    passedOver: [{ why: 'other-owner' }],
  })
  expect((await search(one.path, { anyOwner: true }, { carefulFiles })).found).toHaveLength(1)
})

/** A file that a path of ten levels names ten thousand million times. */
function makeBomb(one: TestRepository): void {
  const blob = one.git('hash-object', '-w', one.write('../secret', secretFile(1)))
  let [kind, object] = ['100644 blob', blob]
  for (let level = 0; level < 10; level += 1) {
    const lines = Array.from({ length: 10 }, (_, entry) => `${kind} ${object}\tx${entry}\n`).join('')
    object = execFileSync('git', ['-C', one.path, 'mktree'], { env: one.env, input: lines, encoding: 'utf8' }).trim()
    kind = '040000 tree'
  }
  const commit = one.git('commit-tree', '-m', 'bomb', object)
  one.git('update-ref', 'refs/heads/main', commit)
}

test('a repository made to exhaust whoever lists it costs the time that is granted, and its keys are told', async () => {
  const one = folder.repository('one')
  makeBomb(one)
  const start = performance.now()
  const found = await search(one.path, { time: seconds(8) })
  expect(performance.now() - start).toBeLessThan(15_000)
  expect(placesOf(found).map(([number]) => number)).toEqual([1])
  expect(found.passedOver).toEqual(
    expect.arrayContaining([expect.objectContaining({ what: expect.stringContaining('not gone through') })]),
  )
}, 30_000)

test('a partial clone fetches nothing: what it does not have is told', async () => {
  const one = folder.repository('one')
  one.git('config', 'uploadpack.allowFilter', 'true')
  one.commit('.env', secretFile(1))
  one.commit('.env', 'clean')
  const path = join(folder.path, 'partial')
  const clone = ['clone', '--quiet', '--filter=blob:none', `file://${one.path}`, path]
  execFileSync('git', clone, { env: one.env, stdio: 'ignore' })
  expect(await search(path)).toMatchObject({
    found: [],
    passedOver: [{ what: expect.stringContaining('partial clone') }],
  })
  const missing = execFileSync('git', ['-C', path, 'rev-list', '--all', '--objects', '--missing=print'], {
    env: one.env,
  })
  expect(missing.toString()).toMatch(/^\?/m)
}, 30_000)

test('a git that is too old, or that cannot be started, is told and no error', async () => {
  const one = folder.repository('one')
  one.commit('.env', secretFile(1))
  for (const [script, what] of [
    ['#!/bin/sh\necho usage >&2\nexit 129\n', 'older than 2.19'],
    ['#!/bin/sh\nkill -SEGV $$\n', 'damaged'],
    ['#!/nowhere\n', 'damaged'],
  ] as const) {
    writeFileSync(join(folder.path, 'git'), script, { mode: 0o755 })
    const found = await search(one.path, {}, { env: { PATH: folder.path } })
    expect(found).toMatchObject({ found: [], passedOver: [{ what: expect.stringContaining(what) }] })
  }
})

test('references in a format that is not read: keys are found, their commits are not named, and that is told', async () => {
  const one = folder.repository('one')
  one.commit('.env', secretFile(1))
  appendFileSync(join(one.path, '.git/config'), '[extensions]\n\trefStorage = reftable\n')
  execFileSync('rm', ['-rf', join(one.path, '.git/refs'), join(one.path, '.git/logs')])
  const found = await search(one.path)
  expect(placesOf(found)).toEqual([[1, '-:2 -']])
  expect(found.passedOver).toMatchObject([{ what: expect.stringContaining('reftable') }])
})
