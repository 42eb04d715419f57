import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { heldOut } from '../seeds/held-out/held-out.ts'
import { chooseSeed, type SeededHome, seedHome } from '../seeds/home.ts'
import { compareFindings, findLeaks, noDifferences } from './findings.ts'
import { growHome } from './large-home.ts'
import { searchHome } from './search.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-find-'))
  folders.push(folder)
  return folder
}

function newHome(seed: string): { folder: string; home: SeededHome } {
  const folder = newFolder()
  return { folder, home: seedHome(folder, seed) }
}

const seeds = ['fixed', chooseSeed()]
console.log(`MAYFLY_SEED=${seeds[1]}`)

test.each(seeds)(
  'every key is found at its file and line, and no look-alike is taken for one (seed %s)',
  async (seed) => {
    const { folder, home } = newHome(seed)
    const { stdout, stderr, status } = await searchHome(folder, ['--json'])
    expect(stderr).toBe('')
    expect(compareFindings(folder, home, JSON.parse(stdout).found)).toEqual(noDifferences)
    expect(status).toBe(1)
  },
)

test.each([[], ['--json'], ['--sarif']])('no secret is told beyond its last four characters (%s)', async (...words) => {
  const { folder, home } = newHome(seeds[1] ?? '')
  const { stdout, stderr } = await searchHome(folder, words)
  expect(stdout.length).toBeGreaterThan(5000)
  expect(findLeaks(stdout + stderr, home.secrets())).toEqual([])
})

test('in 75 places that came after the detector every key is found', async () => {
  const folder = newFolder()
  const home = seedHome(folder, seeds[1] ?? '', heldOut)
  const { stdout } = await searchHome(folder, ['--json'])
  expect(compareFindings(folder, home, JSON.parse(stdout).found)).toEqual(noDifferences)
})

test('a home without keys is clean, and the exit status says so', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, '.env'), 'PORT=1\n')
  const { stdout, status } = await searchHome(folder, ['--json'])
  expect(JSON.parse(stdout).found).toEqual([])
  expect(status).toBe(0)
})

test('thousands of files, circles of links, pipes and an image of 2 GB do not hold a search up', async () => {
  const { folder, home } = newHome('fixed')
  growHome(folder, { files: 4000, dependencies: 1000 })
  const { stdout, seconds, mebibytes } = await searchHome(folder, ['--json'])
  expect(compareFindings(folder, home, JSON.parse(stdout).found)).toEqual(noDifferences)
  expect(seconds).toBeLessThan(10)
  expect(mebibytes).toBeLessThan(200)
})
