/** A long-term key of an IAM user, made by an administrator and used by the AWS CLI, boto3 and the SDK for JavaScript. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { IAMClient, ListAccessKeysCommand } from '@aws-sdk/client-iam'
import { ListInstancesCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { AwsCli, hasAwsCli } from '../harness/aws-cli.ts'
import { DEVELOPMENT } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'

const PYTHON = '/usr/bin/python3'
const hasBoto3 = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import boto3']).status === 0
const ARN = `arn:aws:iam::${DEVELOPMENT}:user/deploy`

const PROGRAM = `
import json, sys, boto3
session = boto3.Session(profile_name="old", region_name="us-east-1")
sts = session.client("sts", endpoint_url=sys.argv[1])
iam = session.client("iam", endpoint_url=sys.argv[1])
keys = iam.list_access_keys(UserName="deploy")["AccessKeyMetadata"]
print(json.dumps({"arn": sts.get_caller_identity()["Arn"], "keys": [key["AccessKeyId"] for key in keys]}))
`

let server: ServerProcess
let aws: AwsCli
let home: Home
let key: { readonly id: string; readonly secret: string }

beforeAll(async () => {
  server = await ServerProcess.start()
  aws = await AwsCli.pointAt(server.origin)
})
afterAll(async () => {
  await aws?.stop()
  await server?.stop()
})
beforeEach(async (context) => {
  context.skip(!hasAwsCli, 'there is no AWS CLI (Debian: apt-get install awscli)')
  home = new Home()
  home.writeConfig(server.startUrl, [{ name: 'dev', accountId: DEVELOPMENT, roleName: 'AdministratorAccess' }])
  await runMayfly(home, ['login', '--profile', 'dev'])
  await asAlice('create-user', '--user-name', 'deploy')
  const policy = 'arn:aws:iam::aws:policy/AdministratorAccess'
  await asAlice('attach-user-policy', '--user-name', 'deploy', '--policy-arn', policy)
  const { AccessKey } = await asAlice('create-access-key', '--user-name', 'deploy')
  key = { id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey }
  home.write('.aws/credentials', `[old]\naws_access_key_id = ${key.id}\naws_secret_access_key = ${key.secret}\n`)
})
afterEach(async () => {
  await asAlice('delete-access-key', '--user-name', 'deploy', '--access-key-id', key.id).catch(() => {})
  const policy = 'arn:aws:iam::aws:policy/AdministratorAccess'
  await asAlice('detach-user-policy', '--user-name', 'deploy', '--policy-arn', policy)
  await asAlice('delete-user', '--user-name', 'deploy')
  home?.remove()
  expect(aws.trap.asked, 'a client reached for another host').toEqual([])
})

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the test expects of it.
async function asAlice(...words: string[]): Promise<any> {
  const region = ['--profile', 'dev', '--region', 'us-east-1', '--output', 'json']
  const { status, stdout, stderr } = await aws.run(home, ['iam', ...words, ...region])
  if (status !== 0) throw new Error(stderr)
  return stdout.trim() === '' ? {} : JSON.parse(stdout)
}

const withKey = (...words: string[]) =>
  aws.run(home, [...words, '--profile', 'old', '--region', 'us-east-1', '--output', 'json'])

/** What IAM says of the key, a moment after it was used. */
const lastUse = async () => (await asAlice('get-access-key-last-used', '--access-key-id', key.id)).AccessKeyLastUsed

test('the AWS CLI signs with it, is refused administration, and is turned away at once when it is inactive', async () => {
  expect(await lastUse()).toEqual({ Region: 'N/A', ServiceName: 'N/A' })
  const identity = await withKey('sts', 'get-caller-identity')
  expect(identity.status, identity.stderr).toBe(0)
  expect(JSON.parse(identity.stdout)).toMatchObject({ Arn: ARN, Account: DEVELOPMENT })
  const keys = await withKey('iam', 'list-access-keys')
  expect(JSON.parse(keys.stdout).AccessKeyMetadata).toMatchObject([{ AccessKeyId: key.id, Status: 'Active' }])
  expect(await lastUse()).toMatchObject({ Region: 'us-east-1', ServiceName: 'sts' })
  const refused = await withKey('sso-admin', 'list-instances')
  expect(refused.stderr).toContain(`User: ${ARN} is not authorized to perform: sso:ListInstances on resource: *`)
  const change = ['update-access-key', '--user-name', 'deploy', '--access-key-id', key.id, '--status']
  await asAlice(...change, 'Inactive')
  const off = await withKey('sts', 'get-caller-identity')
  expect(off.status).toBe(254)
  expect(off.stderr).toContain('(InvalidClientTokenId) when calling the GetCallerIdentity operation')
  await asAlice(...change, 'Active')
  expect((await withKey('sts', 'get-caller-identity')).status).toBe(0)
})

test('the AWS CLI takes a role with it, by source_profile', async () => {
  const document = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: ARN }, Action: 'sts:AssumeRole' }],
  })
  await asAlice('create-role', '--role-name', 'Taken', '--assume-role-policy-document', document)
  try {
    const config = home.read('.aws/config') ?? ''
    const taken = `[profile taken]\nrole_arn = arn:aws:iam::${DEVELOPMENT}:role/Taken\nsource_profile = old\n`
    home.write('.aws/config', `${config}\n${taken}`)
    const words = ['sts', 'get-caller-identity', '--profile', 'taken', '--region', 'us-east-1', '--output', 'json']
    const { status, stdout, stderr } = await aws.run(home, words)
    expect(status, stderr).toBe(0)
    expect(JSON.parse(stdout).Arn).toContain(`arn:aws:sts::${DEVELOPMENT}:assumed-role/Taken/`)
  } finally {
    await asAlice('delete-role', '--role-name', 'Taken')
  }
})

test('boto3 signs with it', async (context) => {
  context.skip(!hasBoto3, 'this Python has no boto3 (Debian: apt-get install python3-boto3)')
  const { status, stdout, stderr } = await runProgram(PYTHON, ['-c', PROGRAM, server.origin], { env: aws.env(home) })
  expect(status, stderr).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ arn: ARN, keys: [key.id] })
})

test('the SDK for JavaScript signs with it, and hears of its end', async () => {
  const credentials = { accessKeyId: key.id, secretAccessKey: key.secret }
  const to = { endpoint: server.origin, region: 'us-east-1', credentials }
  expect(await new STSClient(to).send(new GetCallerIdentityCommand())).toMatchObject({ Arn: ARN })
  const { AccessKeyMetadata } = await new IAMClient(to).send(new ListAccessKeysCommand())
  expect(AccessKeyMetadata).toMatchObject([{ AccessKeyId: key.id }])
  await expect(new SSOAdminClient(to).send(new ListInstancesCommand())).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
  await asAlice('delete-access-key', '--user-name', 'deploy', '--access-key-id', key.id)
  await expect(new STSClient(to).send(new GetCallerIdentityCommand())).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
  })
  expect(server.output).not.toContain(key.secret)
})
