/** The service models are those that models/PIN names, byte for byte. */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../build/target.ts'

/** Lines of `sha256  file`, after lines that say where the models come from. */
export function checkModels(folder = join(root, 'models')): string[] {
  const pinned = new Map<string, string>()
  for (const line of readFileSync(join(folder, 'PIN'), 'utf8').split('\n')) {
    const [, digest, name] = line.match(/^([0-9a-f]{64}) {2}(\S+)$/) ?? []
    if (digest && name) pinned.set(name, digest)
  }
  const there = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const digestOf = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex')
  return [
    ...there.filter((name) => !pinned.has(name)).map((name) => `models/${name}: models/PIN does not name it`),
    ...[...pinned.keys()].filter((name) => !there.includes(name)).map((name) => `models/${name} is missing`),
    ...there
      .filter((name) => pinned.has(name) && pinned.get(name) !== digestOf(name))
      .map((name) => `models/${name}: not the file that models/PIN names; run: node tools/pin-models.ts`),
  ]
}
