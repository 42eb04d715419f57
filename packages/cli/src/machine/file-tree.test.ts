import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemFileTree as tree } from './file-tree.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mayfly-tree-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string): string => join(folder, name)

test('entries are told apart without being opened, and a link is not what it leads to', () => {
  writeFileSync(at('file'), 'x')
  mkdirSync(at('folder'))
  symlinkSync('file', at('link'))
  execFileSync('mkfifo', [at('pipe')])
  const open = tree.openFolder(folder)
  const kinds = new Map<string, string>()
  for (let entry = open?.next(); entry; entry = open?.next()) kinds.set(entry.name, entry.kind)
  open?.close()
  expect(Object.fromEntries(kinds)).toEqual({ file: 'file', folder: 'folder', link: 'link', pipe: 'special' })
  expect(tree.describe(at('link'))?.kind).toBe('link')
  expect(tree.describe(at('link'), { followsLinks: true })).toMatchObject({ kind: 'file', size: 1 })
})

test('a pipe that took the place of a file holds nobody up', () => {
  execFileSync('mkfifo', [at('pipe')])
  expect(tree.openFile(at('pipe'))).toBeUndefined()
})

test('a file is read in pieces, to its end', () => {
  writeFileSync(at('file'), 'abcdef', { mode: 0o640 })
  const file = tree.openFile(at('file'))
  const into = Buffer.alloc(4)
  expect(file?.facts).toMatchObject({ size: 6, mode: 0o640 })
  expect([file?.read(into, 0), into.toString()]).toEqual([4, 'abcd'])
  expect([file?.read(into, 1), into.toString()]).toEqual([2, 'aefd'])
  expect(file?.read(into, 0)).toBe(0)
  file?.close()
})

test('a link in the place of a file is followed when that is asked, and not otherwise', () => {
  writeFileSync(at('file'), 'x')
  symlinkSync('file', at('link'))
  expect(tree.openFile(at('link'))).toBeUndefined()
  const file = tree.openFile(at('link'), { followsLinks: true })
  expect(file?.facts.kind).toBe('file')
  file?.close()
})

test('the time of the last access stays', () => {
  writeFileSync(at('file'), 'x')
  utimesSync(at('file'), 1_000_000, 2_000_000)
  const file = tree.openFile(at('file'))
  file?.read(Buffer.alloc(1), 0)
  file?.close()
  expect(statSync(at('file')).atime.getTime()).toBe(1_000_000_000)
})

test('what is not there, and what may not be read, is nothing', () => {
  mkdirSync(at('closed'))
  chmodSync(at('closed'), 0)
  expect(tree.describe(at('nothing'))).toBeUndefined()
  expect(tree.openFile(at('nothing'))).toBeUndefined()
  expect(tree.openFile(folder)).toBeUndefined()
  expect(tree.openFolder(at('nothing'))).toBeUndefined()
  expect(tree.findRealPath(at('nothing'))).toBeUndefined()
  if (process.getuid?.() !== 0) expect(tree.openFolder(at('closed'))).toBeUndefined()
})
