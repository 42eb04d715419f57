/** The program that runs here: its Node, its script, and the native helper that came along with it. */

import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export interface OwnProgram {
  /** The Node that runs this. */
  readonly node: string
  /** `mayfly.cjs` where it really lies; undefined when this process is no `mayfly`. */
  readonly script: string | undefined
  /** `linux-x64`: which of the helpers this system can run. */
  readonly system: string
  /** The helper of this system, as its package or the checkout holds it; nobody has checked it yet. */
  findHelper(): string | undefined
}

export function createOwnProgram(): OwnProgram {
  const system = `${process.platform}-${process.arch}`
  const script = findOwnScript(process.argv[1])
  return { node: process.execPath, script, system, findHelper: () => script && findHelper(script, system) }
}

/** The script that this process runs, when it is Mayfly. */
export function findOwnScript(started: string | undefined): string | undefined {
  try {
    const script = realpathSync(started ?? '')
    return /[\\/](mayfly\.cjs|src[\\/]main\.ts)$/.test(script) ? script : undefined
  } catch {
    return undefined
  }
}

/** In the optional package beside ours, or where a checkout builds it. */
function findHelper(script: string, system: string): string | undefined {
  const name = system.startsWith('win32') ? 'mayfly-credentials.exe' : 'mayfly-credentials'
  const built = join(dirname(script), '..', '..', '..', '.build', 'native', system, name)
  try {
    const description = createRequire(script).resolve(`@mayfly/credentials-${system}/package.json`)
    return join(dirname(description), name)
  } catch {
    return existsSync(built) ? built : undefined
  }
}
