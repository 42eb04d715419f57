import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { accountOfKeyId } from '../../../packages/cli/src/long-term-keys/key/access-key-id.ts'
import { chooseSeed, type SeededHome, seedHome } from './home.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const seed = chooseSeed()
console.log(`MAYFLY_SEED=${seed}`)

function seeded(text: string): { folder: string; home: SeededHome } {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-seed-'))
  folders.push(folder)
  return { folder, home: seedHome(folder, text) }
}

test(`a seeded home has more than 60 keys in more than 30 kinds of places, and 200 look-alikes (seed ${seed})`, () => {
  const { home } = seeded(seed)
  const found = [...home.expected(), ...home.expectedInHistory()]
  expect(new Set(found.map(({ accessKeyId, lastFour }) => accessKeyId ?? lastFour)).size).toBeGreaterThanOrEqual(60)
  expect(new Set(found.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(30)
  expect(home.lookAlikes().length).toBeGreaterThanOrEqual(200)
  expect(home.lookAlikes().every(({ why }) => why !== '')).toBe(true)
  expect(home.canaries()).toHaveLength(9)
})

test('every key is where it is said to be', () => {
  const { folder, home } = seeded(seed)
  for (const { path, line, accessKeyId } of [...home.expected(), ...home.canaries()]) {
    const bytes = readFileSync(join(folder, path))
    const text = bytes[0] === 0xff ? bytes.toString('utf16le') : bytes.toString()
    const there = text.split(/\r?\n/)[line - 1] ?? ''
    const decoded = [...there.matchAll(/[\w+/=]{24,}/g)]
      .map(([word]) => Buffer.from(word, 'base64').toString())
      .join(' ')
    if (accessKeyId) expect(`${there} ${decoded}`, `${path}:${line}`).toContain(accessKeyId)
    else expect(there.length).toBeGreaterThanOrEqual(40)
    if (accessKeyId && !/^AKIA[IJ]/.test(accessKeyId)) expect(accountOfKeyId(accessKeyId)).toMatch(/^\d{12}$/)
  }
})

test('the same seed writes the same home', () => {
  const digest = (folder: string): string =>
    execFileSync('sh', ['-c', 'find . -type f -not -path "*/.git/*" | sort | xargs -d "\\n" sha1sum'], {
      cwd: folder,
    }).toString()
  const [one, other] = [seeded(seed), seeded(seed)]
  expect(digest(one.folder)).toBe(digest(other.folder))
  expect(one.home.expected()).toEqual(other.home.expected())
})
