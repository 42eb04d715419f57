import { expect, test } from 'vitest'
import type { NodeFacts } from '../../machine/file-tree.ts'
import { memoryTree } from '../../testing/memory-tree.ts'
import { createTestMachine } from '../../testing/test-machine.ts'
import { keyId, secretOf } from '../detection/testing/made-keys.ts'
import { createAccessReader } from './place-access.ts'
import { searchForKeys } from './search-for-keys.ts'

const [A, B, a] = [keyId('111122223333', 1), keyId('444455556666', 2), secretOf(1)]
const PAIR = `AWS_ACCESS_KEY_ID=${A}\nAWS_SECRET_ACCESS_KEY=${a}\n`

test('the home, what variables name outside of it, and the environment are searched', async () => {
  const machine = createTestMachine({
    env: { AWS_SHARED_CREDENTIALS_FILE: '/secure/credentials', AWS_ACCESS_KEY_ID: B },
    files: { '~/work/.env': PAIR, '/secure/credentials': `[a]\naws_access_key_id=${A}\n`, '/elsewhere/.env': PAIR },
  })
  const { found, looked, ended } = await searchForKeys(machine)
  expect(found.map(({ place }) => (place.type === 'file' ? place.path : place.type))).toEqual([
    '/home/alice/work/.env',
    '/secure/credentials',
    'environment',
  ])
  expect([looked.files, ended]).toEqual([2, 'whole'])
})

test('the id that somebody typed to retire a key is no place of it, and what else a history holds is', async () => {
  const typed = `mayfly keys retire ${A}\n`
  const zsh = `: 1795269160:0;mayfly keys undo ${A}\n`
  const files = {
    '~/.bash_history': `${typed}export AWS_ACCESS_KEY_ID=${A}\n`,
    '~/.zsh_history': zsh,
    '~/notes.txt': typed,
  }
  const { found } = await searchForKeys(createTestMachine({ files }))
  expect(found.map(({ place }) => (place.type === 'file' ? `${place.path}:${place.line}` : ''))).toEqual([
    '/home/alice/.bash_history:2',
    '/home/alice/notes.txt:1',
  ])
})

test('folders that are named are searched, and nothing else', async () => {
  const machine = createTestMachine({ env: { AWS_ACCESS_KEY_ID: B }, files: { '~/a/.env': PAIR, '~/b/.env': PAIR } })
  const { found } = await searchForKeys(machine, { roots: ['/home/alice/a'] })
  expect(found).toMatchObject([{ accessKeyId: A, place: { path: '/home/alice/a/.env', line: 1, column: 19 } }])
})

test('a finding says who may read the file, and its print gives no secret away', async () => {
  const machine = createTestMachine({ files: { '~/.env': PAIR } })
  machine.disk.set('/home/alice/open', { content: Buffer.from(PAIR), mode: 0o644 })
  machine.disk.set('/home/alice/group', { content: Buffer.from(PAIR), mode: 0o640 })
  const { found } = await searchForKeys(machine)
  expect(found.map(({ access }) => access?.readableBy)).toEqual(['owner', 'everyone', 'group'])
  expect(JSON.stringify(found)).not.toContain(a.slice(0, 8))
})

test('what may not be read is counted', async () => {
  const machine = createTestMachine({ files: { '~/a': PAIR } })
  machine.disk.set('/home/alice/closed', { content: Buffer.from(PAIR), mode: 0 })
  const { found, passedOver } = await searchForKeys(machine)
  expect(found).toHaveLength(1)
  expect(passedOver).toMatchObject([{ why: 'unreadable', count: 1, examples: ['/home/alice/closed'] }])
})

test('when its time is over, or somebody stops it, it answers what it has and says so', async () => {
  const files = { '~/a': PAIR, '~/b': PAIR }
  expect(await searchForKeys(createTestMachine({ files }), { seconds: 0 })).toMatchObject({ ended: 'time' })
  const stopped = AbortSignal.abort()
  const search = await searchForKeys(createTestMachine({ files }), { signal: stopped })
  expect(search.ended).toBe('interrupted')
  expect(search.found.length).toBeLessThan(2)
})

test('a file that everyone may read is for its owner alone in a folder that nobody else may enter', () => {
  const modes: Record<string, number> = {
    '/': 0o755,
    '/home': 0o755,
    '/home/a': 0o750,
    '/home/b': 0o700,
    '/srv': 0o755,
  }
  const describe = (path: string): NodeFacts => ({
    kind: 'folder',
    device: 1,
    inode: 1,
    size: 0,
    mode: modes[path] ?? 0o755,
  })
  const read = createAccessReader({ ...memoryTree(new Map(), 'linux'), describe }, 'linux')
  const who = (path: string, mode: number): string | undefined => read(path, { ...describe(path), mode })?.readableBy
  expect(who('/srv/x/.env', 0o644)).toBe('everyone')
  expect(who('/srv/x/.env', 0o640)).toBe('group')
  expect(who('/home/a/x/.env', 0o644)).toBe('group')
  expect(who('/home/b/x/.env', 0o644)).toBe('owner')
  expect(who('/srv/.env', 0o600)).toBe('owner')
})
