/** Containers: other networks, other file trees, other users; a clock that moves for all of them at once. */

import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PRODUCTION } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { MAYFLY } from '../harness/mayfly.ts'
import { root } from '../harness/root.ts'
import { Namespace, PYTHON, pythonRoot, whyNoNamespaces } from './namespace.ts'
import { type Served, startServing } from './served.ts'

const FAKETIME = readdirSync('/usr/lib')
  .map((name) => `/usr/lib/${name}/faketime/libfaketime.so.1`)
  .find(existsSync)
const hasBoto3 = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import boto3']).status === 0

/** Why nothing of this can be run here. */
const missing =
  whyNoNamespaces() ??
  (hasBoto3 ? undefined : 'this Python has no boto3 (Debian: apt-get install python3-boto3)') ??
  (FAKETIME ? undefined : 'there is no libfaketime (Debian: apt-get install faketime)')

const HOST = '169.254.170.2'
const ORIGIN = 'http://127.0.0.1:8080'

/** The host's network, a container's network and root, and a network that has nothing to do with either. */
let host: Namespace
let container: Namespace
let stranger: Namespace
let home: Home
let folder: string
let served: Served
let environment: Record<string, string>
const started: { kill(signal: NodeJS.Signals): boolean }[] = []

/** Moves the clock of the server, of `mayfly serve` and of the SDK to so long after now. */
const moveClock = (minutes: number): void => writeFileSync(join(folder, 'shared', 'clock'), `+${minutes}m\n`)

