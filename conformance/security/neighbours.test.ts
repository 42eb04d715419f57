/** What another user of the same computer gets from a client at work: nothing, however fast they are. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { agentFolders } from '../../packages/cli/src/hot/agent-door.ts'
import { DEVELOPMENT } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { MAYFLY, runMayfly } from '../harness/mayfly.ts'
import { ServerProcess } from '../harness/server-process.ts'

const [NOBODY, VICTIM] = [65534, 61_000]
const isRoot = process.getuid?.() === 0
const hasSetpriv = existsSync('/usr/bin/setpriv')
const as = (user: number) => ['--reuid', String(user), '--regid', String(user), '--clear-groups'] as const

/** Reads every command line until one holds an address of loopback, and is there before the browser. */
const THIEF = `
import glob, re, socket, sys, time
until = time.time() + 20
while time.time() < until:
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try: words = open(path, "rb").read().split(b"\\0")
        except OSError: continue
        for word in words:
            found = re.fullmatch(rb"http://127\\.0\\.0\\.1:(\\d+)(/[\\w-]{43})", word)
            if not found: continue
            s = socket.create_connection(("127.0.0.1", int(found[1])))
            s.sendall(b"GET " + found[2] + b" HTTP/1.1\\r\\nHost: 127.0.0.1:" + found[1] + b"\\r\\n\\r\\n")
            print(s.recv(4096).decode().replace("\\r", ""))
            sys.exit()
`

let server: ServerProcess
let home: Home
const started: ChildProcess[] = []
const folders: string[] = []

beforeAll(async () => {
  server = await ServerProcess.start()
})
afterAll(() => server?.stop())
beforeEach((context) => {
  context.skip(!isRoot || !hasSetpriv, 'only root can become another user (setpriv of util-linux)')
  home = new Home()
  home.writeConfig(server.startUrl, [{ name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' }])
})
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
  home?.remove()
})

const python = (user: number, program: string, ...words: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const child = spawn('/usr/bin/setpriv', [...as(user), '/usr/bin/python3', '-c', program, ...words], {
      env: { PATH: '/usr/bin:/bin' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    started.push(child)
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    child.once('close', () => resolve(said))
  })

test('a link that signs in to the console goes to this user’s browser alone, although another reads its address first', async () => {
  await runMayfly(home, ['login', '--profile', 'dev'])
  // It takes as long as a browser does.
  home.write(
    'slow',
    `#!/bin/sh\nsleep 2\ncurl -s -o /dev/null -w '%{http_code} %{redirect_url}' "$1" > '${home.path}/got'\n`,
    0o700,
  )
  const thief = python(NOBODY, THIEF)
  const run = await runMayfly(home, ['console', 'dev', '--federate'], { env: { BROWSER: `${home.path}/slow` } })
  expect(run).toMatchObject({ status: 0, stderr: '' })
  expect(await thief).toMatch(/^HTTP\/1\.1 404 /)
  await expect.poll(() => home.read('got')).toMatch(/^303 http.*SigninToken=/)
})

describe('a person who is not root', () => {
  let own: string
  beforeEach(() => {
    // A checkout may lie where other users cannot look: they have a program of their own.
    own = mkdtempSync('/tmp/mayfly-victim-')
    folders.push(own)
    const cli = join(import.meta.dirname, '../../packages/cli')
    for (const name of ['bin', 'dist', 'package.json']) cpSync(join(cli, name), join(own, name), { recursive: true })
    cpSync(process.execPath, join(own, 'node'))
    chmodSync(own, 0o755)
    home.write('note', `#!/bin/sh\nprintf '%s\\n' "$1" > '${home.path}/noted'\n`, 0o700)
    for (const path of [home.path, ...['.aws', '.aws/config', 'note'].map((name) => join(home.path, name))])
      chownSync(path, VICTIM, VICTIM)
  })

  const VISIT = `
import socket, sys
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
s.sendall(("GET " + sys.argv[2] + " HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n\\r\\n").encode())
if len(sys.argv) > 3: s.close()
else: print(s.recv(100).decode().split("\\r")[0])
`

  test('is not signed in by the code of another, who has read the state on the browser’s command line', async () => {
    const env = { ...home.env({ BROWSER: `${home.path}/note` }) }
    const words = [...as(VICTIM), join(own, 'node'), join(own, 'bin/mayfly.cjs'), 'login', '--profile', 'dev']
    const login = spawn('/usr/bin/setpriv', words, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    started.push(login)
    let said = ''
    login.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    await expect.poll(() => home.read('noted'), { timeout: 15_000 }).toMatch(/^http/)
    const page = new URL(home.read('noted')?.trim() ?? '')
    const back = new URL(page.searchParams.get('redirect_uri') ?? '')
    const target = `${back.pathname}?code=of-somebody-else&state=${page.searchParams.get('state')}`
    expect(await python(NOBODY, VISIT, back.port, target)).toBe('HTTP/1.1 403 Forbidden\n')
    for (let round = 0; round < 20; round += 1) await python(NOBODY, VISIT, back.port, target, 'leave')
    expect([login.exitCode, said]).toEqual([null, ''])
    expect(await python(VICTIM, VISIT, back.port, target)).toBe('HTTP/1.1 200 OK\n')
    await expect.poll(() => said).toContain('Invalid')
  }, 40_000)
})

test('a folder of theirs where an agent’s would lie stays as it is when Mayfly is uninstalled', async () => {
  const folder = agentFolders({ home: home.path, platform: 'linux', userId: 0 })[1] ?? ''
  folders.push(folder)
  mkdirSync(join(folder, 'deep'), { recursive: true })
  // What a link that is put in its place in the right moment leads to would go as well.
  writeFileSync(join(folder, 'deep/file'), 'theirs')
  spawnSync('/usr/bin/chown', ['-R', `${NOBODY}:${NOBODY}`, folder])
  const run = await runMayfly(home, ['uninstall', '--yes'])
  expect(run).toMatchObject({ status: 0, stderr: '' })
  expect(existsSync(join(folder, 'deep/file'))).toBe(true)
})

test('a signal opens no debugger in an agent', async () => {
  const agent = spawn(process.execPath, [MAYFLY, 'agent', 'run'], {
    env: home.env(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  started.push(agent)
  let said = ''
  agent.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await expect.poll(() => home.read('.mayfly/agent/proof'), { timeout: 10_000 }).toBeTruthy()
  agent.kill('SIGUSR1')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect([agent.exitCode, agent.signalCode]).toEqual([null, null])
  expect(said).not.toContain('Debugger')
})
