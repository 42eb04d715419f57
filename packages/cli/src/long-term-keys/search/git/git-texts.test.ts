/** What git prints, and what repositories write, as texts. */

import { expect, test } from 'vitest'
import { createTestMachine } from '../../../testing/test-machine.ts'
import { listAdded } from './added-lines.ts'
import { parseRange } from './commit-range.ts'
import { createCommitCutter } from './commit-stream.ts'
import { environmentOfGit, findGit } from './git-program.ts'
import { parseAlternates } from './object-folders.ts'
import { createObjectCutter } from './object-stream.ts'
import { parsePackedReferences } from './references.ts'
import { findRepositoryAt, readExtensions } from './repository-place.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const ZERO = '0'.repeat(40)

/** Hands a text over in pieces of every size. */
function* piecesOf(text: string | Buffer): Generator<readonly Buffer[]> {
  const bytes = Buffer.from(text)
  for (let size = 1; size <= bytes.length; size += 1) {
    yield Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    )
  }
}

test('objects are cut out of the stream, however it comes in pieces', () => {
  const text = `${A} blob 5\na\nb\0c\n${B} missing\n${B} commit 0\n\n${A} tag 3\n\n\n\n\n`
  for (const pieces of piecesOf(text)) {
    const heard: string[] = []
    const cutter = createObjectCutter(({ id, type, bytes }) =>
      heard.push(`${id[0]} ${type} ${JSON.stringify(bytes.toString())}`),
    )
    for (const piece of pieces) cutter.take(piece)
    expect(heard).toEqual(['a blob "a\\nb\\u0000c"', 'b commit ""', 'a tag "\\n\\n\\n"'])
    expect(cutter.answers).toBe(4)
  }
})

test('what is no answer of git ends the reading', () => {
  for (const text of ['nonsense\n', `${A} blob x\n`, 'x'.repeat(5000)])
    expect(() => createObjectCutter(() => undefined).take(Buffer.from(text))).toThrow('no answer')
})

test('changes are cut out of the stream: names that look like changes are names, merges have a parent each', () => {
  const evil = `:100644 100644 ${A} ${B} M`
  const text = [
    `\x01${A}`,
    `\n:000000 100644 ${ZERO} ${A} A`,
    evil,
    `:100644 100644 ${A} ${B} R090`,
    'old',
    '\x01new',
    `:100644 000000 ${A} ${ZERO} D`,
    'gone',
    `:000000 160000 ${ZERO} ${A} A`,
    'submodule',
    `\x01${B}`,
    '',
    `::100644 000000 100755 ${A} ${ZERO} ${B} MA`,
    'merged\nname',
    '',
  ].join('\0')
  for (const pieces of piecesOf(text)) {
    const heard: unknown[] = []
    const cutter = createCommitCutter({
      change: ({ id, before, path }, commit) => heard.push([commit[0], id[0], before.length, path]),
    })
    for (const piece of pieces) cutter.take(piece)
    expect(heard).toEqual([
      ['a', 'a', 0, evil],
      ['a', 'b', 1, '\x01new'],
      ['b', 'b', 1, 'merged\nname'],
    ])
  }
})

test('alternates: comments, quotes, escapes and bytes of UTF-8', () => {
  const text = '# no\n/plain/ü "x"\n"/q\\"uo\\\\te\\n\\303\\274é"\n"open\n\n../relative\n'
  expect(parseAlternates(text)).toEqual(['/plain/ü "x"', '/q"uo\\te\nüé', '"open', '../relative'])
})

test('packed references: names that git refuses are none', () => {
  const names = [
    'refs/heads/main',
    'refs/heads/a..b',
    'refs/heads/.x',
    'refs/x.lock',
    'refs/a b',
    'HEAD',
    '../x',
    'refs/',
    'refs/heads/ü',
  ]
  const text = `# pack-refs with: peeled\n${names.map((name) => `${A} ${name}\n^${B}\n`).join('')}short refs/x\n`
  expect([...parsePackedReferences(text)]).toEqual([
    ['refs/heads/main', A],
    ['refs/heads/ü', A],
  ])
})

