/** The agent as people meet it: it answers, survives what happens to it, forgets when told, and is one. */

import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { listenAsAgent } from '../../packages/cli/src/machine/agent-listener.ts'
import { MAYFLY, runMayfly } from '../harness/mayfly.ts'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { AgentHome, OTHER_ROLE, ROLE } from './agent-home.ts'

let server: ServerProcess
let home: AgentHome

beforeAll(async () => {
  server = await ServerProcess.start()
})
afterAll(() => server?.stop())
beforeEach(() => {
  home = new AgentHome()
})
afterEach(() => home?.stop())

const around = (...values: readonly string[]): string =>
  Array.from({ length: 5 }, (_, index) => values[index] ?? '').join('\u001f')

const accessKeyOf = (stdout: string): string => (JSON.parse(stdout) as { AccessKeyId: string }).AccessKeyId

test('the helper, Node and the whole program print the same bytes', async () => {
  await home.signInAndStart(server.startUrl)
  const whole = await runMayfly(home, ['credentials', '--profile', 'dev'], { env: { MAYFLY_AGENT: 'never' } })
  const helper = await home.askHelper()
  const node = await runProgram(process.execPath, [MAYFLY, 'credentials', ...home.words()], { env: home.env() })
  expect(helper).toMatchObject({ status: 0, stderr: '', stdout: whole.stdout })
  expect(node).toMatchObject({ status: 0, stderr: '', stdout: whole.stdout })
})

test('the helper is the native one, where this checkout could build it', async (context) => {
  await home.signInAndStart(server.startUrl)
  const { whyNoHelper } = await import('../../tools/build/native.ts')
  const reason = whyNoHelper()
  context.skip(reason !== undefined, reason)
  expect(home.hasNativeHelper).toBe(true)
})

test('without the native helper a script answers the same', async () => {
  await home.signInAndStart(server.startUrl)
  const { stdout } = await home.askHelper()
  const { formatShim } = await import('../../packages/cli/src/agent/shim.ts')
  home.write('.mayfly/bin/script', formatShim(process.execPath, MAYFLY), 0o700)
  const script = join(home.path, '.mayfly/bin/script')
  expect(await runProgram(script, home.words(), { env: home.env() })).toMatchObject({ status: 0, stdout })
  // After an upgrade that took both away: what the path has.
  home.write('.mayfly/bin/script', formatShim('/gone/node', '/gone/mayfly.cjs'), 0o700)
  const gone = await runProgram(script, home.words(), { env: { ...home.env(), PATH: '/usr/bin:/bin' } })
  expect(gone.status).toBe(255)
  expect(gone.stderr).toContain('npm install -g mayfly')
})

test('a helper whose Node and script are gone says in two lines what to do', async (context) => {
  await home.signInAndStart(server.startUrl)
  context.skip(!home.hasNativeHelper, 'no native helper here')
  await home.mayfly('agent', 'stop')
  home.write('.mayfly/bin/mayfly-credentials.run', '/gone/node\n/gone/mayfly.cjs\n')
  const { status, stdout, stderr } = await home.askHelper(ROLE, { PATH: '/usr/bin:/bin' })
  expect({ status, stdout }).toEqual({ status: 255, stdout: '' })
  expect(stderr.trim().split('\n')).toHaveLength(2)
  expect(stderr).toContain('npm install -g mayfly')
})

test('after a logout the agent hands out nothing, and after a new sign-in what belongs to that', async () => {
  await home.signInAndStart(server.startUrl)
  const before = await home.askHelper()
  expect(before.status).toBe(0)
  await home.mayfly('logout')
  expect((await home.askHelper()).status).not.toBe(0)
  expect(await home.ask('credentials', 'acme', ROLE.accountId, ROLE.roleName, around())).toMatchObject({ answer: 'no' })
  await home.mayfly('login', '--profile', 'dev')
  const after = await home.askHelper()
  expect(after.status, after.stderr).toBe(0)
  expect(accessKeyOf(after.stdout)).not.toBe(accessKeyOf(before.stdout))
})

test('it answers nobody whose surroundings mean other credentials, and no session that the config does not know', async () => {
  await home.signInAndStart(server.startUrl)
  const { accountId, roleName } = ROLE
  for (const [session, surroundings] of [
    ['acme', around('/other/config')],
    ['acme', around('', 'http://127.0.0.1:9')],
    ['unknown', around()],
  ] as const) {
    expect(await home.ask('credentials', session, accountId, roleName, surroundings)).toMatchObject({ answer: 'no' })
  }
  const refused = await home.ask('credentials', 'acme', accountId, 'NotGranted', around())
  expect(refused).toMatchObject({ answer: 'no' })
})

test('of five that start at once one stays, and the others end without harm', async () => {
  home.writeConfig(server.startUrl, [{ name: 'dev', ...ROLE }])
  const agents = Array.from({ length: 5 }, () => home.runAgent())
  const ends = agents.map((agent) => new Promise<number | null>((resolve) => agent.once('close', resolve)))
  const first = await Promise.all(ends.map((end) => Promise.race([end, waitFor(4000)])))
  expect(first.filter((code) => code === 0)).toHaveLength(4)
  expect(agents.map(({ pid }) => pid)).toContain(home.door?.pid)
  expect(await home.ask('hello')).toMatchObject({ answer: 'ok' })
  await home.ask('stop')
  expect(await Promise.all(ends)).toEqual([0, 0, 0, 0, 0])
})

