/** Git repositories whose working tree is clean of keys and whose history is not. */

import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Draw } from './draft.ts'
import type { Key } from './key.ts'

/** A key that only a repository's objects have. */
export interface ExpectedInHistory {
  readonly kind: string
  /** Relative to the home. */
  readonly repository: string
  /** Within the tree; absent where no tree names the object any more. */
  readonly path?: string
  readonly line: number
  readonly accessKeyId: string
  readonly lastFour: string
}

interface Repository {
  readonly folder: string
  git(...words: string[]): void
  write(name: string, text: string): void
}

export function seedHistories(home: string, draw: Draw): ExpectedInHistory[] {
  return [removed, stashed, packed, amended].map((seed) => {
    const repository = `${draw.chance.project()}/${draw.chance.name()}`
    return { repository, ...seed(openRepository(join(home, repository), draw), draw) }
  })
}

type Seeded = Omit<ExpectedInHistory, 'repository'>

function openRepository(folder: string, { chance }: Draw): Repository {
  mkdirSync(folder, { recursive: true })
  const person = {
    NAME: chance.word(),
    EMAIL: `${chance.word()}@example.com`,
    DATE: `${1_650_000_000 + chance.below(9e7)} +0000`,
  }
  const env = Object.fromEntries(
    Object.entries(person).flatMap(([name, value]) => [
      [`GIT_AUTHOR_${name}`, value],
      [`GIT_COMMITTER_${name}`, value],
    ]),
  )
  const git = (...words: string[]): void => {
    const settings = {
      ...env,
      PATH: process.env['PATH'],
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
    }
    execFileSync('git', ['-c', 'gc.auto=0', ...words], { cwd: folder, env: settings, stdio: 'ignore' })
  }
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
  git('init', '-q', '-b', 'main')
  write('README.md', `# ${chance.name()}\n`)
  git('add', '.')
  git('commit', '-q', '-m', 'first')
  return { folder, git, write }
}

/** A few lines and then the key: its text and the line of the id. */
function environmentOf(key: Key, { chance }: Draw): { text: string; line: number } {
  const before = Array.from({ length: chance.below(30) }, () => `${chance.word().toUpperCase()}=${chance.word()}\n`)
  const text = `${before.join('')}AWS_ACCESS_KEY_ID=${key.accessKeyId}\nAWS_SECRET_ACCESS_KEY=${key.secretAccessKey}\n`
  return { text, line: before.length + 1 }
}

const seeded = (kind: string, key: Key, line: number, path?: string): Seeded => ({
  kind,
  line,
  accessKeyId: key.accessKeyId,
  lastFour: key.secretAccessKey.slice(-4),
  ...(path === undefined ? {} : { path }),
})

function removed({ git, write, folder }: Repository, draw: Draw): Seeded {
  const key = draw.key()
  const { text, line } = environmentOf(key, draw)
  write('.env', text)
  git('add', '-f', '.env')
  git('commit', '-q', '-m', 'settings')
  rmSync(join(folder, '.env'))
  git('commit', '-q', '-a', '-m', 'remove settings')
  return seeded('a commit that a later one undid', key, line, '.env')
}

function stashed({ git, write }: Repository, draw: Draw): Seeded {
  const key = draw.key()
  const { text, line } = environmentOf(key, draw)
  write('settings.ini', 'PORT=1\n')
  git('add', 'settings.ini')
  git('commit', '-q', '-m', 'settings')
  write('settings.ini', text)
  git('stash')
  return seeded('a stash', key, line, 'settings.ini')
}

/** Many versions of one file in one pack: all but one of them are deltas. */
function packed({ git, write }: Repository, draw: Draw): Seeded {
  const key = draw.key()
  const { chance } = draw
  const lines = Array.from({ length: 120 }, () => `${chance.name('_')}=${chance.hex(24)}`)
  const at = chance.below(110)
  const versions = [
    lines,
    lines.with(at, `access_key=${key.accessKeyId}`).with(at + 1, `secret_key=${key.secretAccessKey}`),
    lines.with(at, 'access_key=').with(at + 5, chance.word()),
  ]
  for (const [number, version] of versions.entries()) {
    write('long.conf', `${version.join('\n')}\n`)
    git('add', 'long.conf')
    git('commit', '-q', '-m', `version ${number}`)
  }
  git('repack', '-adfq', '--depth=50')
  git('prune-packed')
  git('pack-refs', '--all')
  return seeded('a pack', key, at + 1, 'long.conf')
}

/** Amended, and the reflog forgotten: an object that nothing reaches, until Git deletes it. */
function amended({ git, write, folder }: Repository, draw: Draw): Seeded {
  const key = draw.key()
  const { text, line } = environmentOf(key, draw)
  write('run.sh', text)
  git('add', 'run.sh')
  git('commit', '-q', '-m', 'run')
  rmSync(join(folder, 'run.sh'))
  write('run.sh', 'echo\n')
  git('commit', '-q', '-a', '--amend', '-m', 'run')
  git('reflog', 'expire', '--expire=now', '--all')
  return seeded('an object that nothing reaches', key, line)
}
