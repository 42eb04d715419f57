/** What is published works where it is installed: on every Node that it says, without install scripts, for alice. */

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEVELOPMENT } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { root } from '../harness/root.ts'
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

test('the client brings no code but ours, and both carry the licences of what is in them', (context) => {
  context.skip(unreachable !== undefined, unreachable)
  const client = join(installed.folder, 'node_modules/mayfly')
  expect(JSON.parse(readFileSync(join(client, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies')
  expect(existsSync(join(client, 'dist/THIRD-PARTY-LICENSES.txt'))).toBe(false)
  expect(existsSync(join(installed.folder, 'node_modules/mayfly-server/dist/THIRD-PARTY-LICENSES.txt'))).toBe(true)
  for (const name of ['mayfly', 'mayfly-server']) {
    for (const file of ['LICENSE', 'NOTICE', 'README.md']) {
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
