/** `mayfly keys find` on a home of 50,000 files, against a program that only reads them and against grep. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { growHome } from '../conformance/keys/find/large-home.ts'
import { type Search, searchHome } from '../conformance/keys/find/search.ts'
import { seedHome } from '../conformance/keys/seeds/home.ts'
import { median } from './whole-process.ts'

export interface KeySearchFigure {
  readonly files: number
  /** Keys and canaries that it found among them, and how many there are. */
  readonly found: number
  readonly there: number
  /** Medians of whole processes. */
  readonly seconds: number
  readonly readSeconds: number
  readonly grepSeconds: number
  /** Against reading alone, run by run. */
  readonly ratio: number
  /** The most of all runs, in MiB. */
  readonly mebibytes: number
}

/** Seeds keys among `files` others, as many again in dependencies, and searches `rounds` times in turn with its floors. */
export async function measureKeySearch(files: number, rounds: number): Promise<KeySearchFigure> {
  const home = mkdtempSync(join(tmpdir(), 'mayfly-large-'))
  try {
    const seeded = seedHome(home, 'bench')
    growHome(home, { files, dependencies: files / 5 })
    const floor = (): number => seconds(process.execPath, [join(import.meta.dirname, 'read-files.ts'), home], home)
    const grep = ['-rIlE', '--devices=skip', '--exclude-dir=node_modules', '--exclude-dir=.git', '--exclude=*.img']
    const runs: { own: Search; read: number; grep: number }[] = []
    for (let round = 0; round <= rounds; round += 1) {
      const own = await searchHome(home, ['--json'])
      if (!own.stdout.startsWith('{')) throw new Error(`the search ended with ${own.status}: ${own.stderr}`)
      runs.push({ own, read: floor(), grep: seconds('grep', [...grep, 'AKIA[A-Z2-7]{16}', home], home) })
    }
    // The first brings the files into memory.
    runs.shift()
    return {
      files,
      found: JSON.parse(runs[0]?.own.stdout ?? '{"found":[]}').found.length,
      there: seeded.expected().length + seeded.expectedInHistory().length + seeded.canaries().length,
      seconds: median(runs.map(({ own }) => own.seconds)),
      readSeconds: median(runs.map(({ read }) => read)),
      grepSeconds: median(runs.map((run) => run.grep)),
      ratio: median(runs.map(({ own, read }) => own.seconds / read)),
      mebibytes: Math.max(...runs.map(({ own }) => own.mebibytes)),
    }
  } finally {
    spawnSync('chmod', ['-R', 'u+rwX', home])
    rmSync(home, { recursive: true, force: true })
  }
}

function seconds(file: string, words: readonly string[], cwd: string): number {
  const started = performance.now()
  const { error } = spawnSync(file, words, { cwd, stdio: 'ignore' })
  if (error) throw error
  return (performance.now() - started) / 1000
}
