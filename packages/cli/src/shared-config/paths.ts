/** Where things lie, on each platform, as values. */

import { posix, win32 } from 'node:path'
import type { Machine } from '../machine/machine.ts'

type Place = Pick<Machine, 'platform' | 'home' | 'env'>

/** Joins the parts of a path with the platform's own separator. */
export const joinPath = ({ platform }: Pick<Machine, 'platform'>, ...parts: readonly string[]): string =>
  (platform === 'win32' ? win32 : posix).join(...parts)

/** The config file: AWS_CONFIG_FILE, or `~/.aws/config`. */
export const configPath = (machine: Place): string =>
  expandPath(machine.env['AWS_CONFIG_FILE'] ?? '~/.aws/config', machine)

/** The credentials file: AWS_SHARED_CREDENTIALS_FILE, or `~/.aws/credentials`. */
export const credentialsPath = (machine: Place): string =>
  expandPath(machine.env['AWS_SHARED_CREDENTIALS_FILE'] ?? '~/.aws/credentials', machine)

/** What Mayfly keeps for itself: locks and backups. */
export const ownFolder = (machine: Place): string => joinPath(machine, machine.home, '.mayfly')

/** A path with its variables and its leading `~` replaced, as Python's expandvars and expanduser do it. */
export function expandPath(path: string, { env, home, platform }: Place): string {
  const named = path.replace(/\$(?:(\w+)|\{([^}]+)\})/g, (whole, bare, braced) => env[bare ?? braced] ?? whole)
  const expanded = platform === 'win32' ? named.replace(/%([^%]+)%/g, (whole, name) => env[name] ?? whole) : named
  if (expanded === '~') return home
  const rest = platform === 'win32' ? /^~[\\/]/.test(expanded) : expanded.startsWith('~/')
  if (!rest) return expanded
  return joinPath({ platform }, home, expanded.slice(2))
}
