/** Whether this process may read from its terminal and draw on it, or runs behind the shell (`mayfly login &`). */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Platform } from './machine.ts'

/** From Linux's /proc/self/stat: the process's group is the terminal's foreground group. */
export function isForegroundInStat(stat: string): boolean {
  // The name, in parentheses, may hold anything; behind it come the state, the parent, the group, the session, the
  // terminal and the terminal's foreground group.
  const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return group !== undefined && group === foreground
}

/** From `ps -o stat=`: a plus sign says it, on macOS and the BSDs. */
export const isForegroundInPs = (stat: string): boolean => stat.includes('+')

/** Asks the system. Where it does not say, nothing is read: a job in the background that reads is stopped. */
export function isForeground(platform: Platform): boolean {
  if (platform === 'win32') return true
  try {
    return isForegroundInStat(readFileSync('/proc/self/stat', 'utf8'))
  } catch {
    try {
      const words = ['-o', 'stat=', '-p', String(process.pid)]
      return isForegroundInPs(execFileSync('/bin/ps', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
    } catch {
      return false
    }
  }
}
