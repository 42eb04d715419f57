import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemFileTree } from './file-tree.ts'
import { spellName } from './odd-names.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mayfly-names-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const bytesOf = (name: string): Buffer => Buffer.from(`${folder}/${name}`, 'latin1')

function namesIn(path: string): readonly string[] {
  const names: string[] = []
  const open = systemFileTree.openFolder(path)
  for (let entry = open?.next(); entry; entry = open?.next()) names.push(entry.name)
  open?.close()
  return names.sort()
}

function textOf(path: string): string | undefined {
  const file = systemFileTree.openFile(path)
  const bytes = Buffer.alloc(100)
  const text = file && bytes.toString('utf8', 0, file.read(bytes, 0))
  file?.close()
  return text
}

test.skipIf(process.platform !== 'linux')('files and folders with names of Latin-1 are read, each by its own', () => {
  mkdirSync(bytesOf('m\xfcll'))
  for (const [name, text] of [
    ['m\xfcll/a\xe4.env', 'one'],
    ['m\xfcll/a\xf6.env', 'other'],
    ['m\xfcll/plain', 'plain'],
  ] as const)
    writeFileSync(bytesOf(name), text)
  writeFileSync(join(folder, 'sign \ufffd'), 'sign')
  symlinkSync(bytesOf('m\xfcll'), join(folder, 'link'))
  expect(namesIn(folder)).toEqual(['link', 'm\\xFCll', 'sign \ufffd'])
  const below = join(folder, 'm\\xFCll')
  expect(namesIn(below)).toEqual(['a\\xE4.env', 'a\\xF6.env', 'plain'])
  expect(['a\\xE4.env', 'a\\xF6.env', 'plain'].map((name) => textOf(join(below, name)))).toEqual([
    'one',
    'other',
    'plain',
  ])
  expect(textOf(join(folder, 'sign \ufffd'))).toBe('sign')
  expect(systemFileTree.describe(below)?.kind).toBe('folder')
  expect(systemFileTree.findRealPath(join(below, 'plain'))).toBe(join(below, 'plain'))
  expect(systemFileTree.findRealPath(join(folder, 'link'))).toBe(below)
})

test('a name is spelled by its bytes where it is no UTF-8', () => {
  expect(spellName(Buffer.from('é😀\ufffd a'))).toBe('é😀\ufffd a')
  expect(spellName(Buffer.from([0x61, 0xc3, 0x28, 0xff, 0xe2, 0x82]))).toBe('a\\xC3(\\xFF\\xE2\\x82')
})
