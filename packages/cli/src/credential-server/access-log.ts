/** One line for each access, as a person who looks on reads it. No secret in it, and no flood. */

import { between, minutes } from '@mayfly/identity-center/duration'
import type { Access } from './credential-server.ts'

/** So many refusals are told within a minute: whoever tries tokens does not fill a disk. */
const MOST_REFUSALS = 10

/** Makes the lines of accesses, in order. Answers nothing where there is nothing to tell. */
export function createAccessLog(): (access: Access) => string | undefined {
  let since: Date | undefined
  let refusals = 0
  return (access) => {
    if (access.client !== undefined) return formatAccess(access)
    if (since === undefined || between(since, access.at) >= minutes(1)) {
      const silenced = refusals - MOST_REFUSALS
      since = access.at
      refusals = 1
      return silenced > 0 ? `${silenced} more were refused.\n${formatAccess(access)}` : formatAccess(access)
    }
    refusals += 1
    if (refusals > MOST_REFUSALS) return undefined
    return formatAccess(access)
  }
}

function formatAccess({ at, client, peer, status, problem }: Access): string {
  const who = client ?? '-'
  const end = problem === undefined ? '' : `  ${problem}`
  const line = `${at.toISOString().slice(11, 19)}Z  ${status}  ${who}  ${peer}${end}`
  // Words may come from a server or a program.
  return `${line.replace(/\p{Cc}+/gu, ' ')}\n`
}