test('of a configuration two settings are read, as git spells them', () => {
  const plain = { objectFormat: 'sha1', hasReftable: false }
  expect(readExtensions('')).toEqual(plain)
  expect(readExtensions('[core]\n objectformat = sha256\n[extensionsx]\nrefstorage=reftable')).toEqual(plain)
  expect(readExtensions('[Extensions]\r\n\tobjectFormat = "sha256" ; x\r\n\tREFSTORAGE=reftable # x\n')).toEqual({
    objectFormat: 'sha256',
    hasReftable: true,
  })
  for (const evil of ['[', ' ', '[ ', 'a ', '=']) expect(readExtensions(evil.repeat(500_000))).toEqual(plain)
  expect(readExtensions('[extensions] objectformat = sha256\n')).toMatchObject({ objectFormat: 'sha256' })
})

test.each([
  ['A..B', { type: 'between', from: 'A', to: 'B', dots: '..' }],
  ['A...B', { type: 'between', from: 'A', to: 'B', dots: '...' }],
  ['..B', { type: 'between', from: 'HEAD', to: 'B', dots: '..' }],
  ['A..', { type: 'between', from: 'A', to: 'HEAD', dots: '..' }],
  ['HEAD~2', { type: 'one', commit: 'HEAD~2' }],
  ['origin/*..B', { type: 'not-on', remote: 'origin', to: 'B' }],
  ['*..B', { type: 'not-on', remote: undefined, to: 'B' }],
])('the range %s', (text, range) => {
  expect(parseRange(text)).toEqual(range)
})

test('added lines: the id or the secret stands in a line that no former text has', () => {
  const text = 'x\nid\nsecret\n'
  const detected = { isCanary: false, line: 2, column: 1, idAt: { start: 2, end: 4 }, secretAt: { start: 5, end: 11 } }
  expect(listAdded(text, [detected], [])).toHaveLength(1)
  expect(listAdded(text, [detected], ['id\r\n  secret'])).toHaveLength(0)
  expect(listAdded(text, [detected], ['id', 'secret'])).toHaveLength(0)
  expect(listAdded(text, [detected], ['id\nother'])).toHaveLength(1)
})

test('git gets nothing of this environment but where it may write for a while', () => {
  const env = { PATH: '/x', HOME: '/home/alice', GIT_DIR: '/evil', GIT_SSH_COMMAND: 'x', LD_PRELOAD: 'x', TMPDIR: '/t' }
  const given = environmentOfGit({ platform: 'linux', env }, '/own')
  expect(given).toMatchObject({
    GIT_DIR: '/own',
    HOME: '/own',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ALLOW_PROTOCOL: '',
    TMPDIR: '/t',
  })
  expect(Object.keys(given)).not.toEqual(expect.arrayContaining(['GIT_SSH_COMMAND']))
  expect(JSON.stringify(given)).not.toMatch(/evil|alice|PRELOAD/)
  expect(environmentOfGit({ platform: 'win32', env: { SystemRoot: 'C:\\Windows' } }, 'C:\\own')).toMatchObject({
    SystemRoot: 'C:\\Windows',
    GIT_CONFIG_GLOBAL: 'NUL',
  })
})

test("Apple's git is asked for only where its developer tools are there: else a window would open", async () => {
  const machine = (files: Readonly<Record<string, string>>) => ({
    ...createTestMachine({ platform: 'darwin', env: { PATH: '/usr/bin:relative:' }, files }),
    childProcess: {
      ...createTestMachine().childProcess,
      find: async (_: string, { PATH }: Readonly<Record<string, string | undefined>>) =>
        ({ found: 'program', path: `${PATH}/git` }) as const,
    },
  })
  const real = '/Library/Developer/CommandLineTools/usr/bin/git'
  expect(await findGit(machine({}))).toBeUndefined()
  expect(await findGit(machine({ [real]: 'x' }))).toBe(real)
})

test('on Windows, what leads to another computer is no repository: it would learn who is signed in here', async () => {
  const files = {
    'C:\\r\\.git': 'gitdir: \\\\evil.example\\share\\.git\n',
    'C:\\s\\.git\\HEAD': 'x',
    'C:\\s\\.git\\commondir': '//evil.example/share\n',
    'C:\\s\\.git\\objects\\x': 'x',
  }
  const machine = createTestMachine({ platform: 'win32', home: 'C:\\Users\\alice', files })
  const asked: string[] = []
  const carefulFiles = {
    ...machine.carefulFiles,
    findFolder: async (path: string) => {
      asked.push(path)
      return machine.carefulFiles.findFolder(path)
    },
  }
  for (const folder of ['C:\\r', 'C:\\s']) await findRepositoryAt({ ...machine, carefulFiles }, folder)
  expect(asked.join('\n')).not.toContain('evil')
})
