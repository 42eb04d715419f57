/** Files on a real disk. */

import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ChangedMeanwhile, createFiles } from './files.ts'

let folder: string
let count = 0
const files = createFiles(() => {
  count += 1
  return String(count)
})

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mayfly-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const modeOf = (path: string): number => statSync(path).mode & 0o777

test('a new file is for its owner alone, and its folders are made', async () => {
  const path = join(folder, 'a/b/c.json')
  await files.write(path, 'x')
  expect(readFileSync(path, 'utf8')).toBe('x')
  expect(modeOf(path)).toBe(0o600)
})

test('a file that is there keeps its mode', async () => {
  const path = join(folder, 'config')
  writeFileSync(path, 'x')
  chmodSync(path, 0o640)
  await files.write(path, 'y')
  expect(modeOf(path)).toBe(0o640)
})

test('symbolic links stay, and the file that they lead to is replaced', async () => {
  mkdirSync(join(folder, 'dotfiles'))
  writeFileSync(join(folder, 'dotfiles/config'), 'x')
  symlinkSync('dotfiles/config', join(folder, 'link'))
  symlinkSync('link', join(folder, 'config'))
  await files.write(join(folder, 'config'), 'y')
  expect(readlinkSync(join(folder, 'config'))).toBe('link')
  expect(readFileSync(join(folder, 'dotfiles/config'), 'utf8')).toBe('y')
})

test('a link that leads nowhere yet gets its file', async () => {
  symlinkSync('later', join(folder, 'config'))
  await files.write(join(folder, 'config'), 'y')
  expect(readFileSync(join(folder, 'later'), 'utf8')).toBe('y')
})

test('a reader never sees a half: writers in a loop, readers see one whole content after another', async () => {
  const path = join(folder, 'token.json')
  const contents = ['a', 'b'].map((letter) => letter.repeat(200_000))
  await files.write(path, contents[0] ?? '')
  let writing = true
  const writer = (async () => {
    for (let turn = 0; turn < 40; turn += 1) await files.write(path, contents[turn % 2] ?? '')
    writing = false
  })()
  let reads = 0
  while (writing) {
    expect(contents).toContain(await files.readText(path))
    reads += 1
  }
  await writer
  expect(reads).toBeGreaterThan(5)
  expect(readdirSync(folder)).toEqual(['token.json'])
})

test('a write that fails leaves the former file, and nothing of its own', async () => {
  mkdirSync(join(folder, 'config'))
  await expect(files.write(join(folder, 'config'), 'x')).rejects.toThrow()
  expect(readdirSync(folder)).toEqual(['config'])
})

test('what is missing is nothing: a file, a folder, a file below a file', async () => {
  writeFileSync(join(folder, 'file'), 'x')
  expect(await files.read(join(folder, 'none'))).toBeUndefined()
  expect(await files.read(folder)).toBeUndefined()
  expect(await files.readText(join(folder, 'file/below'))).toBeUndefined()
  expect(await files.list(join(folder, 'none'))).toEqual([])
  expect(await files.delete(join(folder, 'none'))).toBe(false)
  expect(await files.delete(join(folder, 'file'))).toBe(true)
  expect(existsSync(join(folder, 'file'))).toBe(false)
})

test('a folder that will be made is writable when the one above it is', async () => {
  expect(await files.isWritable(join(folder, 'a/b/c.json'))).toBe(true)
  writeFileSync(join(folder, 'file'), 'x')
  expect(await files.isWritable(join(folder, 'file/c.json'))).toBe(false)
})

test('nobody else may write into folders that it makes, whatever the umask', async () => {
  const former = process.umask(0)
  try {
    await files.write(join(folder, 'new/below/file'), 'x')
  } finally {
    process.umask(former)
  }
  expect(modeOf(join(folder, 'new'))).toBe(0o755)
  expect(modeOf(join(folder, 'new/below'))).toBe(0o755)
  expect(modeOf(join(folder, 'new/below/file'))).toBe(0o600)
})

test.runIf(process.getuid?.() === 0)('a file stays its owner’s when root replaces it', async () => {
  const path = join(folder, 'config')
  writeFileSync(path, 'former')
  chownSync(path, 12_345, 12_346)
  await files.write(path, 'new')
  expect(statSync(path)).toMatchObject({ uid: 12_345, gid: 12_346 })
})

test.runIf(process.getuid?.() === 0)("a folder of another user's is not gone into, and stays", async () => {
  mkdirSync(join(folder, 'own/theirs'), { recursive: true })
  writeFileSync(join(folder, 'own/theirs/file'), '')
  writeFileSync(join(folder, 'own/mine'), '')
  chownSync(join(folder, 'own/theirs'), 65_534, 65_534)
  expect(await files.deleteTree(join(folder, 'own'))).toEqual([join(folder, 'own/theirs')])
  expect(readdirSync(join(folder, 'own'))).toEqual(['theirs'])
  expect(existsSync(join(folder, 'own/theirs/file'))).toBe(true)
})

test('what a killed writer of the file left beside it goes with the next write; what is being written stays', async () => {
  const [old, young, other] = ['.config.1-a-1.tmp', '.config.2-b-1.tmp', '.credentials.1-a-1.tmp'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  for (const path of [old, young, other]) writeFileSync(path, 'half')
  for (const path of [old, other]) utimesSync(path, 1_000_000, 1_000_000)
  await files.write(join(folder, 'config'), 'whole')
  expect(readdirSync(folder).sort()).toEqual(['.config.2-b-1.tmp', '.credentials.1-a-1.tmp', 'config'])
})

test('a file that is not the expected one any more is left alone, and nothing is left beside it', async () => {
  const path = join(folder, 'notes')
  writeFileSync(path, 'theirs')
  await expect(files.write(path, 'ours', { expects: Buffer.from('planned') })).rejects.toThrow(ChangedMeanwhile)
  await expect(files.write(path, 'ours', { expects: null })).rejects.toThrow(ChangedMeanwhile)
  expect(readFileSync(path, 'utf8')).toBe('theirs')
  expect(readdirSync(folder)).toEqual(['notes'])
  await files.write(path, 'ours', { expects: Buffer.from('theirs') })
  expect(readFileSync(path, 'utf8')).toBe('ours')
})
