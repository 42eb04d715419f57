/** boto3 from Debian, which reads and refreshes the token cache that mayfly wrote. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { AwsCli } from '../harness/aws-cli.ts'
import { DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { makeTokenExpireIn, readToken } from '../harness/tokens.ts'

const PYTHON = '/usr/bin/python3'
const hasBoto3 = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import boto3']).status === 0

/** Debian's boto3 knows no AWS_ENDPOINT_URL: STS is named in code, the nested clients by the rule-set files. */
const PROGRAM = `
import json, sys, boto3
session = boto3.Session(profile_name=sys.argv[1])
credentials = session.get_credentials()
sts = session.client("sts", endpoint_url=sys.argv[2])
print(json.dumps({"method": credentials.method, "arn": sts.get_caller_identity()["Arn"]}))
`

let server: ServerProcess
let aws: AwsCli
let home: Home

beforeAll(async () => {
  server = await ServerProcess.start()
  aws = await AwsCli.pointAt(server.origin)
})
afterAll(async () => {
  await aws?.stop()
  await server?.stop()
})
beforeEach((context) => {
  context.skip(!hasBoto3, 'this Python has no boto3 (Debian: apt-get install python3-boto3)')
  home = new Home()
  home.writeConfig(server.startUrl, [
    { name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' },
    { name: 'prod', accountId: PRODUCTION, roleName: 'AdministratorAccess' },
  ])
})
afterEach(() => {
  home?.remove()
  expect(aws.trap.asked, 'boto3 reached for another host').toEqual([])
})

const boto3 = (profile: string) => runProgram(PYTHON, ['-c', PROGRAM, profile, server.origin], { env: aws.env(home) })

test('boto3 uses the session that mayfly signed in, for two accounts', async () => {
  await runMayfly(home, ['login', '--profile', 'dev'])
  for (const [profile, account] of [
    ['dev', DEVELOPMENT],
    ['prod', PRODUCTION],
  ] as const) {
    const { status, stdout, stderr } = await boto3(profile)
    expect(status, stderr).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ method: 'sso', arn: expect.stringContaining(`arn:aws:sts::${account}:`) })
  }
})

test('boto3 refreshes a token near its end, and mayfly goes on with what it wrote', async () => {
  await runMayfly(home, ['login', '--profile', 'dev'])
  const before = readToken(home)?.accessToken
  makeTokenExpireIn(home, 120)
  const { status, stderr } = await boto3('dev')
  expect(status, stderr).toBe(0)
  expect(readToken(home)?.accessToken).not.toBe(before)
  makeTokenExpireIn(home, -5)
  const whoami = await runMayfly(home, ['whoami', '--profile', 'prod'])
  expect(whoami.status, whoami.stderr).toBe(0)
  expect(home.opened()).toHaveLength(1)
})

test('boto3 takes credentials from mayfly as its credential_process', async () => {
  await runMayfly(home, ['login', '--profile', 'dev'])
  const { MAYFLY } = await import('../harness/mayfly.ts')
  home.write(
    '.aws/config',
    `${home.read('.aws/config')}[profile process]\nregion = us-east-1\ncredential_process = ${process.execPath} ${MAYFLY} credentials --profile dev\n`,
  )
  const { status, stdout, stderr } = await boto3('process')
  expect(status, stderr).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ method: 'custom-process', arn: expect.stringContaining(`::${DEVELOPMENT}:`) })
})
