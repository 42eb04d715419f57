/** Where things lie, on each platform, as values. */

import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'

export { joinPath, ownFolder }

type Place = Pick<Machine, 'platform' | 'home' | 'env'>

/** The config file: AWS_CONFIG_FILE, or `~/.aws/config`. */
export const configPath = (machine: Place): string =>
  expandPath(machine.env['AWS_CONFIG_FILE'] ?? '~/.aws/config', machine)

/** The credentials file: AWS_SHARED_CREDENTIALS_FILE, or `~/.aws/credentials`. */
export const credentialsPath = (machine: Place): string =>
  expandPath(machine.env['AWS_SHARED_CREDENTIALS_FILE'] ?? '~/.aws/credentials', machine)

/** A path with its variables and its leading `~` replaced, as Python's expandvars and expanduser do it. */
export function expandPath(path: string, { env, home, platform }: Place): string {
  const named = path.replace(/\$(?:(\w+)|\{([^}]+)\})/g, (whole, bare, braced) => env[bare ?? braced] ?? whole)
  const expanded = platform === 'win32' ? named.replace(/%([^%]+)%/g, (whole, name) => env[name] ?? whole) : named
  if (expanded === '~') return home
  const rest = platform === 'win32' ? /^~[\\/]/.test(expanded) : expanded.startsWith('~/')
  if (!rest) return expanded
  return joinPath({ platform }, home, expanded.slice(2))
}
