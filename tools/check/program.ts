/** Runs an installed package's own program and keeps what it printed. */

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../build/target.ts'

export interface Outcome {
  status: number | null
  stdout: string
  stderr: string
}

/** Runs `file` (below `node_modules`) with this Node, in the root folder or in `cwd`. */
export function runInstalled(file: string, words: string[], cwd = root): Promise<Outcome> {
  const program = join(root, 'node_modules', file)
  if (!existsSync(program)) throw new Error(`${file} is not installed; run: npm ci`)
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...words], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const outcome: Outcome = { status: null, stdout: '', stderr: '' }
    child.stdout.on('data', (data) => {
      outcome.stdout += data
    })
    child.stderr.on('data', (data) => {
      outcome.stderr += data
    })
    child.on('error', reject)
    child.on('close', (status) => resolve({ ...outcome, status }))
  })
}

/** What a program said where no line of it could be understood. */
export const everythingSaid = ({ stdout, stderr }: Outcome): string[] =>
  `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '')
