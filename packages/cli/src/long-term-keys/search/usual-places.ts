/** The long-term keys where AWS's own tools look first: the two shared files, and the environment. */

import type { Machine } from '../../machine/machine.ts'
import { detectKeys } from '../detection/detect-keys.ts'
import type { FoundKey } from '../key/found-key.ts'
import { searchEnvironment } from './environment.ts'
import { usesOf } from './key-uses.ts'
import { kindOfPath } from './place-kind.ts'

/** Takes moments. Files that are not there, or cannot be read, hold none. */
export async function searchUsualPlaces(machine: Machine, paths: readonly string[]): Promise<readonly FoundKey[]> {
  const files = await Promise.all(paths.map((path) => searchFile(machine, path)))
  return [...files.flat(), ...searchEnvironment(machine.env, detectKeys)]
}

/** Every key of one file, as its text is now; none where it is not there, or cannot be read. */
export async function searchFile(machine: Machine, path: string): Promise<readonly FoundKey[]> {
  const text = path === '' ? undefined : await machine.files.readText(path).catch(() => undefined)
  if (text === undefined) return []
  const kind = kindOfPath(path, machine.home)
  return detectKeys(text, { path }).map((detected) => {
    const { accessKeyId, accountId, isCanary, secret, line, column } = detected
    return {
      isCanary,
      kind,
      place: { type: 'file', path, line, column },
      uses: usesOf({ kind, path, text }, detected),
      ...(accessKeyId !== undefined && { accessKeyId }),
      ...(accountId !== undefined && { accountId }),
      ...(secret !== undefined && { secret }),
    }
  })
}
