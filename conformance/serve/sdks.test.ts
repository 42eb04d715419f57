/** Every SDK that is here takes credentials from the endpoint, and says in its own words why there are none. */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasAwsCli } from '../harness/aws-cli.ts'
import { DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { freePort } from '../harness/free-port.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { root } from '../harness/root.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'
import { ask, type Served, type ServedClient, startServing } from './served.ts'
import { type SignedIn, signIn } from './signed-in.ts'

const PYTHON = '/usr/bin/python3'
const hasBoto3 = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import boto3']).status === 0

const BOTO3 = `
import json, sys, boto3
session = boto3.Session()
print(session.client("sts", endpoint_url=sys.argv[1]).get_caller_identity()["Arn"])
`

/** The SDK from this checkout, as an application loads it: STS by itself finds the endpoint. */
const SDK_JS = `
const { STSClient, GetCallerIdentityCommand } = require('@aws-sdk/client-sts')
const client = new STSClient({ endpoint: process.argv[1] })
client.send(new GetCallerIdentityCommand({})).then(
  ({ Arn }) => console.log(Arn),
  (error) => { console.error(error.Code, error.Message, error.message); process.exitCode = 1 },
)`

const SDK_JS_REASON = `
const { fromHttp } = require('@aws-sdk/credential-providers')
fromHttp({ maxRetries: 0 })().catch(({ Code, Message }) => console.log(Code, Message))`

/** SDK JS by its two providers of this kind. */
const SDK_JS_PROVIDERS = `
const { fromHttp, fromContainerMetadata } = require('@aws-sdk/credential-providers')
const credentials = [fromHttp({})(), fromContainerMetadata({})()]
Promise.all(credentials).then((all) => console.log(all.map(({ accessKeyId }) => accessKeyId).join(' ')))`

type Sdk = (env: Readonly<Record<string, string>>) => Promise<ProgramRun>

let person: SignedIn
let served: Served
let empty: string

beforeAll(async () => {
  person = await signIn()
  // Where a client runs there is no configuration: neither profiles nor a sign-in.
  empty = mkdtempSync(join(tmpdir(), 'mayfly-elsewhere-'))
  served = await startServing(['--client', 'web=dev', '--client', 'worker=prod'], { env: person.home.env() })
})
afterAll(async () => {
  await served?.stop()
  await person?.stop()
  if (empty) rmSync(empty, { recursive: true, force: true })
})

const client = (name: string): ServedClient => {
  const found = served.clients.find((candidate) => candidate.name === name)
  if (!found) throw new Error(`no client ${name}`)
  return found
}

const elsewhere = (env: Readonly<Record<string, string>>): Record<string, string> => ({
  PATH: '/usr/bin:/bin',
  HOME: empty,
  LANG: 'C.UTF-8',
  ...env,
})

const sdks: readonly [name: string, isHere: boolean, sdk: Sdk][] = [
  ['boto3', hasBoto3, (env) => runProgram(PYTHON, ['-c', BOTO3, person.server.origin], { env: elsewhere(env) })],
  [
    'the AWS CLI v2',
    hasAwsCli,
    (env) =>
      runProgram('/usr/bin/aws', ['--endpoint-url', person.server.origin, 'sts', 'get-caller-identity'], {
        env: elsewhere({ AWS_PAGER: '', ...env }),
      }),
  ],
  [
    'SDK JS v3',
    true,
    (env) => runProgram(process.execPath, ['-e', SDK_JS, person.server.origin], { env: elsewhere(env), cwd: root }),
  ],
]

for (const [name, isHere, sdk] of sdks) {
  test(`${name} takes the credentials of its own client, each of another account`, async (context) => {
    context.skip(!isHere, `${name} is not on this computer`)
    for (const [clientName, account] of [
      ['web', DEVELOPMENT],
      ['worker', PRODUCTION],
    ] as const) {
      const { status, stdout, stderr } = await sdk(client(clientName).env)
      expect(status, stderr).toBe(0)
      expect(stdout).toContain(`arn:aws:sts::${account}:assumed-role/`)
    }
  })

  test(`${name} with a token that is not right ends, and says why`, async (context) => {
    context.skip(!isHere, `${name} is not on this computer`)
    const wrong = { ...client('web').env, AWS_CONTAINER_AUTHORIZATION_TOKEN: client('worker').token }
    const { status, stdout, stderr } = await sdk(wrong)
    expect(status).not.toBe(0)
    expect(stdout).not.toContain('arn:')
    // SDK JS hides the reason of each provider when none has credentials; `fromHttp` alone tells it, see below.
    expect(stderr).toMatch(/InvalidToken|401|Could not load credentials from any providers/)
  })
}

test('both providers of SDK JS take it: the one for HTTP and the older one for containers', async () => {
  const env = elsewhere(client('web').env)
  const { status, stdout, stderr } = await runProgram(process.execPath, ['-e', SDK_JS_PROVIDERS], { env, cwd: root })
  expect(status, stderr).toBe(0)
  expect(stdout).toMatch(/^(ASIA\w+) \1\n$/)
})

test('fetch of Node takes it, as programs without an SDK do', async () => {
  const words = [
    'const { AWS_CONTAINER_CREDENTIALS_FULL_URI: url, AWS_CONTAINER_AUTHORIZATION_TOKEN: authorization } = process.env',
    'fetch(url, { headers: { authorization } }).then(async (answer) => console.log(answer.status, await answer.text()))',
  ]
  const { stdout, stderr } = await runProgram(process.execPath, ['-e', words.join('\n')], {
    env: elsewhere(client('web').env),
  })
  expect(stdout, stderr).toMatch(/^200 \{"AccessKeyId":"ASIA/)
})

test('SDK JS reads code and message of the error', async () => {
  const env = elsewhere({ ...client('web').env, AWS_CONTAINER_AUTHORIZATION_TOKEN: 'wrong' })
  const { stdout, stderr } = await runProgram(process.execPath, ['-e', SDK_JS_REASON], { env, cwd: root })
  expect(stdout, stderr).toMatch(/^InvalidToken The Authorization header does not hold the token of this client/)
})

test('a token in a file is taken as it is, and so is one kept over a restart', async () => {
  const port = String(await freePort())
  const path = join(empty, 'kept.token')
  const words = ['dev', '--port', port, '--token-file', path]
  const first = await startServing(words, { env: person.home.env() })
  await first.stop()
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const second = await startServing(words, { env: person.home.env() })
  try {
    const [one] = first.clients
    const [other] = second.clients
    expect(other).toEqual(one)
    const { AWS_CONTAINER_AUTHORIZATION_TOKEN: _token, ...env } = other?.env ?? {}
    const inFile = elsewhere({ ...env, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: path })
    const run = await runProgram(process.execPath, ['-e', SDK_JS, person.server.origin], { env: inFile, cwd: root })
    expect(run.stdout, run.stderr).toContain(`::${DEVELOPMENT}:`)
  } finally {
    await second.stop()
  }
})

test('a token changes with every start when it is not kept', async () => {
  const again = await startServing(['dev'], { env: person.home.env() })
  await again.stop()
  expect(again.clients[0]?.token).toMatch(/^[\w-]{43}$/)
  expect(served.clients.map(({ token }) => token)).not.toContain(again.clients[0]?.token)
})

test('who signs out ends it for every client, and who signs in again goes on', async () => {
  const other = await signIn()
  const own = await startServing(['prod'], { env: other.home.env() })
  try {
    const [one] = own.clients
    const get = () => ask(one?.url ?? '', { authorization: one?.token ?? '' })
    expect((await get()).status).toBe(200)
    expect((await runMayfly(other.home, ['logout'])).status).toBe(0)
    const ended = await get()
    expect(ended.status).toBe(403)
    expect(JSON.parse(ended.body)).toMatchObject({
      code: 'SignInRequired',
      Code: 'SignInRequired',
      message: expect.stringContaining('mayfly sso login --sso-session acme'),
    })
    expect(own.said()).toContain('mayfly sso login --sso-session acme')
    expect(other.home.opened(), 'serve opened a page').toHaveLength(1)
    await runMayfly(other.home, ['login', '--profile', 'dev'])
    expect((await get()).status).toBe(200)
  } finally {
    await own.stop()
    await other.stop()
  }
})

test('with --sign-in one page is opened, at the start and whenever a client asks in vain', async () => {
  const other = await signIn()
  await runMayfly(other.home, ['logout'])
  const own = await startServing(['prod', '--sign-in'], { env: other.home.env(other.home.browser()) })
  try {
    expect(other.home.opened()).toHaveLength(2)
    const [one] = own.clients
    const get = async () => (await ask(one?.url ?? '', { authorization: one?.token ?? '' })).status
    expect(await get()).toBe(200)
    await runMayfly(other.home, ['logout'])
    await Promise.all([get(), get(), get()])
    await expect.poll(get, { timeout: 15_000 }).toBe(200)
    expect(other.home.opened()).toHaveLength(3)
  } finally {
    await own.stop()
    await other.stop()
  }
})
