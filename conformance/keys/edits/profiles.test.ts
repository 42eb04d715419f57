/** AWS's tools with a profile whose long-term key became a role: before, after, and after it was taken back. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { AwsCli, hasAwsCli } from '../../harness/aws-cli.ts'
import { DEVELOPMENT } from '../../harness/example.ts'
import { Home } from '../../harness/home.ts'
import { runMayfly } from '../../harness/mayfly.ts'
import { root } from '../../harness/root.ts'
import { runProgram } from '../../harness/run-program.ts'
import { ServerProcess } from '../../harness/server-process.ts'
import { editHome, undoEdits } from './edited-home.ts'

const PYTHON = '/usr/bin/python3'
const hasBoto3 = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import boto3']).status === 0
const BOTO3 = `
import sys, boto3
session = boto3.Session(profile_name=sys.argv[1], region_name="us-east-1")
print(session.client("sts", endpoint_url=sys.argv[2]).get_caller_identity()["Arn"])
`
const SDK_JS = `
import { fromIni } from '@aws-sdk/credential-providers'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
const [profile, endpoint] = process.argv.slice(1)
const client = { endpoint, region: 'us-east-1' }
const sts = new STSClient({ ...client, credentials: fromIni({ profile, clientConfig: client, parentClientConfig: client }) })
console.log((await sts.send(new GetCallerIdentityCommand())).Arn)
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
  await asAlice('attach-user-policy', '--user-name', 'deploy', '--policy-arn', POLICY)
  const { AccessKey } = await asAlice('create-access-key', '--user-name', 'deploy')
  key = { id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey }
})
afterEach(async () => {
  await asAlice('delete-access-key', '--user-name', 'deploy', '--access-key-id', key.id)
  await asAlice('detach-user-policy', '--user-name', 'deploy', '--policy-arn', POLICY)
  await asAlice('delete-user', '--user-name', 'deploy')
  home?.remove()
  expect(aws.trap.asked, 'a client reached for another host').toEqual([])
})

const POLICY = 'arn:aws:iam::aws:policy/AdministratorAccess'

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the test expects of it.
async function asAlice(...words: string[]): Promise<any> {
  const { status, stdout, stderr } = await aws.run(home, ['iam', ...words, '--profile', 'dev', ...OUTPUT])
  if (status !== 0) throw new Error(stderr)
  return stdout.trim() === '' ? {} : JSON.parse(stdout)
}

const OUTPUT = ['--region', 'us-east-1', '--output', 'json']

/** Who each tool is with a profile. */
async function identities(profile: string, hasInnerSts = false): Promise<readonly string[]> {
  const cli = await aws.run(home, ['sts', 'get-caller-identity', '--profile', profile, ...OUTPUT])
  const js = await runProgram(process.execPath, ['--input-type=module', '-e', SDK_JS, profile, server.origin], {
    env: home.env({ AWS_ENDPOINT_URL: server.origin, AWS_REGION: 'us-east-1' }),
    cwd: root,
  })
  const runs = [cli.status === 0 ? JSON.parse(cli.stdout).Arn : cli.stderr, js.stdout.trim() || js.stderr]
  // Debian's boto3 cannot be told where the STS is that it takes the further role from; the AWS CLI has the same code.
  if (!hasBoto3 || hasInnerSts) return runs
  const python = await runProgram(PYTHON, ['-c', BOTO3, profile, server.origin], { env: aws.env(home) })
  return [...runs, python.stdout.trim() || python.stderr]
}

const ROLE = /assumed-role\/AWSReservedSSO_AdministratorAccess_\w+\/alice/
const role = { sessionName: 'acme', accountId: DEVELOPMENT, roleName: 'AdministratorAccess' }

test('the profile is the user before, the role after, and the user again; so is default', async () => {
  const lines = `aws_access_key_id = ${key.id}\naws_secret_access_key = ${key.secret}\n`
  home.write('.aws/credentials', `# keys\n[default]\n${lines}\n[old]\n# Bob's\n${lines}region = us-east-1\n`)
  const former = [home.read('.aws/config'), home.read('.aws/credentials')]
  for (const profile of ['old', 'default'])
    for (const arn of await identities(profile)) expect(arn).toBe(`arn:aws:iam::${DEVELOPMENT}:user/deploy`)
  const edited = await editHome(home, ['.aws/credentials'], { profileName: 'old', role })
  expect(home.read('.aws/credentials')).toBe("# keys\n\n[old]\n# Bob's\nregion = us-east-1\n")
  for (const profile of ['old', 'default']) for (const arn of await identities(profile)) expect(arn).toMatch(ROLE)
  const { stdout } = await aws.run(home, ['configure', 'list-profiles'])
  expect(stdout.trim().split('\n').sort()).toEqual(['default', 'dev', 'old'])
  await undoEdits(edited)
  expect([home.read('.aws/config'), home.read('.aws/credentials')]).toEqual(former)
  for (const arn of await identities('old')) expect(arn).toBe(`arn:aws:iam::${DEVELOPMENT}:user/deploy`)
})

test('a key in the config file gives way too, and a profile that takes a further role from it still does', async () => {
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${DEVELOPMENT}:root` }, Action: 'sts:AssumeRole' }],
  })
  await asAlice('create-role', '--role-name', 'Taken', '--assume-role-policy-document', trust)
  try {
    const own = `[profile old]\naws_access_key_id = ${key.id}\naws_secret_access_key = ${key.secret}\n`
    const taken = `[profile taken]\nrole_arn = arn:aws:iam::${DEVELOPMENT}:role/Taken\nsource_profile = old\n`
    home.write('.aws/config', `${home.read('.aws/config')}\n${own}\n${taken}`)
    for (const arn of await identities('taken', true)) expect(arn).toContain('assumed-role/Taken/')
    const { edits } = await editHome(home, ['.aws/config'], { profileName: 'old', role })
    expect(edits[0]?.notes).toEqual([expect.stringContaining('[taken] takes a further role from [old]')])
    for (const arn of await identities('old')) expect(arn).toMatch(ROLE)
    for (const arn of await identities('taken', true)) expect(arn).toContain('assumed-role/Taken/')
  } finally {
    await asAlice('delete-role', '--role-name', 'Taken')
  }
})
