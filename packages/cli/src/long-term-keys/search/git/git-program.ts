/** The git that is installed, and all that it is given: no setting of this computer, of its people, or of a repository. */

import type { Machine } from '../../../machine/machine.ts'
import { findVariable } from '../../../machine/program-lookup.ts'
import { pathOf } from './repository-place.ts'

export type GitDoor = Pick<Machine, 'carefulFiles' | 'platform' | 'childProcess' | 'env' | 'scratch' | 'clock'>

/** Bytes of one piece of memory that git may ask for: what is packed as a difference to something huge is not read. */
const MOST_MEMORY = 512 * 1024 * 1024

/** Looked for on PATH, but never in the folder one is in, where a scanned repository may have put its own. */
export async function findGit(machine: GitDoor): Promise<string | undefined> {
  const path = (findVariable(machine.env, 'PATH') ?? '/usr/local/bin:/usr/bin:/bin')
    .split(machine.platform === 'win32' ? ';' : ':')
    .filter((folder) => pathOf(machine).isAbsolute(folder.replace(/^"(.*)"$/, '$1')))
    .join(machine.platform === 'win32' ? ';' : ':')
  if (path === '') return undefined
  const { PATHEXT } = machine.env
  const found = await machine.childProcess.find('git', { PATH: path, ...(PATHEXT !== undefined && { PATHEXT }) })
  if (found.found !== 'program') return undefined
  // Apple's is a door to the developer tools, and opens a window when they are not installed.
  if (machine.platform === 'darwin' && found.path === '/usr/bin/git') return findAppleGit(machine)
  return found.path
}

const APPLE = ['/Library/Developer/CommandLineTools', '/Applications/Xcode.app/Contents/Developer']

async function findAppleGit({ carefulFiles }: GitDoor): Promise<string | undefined> {
  for (const folder of APPLE) {
    const path = `${folder}/usr/bin/git`
    if ((await carefulFiles.look(path)) !== undefined) return path
  }
  return undefined
}

/** What git is told, and nothing else. `folder` is the repository of our own. */
export function environmentOfGit(
  { platform, env }: Pick<Machine, 'platform' | 'env'>,
  folder: string,
): Readonly<Record<string, string>> {
  const nothing = platform === 'win32' ? 'NUL' : '/dev/null'
  const kept = platform === 'win32' ? ['SystemRoot', 'TEMP', 'TMP'] : ['TMPDIR']
  return {
    ...Object.fromEntries(kept.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    LC_ALL: 'C',
    GIT_DIR: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: nothing,
    GIT_CONFIG_GLOBAL: nothing,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: '',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_PAGER: 'cat',
    GIT_FLUSH: '0',
    GIT_ALLOC_LIMIT: String(MOST_MEMORY),
  }
}
