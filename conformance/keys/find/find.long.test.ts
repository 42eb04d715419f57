import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chooseSeed, seedHome } from '../seeds/home.ts'
import { compareFindings, findLeaks, noDifferences } from './findings.ts'
import { growHome } from './large-home.ts'
import { searchHome } from './search.ts'

const first = chooseSeed()
const seeds = Array.from({ length: 20 }, (_, index) => (index === 0 ? first : `${first}-${index}`))
console.log(`seeds: ${seeds.join(' ')} (MAYFLY_SEED=${first} repeats them)`)

test.each(seeds)('every key is found and no look-alike is taken for one (seed %s)', async (seed) => {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-find-'))
  try {
    const home = seedHome(folder, seed)
    const { stdout, stderr } = await searchHome(folder, ['--json'])
    expect(compareFindings(folder, home, JSON.parse(stdout).found)).toEqual(noDifferences)
    expect(findLeaks(stdout + stderr, home.secrets())).toEqual([])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('50,000 files take less than ten seconds and 200 MB', { timeout: 240_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-find-'))
  try {
    const home = seedHome(folder, first)
    growHome(folder, { files: 50_000, dependencies: 10_000 })
    const { stdout, seconds, mebibytes } = await searchHome(folder, ['--json'])
    console.log(`${seconds.toFixed(2)} s, ${mebibytes.toFixed(0)} MiB`)
    expect(compareFindings(folder, home, JSON.parse(stdout).found)).toEqual(noDifferences)
    expect(seconds).toBeLessThan(10)
    expect(mebibytes).toBeLessThan(200)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
