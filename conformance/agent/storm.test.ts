/** Two hundred processes that all want credentials that nobody has yet: each role is asked for once. */

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { CountingProxy } from '../harness/counting-proxy.ts'
import { freePort } from '../harness/free-port.ts'
import { MAYFLY } from '../harness/mayfly.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { AgentHome, OTHER_ROLE, ROLE } from './agent-home.ts'

const PROCESSES = 200
const ROLES = [ROLE, OTHER_ROLE, { ...OTHER_ROLE, roleName: 'ReadOnlyAccess' }]

let server: ServerProcess
let proxy: CountingProxy
let home: AgentHome

beforeAll(async () => {
  const port = await freePort()
  proxy = await CountingProxy.start(port, () => server.port)
  server = await ServerProcess.start({ publicUrl: `http://127.0.0.1:${port}` })
})
afterAll(async () => {
  await proxy?.stop()
  await server?.stop()
})
beforeEach(async () => {
  home = new AgentHome()
  await home.signInAndStart(server.startUrl)
  // Cold: nothing in the cache, nothing in the agent.
  await home.ask('forget')
  rmSync(join(home.path, '.aws/cli'), { recursive: true, force: true })
  proxy.passed.length = 0
})
afterEach(() => home?.stop())

const roleOf = (index: number) => ROLES[index % ROLES.length] ?? ROLE

/** Starts them all before it waits for any. */
async function storm(
  file: string,
  words: (index: number) => readonly string[],
  env: Record<string, string> = {},
  count = PROCESSES,
) {
  const runs = Array.from({ length: count }, (_, index) =>
    runProgram(file, words(index), { env: home.env({ MAYFLY_SIGN_IN: 'never', ...env }), timeout: 240_000 }),
  )
  return Promise.all(runs)
}

const askedFor = ({ accountId, roleName }: typeof ROLE): number =>
  proxy.count('/federation/credentials', ({ path }) => {
    const query = new URL(path, 'http://proxy').searchParams
    return query.get('account_id') === accountId && query.get('role_name') === roleName
  })

const failures = (runs: readonly ProgramRun[]): readonly string[] =>
  runs.filter(({ status }) => status !== 0).map(({ stderr }) => stderr)

function expectOneQuestionARole(runs: readonly ProgramRun[]): void {
  expect(failures(runs)).toEqual([])
  const keys = runs.map(({ stdout }) => (JSON.parse(stdout) as { AccessKeyId: string }).AccessKeyId)
  expect(new Set(keys).size).toBe(ROLES.length)
  expect(ROLES.map(askedFor)).toEqual([1, 1, 1])
  expect(proxy.count('/federation/credentials')).toBe(ROLES.length)
  expect(home.opened()).toHaveLength(1)
}

test('through the helper and the agent', async () => {
  expectOneQuestionARole(await storm(home.helper, (index) => home.words(roleOf(index))))
}, 120_000)

test('on Node without an agent', async () => {
  const words = (index: number) => [MAYFLY, 'credentials', ...home.words(roleOf(index))]
  expectOneQuestionARole(await storm(process.execPath, words, { MAYFLY_AGENT: 'never' }))
}, 300_000)

test('when the agent is killed meanwhile all have credentials, and what it had asked is asked once more at most', async () => {
  const pid = home.door?.pid ?? 0
  const runs = storm(home.helper, (index) => home.words(roleOf(index)), {}, 40)
  process.kill(pid, 'SIGKILL')
  expect(failures(await runs)).toEqual([])
  for (const role of ROLES) expect(askedFor(role)).toBeLessThanOrEqual(2)
}, 120_000)
