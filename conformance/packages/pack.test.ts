/** What is published works where it is installed: on every Node that it says, without install scripts, for alice. */

import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HELPER_SYSTEMS, whyNoHelper } from '../../tools/build/native.ts'
import { AgentHome } from '../agent/agent-home.ts'
import { DEVELOPMENT } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { root } from '../harness/root.ts'
import { runProgram } from '../harness/run-program.ts'
import { Installed, isUnreachable } from './installed.ts'

const installed = new Installed()
let unreachable: string | undefined

beforeAll(async () => {
  try {
    await installed.install([20, 22, 24, 26])
  } catch (error) {
    if (!isUnreachable(error)) throw error
    unreachable = `the package registry did not answer: ${(error as Error).message.split('\n')[0]}`
  }
}, 300_000)
afterAll(() => installed.remove())

test.each(['cli', 'server'])('publint finds nothing in packages/%s', async (name) => {
  const { messages, pkg } = await publint({ pkgDir: join(root, 'packages', name), strict: true })
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
})

test('nothing that is installed has an install script', (context) => {
  context.skip(unreachable !== undefined, unreachable)
  const scripted = installed.packages().filter((file) => {
    const { scripts = {} } = JSON.parse(readFileSync(file, 'utf8')) as { scripts?: Record<string, string> }
    return scripts['preinstall'] ?? scripts['install'] ?? scripts['postinstall']
  })
  expect(scripted).toEqual([])
})

test('the client brings at most fifteen packages and fifteen megabytes, the keychain of each system aside', (context) => {
  context.skip(unreachable !== undefined, unreachable)
  const brought = installed.packagesOf('mayfly')
  expect(brought.length).toBeLessThanOrEqual(15)
  const bytes = brought.filter(({ name }) => !name.startsWith('@napi-rs/')).map((each) => each.bytes)
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(15 * 2 ** 20)
})

test('the native helper comes as a package of its own, and what is copied has the hash that the client names', (context) => {
  context.skip(unreachable !== undefined, unreachable)
  const reason = whyNoHelper()
  context.skip(reason !== undefined, reason)
  const system = `${process.platform}-${process.arch}`
  const folder = join(installed.folder, 'node_modules/@mayfly', `credentials-${system}`)
  const { os, cpu, scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  expect({ os, cpu, scripts }).toEqual({ os: [process.platform], cpu: [process.arch], scripts: undefined })
  const { optionalDependencies } = JSON.parse(
    readFileSync(join(installed.folder, 'node_modules/mayfly/package.json'), 'utf8'),
  )
  expect(
    Object.keys(optionalDependencies)
      .filter((name) => name.startsWith('@mayfly/'))
      .sort(),
  ).toEqual(HELPER_SYSTEMS.map((each) => `@mayfly/credentials-${each.system}`).sort())
})

test.for([22, 24, 26])('on Node %i the agent starts, and the helper is the native one', async (version, context) => {
  context.skip(unreachable !== undefined, unreachable)
  const home = new AgentHome()
  try {
    const started = await installed.run(version, 'mayfly', ['agent', 'start'], home.env())
    expect(started, started.stderr).toMatchObject({ status: 0 })
    expect(home.hasNativeHelper).toBe(whyNoHelper() === undefined)
    expect(home.read('.mayfly/bin/mayfly-credentials.run')?.split('\n')[0]).toBe(installed.node(version))
    expect(await home.ask('hello')).toMatchObject({ answer: 'ok' })
    const helped = await runProgram(home.helper, ['--help'], { env: home.env() })
    expect(helped.stdout).toContain('mayfly credentials')
  } finally {
    await home.stop()
  }
})

test('the client depends on nothing that must be there, and both carry the licences of what is in them', (context) => {
  context.skip(unreachable !== undefined, unreachable)
  const client = join(installed.folder, 'node_modules/mayfly')
  expect(JSON.parse(readFileSync(join(client, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies')
  for (const name of ['mayfly', 'mayfly-server']) {
    for (const file of ['LICENSE', 'NOTICE', 'README.md', 'dist/THIRD-PARTY-LICENSES.txt']) {
      expect(statSync(join(installed.folder, 'node_modules', name, file)).size).toBeGreaterThan(100)
    }
  }
})

test.for([22, 24, 26])('on Node %i alice signs in and is told who she is', async (version, context) => {
  context.skip(unreachable !== undefined, unreachable)
  const data = mkdtempSync(join(tmpdir(), 'mayfly-data-'))
  const home = new Home()
  const { server, address } = await installed.serve(version, data)
  try {
    home.writeConfig(`${address}/start`, [
      { name: 'development', accountId: DEVELOPMENT, roleName: 'AdministratorAccess' },
    ])
    const env = home.env(home.browser())
    const login = await installed.run(version, 'mayfly', ['login', '--sso-session', 'acme'], env)
    expect(login, login.stderr).toMatchObject({ status: 0 })
    const whoami = await installed.run(version, 'mayfly', ['whoami', '--profile', 'development', '--json'], env)
    expect(whoami, whoami.stderr).toMatchObject({ status: 0, stderr: '' })
    expect(whoami.stdout).toContain(`arn:aws:sts::${DEVELOPMENT}:assumed-role/AWSReservedSSO_AdministratorAccess_`)
    expect(whoami.stdout).toContain('/alice"')
  } finally {
    server.kill()
    home.remove()
    rmSync(data, { recursive: true, force: true })
  }
})

const programs = ['mayfly', 'mayfly-server'] as const

test.for(programs)('on Node 20 %s says in one sentence what it needs', async (name, context) => {
  context.skip(unreachable !== undefined, unreachable)
  const { status, stdout, stderr } = await installed.run(20, name, ['--version'])
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toContain('22.13')
})
