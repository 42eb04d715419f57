/** `mayfly env` in real shells: what is printed sets exactly these values, whatever stands in them. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Home } from '../harness/home.ts'
import { MAYFLY, runMayfly } from '../harness/mayfly.ts'

const HOSTILE = [
  `plain+/=:.@,-`,
  `it's`,
  `"double" $HOME \${HOME} $(touch pwned) \`touch pwned\``,
  `back\\slash \\' \\" \\n`,
  `; touch pwned; #`,
  `=ls`,
  `a:=ls`,
  `~ *? [a-z] {a,b} !! %PATH%`,
  `umläut ’ “ ☃`,
]

let home: Home
beforeEach(() => {
  home = new Home()
})
afterEach(() => home.remove())

/** A profile whose keys, region and token are this text, from a program. */
function writeProfile(value: string): void {
  const keys = { Version: 1, AccessKeyId: 'AKIAEXAMPLE', SecretAccessKey: value, SessionToken: value }
  home.write('keys.json', JSON.stringify(keys))
  home.write(
    '.aws/config',
    `[profile hostile]\ncredential_process = /bin/cat ${join(home.path, 'keys.json')}\nregion = eu-west-1\n`,
  )
}

const env = (...words: readonly string[]) => runMayfly(home, ['env', ...words])

const PYTHON = '/usr/bin/python3'
const SHOW = `import json, os; print(json.dumps({k: v for k, v in os.environ.items() if k.startswith(("AWS_", "MAYFLY_"))}))`

/** What a program sees that the shell starts after it has read `script`. */
function seenIn(shell: string, script: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  home.write('script', script)
  const words = shell.endsWith('fish') ? ['--no-config'] : shell.endsWith('zsh') ? ['-f'] : []
  const line = `. ${join(home.path, 'script')}; exec ${PYTHON} -c '${SHOW}'`
  const source = shell.endsWith('fish') ? line.replace(/^\./, 'source') : line
  const run = spawnSync(shell, [...words, '-c', source], {
    env: home.env({ PYTHONIOENCODING: 'utf8', ...more }),
    cwd: home.path,
    encoding: 'utf8',
  })
  expect(run.stderr).toBe('')
  return JSON.parse(run.stdout)
}

describe.each(['/usr/bin/bash', '/usr/bin/dash', '/usr/bin/zsh', '/usr/bin/fish'])('%s', (shell) => {
  const name = shell.split('/').at(-1) === 'dash' ? 'bash' : (shell.split('/').at(-1) ?? '')

  test.skipIf(!existsSync(shell))('sets every value as it is, and clears what leads elsewhere', async () => {
    for (const value of HOSTILE) {
      writeProfile(value)
      const { stdout, stderr } = await env('hostile', '--shell', name)
      expect(stderr).toBe('')
      const seen = seenIn(shell, stdout, { AWS_PROFILE: 'other', AWS_WEB_IDENTITY_TOKEN_FILE: '/x' })
      expect(seen).toMatchObject({
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: value,
        AWS_SESSION_TOKEN: value,
        AWS_REGION: 'eu-west-1',
        MAYFLY_PROFILE: 'hostile',
      })
      expect(seen).not.toHaveProperty('AWS_PROFILE')
      expect(seen).not.toHaveProperty('AWS_WEB_IDENTITY_TOKEN_FILE')
    }
    expect(existsSync(join(home.path, 'pwned'))).toBe(false)
  })

  test.skipIf(!existsSync(shell))('clears all of it again, and nothing else', async () => {
    writeProfile('secret')
    const set = (await env('hostile', '--shell', name)).stdout
    const seen = seenIn(shell, set)
    const { stdout } = await runMayfly(home, ['env', '--unset', '--shell', name], { env: seen })
    expect(seenIn(shell, `${set}${stdout}`, { AWS_PAGER: 'cat' })).toEqual({ AWS_PAGER: 'cat', MAYFLY_AGENT: 'never' })
  })

  test.skipIf(!existsSync(shell))('is recognised when it asks', async () => {
    writeProfile('secret')
    // A last command would be executed in the shell's place.
    const words = shell.endsWith('fish') ? ['--no-config'] : shell.endsWith('zsh') ? ['-f'] : []
    const run = spawnSync(shell, [...words, '-c', `'${process.execPath}' '${MAYFLY}' env hostile; true`], {
      env: home.env({ SHELL: '/bin/other' }),
      encoding: 'utf8',
    })
    expect(run.stdout.split('\n')[0]).toMatch(name === 'fish' ? /^set -e AWS_/ : /^unset AWS_/)
    expect(run.stdout).toContain(
      name === 'fish' ? 'set -gx AWS_SECRET_ACCESS_KEY "secret"' : 'AWS_SECRET_ACCESS_KEY=secret',
    )
  })
})