/** Starts a program on the host and waits until it says something. */
function start(command: readonly string[], isReady: RegExp): Promise<void> {
  const [program = '', ...parameters] = [...host.words(), ...command]
  const child = spawn(program, parameters, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  return new Promise((resolve, reject) => {
    let output = ''
    const hear = (text: string): void => {
      output += text
      if (isReady.test(output)) resolve()
    }
    child.stdout.setEncoding('utf8').on('data', hear)
    child.stderr.setEncoding('utf8').on('data', hear)
    child.on('exit', (code) => reject(new Error(`${command.join(' ')} ended with ${code}: ${output}`)))
  })
}

/** Carries connections on: the server answers for the name 127.0.0.1 alone, also to who asks it out of the container. */
const relay = (from: string, to: string): string => `
const net = require('node:net')
const [toPort, toHost] = ${JSON.stringify(to)}.split('@')
const [port, host] = ${JSON.stringify(from)}.split('@')
net.createServer((one) => {
  const other = net.connect(Number(toPort), toHost)
  one.pipe(other).pipe(one)
  for (const socket of [one, other]) socket.on('error', () => { one.destroy(); other.destroy() })
}).listen(Number(port), host, () => console.log('ready'))`

beforeAll(async () => {
  if (missing !== undefined) return
  folder = mkdtempSync(join(tmpdir(), 'mayfly-containers-'))
  for (const name of ['shared', 'root', 'server']) mkdirSync(join(folder, name))
  moveClock(0)
  host = await Namespace.create()
  container = await host.createInner(pythonRoot(join(folder, 'root'), join(folder, 'shared')))
  stranger = await host.createInner()
  await host.connect(container, `${HOST}/24`, '169.254.170.3/24')
  home = new Home()
  environment = home.env({
    LD_PRELOAD: FAKETIME ?? '',
    FAKETIME_TIMESTAMP_FILE: join(folder, 'shared', 'clock'),
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
    ...home.browser(),
  })
  const program = join(root, 'packages/server/bin/mayfly-server.cjs')
  const words = ['--example', '--data', join(folder, 'server'), '--port', '8080']
  await start([process.execPath, program, ...words], /^ready http/m)
  const node = ['env', '-u', 'LD_PRELOAD', process.execPath, '-e']
  await start([...node, relay(`8081@${HOST}`, '8080@127.0.0.1')], /ready/)
  await start([...container.networkWords(), ...node, relay('8080@127.0.0.1', `8081@${HOST}`)], /ready/)
  home.writeConfig(`${ORIGIN}/start`, [{ name: 'prod', accountId: PRODUCTION, roleName: 'AdministratorAccess' }])
  const login = await host.run([process.execPath, MAYFLY, 'login', '--profile', 'prod'], { env: environment })
  expect(login.status, login.stderr).toBe(0)
  served = await startServing(['prod', '--host', HOST], { env: environment, before: host.words() })
})

afterAll(async () => {
  await served?.stop()
  for (const child of started) child.kill('SIGKILL')
  for (const namespace of [container, stranger, host]) namespace?.stop()
  home?.remove()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  readonly now: string
  readonly arn?: string
  readonly key?: string
  readonly method?: string
  readonly expires?: string
  readonly error?: string
  readonly visible?: readonly string[]
  readonly root?: readonly string[]
}

/** An SDK in the container, in a process that stays. */
class ContainedSdk {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>
  readonly #lines: AsyncIterator<string>

  constructor(env: Readonly<Record<string, string>>) {
    const [program = '', ...parameters] = [...container.words(), PYTHON, join(folder, 'shared', 'sdk.py'), ORIGIN]
    const clock = Object.entries(environment).filter(([name]) => /FAKE|PRELOAD/.test(name))
    this.#child = spawn(program, parameters, {
      env: { ...Object.fromEntries(clock), PATH: '/usr/bin', HOME: '/tmp', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
  }

  async ask(line: string): Promise<Answer> {
    this.#child.stdin.write(`${line}\n`)
    const next = await this.#lines.next()
    return JSON.parse(String(next.value)) as Answer
  }

  stop(): void {
    this.#child.kill('SIGKILL')
  }
}

const clientEnvironment = (): Record<string, string> => ({ ...served.clients[0]?.env })

async function startSdk(env: Readonly<Record<string, string>> = clientEnvironment()): Promise<ContainedSdk> {
  const { readFileSync } = await import('node:fs')
  writeFileSync(
    join(folder, 'shared', 'sdk.py'),
    readFileSync(join(root, 'conformance/serve/sdk-in-container.py'), 'utf8'),
  )
  return new ContainedSdk(env)
}

test('an SDK in a container, where neither node nor mayfly is, has credentials past the end of several', async (context) => {
  context.skip(missing !== undefined, missing)
  const sdk = await startSdk()
  try {
    const { visible, root: top } = await sdk.ask('look')
    expect(visible).toEqual([])
    expect(top).toEqual(expect.arrayContaining(['usr']))
    expect(top).not.toContain('home')
    const first = await sdk.ask('who')
    expect(first).toMatchObject({ method: 'container-role', arn: expect.stringContaining(PRODUCTION) })
    const keys = [first.key]
    // 55 minutes: the SDK's own margin. 3 hours later: a computer that slept past the end of everything it had.
    for (const minutes of [55, 130, 300]) {
      moveClock(minutes)
      const next = await sdk.ask('who')
      expect(next.error).toBeUndefined()
      expect(next.arn).toBe(first.arn)
      expect(keys).not.toContain(next.key)
      expect(new Date(next.expires ?? 0).getTime()).toBeGreaterThan(new Date(next.now).getTime())
      keys.push(next.key)
    }
    expect(new Set(keys).size).toBe(4)
  } finally {
    sdk.stop()
    moveClock(0)
  }
})

test('once the sign-in has ended the SDK says what to do, and goes on by itself after the next one', async (context) => {
  context.skip(missing !== undefined, missing)
  const days = 3 * 24 * 60
  moveClock(days)
  const sdk = await startSdk()
  try {
    const ended = await sdk.ask('who')
    expect(ended.error).toContain('mayfly sso login --sso-session acme')
    const login = await host.run([process.execPath, MAYFLY, 'login', '--profile', 'prod'], { env: environment })
    expect(login.status, login.stderr).toBe(0)
    expect(await sdk.ask('who')).toMatchObject({ arn: expect.stringContaining(PRODUCTION) })
  } finally {
    sdk.stop()
    moveClock(0)
  }
})

test('a container without the token, or with the token of nobody, gets nothing', async (context) => {
  context.skip(missing !== undefined, missing)
  const { AWS_CONTAINER_AUTHORIZATION_TOKEN: _token, ...without } = clientEnvironment()
  for (const env of [without, { ...without, AWS_CONTAINER_AUTHORIZATION_TOKEN: 'A'.repeat(43) }]) {
    const sdk = await startSdk(env)
    const { error, arn } = await sdk.ask('who')
    sdk.stop()
    expect(arn).toBeUndefined()
    expect(error).toContain('401')
  }
})

const FETCH = `
import sys, urllib.request, urllib.error
try:
    asked = urllib.request.Request(sys.argv[1], headers={"Authorization": sys.argv[2]} if len(sys.argv) > 2 else {})
    print("status", urllib.request.urlopen(asked, timeout=3).status)
except urllib.error.HTTPError as error:
    print("status", error.code)
except Exception as error:
    print("unreachable", error)
`

test('another network does not even reach the endpoint, with the right token in hand', async (context) => {
  context.skip(missing !== undefined, missing)
  const [client] = served.clients
  const fetch = async (from: Namespace, token: readonly string[]): Promise<string> =>
    (await from.run([PYTHON, '-c', FETCH, client?.url ?? '', ...token])).stdout
  expect(await fetch(stranger, [client?.token ?? ''])).toContain('unreachable')
  expect(await fetch(host, [])).toBe('status 401\n')
  expect(await fetch(host, [client?.token ?? ''])).toBe('status 200\n')
  expect(await fetch(container, [client?.token ?? ''])).toBe('status 200\n')
})
