/** What the snippets say works as it is printed, as far as it can be run without a container runtime. */

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEVELOPMENT } from '../harness/example.ts'
import { freePort } from '../harness/free-port.ts'
import { MAYFLY, runMayfly } from '../harness/mayfly.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'
import { startServing } from './served.ts'
import { type SignedIn, signIn } from './signed-in.ts'

const PYTHON = '/usr/bin/python3'
const hasPython = (module: string): boolean =>
  existsSync(PYTHON) && spawnSync(PYTHON, ['-c', `import ${module}`]).status === 0

let person: SignedIn
let environment: Record<string, string>

beforeAll(async () => {
  person = await signIn()
  const folder = join(person.home.path, 'bin')
  mkdirSync(folder)
  // `mayfly` as a person has it after installing.
  writeFileSync(join(folder, 'mayfly'), `#!/bin/sh\nexec ${process.execPath} ${MAYFLY} "$@"\n`)
  chmodSync(join(folder, 'mayfly'), 0o755)
  environment = { ...person.home.env(), PATH: `${folder}:/usr/bin:/bin` }
})
afterAll(() => person?.stop())

const snippet = async (...words: readonly string[]): Promise<ProgramRun> => {
  const run = await runMayfly(person.home, ['serve', 'dev', ...words])
  expect(run.status, run.stderr).toBe(0)
  return run
}

for (const shell of ['/bin/sh', '/bin/bash', '/usr/bin/zsh']) {
  test(`the lines for a shell, in ${shell}, lead an SDK to the endpoint`, async (context) => {
    context.skip(!existsSync(shell), `there is no ${shell}`)
    context.skip(!hasPython('boto3'), 'this Python has no boto3 (Debian: apt-get install python3-boto3)')
    const { stdout } = await snippet('--snippet', 'shell', '--port', String(await freePort()))
    const program = `import boto3; print(boto3.Session().client("sts", endpoint_url="${person.server.origin}").get_caller_identity()["Arn"])`
    const script = `${stdout}\nHOME=/nonexistent ${PYTHON} -c '${program}'\nkill $!\nwait\n`
    const run = await runProgram(shell, ['-c', script], { env: environment })
    expect(run.stdout, run.stderr).toContain(`::${DEVELOPMENT}:assumed-role/`)
    expect(person.home.files('.mayfly/serve')).toEqual(['.mayfly/serve/dev.token'])
  })
}

test('the environment file means the same to docker, to compose and to a shell', async () => {
  const path = join(person.home.path, 'dev.env')
  const served = await startServing(['dev', '--write-env', path], { env: person.home.env() })
  try {
    const env = served.clients[0]?.env ?? {}
    const lines = (person.home.read('dev.env') ?? '').trimEnd().split('\n')
    // docker: everything behind the first equals sign, as it is.
    expect(Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)))).toEqual(env)
    // compose and systemd also know quotes, variables and comments: there is nothing of these.
    for (const value of Object.values(env)) expect(value).toMatch(/^[\w:/.%-]+$/)
    const shell = await runProgram('/bin/sh', ['-c', `set -a; . ${path}; env`], { env: { PATH: '/usr/bin:/bin' } })
    for (const [name, value] of Object.entries(env)) expect(shell.stdout).toContain(`${name}=${value}\n`)
  } finally {
    await served.stop()
  }
})

test('the compose file is YAML with the network and the environment file', async (context) => {
  context.skip(!hasPython('yaml'), 'this Python has no yaml (Debian: apt-get install python3-yaml)')
  const { stdout, stderr } = await snippet('--snippet', 'compose')
  const parse = 'import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))'
  const parsed = await runProgram(PYTHON, ['-c', parse], { env: {}, input: stdout })
  expect(JSON.parse(parsed.stdout)).toMatchObject({
    services: { app: { env_file: [expect.stringContaining('.mayfly/serve/dev.env')], networks: ['mayfly'] } },
    networks: { mayfly: { external: true } },
  })
  expect(stderr).toContain('docker network create --subnet 169.254.170.0/24 --gateway 169.254.170.2 mayfly')
})

test('the devcontainer is JSON, and the lines for docker are read by a shell', async () => {
  expect(JSON.parse((await snippet('--snippet', 'devcontainer')).stdout)).toHaveProperty('runArgs')
  const { stdout } = await snippet('--snippet', 'docker')
  expect((await runProgram('/bin/sh', ['-n'], { env: {}, input: stdout })).status).toBe(0)
})

test('systemd accepts the unit', async (context) => {
  context.skip(!existsSync('/usr/bin/systemd-analyze'), 'there is no systemd')
  const { stdout } = await snippet('--snippet', 'systemd')
  const path = join(person.home.path, 'mayfly-serve.service')
  writeFileSync(path, stdout)
  const { status, stderr } = await runProgram('/usr/bin/systemd-analyze', ['verify', path], {
    env: { PATH: '/usr/bin:/bin', HOME: person.home.path },
  })
  expect(status, stderr).toBe(0)
  // The line as /bin/sh gets it.
  const [, line = ''] = /^ExecStart=\/bin\/sh -lc "(.*)"$/m.exec(stdout) ?? []
  const dry = await runProgram('/bin/sh', ['-n', '-c', line.replaceAll('%%', '%')], { env: {} })
  expect(dry.status, dry.stderr).toBe(0)
})
