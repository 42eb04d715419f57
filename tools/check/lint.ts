/** Format, import order and lint, with warnings counted as errors. */

import { relative } from 'node:path'
import { root } from '../build/target.ts'
import { everythingSaid, runInstalled } from './program.ts'

export async function checkLint(): Promise<string[]> {
  const words = ['check', '--error-on-warnings', '--reporter=github', '--max-diagnostics=none']
  const outcome = await runInstalled('@biomejs/biome/bin/biome', words)
  if (outcome.status === 0) return []
  const problems = outcome.stdout
    .split('\n')
    .map(parseAnnotation)
    .filter((line) => line !== undefined)
  return problems.length > 0 ? problems : everythingSaid(outcome)
}

function parseAnnotation(line: string): string | undefined {
  const [, rule, file, number, message] = line.match(/^::\w+ title=([^,]*),file=([^,]*),line=(\d+),[^:]*::(.*)$/) ?? []
  if (!rule || !file) return undefined
  if (rule === 'format') return `${relative(root, file)}: not formatted; run: npx biome check --write`
  return `${relative(root, file)}:${number}: ${message} (${rule})`
}
