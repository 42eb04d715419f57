/** Who may import whom: the ten rules of `.dependency-cruiser.cjs`. */

import { join } from 'node:path'
import { root } from '../build/target.ts'
import { everythingSaid, runInstalled } from './program.ts'

interface Violation {
  from: string
  to: string
  rule: { name: string }
  comment?: string
}

interface Cruise {
  modules: { source: string }[]
  summary: { violations: Violation[]; ruleSetUsed: { forbidden: { name: string; comment: string }[] } }
}

export interface Walls {
  /** How many files were read: none would mean that nothing was checked. */
  cruised: number
  broken: { rule: string; from: string; to: string; comment: string }[]
}

/** Reads the imports of every package below `folder` and holds them against the rules. */
export async function inspectWalls(folder = root): Promise<Walls> {
  const words = ['packages', '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json']
  const outcome = await runInstalled('dependency-cruiser/bin/dependency-cruiser.mjs', words, folder)
  if (!outcome.stdout.startsWith('{')) throw new Error(everythingSaid(outcome).join('\n'))
  const { modules, summary } = JSON.parse(outcome.stdout) as Cruise
  const comments = new Map(summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]))
  const broken = summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to,
    comment: comments.get(rule.name) ?? '',
  }))
  return { cruised: modules.filter(({ source }) => source.startsWith('packages/')).length, broken }
}

export async function checkWalls(): Promise<string[]> {
  const { cruised, broken } = await inspectWalls()
  if (cruised === 0) return ['no file was read: is @swc/core installed?']
  return broken.map(({ rule, from, to, comment }) => `${from} → ${to}: ${comment} (${rule})`)
}
