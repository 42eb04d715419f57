/** False alarms that a repository names, so that its guard lets them pass: by what is no secret, and never unseen. */

import { posix } from 'node:path'
import type { FoundKey } from '../key/found-key.ts'
import type { PassedOver } from './key-search.ts'
import { matchesPath, type PathPattern, parsePathPattern } from './path-pattern.ts'

/** In the working tree's own folder; committed like any other file. */
export const IGNORE_FILE = '.mayfly-keys-ignore'

/** A key, everywhere or in the files that a pattern names. */
interface IgnoredKey {
  /** `AKIA…`, or the last four characters of a secret without an id: `…wXyZ`. */
  readonly key: string
  readonly paths: PathPattern | undefined
}

/**
 * A key a line, then, where it is not ignored everywhere, a path from the repository's folder (`*` within a name, `**` across
 * folders). `#` begins a comment. A line that names no whole key is none: `*` hides nothing.
 */
export function parseIgnored(text: string): readonly IgnoredKey[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [key = '', path] = line
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/\s+/)
    if (!/^(?:AKIA[A-Z0-9]{16}|…[A-Za-z0-9/+]{4})$/.test(key)) return []
    return [{ key, paths: path === undefined ? undefined : parsePathPattern(path) }]
  })
}

/** Those that count, and an account of those that do not. A secret without an id is ignored in named files alone. */
export function withoutIgnored(
  found: readonly FoundKey[],
  ignored: readonly IgnoredKey[],
  pathOf: (found: FoundKey) => string,
): { readonly found: readonly FoundKey[]; readonly passedOver: readonly PassedOver[] } {
  const isIgnored = (each: FoundKey): boolean => {
    const path = pathOf(each).split('\\').join(posix.sep)
    return ignored.some(({ key, paths }) =>
      each.accessKeyId === undefined
        ? key === String(each.secret) && paths !== undefined && matchesPath(paths, path)
        : key === each.accessKeyId && (paths === undefined || matchesPath(paths, path)),
    )
  }
  const hidden = found.filter(isIgnored)
  const examples = [...new Set(hidden.map((each) => each.accessKeyId ?? String(each.secret)))].slice(0, 5)
  return {
    found: found.filter((each) => !hidden.includes(each)),
    passedOver:
      hidden.length === 0
        ? []
        : [
            {
              why: 'ignored',
              what: `findings named in ${IGNORE_FILE}, and not counted`,
              count: hidden.length,
              examples,
            },
          ],
  }
}