test('a line end in a value is refused, not printed', async () => {
  writeProfile('a\ntouch pwned')
  for (const shell of ['bash', 'zsh', 'fish', 'powershell', 'cmd', 'dotenv']) {
    const run = await env('hostile', '--shell', shell)
    expect(run).toMatchObject({ status: 255, stdout: '' })
    expect(run.stderr).toContain('characters that cannot be written safely')
  }
})

describe('a .env file', () => {
  const put = (...words: readonly string[]) => env('hostile', '--file', join(home.path, 'app/.env'), ...words)

  test('keeps its other lines, gets the new keys where the old ones were, and belongs to its owner alone', async () => {
    writeProfile('secret')
    const rest = '# mine\r\nDEBUG=1\r\n'
    home.write('app/.env', `${rest}export AWS_SECRET_ACCESS_KEY=old\r\nAWS_SECURITY_TOKEN=old\r\nLAST=x`, 0o644)
    expect(await put()).toMatchObject({ status: 0, stdout: '', stderr: '' })
    expect(home.read('app/.env')).toBe(
      `${rest}AWS_SECRET_ACCESS_KEY=secret\r\nLAST=x\r\nAWS_ACCESS_KEY_ID=AKIAEXAMPLE\r\nAWS_SESSION_TOKEN=secret\r\nAWS_REGION=eu-west-1\r\nAWS_DEFAULT_REGION=eu-west-1\r\n`,
    )
    expect(statSync(join(home.path, 'app/.env')).mode & 0o777).toBe(0o600)
    expect(await runMayfly(home, ['env', '--unset', '--file', join(home.path, 'app/.env')])).toMatchObject({
      status: 0,
    })
    expect(home.read('app/.env')).toBe(`${rest}LAST=x\r\nAWS_REGION=eu-west-1\r\nAWS_DEFAULT_REGION=eu-west-1\r\n`)
  })

  test('is read by Node as it was meant', async () => {
    for (const value of HOSTILE.filter((text) => !text.includes("'"))) {
      writeProfile(value)
      expect(await put()).toMatchObject({ status: 0 })
      const show = 'process.stdout.write(process.env.AWS_SECRET_ACCESS_KEY)'
      const run = spawnSync(process.execPath, ['--env-file', join(home.path, 'app/.env'), '-e', show], {
        env: home.env(),
        encoding: 'utf8',
      })
      expect(run.stdout).toBe(value)
    }
  })

  test.skipIf(!existsSync('/usr/bin/git'))('that git would take along is warned about', async () => {
    writeProfile('secret')
    const git = (...words: readonly string[]) =>
      spawnSync('/usr/bin/git', ['-C', join(home.path, 'app'), ...words], { env: home.env() })
    home.write('app/.gitignore', '')
    git('init', '-q')
    expect((await put()).stderr).toContain('git does not ignore')
    home.write('app/.gitignore', '.env\n')
    expect((await put()).stderr).toBe('')
  })
})

test('a link that came with a repository is not written through; a link of one’s own is, and is told', async () => {
  writeProfile('secret')
  home.write('elsewhere', 'mine\n', 0o644)
  const folder = join(home.path, 'repository')
  mkdirSync(folder)
  symlinkSync('../elsewhere', join(folder, '.env'))
  const own = await env('hostile', '--file', join(folder, '.env'))
  expect(own).toMatchObject({ status: 0 })
  expect(own.stderr).toContain(`is a link: this is about ${home.path}/elsewhere.`)
  expect(home.read('elsewhere')).toContain('AWS_SECRET_ACCESS_KEY=secret')
  home.write('elsewhere', 'mine\n', 0o644)
  const git = (...words: readonly string[]) => spawnSync('git', ['-C', folder, ...words], { env: home.env() })
  git('init', '-q')
  home.write('repository/.gitignore', '.env\n')
  git('add', '-f', '.env')
  const refused = await env('hostile', '--file', join(folder, '.env'))
  expect([refused.status, home.read('elsewhere')]).toEqual([255, 'mine\n'])
  expect(refused.stderr).toContain('is a link of this repository')
})
