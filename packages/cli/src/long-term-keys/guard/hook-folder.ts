/** Where git looks for the hooks of a repository, and who manages them: asked of git itself, as whoever commits would. */

import { posix, win32 } from 'node:path'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Machine } from '../../machine/machine.ts'

/** A tool that writes the hooks of a repository itself, and what to add to its settings. */
export interface HookManager {
  readonly name: string
  readonly file: string
  readonly lines: string
}

export interface HookFolder {
  /** The folder of the working tree, or of the bare repository. Absolute. */
  readonly repository: string
  readonly path: string
  /** `shared`: outside of this repository, for others too. `tracked`: within the working tree, for everyone who clones it. */
  readonly kind: 'own' | 'shared' | 'tracked'
  readonly manager?: HookManager
}

const pathOf = ({ platform }: Machine): typeof posix => (platform === 'win32' ? win32 : posix)

/** What git answers, a line each; refuses in its own words. */
async function askGit(machine: Machine, folder: string, words: readonly string[]): Promise<readonly string[]> {
  const { exitCode, stdout, stderr } = await machine.childProcess
    .run('git', ['-C', folder, ...words], machine.env)
    .catch((error: unknown) => {
      throw new Refusal('not-found', 'git is not installed here, or not on PATH.', {
        hint: 'Install it: https://git-scm.com/downloads',
        cause: error,
      })
    })
  if (exitCode === 0) return stdout.split(/\r?\n/).slice(0, -1)
  const said = stderr.split('\n')[0]?.replace(/^fatal: /, '') ?? ''
  throw new Refusal('not-found', `git does not read the repository in ${folder}: ${said}`, {
    hint: 'Name another: mayfly keys guard install --repository PATH',
  })
}

export async function getHookFolder(machine: Machine, folder: string): Promise<HookFolder> {
  const path = pathOf(machine)
  const [own = '', hooks = '', isBare] = await askGit(machine, folder, [
    'rev-parse',
    '--git-common-dir',
    '--git-path',
    'hooks',
    '--is-bare-repository',
  ])
  const common = path.resolve(folder, own)
  const tree =
    isBare === 'true' ? common : ((await askGit(machine, folder, ['rev-parse', '--show-toplevel']))[0] ?? folder)
  const repository = path.resolve(tree)
  const place = path.resolve(folder, hooks)
  const isInside = (outer: string): boolean => place === outer || place.startsWith(outer + path.sep)
  const kind = isInside(common) ? 'own' : isInside(repository) ? 'tracked' : 'shared'
  const manager = await findManager(machine, repository, place)
  return { repository, path: place, kind, ...(manager && { manager }) }
}

const LINE = 'mayfly keys find --staged'

const LEFTHOOK = `pre-commit:
  commands:
    mayfly-keys:
      run: ${LINE}`

const FRAMEWORK = `  - repo: local
    hooks:
      - id: mayfly-keys
        name: long-term access keys
        entry: ${LINE}
        language: system
        pass_filenames: false
        always_run: true`

const OVERCOMMIT = `PreCommit:
  MayflyKeys:
    enabled: true
    command: ['mayfly', 'keys', 'find', '--staged']`

interface KnownManager {
  readonly name: string
  /** The files that show that it is used; the first is where the lines go. */
  readonly files: readonly string[]
  readonly lines: string
}

const MANAGERS: readonly KnownManager[] = [
  {
    name: 'lefthook',
    files: ['lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml', 'lefthook.toml', 'lefthook.json'],
    lines: LEFTHOOK,
  },
  { name: 'pre-commit', files: ['.pre-commit-config.yaml', '.pre-commit-config.yml'], lines: FRAMEWORK },
  { name: 'overcommit', files: ['.overcommit.yml'], lines: OVERCOMMIT },
]

async function findManager(machine: Machine, repository: string, hooks: string): Promise<HookManager | undefined> {
  const path = pathOf(machine)
  if (/[\\/]\.husky(?:[\\/]_)?$/.test(hooks)) {
    const folder = hooks.replace(/[\\/]_$/, '')
    return { name: 'husky', file: path.join(folder, 'pre-commit'), lines: LINE }
  }
  for (const { name, files, lines } of MANAGERS) {
    for (const each of files) {
      const file = path.join(repository, each)
      if ((await machine.files.stamp(file)) !== undefined) return { name, file, lines }
    }
  }
  return undefined
}