test('killed, it leaves nothing that keeps a client waiting or the next one from starting', async () => {
  await home.signInAndStart(server.startUrl)
  const former = home.door
  process.kill(former?.pid ?? 0, 'SIGKILL')
  expect(existsFor(home, 'proof')).toBe(true)
  const orphan = await home.askHelper()
  expect(orphan.status, orphan.stderr).toBe(0)
  await home.mayfly('agent', 'start')
  expect(home.door?.pid).not.toBe(former?.pid)
  expect(await home.ask('hello')).toMatchObject({ answer: 'ok' })
})

test('one that hangs is given up after three seconds', async () => {
  await home.signInAndStart(server.startUrl)
  const pid = home.door?.pid ?? 0
  await home.askHelper()
  process.kill(pid, 'SIGSTOP')
  try {
    const started = performance.now()
    const { status } = await home.askHelper()
    expect(status).toBe(0)
    expect(performance.now() - started).toBeLessThan(10_000)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
})

test('an older agent is asked to leave, and a newer one is left in place', async () => {
  home.writeConfig(server.startUrl, [{ name: 'dev', ...ROLE }])
  const left: string[] = []
  const old = await listenAsAgent(
    home.place,
    ([verb]) => {
      left.push(verb ?? '')
      if (verb === 'stop') void old.close()
      return { answer: 'ok', text: '0.0.1' }
    },
    '0.0.1',
  )
  await home.mayfly('agent', 'start')
  expect(left).toContain('stop')
  expect(home.door?.pid).not.toBe(process.pid)
  await home.ask('stop')
  await waitFor(300)
  const newer = await listenAsAgent(home.place, () => ({ answer: 'ok', text: '999.0.0' }), '999.0.0')
  await home.mayfly('agent', 'start')
  expect(home.door?.pid).toBe(process.pid)
  await newer.close()
})

test('where home is too long for a socket it listens in a folder of its user below /tmp', async () => {
  const deep = new AgentHome()
  const path = join(deep.path, 'd'.repeat(120))
  const long = Object.assign(Object.create(AgentHome.prototype) as AgentHome, {
    path,
    place: { ...deep.place, home: path },
  })
  try {
    await long.signInAndStart(server.startUrl)
    expect(long.door?.address).toMatch(/^\/tmp\/mayfly-\d+-[0-9a-f]{12}\/agent\.sock$/)
    expect(statSync(join(long.door?.address ?? '', '..')).mode & 0o777).toBe(0o700)
    const asked = await long.askHelper()
    expect(asked.status, asked.stderr).toBe(0)
    expect(await long.mayfly('agent', 'status')).toContain(ROLE.roleName)
    const folder = join(long.door?.address ?? '', '..')
    await long.mayfly('agent', 'stop')
    await waitFor(300)
    expect(existsSync(folder)).toBe(false)
  } finally {
    await long.stop()
    deep.remove()
  }
})

test('status says what it holds, and stop ends it', async () => {
  expect(await home.mayfly('agent', 'status')).toBe('No agent runs.\n')
  expect(JSON.parse(await home.mayfly('agent', 'status', '--json'))).toEqual({ running: false })
  await home.signInAndStart(server.startUrl)
  await home.askHelper()
  await home.askHelper(OTHER_ROLE)
  const status = JSON.parse(await home.mayfly('agent', 'status', '--json'))
  expect(status).toMatchObject({ running: true, pid: home.door?.pid, holdsDataKey: false })
  expect(status.sessions).toMatchObject([{ name: 'acme', startUrl: server.startUrl }])
  expect(status.roles.map((role: { roleName: string }) => role.roleName).sort()).toEqual(
    [ROLE.roleName, OTHER_ROLE.roleName].sort(),
  )
  expect(await home.mayfly('agent', 'stop')).toBe('The agent has stopped.\n')
  expect(await home.mayfly('agent', 'stop')).toBe('No agent runs.\n')
})

test('neither its command line nor its environment nor its folder holds a secret or a key of the terminal that started it', async () => {
  home.writeConfig(server.startUrl, [{ name: 'dev', ...ROLE }])
  await home.mayfly('login', '--profile', 'dev')
  const key = { AWS_ACCESS_KEY_ID: 'AKIDPLANTED', AWS_SECRET_ACCESS_KEY: 'plantedsecret' }
  const start = await runMayfly(home, ['agent', 'start'], { env: key })
  expect(start.status, start.stderr).toBe(0)
  const { stdout } = await home.askHelper()
  const { SecretAccessKey, SessionToken } = JSON.parse(stdout) as Record<string, string>
  const pid = home.door?.pid ?? 0
  const seen = ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'utf8')).join('')
  for (const secret of [SecretAccessKey, SessionToken, home.door?.askProof, home.door?.answerProof, 'plantedsecret']) {
    expect(seen).not.toContain(secret)
  }
  for (const file of home.files('.mayfly')) {
    expect(home.read(file)).not.toContain(SecretAccessKey)
    expect(home.read(file)).not.toContain(SessionToken)
  }
})

const waitFor = (length: number): Promise<'alive'> =>
  new Promise((resolve) => setTimeout(() => resolve('alive'), length))

const existsFor = (of: AgentHome, name: string): boolean => of.read(`.mayfly/agent/${name}`) !== undefined
