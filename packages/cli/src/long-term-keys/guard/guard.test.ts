/** The guard of real repositories: git itself runs the hooks. */

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Machine } from '../../machine/machine.ts'
import { createSystemMachine } from '../../machine/system-machine.ts'
import { run } from '../../main.ts'
import { TestFolder, type TestRepository } from '../../testing/test-repository.ts'
import { keyId, secretOf } from '../detection/testing/made-keys.ts'
import { pipelineStep } from './pipeline-steps.ts'

const secretFile = (number: number): string =>
  `AWS_ACCESS_KEY_ID=${keyId('123456789012', number)}\nAWS_SECRET_ACCESS_KEY=${secretOf(number)}\n`

const MAIN = join(import.meta.dirname, '..', '..', 'main.ts')

let folder: TestFolder
let one: TestRepository
/** A PATH on which `mayfly` is this one. */
let path: string

beforeEach(() => {
  folder = new TestFolder()
  one = folder.repository('one')
  const program = join(folder.path, 'bin', 'mayfly')
  mkdirSync(join(folder.path, 'bin'))
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`, { mode: 0o755 })
  path = `${join(folder.path, 'bin')}:${process.env['PATH']}`
})
afterEach(() => folder.close())

/** Types a command. This process is no `mayfly`, so hooks know no other place than PATH. */
async function type(...words: readonly string[]): Promise<{ code: number; said: string }> {
  let said = ''
  const system = createSystemMachine()
  const machine: Machine = {
    ...system,
    env: { ...one.env, PATH: path },
    home: folder.path,
    ownProgram: { ...system.ownProgram, script: undefined },
    terminal: {
      ...system.terminal,
      write: (text) => {
        said += text
      },
      writeError: (text) => {
        said += text
      },
    },
  }
  return { code: await run(['keys', 'guard', ...words], machine), said }
}

const guard = (...words: readonly string[]) => type(...words, '--repository', one.path)
const commit = (words: readonly string[] = []) => one.tryGit(['commit', '-m', 'x', ...words], { PATH: path })
const hook = (name: string): string => join(one.path, '.git/hooks', name)
const own = (): readonly string[] =>
  readdirSync(join(one.path, '.git/hooks')).filter((name) => !name.endsWith('.sample'))

test('a commit that brings a key is stopped, with the way past it; one that brings none goes on in silence', async () => {
  expect(await guard('install')).toMatchObject({ code: 0, said: expect.stringContaining('pre-commit') })
  one.write('.env', secretFile(1))
  one.git('add', '.')
  const stopped = commit()
  expect(stopped.code).toBe(1)
  expect(stopped.said).toContain('~/one/.env:1')
  expect(stopped.said).toContain('git commit --no-verify')
  expect(stopped.said).not.toContain(secretOf(1))
  expect(commit(['--no-verify']).code).toBe(0)
  one.write('clean', 'x')
  one.git('add', '.')
  const quiet = commit()
  expect(quiet.code).toBe(0)
  expect(quiet.said).not.toContain('long-term')
}, 30_000)

test('a part of what is changed is committed: that part is looked at', async () => {
  one.commit('a', 'a')
  one.commit('b', 'b')
  await guard('install')
  one.write('a', 'clean')
  one.write('b', secretFile(1))
  one.git('add', '.')
  expect(commit(['a']).code).toBe(0)
  expect(commit(['--all']).code).toBe(1)
  expect(commit(['--only', 'b']).code).toBe(1)
}, 30_000)

test('a key named as a false alarm passes, and is counted where everybody sees it', async () => {
  await guard('install')
  one.write('.env', secretFile(1))
  one.write('.mayfly-keys-ignore', `${keyId('123456789012', 1)} .env # of a book\n`)
  one.git('add', '.')
  const done = commit()
  expect(done.code).toBe(0)
  expect(done.said).toContain('findings named in .mayfly-keys-ignore, and not counted: 1')
})

