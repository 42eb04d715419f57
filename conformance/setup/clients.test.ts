/** AWS's own tools read every profile that setup writes, under names that a person would choose, in both modes. */

import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AwsCli, hasAwsCli } from '../harness/aws-cli.ts'
import { Home } from '../harness/home.ts'
import { root } from '../harness/root.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'
import { missingSecretService, SecretService } from '../harness/secret-service.ts'
import { accountIdOf, ROLES } from './large-organization.ts'
import { SetupWorld } from './setup-world.ts'

const PYTHON = '/usr/bin/python3'
const hasBoto3 = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import boto3']).status === 0
/** One account of each kind of name, and one more of the first. */
const ACCOUNTS = 8

/** What is read of each profile: its name, account and role. */
const READ_BY_BOTO3 = `
import json, shlex, botocore.session
session = botocore.session.Session()
found = []
for name, profile in session.full_config["profiles"].items():
    words = shlex.split(profile.get("credential_process", ""))
    found.append([name, profile.get("sso_account_id") or words[words.index("--account-id") + 1],
                  profile.get("sso_role_name") or words[words.index("--role-name") + 1]])
assert sorted(session.available_profiles) == sorted(name for name, _, _ in found)
print(json.dumps(found))
`
const READ_BY_JAVASCRIPT = `
import { loadSharedConfigFiles } from '@smithy/core/config'
const { configFile } = await loadSharedConfigFiles()
const found = Object.entries(configFile).filter(([name]) => !name.startsWith('sso-session.')).map(([name, profile]) => {
  const words = (profile.credential_process ?? '').split(' ')
  return [name, profile.sso_account_id ?? words[words.indexOf('--account-id') + 1], profile.sso_role_name ?? words[words.indexOf('--role-name') + 1]]
})
console.log(JSON.stringify(found))
`
const CALL_BY_BOTO3 = `
import sys, boto3
print(boto3.Session(profile_name=sys.argv[1]).client("sts", endpoint_url=sys.argv[2]).get_caller_identity()["Arn"])
`
const CALL_BY_JAVASCRIPT = `
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromIni } from '@aws-sdk/credential-providers'
const sts = new STSClient({ region: 'us-east-1', credentials: fromIni({ profile: process.argv[2] }) })
console.log((await sts.send(new GetCallerIdentityCommand({}))).Arn)
`
const CALL_AS_USED = `
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
console.log((await new STSClient({}).send(new GetCallerIdentityCommand({}))).Arn)
`

describe.each(['shared', 'sealed'] as const)('%s', (mode) => {
  let world: SetupWorld
  let aws: AwsCli
  let service: SecretService | undefined
  const home = new Home()
  const reason = mode === 'sealed' ? missingSecretService : undefined
  const env = (): Record<string, string> =>
    home.env({
      ...service?.env,
      AWS_ENDPOINT_URL: world.server.origin,
      PATH: `${root}/node_modules/.bin:/usr/bin:/bin`,
    })
  let expected: (readonly [name: string, accountId: string, roleName: string])[] = []

  beforeAll(async () => {
    if (reason !== undefined) return
    world = await SetupWorld.start(ACCOUNTS)
    aws = await AwsCli.pointAt(world.server.origin)
    if (mode === 'sealed') service = await SecretService.start()
    const run = await world.setup(home, [world.server.startUrl, '--yes', '--json', '--storage', mode], { env: env() })
    expect(run.status, run.stderr).toBe(0)
    const [session] = JSON.parse(run.stdout).sessions
    expect(session.storage).toBe(mode)
    expected = session.added.map((each: Record<string, string>) => [
      each['profile'],
      each['accountId'],
      each['roleName'],
    ])
    expect(expected).toHaveLength(ACCOUNTS * ROLES.length)
  })
  afterAll(async () => {
    service?.stop()
    home.remove()
    await aws?.stop()
    await world?.stop()
  })

  const javaScript = (program: string, words: readonly string[] = [], variables = env()): Promise<ProgramRun> => {
    const file = join(root, '.build', `setup-sdk-${process.pid}.mjs`)
    writeFileSync(file, program)
    return runProgram(process.execPath, [file, ...words], { env: variables })
  }
  const sorted = (text: string): unknown => JSON.parse(text).sort()

  test('the names are those that a person would choose', (context) => {
    context.skip(reason !== undefined, reason)
    const names = expected.filter(([, , role]) => role === 'ReadOnlyAccess').map(([name]) => name)
    expect(names).toEqual([
      'acme-5-readonlyaccess',
      'acme-buro-zurich-2-readonlyaccess',
      'acme-data-lake-eu-6-readonlyaccess',
      'acme-development-1-readonlyaccess',
      'acme-launch-4-readonlyaccess',
      'acme-lodz-son-3-readonlyaccess',
      'acme-production-0-readonlyaccess',
      'acme-production-7-readonlyaccess',
    ])
  })

  test('the AWS CLI lists them, reads them and calls with them', async (context) => {
    context.skip(reason !== undefined, reason)
    context.skip(!hasAwsCli, 'there is no /usr/bin/aws (Debian: apt-get install awscli)')
    const listed = await aws.run(home, ['configure', 'list-profiles'], env())
    expect(listed.stdout.trim().split('\n').sort()).toEqual(expected.map(([name]) => name).sort())
    const name = 'acme-buro-zurich-2-readonlyaccess'
    const region = await aws.run(home, ['configure', 'get', 'region', '--profile', name], env())
    expect(region.stdout).toBe('us-east-1\n')
    const called = await aws.run(home, ['sts', 'get-caller-identity', '--profile', name], env())
    expect(called.stdout, called.stderr).toContain(`arn:aws:sts::${accountIdOf(2)}:assumed-role/`)
  })

  test('boto3 reads every one, and calls with them', async (context) => {
    context.skip(reason !== undefined, reason)
    context.skip(!hasBoto3, 'this Python has no boto3 (Debian: apt-get install python3-boto3)')
    const read = await runProgram(PYTHON, ['-c', READ_BY_BOTO3], { env: aws.env(home, env()) })
    expect(sorted(read.stdout || '[]'), read.stderr).toEqual(expected.toSorted())
    for (const name of ['acme-lodz-son-3-poweruseraccess', 'acme-5-administratoraccess']) {
      const words = ['-c', CALL_BY_BOTO3, name, world.server.origin]
      const called = await runProgram(PYTHON, words, { env: aws.env(home, env()) })
      expect(called.stdout, called.stderr).toContain(':assumed-role/')
    }
  })

  test('the SDK for JavaScript reads every one, and calls with them', async (context) => {
    context.skip(reason !== undefined, reason)
    const read = await javaScript(READ_BY_JAVASCRIPT)
    expect(sorted(read.stdout || '[]'), read.stderr).toEqual(expected.toSorted())
    for (const name of ['acme-launch-4-readonlyaccess', 'acme-data-lake-eu-6-poweruseraccess']) {
      const called = await javaScript(CALL_BY_JAVASCRIPT, [name])
      expect(called.stdout, called.stderr).toContain(':assumed-role/')
    }
  })

  test('the SDK for JavaScript finds the server by the profile that AWS_PROFILE names', async (context) => {
    context.skip(reason !== undefined, reason)
    const { AWS_ENDPOINT_URL: _, ...untold } = env()
    const called = await javaScript(CALL_AS_USED, [], { ...untold, AWS_PROFILE: 'acme-launch-4-readonlyaccess' })
    expect(called.stdout, called.stderr).toContain(':assumed-role/')
  })
})
