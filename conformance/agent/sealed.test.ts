/** A sealed home with its agent: started by itself, asked by the SDKs through the helper, holding the key of a passphrase. */

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CountingProxy } from '../harness/counting-proxy.ts'
import { freePort } from '../harness/free-port.ts'
import { MAYFLY, runMayfly } from '../harness/mayfly.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'
import { missingSecretService, SecretService } from '../harness/secret-service.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { AgentHome, OTHER_ROLE, ROLE } from './agent-home.ts'

const PYTHON = '/usr/bin/python3'
const hasBoto3 = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import boto3']).status === 0

let server: ServerProcess
let proxy: CountingProxy
let home: AgentHome
let keychain: SecretService | undefined

beforeAll(async () => {
  const port = await freePort()
  proxy = await CountingProxy.start(port, () => server.port)
  server = await ServerProcess.start({ publicUrl: `http://127.0.0.1:${port}` })
  if (missingSecretService === undefined) keychain = await SecretService.start()
})
afterAll(async () => {
  keychain?.stop()
  await proxy?.stop()
  await server?.stop()
})

const run = (words: readonly string[], env: Record<string, string> = {}): Promise<ProgramRun> =>
  runMayfly(home, words, { env: { ...keychain?.env, ...env } })

const ask = (role = ROLE, env: Record<string, string> = {}): Promise<ProgramRun> =>
  home.askHelper(role, { ...keychain?.env, ...env })

/** The processes that are an agent of this home (Linux). */
const agentsOf = ({ path }: AgentHome): readonly string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      return words.includes('run') && readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`HOME=${path}`)
    } catch {
      return false
    }
  })

/** Resolves once the agent can be asked: it is started in the background. */
async function agentRuns(): Promise<boolean> {
  for (let waited = 0; waited < 100; waited += 1) {
    if (await home.ask('hello')) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

describe('with a keychain', () => {
  beforeEach(async (context) => {
    context.skip(missingSecretService !== undefined, missingSecretService)
    home = new AgentHome()
    home.writeConfig(server.startUrl, [
      { name: 'dev', ...ROLE },
      { name: 'prod', ...OTHER_ROLE },
    ])
    const login = await run(['login', '--profile', 'dev'], { MAYFLY_AGENT: 'never' })
    expect(login.status, login.stderr).toBe(0)
    const storage = await run(['storage', 'sealed'], { MAYFLY_AGENT: 'never' })
    expect(storage.status, storage.stderr).toBe(0)
    proxy.passed.length = 0
  })
  afterEach(() => home?.stop())

  test('the first miss of the helper starts the agent, and from then on it answers', async () => {
    expect(home.door).toBeUndefined()
    const first = await ask()
    expect(first.status, first.stderr).toBe(0)
    expect(await agentRuns()).toBe(true)
    const second = await ask()
    expect(second).toMatchObject({ status: 0, stdout: first.stdout, stderr: '' })
    const status = JSON.parse((await run(['agent', 'status', '--json'])).stdout)
    expect(status.roles).toMatchObject([ROLE])
    expect(proxy.count('/federation/credentials')).toBe(1)
  })

  test('without an agent Node opens the record, and asks nobody', async () => {
    const env = { ...keychain?.env, MAYFLY_AGENT: 'never' }
    const words = [MAYFLY, 'credentials', ...home.words()]
    const first = await runProgram(process.execPath, words, { env: home.env(env) })
    expect(first.status, first.stderr).toBe(0)
    proxy.passed.length = 0
    const second = await runProgram(process.execPath, words, { env: home.env(env) })
    expect(second).toMatchObject({ status: 0, stdout: first.stdout })
    expect(proxy.passed).toEqual([])
    expect(home.door).toBeUndefined()
  })

  test('where the keychain is out of reach, commands have what the agent has, and no more', async () => {
    await ask()
    expect(await agentRuns()).toBe(true)
    // No variable of a D-Bus session, as over SSH or in a cron job.
    const elsewhere = (...words: string[]): Promise<ProgramRun> => runMayfly(home, words)
    const taken = await elsewhere('exec', 'dev', '--', 'printenv', 'AWS_ACCESS_KEY_ID')
    expect(taken.stdout, taken.stderr).toMatch(/^ASIA/)
    expect((await elsewhere('whoami', '--profile', 'dev')).stdout).toContain(ROLE.accountId)
    await home.ask('stop')
    const refused = await elsewhere('exec', 'dev', '--', 'printenv', 'AWS_ACCESS_KEY_ID')
    expect([refused.status, refused.stderr]).toEqual([255, expect.stringContaining('No keychain can be reached')])
  })

  test('a login starts the agent', async () => {
    await run(['logout'])
    const login = await run(['login', '--sso-session', 'acme'])
    expect(login.status, login.stderr).toBe(0)
    expect(await agentRuns()).toBe(true)
  })

  test('boto3 reads the profile as it was written, through the helper and the agent', async (context) => {
    context.skip(!hasBoto3, 'this Python has no boto3 (Debian: apt-get install python3-boto3)')
    const program = `
import json, boto3
credentials = boto3.Session(profile_name="dev").get_credentials()
print(json.dumps([credentials.method, credentials.get_frozen_credentials().access_key]))
`
    for (const turn of [1, 2]) {
      const asked = await runProgram(PYTHON, ['-c', program], { env: home.env(keychain?.env) })
      expect(asked.status, asked.stderr).toBe(0)
      const [method, key] = JSON.parse(asked.stdout)
      expect(method).toBe('custom-process')
      if (turn === 2) expect((await ask()).stdout).toContain(key)
      expect(await agentRuns()).toBe(true)
    }
  })

  test('two hundred cold processes ask once for each role, also while the agent is being started', async () => {
    await run(['agent', 'stop'])
    rmSync(join(home.path, '.mayfly/sealed/cli'), { recursive: true, force: true })
    const roles = [ROLE, OTHER_ROLE]
    const runs = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        runProgram(home.helper, home.words(roles[index % 2]), {
          env: home.env({ ...keychain?.env, MAYFLY_SIGN_IN: 'never' }),
          timeout: 240_000,
        }),
      ),
    )
    expect(runs.filter(({ status }) => status !== 0).map(({ stderr }) => stderr)).toEqual([])
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(2)
    expect(proxy.count('/federation/credentials')).toBe(2)
    expect(await agentRuns()).toBe(true)
    expect(agentsOf(home).length).toBe(1)
  }, 300_000)
})
