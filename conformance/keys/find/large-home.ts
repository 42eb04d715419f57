/** A home as it grows in ten years: tens of thousands of files, most of them small, and everything on which a walk trips. */

import { execFileSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Chance } from '../seeds/chance.ts'

const WORDS =
  'const return export import value count index function await token secret key name path error result'.split(' ')
const MEBIBYTE = 2 ** 20

export interface LargeHomeOptions {
  /** Files that a scan has to read: sources, notes, settings, logs, images. */
  readonly files: number
  /** Files of dependencies besides, and as many objects of Git. Default none. */
  readonly dependencies?: number
}

/** Writes it below `folder`; 50,000 files take some seconds and 400 MB. */
export function growHome(folder: string, { files, dependencies = 0 }: LargeHomeOptions): void {
  const chance = new Chance('large')
  const source = sourceText(chance)
  const noise = chance.bytes(256 * 1024)
  const perProject = 250
  for (let at = 0; at < files; at += perProject) {
    const project = join(folder, 'work', `team-${at % 7}`, `project-${at}`)
    growProject(project, Math.min(perProject, files - at), chance, source, noise)
  }
  for (let at = 0; at < dependencies; at += 20) {
    const name = join(folder, 'work', 'team-1', 'project-1', 'node_modules', `package-${at}`, 'lib')
    writeFiles(name, 20, 'js', () => piece(source, chance, 6_000))
    writeFiles(join(folder, 'work/team-2/project-2/.git/objects', chance.hex(2)), 20, '', () =>
      piece(noise, chance, 2_000),
    )
  }
  stumblingBlocks(folder)
}

/** 1 MB in which every line looks like a program's. */
function sourceText(chance: Chance): Buffer {
  const lines: string[] = []
  for (let length = 0; length < MEBIBYTE; ) {
    const line = `${' '.repeat(chance.below(4) * 2)}${Array.from({ length: 2 + chance.below(9) }, () => chance.pick(WORDS)).join(' ')} = '${chance.hex(chance.below(48))}'`
    lines.push(line)
    length += line.length + 1
  }
  return Buffer.from(lines.join('\n'))
}

/** Some part of it, mostly shorter and seldom much longer than `usual`. */
function piece(from: Buffer, chance: Chance, usual: number): Buffer {
  const length = Math.min(from.length - 1, Math.ceil((chance.below(usual) + 50) * (chance.isLikely(3) ? 12 : 1)))
  const start = chance.below(from.length - length)
  return from.subarray(start, start + length)
}

function growProject(folder: string, files: number, chance: Chance, source: Buffer, noise: Buffer): void {
  const images = Math.floor(files * 0.06)
  const settings = Math.floor(files * 0.1)
  const deep = join(folder, ...Array.from({ length: 2 + chance.below(12) }, (_, level) => `level-${level}`))
  writeFiles(join(folder, 'images'), images, 'png', () => piece(noise, chance, 30_000))
  writeFiles(join(folder, 'settings'), Math.floor(settings / 2), 'json', () => piece(source, chance, 1_500))
  writeFiles(join(folder, 'deploy'), Math.ceil(settings / 2), 'yml', () => piece(source, chance, 1_500))
  const left = files - images - settings - 1
  writeFiles(join(folder, 'src'), Math.ceil(left / 2), 'ts', () => piece(source, chance, 7_000))
  writeFiles(deep, Math.floor(left / 2), 'py', () => piece(source, chance, 5_000))
  writeFiles(join(folder, 'logs'), 1, 'log', () => source)
}

function writeFiles(folder: string, count: number, ending: string, content: () => Buffer): void {
  mkdirSync(folder, { recursive: true })
  const end = ending === '' ? '' : `.${ending}`
  for (let at = 0; at < count; at += 1)
    writeFileSync(join(folder, `${at.toString(16).padStart(4, '0')}${end}`), content())
}

/** A sparse file of 2 GB, links in a circle and out of the home, a pipe that nobody writes to, what may not be read. */
function stumblingBlocks(folder: string): void {
  const place = join(folder, 'odd')
  mkdirSync(place)
  const sparse = openSync(join(place, 'machine.img'), 'w')
  ftruncateSync(sparse, 2 * 1024 * MEBIBYTE)
  closeSync(sparse)
  symlinkSync('..', join(place, 'up'))
  symlinkSync('b', join(place, 'a'))
  symlinkSync('a', join(place, 'b'))
  symlinkSync('/', join(place, 'root'))
  symlinkSync('/proc/self/environ', join(place, 'environ'))
  symlinkSync('nowhere', join(place, 'broken'))
  execFileSync('mkfifo', [join(place, 'pipe.env')])
  writeFileSync(join(place, 'closed.env'), 'A=1\n', { mode: 0o000 })
  mkdirSync(join(place, 'closed'), { mode: 0o000 })
  writeFileSync(join(place, 'one-line.json'), `{"a":"${'x'.repeat(8 * MEBIBYTE)}"}`)
  mkdirSync(join(place, ...Array.from({ length: 120 }, () => 'deep')), { recursive: true })
}
