/** Which permission set takes a key's place, against a running server: as a developer who may read little. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Home } from '../../harness/home.ts'
import { runMayfly } from '../../harness/mayfly.ts'
import { ServerProcess } from '../../harness/server-process.ts'
import { credentialsFile, type IamAccount, openIamAccount } from './iam-account.ts'

const SANDBOX = '555566667777'

let server: ServerProcess
let admin: Home
let bob: Home
let account: IamAccount

beforeAll(async () => {
  server = await ServerProcess.start()
  admin = new Home()
  admin.writeConfig(server.startUrl, [{ name: 'box', accountId: SANDBOX, roleName: 'AdministratorAccess' }])
  await runMayfly(admin, ['login', '--profile', 'box'])
  account = await openIamAccount(admin, server.origin, 'box')
  bob = new Home()
  bob.writeConfig(server.startUrl, [])
  await runMayfly(bob, ['login'], { browser: { userName: 'bob' } })
})
afterAll(async () => {
  admin?.remove()
  bob?.remove()
  await server?.stop()
})

async function planFor(userName: string, actions: readonly string[], ...words: string[]) {
  const key = await account.createUser(userName, actions)
  bob.write('.aws/credentials', credentialsFile({ old: key }))
  const { stdout, stderr } = await runMayfly(bob, ['keys', 'plan', key.id, '--json', ...words])
  expect(stderr).toBe('')
  return JSON.parse(stdout).plans[0].replacement
}

test('a set that cannot read itself is read by ReadOnlyAccess, and is the nearest', async () => {
  const replacement = await planFor('deployer', ['s3:*', 'lambda:InvokeFunction'])
  expect(replacement).toMatchObject({ roleName: 'SandboxDeploy', why: 'allows all that the key allows' })
})

test('who only reads is given the set that only reads', async () => {
  expect(await planFor('looker', ['ec2:DescribeInstances', 's3:GetObject'])).toMatchObject({
    roleName: 'ReadOnlyAccess',
  })
})

test('what no set allows is named', async () => {
  const replacement = await planFor('admin', ['iam:CreateUser', 'dynamodb:PutItem'])
  expect(replacement).toMatchObject({ roleName: 'PowerUserAccess' })
  expect(JSON.stringify(replacement.lost)).toContain('iam:CreateUser')
  expect(JSON.stringify(replacement.lost)).not.toContain('dynamodb')
})

test('an account that bob does not reach: what to ask for', async () => {
  const production = new Home()
  production.writeConfig(server.startUrl, [{ name: 'm', accountId: '111122223333', roleName: 'AdministratorAccess' }])
  await runMayfly(production, ['login', '--profile', 'm'])
  const other = await openIamAccount(production, server.origin, 'm')
  const key = await other.createUser('legacy', ['sqs:SendMessage'])
  production.remove()
  bob.write('.aws/credentials', credentialsFile({ old: key }))
  const { stdout } = await runMayfly(bob, ['keys', 'plan', key.id], { env: { AWS_ENDPOINT_URL: server.origin } })
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('an assignment to you of a permission set')
})