test('a hook that was there runs first, stays byte for byte, and is back when the guard goes', async () => {
  const text = '#!/bin/sh\necho "the first" "$@"\n[ -z "$MINE" ] || exit $MINE\n'
  writeFileSync(hook('pre-commit'), text)
  chmodSync(hook('pre-commit'), 0o750)
  for (let round = 0; round < 2; round += 1) expect((await guard('install')).code).toBe(0)
  expect(own()).toEqual(['pre-commit', 'pre-commit.before-mayfly'])
  one.write('a', 'a')
  one.git('add', '.')
  expect(one.tryGit(['commit', '-m', 'x'], { PATH: path, MINE: '7' })).toMatchObject({ code: 1 })
  const done = commit()
  expect(done).toMatchObject({ code: 0, said: expect.stringContaining('the first') })
  expect(await guard()).toMatchObject({ said: expect.stringContaining('after the hook that was there') })
  expect((await guard('remove')).code).toBe(0)
  expect(own()).toEqual(['pre-commit'])
  expect(execFileSync('cat', [hook('pre-commit')], { encoding: 'utf8' })).toBe(text)
  expect(statSync(hook('pre-commit')).mode & 0o777).toBe(0o750)
}, 30_000)

test('a hook that is a link stays one; one that git would not run is not run by us', async () => {
  const target = one.write('tools/check.sh', '#!/bin/sh\nexit 3\n', 0o644)
  symlinkSync(target, hook('pre-commit'))
  await guard('install')
  one.write('a', 'a')
  one.git('add', '.')
  expect(commit().code).toBe(0)
  chmodSync(target, 0o755)
  one.write('a', 'b')
  one.git('add', '.')
  expect(commit().code).toBe(1)
  await guard('remove')
  expect(lstatSync(hook('pre-commit')).isSymbolicLink()).toBe(true)
}, 30_000)

test('a hook that is a link to nowhere does not lead out of the repository', async () => {
  symlinkSync(join(folder.path, 'elsewhere'), hook('pre-commit'))
  expect(await guard('install')).toMatchObject({ code: 255, said: expect.stringContaining('is a link to') })
  expect(existsSync(join(folder.path, 'elsewhere'))).toBe(false)
})

test('a hook of ours that was changed by hand stays, and is said', async () => {
  await guard('install')
  writeFileSync(hook('pre-commit'), `${one.read('.git/hooks/pre-commit')}# mine\n`)
  expect(await guard('remove')).toMatchObject({ code: 1, said: expect.stringContaining('left alone') })
  expect(await guard()).toMatchObject({ said: expect.stringContaining('changed by hand') })
  expect(await guard('install')).toMatchObject({ code: 255, said: expect.stringContaining('changed by hand') })
  expect(one.read('.git/hooks/pre-commit')).toContain('# mine\n')
})

