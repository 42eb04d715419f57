/** Where a search looks when it is told no place. */

import { posix, win32 } from 'node:path'
import type { Machine } from '../../machine/machine.ts'

/** Variables by which tools are told where their settings lie; some name several files. */
const VARIABLES = [
  ...['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE', 'BOTO_CONFIG', 'BOTO_PATH', 'RCLONE_CONFIG', 'KUBECONFIG'],
  ...['DOCKER_CONFIG', 'TF_CLI_CONFIG_FILE', 'TF_DATA_DIR', 'PIP_CONFIG_FILE', 'NPM_CONFIG_USERCONFIG', 'HISTFILE'],
  ...['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'ZDOTDIR', 'BASH_ENV', 'ENV', 'APPDATA', 'LOCALAPPDATA'],
]

/** The home, and what variables name outside of it. Absolute paths. */
export function listDefaultRoots({
  env,
  home,
  platform,
}: Pick<Machine, 'env' | 'home' | 'platform'>): readonly string[] {
  const path = platform === 'win32' ? win32 : posix
  const named = VARIABLES.flatMap((name) => (env[name] ?? '').split(path.delimiter))
    .map((place) => place.replace(/^~(?=[\\/]|$)/, home))
    .filter((place) => path.isAbsolute(place) && path.normalize(place) !== path.parse(place).root)
  return [home, ...new Set(named.filter((place) => !isInside(place, home, path.sep)))]
}

const isInside = (place: string, folder: string, separator: string): boolean =>
  place === folder || place.startsWith(folder + separator)
