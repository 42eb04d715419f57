/** IAM users of an account and their keys, administered with the AWS CLI from Debian, unchanged. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { AwsCli, hasAwsCli } from '../harness/aws-cli.ts'
import { DEVELOPMENT } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { operate } from '../harness/operator.ts'
import { ServerProcess } from '../harness/server-process.ts'

const READ = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
const DOCUMENT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'

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
beforeEach(async (context) => {
  context.skip(!hasAwsCli, 'there is no AWS CLI (Debian: apt-get install awscli)')
  home = new Home()
  home.writeConfig(server.startUrl, [{ name: 'dev', accountId: DEVELOPMENT, roleName: 'AdministratorAccess' }])
  const login = await runMayfly(home, ['login', '--profile', 'dev'])
  expect(login.status, login.stderr).toBe(0)
})
afterEach(() => {
  home?.remove()
  expect(aws.trap.asked, 'the AWS CLI reached for another host').toEqual([])
})

const ask = (...words: string[]) =>
  aws.run(home, ['iam', ...words, '--profile', 'dev', '--region', 'us-east-1', '--output', 'json'])

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the test expects of it.
async function iam(...words: string[]): Promise<any> {
  const { status, stdout, stderr } = await ask(...words)
  expect(status, stderr).toBe(0)
  return stdout.trim() === '' ? {} : JSON.parse(stdout)
}

async function refused(code: string, ...words: string[]): Promise<void> {
  const { status, stderr } = await ask(...words)
  expect(status, stderr).toBe(254)
  expect(stderr).toContain(`(${code})`)
}

test('a user with a boundary, tags and policies is made, found page by page, renamed, emptied and deleted', async () => {
  const name = ['--user-name', 'build']
  const { User } = await iam('create-user', ...name, '--path', '/ci/', '--permissions-boundary', READ)
  expect(User).toMatchObject({ Arn: `arn:aws:iam::${DEVELOPMENT}:user/ci/build` })
  await iam('wait', 'user-exists', ...name)
  await refused('EntityAlreadyExists', 'create-user', '--user-name', 'Build')
  await iam('tag-user', ...name, '--tags', 'Key=team,Value=platform', 'Key=cost,Value=')
  await iam('untag-user', ...name, '--tag-keys', 'cost')
  expect((await iam('list-user-tags', ...name)).Tags).toEqual([{ Key: 'team', Value: 'platform' }])
  await iam('attach-user-policy', ...name, '--policy-arn', READ)
  await iam('put-user-policy', ...name, '--policy-name', 'in', '--policy-document', DOCUMENT)
  const inline = await iam('get-user-policy', ...name, '--policy-name', 'in')
  expect(inline.PolicyDocument).toEqual(JSON.parse(DOCUMENT))
  await refused('DeleteConflict', 'delete-user', ...name)
  await iam('create-user', '--user-name', 'zoe')
  const { Users } = await iam('list-users', '--page-size', '1')
  expect(Users.map(({ UserName }: { UserName: string }) => UserName)).toEqual(['build', 'zoe'])
  await iam('update-user', ...name, '--new-user-name', 'deploy', '--new-path', '/')
  name[1] = 'deploy'
  const attached = await iam('list-attached-user-policies', ...name)
  expect(attached.AttachedPolicies).toEqual([{ PolicyName: 'ReadOnlyAccess', PolicyArn: READ }])
  expect((await iam('list-groups-for-user', ...name)).Groups).toEqual([])
  await iam('delete-user-permissions-boundary', ...name)
  const { User: unbounded } = await iam('get-user', ...name)
  expect(unbounded).toMatchObject({ UserId: User.UserId, Tags: [{ Key: 'team', Value: 'platform' }] })
  expect(unbounded).not.toHaveProperty('PermissionsBoundary')
  await iam('detach-user-policy', ...name, '--policy-arn', READ)
  await iam('delete-user-policy', ...name, '--policy-name', 'in')
  for (const user of ['deploy', 'zoe']) await iam('delete-user', '--user-name', user)
  await refused('NoSuchEntity', 'get-user', ...name)
})

test('keys are made, listed, counted, turned off and deleted, and their secret is shown once and kept nowhere', async () => {
  const name = ['--user-name', 'build']
  await iam('create-user', ...name)
  const { AccessKey: first } = await iam('create-access-key', ...name)
  const { AccessKey: second } = await iam('create-access-key', ...name)
  await refused('LimitExceeded', 'create-access-key', ...name)
  const page = await iam('list-access-keys', ...name, '--page-size', '1')
  expect(page.AccessKeyMetadata).toHaveLength(2)
  const unused = await iam('get-access-key-last-used', '--access-key-id', first.AccessKeyId)
  expect(unused).toEqual({ UserName: 'build', AccessKeyLastUsed: { Region: 'N/A', ServiceName: 'N/A' } })
  await iam('update-access-key', ...name, '--access-key-id', first.AccessKeyId, '--status', 'Inactive')
  const { AccessKeyMetadata } = await iam('list-access-keys', ...name)
  expect(AccessKeyMetadata.map(({ Status }: { Status: string }) => Status)).toEqual(['Inactive', 'Active'])
  const { SummaryMap } = await iam('get-account-summary')
  expect(SummaryMap).toMatchObject({ Users: 1, AccessKeysPerUserQuota: 2, AccountAccessKeysPresent: 0 })
  await refused('ValidationError', 'create-access-key')
  await refused('AccessDenied', 'get-access-key-last-used', '--access-key-id', `AKIA${'A'.repeat(16)}`)
  for (const { AccessKeyId } of [first, second]) {
    await iam('delete-access-key', ...name, '--access-key-id', AccessKeyId)
    await refused('NoSuchEntity', 'delete-access-key', ...name, '--access-key-id', AccessKeyId)
  }
  await iam('delete-user', ...name)
  const record = await operate(server, 'audit', 'export')
  expect(record.stdout).toContain(first.AccessKeyId)
  const written = readdirSync(server.data).map((file) => readFileSync(join(server.data, file)))
  for (const { SecretAccessKey } of [first, second]) {
    expect(SecretAccessKey).toMatch(/^[A-Za-z0-9/+]{40}$/)
    for (const text of [record.stdout, server.output, ...written]) expect(text.includes(SecretAccessKey)).toBe(false)
  }
})
