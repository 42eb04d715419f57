/** Something that is built from sources, and when it is stale. */

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** The repository's root folder. */
export const root = dirname(dirname(import.meta.dirname))

export interface Target {
  name: string
  /** Files and folders below the root; when none of them changed, nothing is built. */
  sources: string[]
  /** The folder below the root that is replaced as a whole. */
  output: string
  /** Fills the folder `into`. */
  build(into: string): Promise<void>
}

/** Builds the target when its sources differ from what its output was built from. */
export async function refresh(target: Target, force: boolean): Promise<void> {
  const digest = digestOf(target.sources)
  const stamp = join(root, '.build', `${target.name}.built`)
  const output = join(root, target.output)
  if (!force && existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  const started = performance.now()
  const into = `${output}.${process.pid}`
  try {
    await target.build(into)
    if (!existsSync(into)) return
    replaceFolder(output, into)
  } finally {
    rmSync(into, { recursive: true, force: true })
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, digest)
  console.error(`Built ${target.output} in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
}

function replaceFolder(output: string, by: string): void {
  const before = `${by}.before`
  if (existsSync(output)) renameSync(output, before)
  renameSync(by, output)
  rmSync(before, { recursive: true, force: true })
}

function digestOf(sources: string[]): string {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const source of sources) {
    for (const file of filesIn(join(root, source))) {
      hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file))
    }
  }
  return hash.digest('hex')
}

/** Every file at or below `path` that can end up in a bundle, in a fixed order. */
function filesIn(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !/^(node_modules|dist(\.\d+.*)?|\.vite)$|\.test\.tsx?$/.test(entry.name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)]))
}
