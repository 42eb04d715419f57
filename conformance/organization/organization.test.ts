/** A whole organization is set up through AWS's own tools; then every user says what they may get into. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as identitystore from '@aws-sdk/client-identitystore'
import * as ssoAdmin from '@aws-sdk/client-sso-admin'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { type Keys, MANAGEMENT, PortalPerson } from './founder.ts'
import { callMayfly } from './mayfly-client.ts'
import { createPlan, expectedAccess } from './plan.ts'
import { setUpBySdk, sideBySide } from './sdk-setup.ts'

const PYTHON = '/usr/bin/python3'
const hasBoto3 = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import boto3']).status === 0
const PASSWORD = 'Every-1-of-us'

const plan = createPlan()
let server: ServerProcess
let keys: Keys

beforeEach(async () => {
  server = await ServerProcess.start({
    args: ['--example', '--quota', 'accounts=100'],
    env: { MAYFLY_EXAMPLE: fileURLToPath(new URL('seed.yaml', import.meta.url)) },
  })
  const founder = await PortalPerson.signIn(server.origin, 'founder', 'mayfly-example')
  keys = await founder.roleKeys(MANAGEMENT, 'AdministratorAccess')
})
afterEach(() => server?.stop())

/** What every user's own portal lists; each signs in with a password chosen by a one-time link. */
async function effectiveAccess(): Promise<string[]> {
  const options = { region: 'us-east-1', endpoint: server.origin, credentials: keys }
  const sso = new ssoAdmin.SSOAdminClient(options)
  const store = new identitystore.IdentitystoreClient(options)
  const [instance] = (await sso.send(new ssoAdmin.ListInstancesCommand({}))).Instances ?? []
  const IdentityStoreId = instance?.IdentityStoreId
  const found: string[] = []
  const users: identitystore.User[] = []
  for await (const page of identitystore.paginateListUsers({ client: store, pageSize: 50 }, { IdentityStoreId })) {
    users.push(...(page.Users ?? []).filter(({ UserName }) => UserName !== 'founder'))
  }
  await sideBySide(users, async ({ UserId, UserName }) => {
    const { Link } = await callMayfly(server.origin, keys, 'ResetUserPassword', { UserId })
    const person = await PortalPerson.follow(server.origin, String(Link), PASSWORD)
    for (const role of await person.access()) found.push(`${UserName} ${role}`)
  })
  return found.sort()
}

test('by the AWS SDK for JavaScript', async () => {
  await setUpBySdk(server.origin, keys, plan)
  expect(await effectiveAccess()).toEqual(expectedAccess(plan))
})

test('by boto3', async (context) => {
  context.skip(!hasBoto3, 'this Python has no boto3 (Debian: apt-get install python3-boto3)')
  const { status, stdout, stderr } = await runProgram(
    PYTHON,
    [fileURLToPath(new URL('boto3_setup.py', import.meta.url)), server.origin],
    {
      env: {
        PATH: '/usr/bin:/bin',
        AWS_ACCESS_KEY_ID: keys.accessKeyId,
        AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
        AWS_SESSION_TOKEN: keys.sessionToken,
      },
      input: JSON.stringify(plan),
    },
  )
  expect(status, stderr).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ users: 201, groups: 21, accounts: 51, permissionSets: 16 })
  expect(await effectiveAccess()).toEqual(expectedAccess(plan))
})
