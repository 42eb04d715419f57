/** `mayfly keys find` as it is shipped, run once in a home; its own process says what memory it took. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MAYFLY } from '../../harness/mayfly.ts'
import { type ProgramRun, runProgram } from '../../harness/run-program.ts'

export interface Search extends ProgramRun {
  readonly seconds: number
  /** The most that the process held. */
  readonly mebibytes: number
}

export async function searchHome(home: string, words: readonly string[] = []): Promise<Search> {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-memory-'))
  const report = join(folder, 'memory')
  const hook = join(folder, 'memory.cjs')
  writeFileSync(
    hook,
    `process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)))`,
  )
  try {
    const path = process.env['PATH'] ?? '/usr/bin:/bin'
    const env = { PATH: path, HOME: home, LANG: 'C.UTF-8', MAYFLY_AGENT: 'never', NODE_OPTIONS: `--require ${hook}` }
    const started = performance.now()
    const run = await runProgram(process.execPath, [MAYFLY, 'keys', 'find', ...words], {
      env,
      cwd: home,
      timeout: 300_000,
    })
    const seconds = (performance.now() - started) / 1000
    return { ...run, seconds, mebibytes: existsSync(report) ? Number(readFileSync(report, 'utf8')) / 1024 : 0 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
