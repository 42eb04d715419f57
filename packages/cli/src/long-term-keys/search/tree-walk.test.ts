import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemFileTree } from '../../machine/file-tree.ts'
import { kindOfPath } from './place-kind.ts'
import { type Met, TreeWalk } from './tree-walk.ts'

let top: string
let home: string

beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'mayfly-walk-')))
  home = join(top, 'home')
  mkdirSync(home)
})
afterEach(() => rmSync(top, { recursive: true, force: true }))

function write(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(home, name)), { recursive: true })
    writeFileSync(join(home, name), 'x')
  }
}

const link = (to: string, name: string): void => {
  mkdirSync(dirname(join(home, name)), { recursive: true })
  symlinkSync(to, join(home, name))
}

interface Walked {
  readonly files: readonly string[]
  readonly repositories: readonly string[]
  readonly passedOver: readonly string[]
}

function walk(roots: readonly string[] = [home], everything = false): Walked {
  const passedOver: string[] = []
  const walker = new TreeWalk({
    ...{ tree: systemFileTree, platform: 'linux', home, everything },
    isKnownPlace: (path) => kindOfPath(path, home) !== 'other' || kindOfPath(`${path}/config`, home) !== 'other',
    passOver: (why, path) => passedOver.push(`${why} ${relative(home, path)}`),
  })
  const met: Met[] = []
  for (const each of walker.walk(roots)) {
    const facts = each.type === 'file' && !each.isLink ? systemFileTree.describe(each.path) : undefined
    if (!facts || !walker.wasLinked(facts)) met.push(each)
  }
  const named = (type: Met['type']): string[] =>
    met.filter((each) => each.type === type).map(({ path }) => relative(home, path))
  return { files: named('file').sort(), repositories: named('repository').sort(), passedOver: passedOver.sort() }
}

test('dependencies, caches, pictures and archives are passed over, and looked at when everything is', () => {
  write('a/.env', 'a/node_modules/b/.env', 'lib/site-packages/c.py', '.cache/d', 'e.png', 'f.zip', 'vendor/own.txt')
  write('php/vendor/autoload.php', 'php/vendor/g.php', '.cargo/registry/h', '.cargo/config.toml')
  const walked = walk()
  expect(walked.files).toEqual(['.cargo/config.toml', 'a/.env', 'vendor/own.txt'])
  expect(walked.passedOver).toEqual([
    ...['archive f.zip', 'cache .cache', 'dependencies .cargo/registry', 'dependencies a/node_modules'],
    ...['dependencies lib/site-packages', 'dependencies php/vendor', 'media e.png'],
  ])
  expect(walk([home], true).files).toHaveLength(11)
})

test('what Mayfly itself keeps is no place of keys', () => {
  write('.mayfly/retirements/key.json', 'work/.mayfly/x')
  expect(walk().files).toEqual(['work/.mayfly/x'])
})

test('a link is not followed to what is walked through anyway, nor in a circle', () => {
  write('work/a', 'work/b/c')
  link('work', 'shortcut')
  link('..', 'work/up')
  link('.', 'work/b/here')
  link('/', 'root')
  link('nowhere', 'broken')
  link('loop', 'loop')
  expect(walk().files).toEqual(['work/a', 'work/b/c'])
})

test('a link out of the home is followed once', () => {
  mkdirSync(join(top, 'data/deep'), { recursive: true })
  writeFileSync(join(top, 'data/deep/file'), 'x')
  symlinkSync('..', join(top, 'data/deep/back'))
  symlinkSync(home, join(top, 'data/deep/home'))
  link('../data', 'one')
  link('../data', 'two')
  link('../data/deep', 'three')
  expect(walk().files).toHaveLength(1)
})

test('what a tool knows by its name goes by that name, wherever it leads', () => {
  write('dotfiles/aws/credentials', 'dotfiles/bashrc')
  link('dotfiles/aws', '.aws')
  link('dotfiles/bashrc', '.bashrc')
  expect(walk().files).toEqual(['.aws/credentials', '.bashrc'])
})

test('folders named twice, or in one another, are walked through once', () => {
  write('a/b/c')
  expect(walk([home, join(home, 'a'), home, join(home, 'a/b/c')]).files).toEqual(['a/b/c'])
  expect(walk([join(home, 'a/b/c')]).files).toEqual(['a/b/c'])
})

test('a working tree and a bare repository are repositories; of .git, settings and hooks are files', () => {
  write(
    'work/.git/HEAD',
    'work/.git/config',
    'work/.git/hooks/pre-commit',
    'work/.git/objects/ab/c',
    'work/.git/refs/r',
  )
  write('bare.git/HEAD', 'bare.git/objects/ab/c', 'bare.git/refs/r', 'tree/.git')
  const walked = walk()
  expect(walked.repositories).toEqual(['bare.git', 'tree', 'work'])
  expect(walked.files).toContain('work/.git/config')
  expect(walked.files).toContain('work/.git/hooks/pre-commit')
  expect(walked.files).not.toContain('work/.git/objects/ab/c')
})

test('a folder named by its path is walked through though its name says dependencies', () => {
  write('node_modules/a/index.js')
  expect(walk([join(home, 'node_modules')]).files).toEqual(['node_modules/a/index.js'])
})
