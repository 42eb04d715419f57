/** Where a repository came from, as its configuration says; nothing of it is run. */

import type { Machine } from '../../../machine/machine.ts'
import { joinPath } from '../../../machine/place.ts'
import type { KeyPlace } from '../../key/key-place.ts'
import type { GitRemote } from './snippet.ts'

/** Folders above a file that are looked at. */
const DEEPEST = 40

/** The remote `origin` of the repository in which a key lies. */
export async function findRemote(machine: Machine, place: KeyPlace): Promise<GitRemote | undefined> {
  if (place.type === 'environment') return undefined
  const start = place.type === 'history' ? place.repository : place.path
  const separator = machine.platform === 'win32' ? /[\\/][^\\/]*$/ : /\/[^/]*$/
  for (let [folder, depth] = [start, 0]; folder !== '' && depth < DEEPEST; depth += 1) {
    const text = await machine.files.readText(joinPath(machine, folder, '.git', 'config')).catch(() => undefined)
    if (text !== undefined) return parseRemote(text)
    const above = folder.replace(separator, '')
    if (above === folder) return undefined
    folder = above
  }
  return undefined
}

/** `git@github.com:acme/shop.git`, `https://user@gitlab.acme.example/group/project`, `ssh://git@host:22/a/b`. */
export function parseRemote(config: string): GitRemote | undefined {
  const section = /^\s*\[remote "origin"\][^[]*/m.exec(config)?.[0] ?? ''
  const url = /^\s*url\s*=\s*(\S+)\s*$/m.exec(section)?.[1] ?? ''
  const match =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([\w.-]+)(?::\d+)?\/(.+)$/.exec(url) ??
    /^(?:[\w.-]+@)?([\w.-]+):(?!\/)(.+)$/.exec(url)
  const [, host, path = ''] = match ?? []
  const plain = path.replace(/\.git\/?$/, '').replace(/\/+$/, '')
  // It becomes a part of a policy: what is no name of a repository is none.
  return host !== undefined && /^[\w.-]+(\/[\w.-]+)+$/.test(plain) ? { host, path: plain } : undefined
}
