/** Times commands as whole processes, in turn, so that a drift of the machine touches both alike. */

import { spawnSync } from 'node:child_process'

export interface Command {
  readonly name: string
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

export interface Comparison {
  readonly name: string
  readonly against: string
  /** Median wall time in milliseconds. */
  readonly median: number
  readonly againstMedian: number
  /** The median of the ratios, pair by pair. */
  readonly ratio: number
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

function time({ name, file, args, env }: Command): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const elapsed = performance.now() - start
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`)
  return elapsed
}

/** `pairs` runs of each, A B A B …, after one of each that does not count. */
export function compare(command: Command, against: Command, pairs: number): Comparison {
  time(command)
  time(against)
  const runs = Array.from({ length: pairs }, () => [time(command), time(against)] as const)
  return {
    name: command.name,
    against: against.name,
    median: median(runs.map(([own]) => own)),
    againstMedian: median(runs.map(([, other]) => other)),
    ratio: median(runs.map(([own, other]) => own / other)),
  }
}
