/** The AWS SDK for JavaScript v3: its own clients through the whole wire, and its provider on mayfly's token cache. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  LogoutCommand,
  paginateListAccounts,
  SSOClient,
} from '@aws-sdk/client-sso'
import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc'
import { GetAccessKeyInfoCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { visit } from '../harness/browser-person.ts'
import { alice, DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { Person } from '../harness/person.ts'
import { root } from '../harness/root.ts'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { makeTokenExpireIn, readToken } from '../harness/tokens.ts'

let server: ServerProcess
let home: Home

beforeAll(async () => {
  server = await ServerProcess.start()
})
afterAll(() => server?.stop())
beforeEach(() => {
  home = new Home()
  home.writeConfig(server.startUrl, [
    { name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' },
    { name: 'prod', accountId: PRODUCTION, roleName: 'AdministratorAccess' },
  ])
})
afterEach(() => home.remove())

test('the device grant through the SDK clients, to an identity and to the end of the session', async () => {
  const to = { endpoint: server.origin, region: 'us-east-1' }
  const oidc = new SSOOIDCClient(to)
  const client = await oidc.send(
    new RegisterClientCommand({ clientName: 'a tool', clientType: 'public', scopes: ['sso:account:access'] }),
  )
  const { clientId, clientSecret } = client
  const started = await oidc.send(
    new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl: server.startUrl }),
  )
  const poll = () =>
    oidc.send(
      new CreateTokenCommand({
        clientId,
        clientSecret,
        grantType: 'urn:ietf:params:oauth:grant-type:device_code',
        deviceCode: started.deviceCode,
      }),
    )
  // Clients ask twice back to back: before they print the code, and at once after it.
  await expect(poll()).rejects.toMatchObject({ name: 'AuthorizationPendingException', error: 'authorization_pending' })
  await expect(poll()).rejects.toMatchObject({ name: 'AuthorizationPendingException' })
  await expect(poll()).rejects.toMatchObject({ name: 'SlowDownException', error: 'slow_down' })
  await visit(new Person(), started.verificationUriComplete ?? '', { ...alice, decision: 'allow' })
  await new Promise((resolve) => setTimeout(resolve, 6500))
  const { accessToken, refreshToken, expiresIn } = await poll()
  expect(expiresIn).toBe(3600)
  expect(refreshToken).toMatch(/^aor/)
  await expect(poll()).rejects.toMatchObject({ name: 'InvalidGrantException' })

  const sso = new SSOClient(to)
  const accounts: string[] = []
  for await (const page of paginateListAccounts({ client: sso, pageSize: 2 }, { accessToken })) {
    accounts.push(...(page.accountList ?? []).map(({ accountId }) => accountId ?? ''))
  }
  expect(accounts).toContain(DEVELOPMENT)
  expect(new Set(accounts).size).toBe(accounts.length)
  const roles = await sso.send(new ListAccountRolesCommand({ accessToken, accountId: DEVELOPMENT }))
  expect(roles.roleList?.map(({ roleName }) => roleName)).toContain('ReadOnlyAccess')
  const { roleCredentials } = await sso.send(
    new GetRoleCredentialsCommand({ accessToken, accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' }),
  )
  const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = roleCredentials ?? {}
  const sts = new STSClient({ ...to, credentials: { accessKeyId, secretAccessKey, sessionToken } })
  expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(DEVELOPMENT)
  expect((await sts.send(new GetAccessKeyInfoCommand({ AccessKeyId: accessKeyId }))).Account).toBe(DEVELOPMENT)
  const wrong = new STSClient({
    ...to,
    credentials: { accessKeyId, secretAccessKey: `${secretAccessKey}x`, sessionToken },
  })
  await expect(wrong.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })

  await sso.send(new LogoutCommand({ accessToken }))
  await expect(sso.send(new ListAccountRolesCommand({ accessToken, accountId: DEVELOPMENT }))).rejects.toMatchObject({
    name: 'UnauthorizedException',
    message: 'Session token not found or invalid',
  })
  await expect(
    oidc.send(new CreateTokenCommand({ clientId, clientSecret, grantType: 'refresh_token', refreshToken })),
  ).rejects.toMatchObject({ name: 'InvalidGrantException' })
})

const PROGRAM = `
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromIni } from '@aws-sdk/credential-providers'
const sts = new STSClient({ region: 'us-east-1', credentials: fromIni({ profile: process.argv[2] }) })
console.log((await sts.send(new GetCallerIdentityCommand({}))).Arn)
`

/** The SDK in a process of its own: it keeps tokens and settings in memory between calls. */
async function sdk(profile: string) {
  const file = join(root, '.build', `sdk-${process.pid}.mjs`)
  writeFileSync(file, PROGRAM)
  return runProgram(process.execPath, [file, profile], { env: home.env({ AWS_ENDPOINT_URL: server.origin }) })
}

test("the SDK's provider uses and refreshes what mayfly wrote, and mayfly goes on with it", async () => {
  const login = await runMayfly(home, ['sso', 'login', '--sso-session', 'acme'])
  expect(login.status, login.stderr).toBe(0)
  for (const [profile, account] of [
    ['dev', DEVELOPMENT],
    ['prod', PRODUCTION],
  ] as const) {
    const { status, stdout, stderr } = await sdk(profile)
    expect(status, stderr).toBe(0)
    expect(stdout).toContain(`arn:aws:sts::${account}:assumed-role/AWSReservedSSO_`)
  }
  const before = readToken(home)?.accessToken
  makeTokenExpireIn(home, 60)
  expect((await sdk('dev')).status).toBe(0)
  expect(readToken(home)?.accessToken).not.toBe(before)
  makeTokenExpireIn(home, 60)
  const whoami = await runMayfly(home, ['whoami', '--profile', 'dev'])
  expect(whoami.status, whoami.stderr).toBe(0)
  expect(home.opened()).toHaveLength(1)
})
