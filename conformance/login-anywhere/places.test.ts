/** Signing in where there is no browser for real: behind SSH, and in namespaces without one. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { visit } from '../harness/browser-person.ts'
import { alice, DEVELOPMENT } from '../harness/example.ts'
import { freePort } from '../harness/free-port.ts'
import { Home } from '../harness/home.ts'
import { MAYFLY } from '../harness/mayfly.ts'
import { Person } from '../harness/person.ts'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { hasTmux, Tmux } from '../harness/tmux.ts'

const PROMPT = 'Address (it stays hidden):'
const SSHD = '/usr/sbin/sshd'
const isInContainer = existsSync('/.dockerenv') || existsSync('/run/.containerenv')

let server: ServerProcess
let home: Home
let terminal: Tmux | undefined
beforeAll(async () => {
  server = await ServerProcess.start()
})
afterAll(() => server?.stop())
beforeEach(() => {
  home = new Home()
  home.writeConfig(server.startUrl, [{ name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' }])
})
afterEach(async () => {
  await terminal?.stop()
  terminal = undefined
  home.remove()
})

const addressIn = (screen: string): string =>
  /http\S+\/authorize\?[\s\S]*?(?=\n\s*\n)/.exec(screen)?.[0].replaceAll('\n', '') ?? ''

const words = [process.execPath, MAYFLY, 'sso', 'login', '--profile', 'dev']

describe.runIf(hasTmux && existsSync(SSHD))('behind a real SSH server', () => {
  let folder: string
  let port: number
  let sshd: ChildProcess
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mayfly-sshd-'))
    port = await freePort()
    for (const name of ['host', 'person'])
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)])
    writeFileSync(join(folder, 'authorized'), readFileSync(join(folder, 'person.pub')), { mode: 0o600 })
    const settings = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${join(folder, 'host')}`,
      `AuthorizedKeysFile ${join(folder, 'authorized')}`,
      `PidFile ${join(folder, 'pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin yes',
    ]
    writeFileSync(join(folder, 'config'), `${settings.join('\n')}\n`)
    execFileSync('mkdir', ['-p', '/run/sshd'])
    sshd = spawn(SSHD, ['-D', '-e', '-f', join(folder, 'config')], { stdio: 'ignore' })
    for (let tries = 0; tries < 100 && !existsSync(join(folder, 'pid')); tries++)
      await new Promise((resolve) => setTimeout(resolve, 100))
  })
  afterAll(() => {
    sshd?.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  test('the words name SSH, and the sign-in ends well', async () => {
    const ssh = ['ssh', '-tt', '-F', '/dev/null', '-p', String(port), '-i', join(folder, 'person')]
    const quiet = ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR']
    const remote = `env HOME=${home.path} LANG=C.UTF-8 ${words.join(' ')}`
    terminal = await Tmux.start([...ssh, ...quiet, `${userInfo().username}@127.0.0.1`, remote], {
      env: home.env(),
      rows: 40,
    })
    const screen = await terminal.until(PROMPT)
    expect(screen).toContain(isInContainer ? 'opened in this container.' : 'opened behind SSH.')
    await visit(new Person(), addressIn(screen), { ...alice, decision: 'allow' })
    await terminal.until('Successfully logged into Start URL')
  })
})

const unshare = ['/usr/bin/unshare', '--user', '--map-root-user', '--mount', '--pid', '--fork']
const mayUnshare = await runProgram(unshare[0] ?? '', [...unshare.slice(1), 'true'], { env: {} }).then(
  ({ status }) => status === 0,
  () => false,
)

describe.runIf(hasTmux && mayUnshare)('in namespaces of its own', () => {
  test('without /proc nobody can say whether it is in front: nothing is drawn, and the browser alone signs it in', async () => {
    const script = 'mount -t tmpfs none /proc && exec "$@"'
    terminal = await Tmux.start([...unshare, 'sh', '-c', script, 'sh', ...words], { env: home.env(), rows: 40 })
    const screen = await terminal.until((text) => addressIn(`${text}\n\n`).includes('code_challenge'))
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(await terminal.screen()).not.toContain(PROMPT)
    await visit(new Person(), addressIn(`${screen.trimEnd()}\n\n`), { ...alice, decision: 'allow' })
    await terminal.until('Successfully logged into Start URL')
  })

  test('with /proc of its own it asks as anywhere', async () => {
    const script = 'mount -t proc none /proc && exec "$@"'
    terminal = await Tmux.start([...unshare, 'sh', '-c', script, 'sh', ...words], { env: home.env(), rows: 40 })
    const screen = await terminal.until(PROMPT)
    await visit(new Person(), addressIn(`${screen.trimEnd()}\n\n`), { ...alice, decision: 'allow' })
    await terminal.until('Successfully logged into Start URL')
  })
})

test('an opener that fails, and none at all, end a sign-in neither soon nor badly', async () => {
  for (const env of [{ BROWSER: 'false' }, { DISPLAY: ':99', PATH: '/nowhere' }] as const) {
    const run = await runProgram(process.execPath, words.slice(1), { env: { ...home.env(), ...env }, timeout: 3000 })
    expect(run.stderr).toBe('')
    expect(run.stdout).toContain('Attempting to open your default browser.')
    // Still waiting when it was stopped.
    expect(run.status).not.toBe(255)
  }
})