test('a hook that another version wrote is replaced, and taken away', async () => {
  await guard('install')
  const text = one.read('.git/hooks/pre-commit').replace(/# as written.*\n$/, ': another version\n')
  const sum = createHash('sha256').update(text).digest('hex').slice(0, 16)
  const write = (): void => writeFileSync(hook('pre-commit'), `${text}# as written: ${sum}\n`)
  write()
  await guard('install')
  expect(one.read('.git/hooks/pre-commit')).not.toContain('another version')
  write()
  expect((await guard('remove')).code).toBe(0)
  expect(own()).toEqual([])
})

test('killed between the two steps of putting it there, it goes on or back', async () => {
  const text = '#!/bin/sh\nexit 0\n'
  const lay = (): void => writeFileSync(hook('pre-commit.before-mayfly'), text, { mode: 0o755 })
  lay()
  expect((await guard('install')).code).toBe(0)
  expect(own()).toEqual(['pre-commit', 'pre-commit.before-mayfly'])
  await guard('remove')
  expect(own()).toEqual(['pre-commit'])
  expect(one.read('.git/hooks/pre-commit')).toBe(text)
  lay()
  expect(await guard('install')).toMatchObject({
    code: 255,
    said: expect.stringContaining('one from before beside it'),
  })
})

test('without mayfly the commit goes on and is told; what cannot be looked at is told too', async () => {
  await guard('install')
  one.write('.env', secretFile(1))
  one.git('add', '.')
  const done = one.tryGit(['commit', '-m', 'x'], { PATH: '/usr/bin:/bin' })
  expect(done).toMatchObject({ code: 0, said: expect.stringContaining('its program is not on PATH') })
  writeFileSync(join(folder.path, 'bin', 'mayfly'), '#!/bin/sh\nexit 255\n')
  one.write('b', 'b')
  one.git('add', '.')
  expect(commit()).toMatchObject({ code: 0, said: expect.stringContaining('could not look (exit code 255)') })
})

test('a push is looked at: the new commits of a branch, all of a new branch, and nothing of a deleted one', async () => {
  const other = folder.repository('other.git', '--bare')
  one.git('remote', 'add', 'origin', other.path)
  one.commit('old', secretFile(1))
  one.git('push', '--quiet', 'origin', 'main')
  const text = '#!/bin/sh\ncat > "$0.said"\n'
  writeFileSync(hook('pre-push'), text, { mode: 0o755 })
  await guard('install', '--pre-push')
  const push = (...words: readonly string[]) => one.tryGit(['push', ...words], { PATH: path })
  one.commit('a', 'a')
  expect(push('origin', 'main').code).toBe(0)
  expect(one.read('.git/hooks/pre-push.before-mayfly.said')).toMatch(/^refs\/heads\/main \w+ refs\/heads\/main \w+\n$/)
  one.git('checkout', '--quiet', '-b', 'side')
  one.commit('.env', secretFile(2))
  one.commit('.env', 'clean')
  const stopped = push('origin', 'main', 'side')
  expect(stopped.code).toBe(1)
  expect(stopped.said).toContain(keyId('123456789012', 2))
  expect(stopped.said).not.toContain(keyId('123456789012', 1))
  expect(push('--no-verify', 'origin', 'side').code).toBe(0)
  expect(push('origin', '--delete', 'side').code).toBe(0)
  expect(push('origin', 'main').code).toBe(0)
}, 40_000)

test('for all repositories: their own hooks still run, of every kind, and nothing is left when it goes', async () => {
  one.git('config', 'user.name', 'x')
  writeFileSync(hook('pre-commit'), '#!/bin/sh\necho own pre-commit\n', { mode: 0o755 })
  writeFileSync(hook('commit-msg'), '#!/bin/sh\necho own commit-msg\n', { mode: 0o755 })
  expect((await type('install', '--global')).code).toBe(0)
  one.write('.env', secretFile(1))
  one.git('add', '.')
  const stopped = commit()
  expect(stopped).toMatchObject({ code: 1, said: expect.stringContaining('own pre-commit') })
  one.write('.env', 'clean')
  one.git('add', '.')
  expect(commit()).toMatchObject({ code: 0, said: expect.stringContaining('own commit-msg') })
  one.git('worktree', 'add', '--quiet', '../tree')
  const tree = join(folder.path, 'tree')
  writeFileSync(join(tree, '.env'), secretFile(2))
  const again = one.tryGit(['-C', tree, 'commit', '-a', '-m', 'x'], { PATH: path })
  expect(again).toMatchObject({ code: 1, said: expect.stringContaining('own pre-commit') })
  // A repository with a guard of its own looks once.
  await guard('install')
  const both = one.tryGit(['-C', tree, 'commit', '-a', '-m', 'x'], { PATH: path })
  expect(both.said.match(/1 long-term key;/g)).toHaveLength(1)
  expect((await type('remove', '--global')).code).toBe(0)
  expect(existsSync(join(folder.path, '.config/git/mayfly-hooks'))).toBe(false)
  expect(one.tryGit(['config', '--global', 'core.hooksPath']).code).toBe(1)
}, 30_000)

test("a setting for all repositories that is somebody else's is left alone", async () => {
  one.git('config', '--global', 'core.hooksPath', '/etc/hooks')
  expect(await type('install', '--global')).toMatchObject({
    code: 255,
    said: expect.stringContaining('/etc/hooks/pre-commit'),
  })
  expect(await type('remove', '--global')).toMatchObject({
    code: 0,
    said: expect.stringContaining('There was no guard'),
  })
  expect(one.git('config', '--global', 'core.hooksPath')).toBe('/etc/hooks')
})

test('who manages the hooks is told what to add, and nothing is written', async () => {
  const before = own()
  one.write('lefthook.yml', 'x: y\n')
  expect(await guard('install')).toMatchObject({
    code: 1,
    said: expect.stringContaining('run: mayfly keys find --staged'),
  })
  execFileSync('rm', [join(one.path, 'lefthook.yml')])
  one.write('.pre-commit-config.yaml', 'repos: []\n')
  const framework = await guard('install')
  expect(framework).toMatchObject({ code: 1, said: expect.stringContaining('pass_filenames: false') })
  execFileSync('rm', [join(one.path, '.pre-commit-config.yaml')])
  one.git('config', 'core.hooksPath', '.husky/_')
  expect(await guard('install')).toMatchObject({ code: 1, said: expect.stringContaining('.husky/pre-commit') })
  one.git('config', 'core.hooksPath', 'tools/hooks')
  expect(await guard('install')).toMatchObject({ code: 1, said: expect.stringContaining('part of the working tree') })
  one.git('config', 'core.hooksPath', '/etc/hooks')
  expect(await guard('install')).toMatchObject({ code: 1, said: expect.stringContaining('outside of this repository') })
  expect(own()).toEqual(before)
  expect(existsSync(join(one.path, 'tools'))).toBe(false)
})

test('a further working tree has the hooks of its repository', async () => {
  one.commit('a', 'a')
  one.git('worktree', 'add', '--quiet', '../tree')
  const tree = join(folder.path, 'tree')
  expect((await type('install', '--repository', tree)).code).toBe(0)
  writeFileSync(join(tree, '.env'), secretFile(1))
  execFileSync('git', ['-C', tree, 'add', '.'], { env: one.env })
  const done = one.tryGit(['-C', tree, 'commit', '-m', 'x'], { PATH: path })
  expect(done).toMatchObject({ code: 1, said: expect.stringContaining('~/tree/.env') })
}, 30_000)

/** The shell of a step, with `npx mayfly` being this one. */
function runStep(script: string, env: Readonly<Record<string, string>>): number {
  const npx = join(folder.path, 'bin', 'npx')
  writeFileSync(npx, '#!/bin/sh\n[ "$1 $2" = "--yes mayfly" ] || exit 99\nshift 2\nexec mayfly "$@"\n', { mode: 0o755 })
  try {
    execFileSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      cwd: one.path,
      env: { ...one.env, PATH: path, ...env },
      stdio: 'pipe',
    })
    return 0
  } catch (error) {
    return error instanceof Error && 'status' in error ? Number(error.status) : -1
  }
}

