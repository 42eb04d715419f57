/** The lock file holds every package that any platform would install, so that one installs like another. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../build/target.ts'

interface LockedPackage {
  version?: string
  integrity?: string
  link?: boolean
  hasInstallScript?: boolean
  dev?: boolean
  devOptional?: boolean
  optionalDependencies?: Record<string, string>
}

export function checkLockFile(text = readFileSync(join(root, 'package-lock.json'), 'utf8')): string[] {
  const packages = JSON.parse(text).packages as Record<string, LockedPackage>
  const problems: string[] = []
  for (const [path, locked] of Object.entries(packages)) {
    if (!path.includes('node_modules/') || locked.link) continue
    if (!locked.integrity) problems.push(`${path} has no integrity`)
    // npm no longer runs install scripts unasked, so what users install must not need one.
    if (locked.hasInstallScript && !locked.dev && !locked.devOptional) problems.push(`${path} has an install script`)
    for (const name of Object.keys(locked.optionalDependencies ?? {})) {
      if (!isLocked(packages, path, name)) {
        problems.push(`${path} ${locked.version} misses ${name}: take a version whose binaries are all there`)
      }
    }
  }
  return problems
}

/** Whether `name` stands where Node would find it from `path`. */
function isLocked(packages: Record<string, LockedPackage>, path: string, name: string): boolean {
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    if (`${from}/node_modules/${name}`.replace(/^\//, '') in packages) return true
    if (from === '') return false
  }
}
