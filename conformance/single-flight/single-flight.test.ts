/** A session is never asked to sign in, nor a token refreshed, twice: fifty separate processes, cold start. */

import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AwsCli, hasAwsCli } from '../harness/aws-cli.ts'
import { CountingProxy, type Passed } from '../harness/counting-proxy.ts'
import { engines } from '../harness/engines.ts'
import { DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { freePort } from '../harness/free-port.ts'
import { Home } from '../harness/home.ts'
import { MAYFLY, runMayfly } from '../harness/mayfly.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { ownerOfPort } from '../harness/socket-owner.ts'
import { makeTokenExpireIn } from '../harness/tokens.ts'

const PROCESSES = 50
const isRefresh = ({ body }: Passed): boolean => body.includes('"refresh_token"')

interface Ended {
  readonly pid: number
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts every process before it waits for any. */
function startAll(home: Home, env: Readonly<Record<string, string>>, commands: readonly (readonly string[])[]) {
  const children = commands.map(([file = '', ...args]) => spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] }))
  const ended = children.map(
    (child) =>
      new Promise<Ended>((resolve) => {
        let stdout = ''
        let stderr = ''
        child.stdout.on('data', (text) => {
          stdout += text
        })
        child.stderr.on('data', (text) => {
          stderr += text
        })
        child.on('close', (status) => resolve({ pid: child.pid ?? 0, status, stdout, stderr }))
      }),
  )
  return { pids: children.map(({ pid }) => pid ?? 0), ended: Promise.all(ended), home }
}

const credentials = (profile: string) => [process.execPath, MAYFLY, 'credentials', '--profile', profile]
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => credentials(index % 2 === 0 ? 'dev' : 'prod'))

const failures = (ended: readonly Ended[]) =>
  ended.filter(({ status, stdout }) => status !== 0 || !stdout.includes('"SecretAccessKey"'))

describe.each(engines)('fifty processes, on $name', ({ open }) => {
  let server: ServerProcess
  let proxy: CountingProxy
  let home: Home
  let close = async (): Promise<void> => {}
  let skipped: string | undefined

  beforeAll(async () => {
    const engine = await open()
    if ('skip' in engine) {
      skipped = engine.skip
      return
    }
    close = engine.close
    const port = await freePort()
    proxy = await CountingProxy.start(port, () => server.port)
    server = await ServerProcess.start({
      publicUrl: `http://127.0.0.1:${port}`,
      ...(engine.database === undefined ? {} : { database: engine.database }),
    })
  })
  afterAll(async () => {
    await proxy?.stop()
    await server?.stop()
    await close()
  })

  beforeEach(async (context) => {
    context.skip(skipped !== undefined, skipped)
    home = new Home()
    home.writeConfig(server.startUrl, [
      { name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' },
      { name: 'prod', accountId: PRODUCTION, roleName: 'AdministratorAccess' },
    ])
    proxy.before = () => {}
    proxy.afterwards = () => {}
  })
  afterEach(() => home?.remove())

  /** Signed in, with a token that ends in a minute and no role credentials in the cache. */
  async function nearTheEnd(): Promise<void> {
    const login = await runMayfly(home, ['login', '--profile', 'dev'])
    expect(login.status, login.stderr).toBe(0)
    makeTokenExpireIn(home, 60)
    rmSync(join(home.path, '.aws/cli'), { recursive: true, force: true })
    proxy.passed.length = 0
  }

  test('with a token near its end they cause exactly one refresh', async () => {
    await nearTheEnd()
    const ended = await startAll(home, home.env(home.browser()), many(PROCESSES)).ended
    expect(failures(ended)).toEqual([])
    expect(proxy.count('/token', isRefresh)).toBe(1)
    expect(home.opened()).toHaveLength(1)
  })

  test('with no token they cause exactly one browser page', async () => {
    proxy.passed.length = 0
    const ended = await startAll(home, home.env(home.browser()), many(PROCESSES)).ended
    expect(failures(ended)).toEqual([])
    expect(home.opened()).toHaveLength(1)
    const asked = proxy.passed.filter(({ method, path }) => method === 'GET' && path.startsWith('/authorize?'))
    expect(new Set(asked.map(({ path }) => path)).size).toBe(1)
  })

  test.each([
    ['before the server has it', 'before'],
    ['after the server has rotated the token', 'afterwards'],
  ] as const)(
    'when the refreshing process is killed %s, another refreshes and nobody is signed out',
    async (_, moment) => {
      await nearTheEnd()
      let kill: (request: Passed) => void = () => {}
      let killed = 0
      const once = async (request: Passed): Promise<void> => {
        if (killed !== 0 || !isRefresh(request)) return
        kill(request)
        await new Promise((resolve) => setTimeout(resolve, 300))
        if (moment === 'before') throw new Error('the client is gone')
      }
      proxy[moment] = once
      const run = startAll(home, home.env(home.browser()), many(PROCESSES))
      kill = ({ clientPort }) => {
        killed = ownerOfPort(clientPort, run.pids) ?? -1
        if (killed > 0) process.kill(killed, 'SIGKILL')
      }
      const ended = await run.ended
      expect(killed).toBeGreaterThan(0)
      expect(failures(ended).map(({ pid }) => pid)).toEqual([killed])
      expect(proxy.count('/token', isRefresh)).toBe(2)
      expect(home.opened()).toHaveLength(1)
      const later = await runMayfly(home, ['whoami', '--profile', 'dev'])
      expect(later.status, later.stderr).toBe(0)
      expect(home.opened()).toHaveLength(1)
    },
  )

  test('with ten AWS CLI processes among them there are at most two refreshes, and nobody is signed out', async (context) => {
    context.skip(!hasAwsCli, 'there is no AWS CLI at /usr/bin/aws (Debian: apt-get install awscli)')
    await nearTheEnd()
    const aws = await AwsCli.pointAt(server.origin)
    try {
      const commands = many(PROCESSES - 10)
      for (let index = 0; index < 10; index++) {
        commands.splice(index * 5, 0, ['/usr/bin/aws', 'configure', 'export-credentials', '--profile', 'dev'])
      }
      const ended = await startAll(home, aws.env(home, home.browser()), commands).ended
      expect(failures(ended)).toEqual([])
      expect(proxy.count('/token', isRefresh)).toBeLessThanOrEqual(2)
      expect(home.opened()).toHaveLength(1)
      expect(aws.trap.asked).toEqual([])
    } finally {
      await aws.stop()
    }
    makeTokenExpireIn(home, 60)
    const later = await runMayfly(home, ['whoami', '--profile', 'dev'])
    expect(later.status, later.stderr).toBe(0)
  })
})