test('the steps for pipelines are YAML, and find what a push brings', async () => {
  const before = one.commit('a', 'a')
  one.git('update-ref', 'refs/remotes/origin/main', before)
  const github = parse(pipelineStep('github'))
  const gitlab = parse(pipelineStep('gitlab'))
  const step = github.jobs.keys.steps.find((each: { run?: string }) => each.run !== undefined)
  const scripts = [
    (from: string) => runStep(step.run, { BEFORE: from, MAIN: 'origin/main' }),
    (from: string) =>
      runStep(gitlab['mayfly-keys'].script.join('\n'), {
        CI_COMMIT_BEFORE_SHA: from,
        CI_COMMIT_SHA: 'HEAD',
        CI_DEFAULT_BRANCH: 'main',
      }),
  ]
  one.commit('b', 'b')
  for (const look of scripts) for (const from of [before, '0'.repeat(40), 'ab'.repeat(20)]) expect(look(from)).toBe(0)
  expect(JSON.parse(one.read('mayfly.sarif'))).toMatchObject({ version: '2.1.0' })
  one.commit('.env', secretFile(1))
  one.commit('.env', 'clean')
  for (const look of scripts) for (const from of [before, '0'.repeat(40)]) expect(look(from)).toBe(1)
  expect(one.read('mayfly.sarif')).toContain(keyId('123456789012', 1))
}, 60_000)
