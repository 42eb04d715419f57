/** Whose computer this is: its kind, the folder that `~` stands for, its user. */

import { homedir, userInfo } from 'node:os'
import type { Environment, Platform } from './machine.ts'

/** A BSD is treated as Linux: paths, permissions and signals are the same. */
export const platformOf = (name: string): Platform => (name === 'win32' || name === 'darwin' ? name : 'linux')

/** `~` as Python's expanduser finds it: HOME, on Windows USERPROFILE; else what the system says. */
export function homeOf(env: Environment, platform: Platform): string {
  const named = env[platform === 'win32' ? 'USERPROFILE' : 'HOME']
  const home = named || findSystemHome()
  return home.length > 1 ? home.replace(platform === 'win32' ? /[\\/]+$/ : /\/+$/, '') || '/' : home
}

/** What the system says; the root where it knows no such user (a container with a number for a user). */
function findSystemHome(): string {
  try {
    // With an empty HOME, homedir() is empty too: the folder one is in would be home, and its files configuration.
    return homedir() || userInfo().homedir || '/'
  } catch {
    return '/'
  }
}

/** Who is at work here; where the system knows no such user, what the environment says. */
export function findUserName(env: Environment): string {
  try {
    return userInfo().username
  } catch {
    return env['USER'] || env['USERNAME'] || 'somebody'
  }
}
