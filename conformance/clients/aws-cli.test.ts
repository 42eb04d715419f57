/** AWS CLI v2 from Debian, unchanged, through its whole journey against a running server. */

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { AwsCli, hasAwsCli } from '../harness/aws-cli.ts'
import { DEVELOPMENT, MANAGEMENT, PRODUCTION } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { MAYFLY, runMayfly } from '../harness/mayfly.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { makeTokenExpireIn, readToken, tokenFile } from '../harness/tokens.ts'

let server: ServerProcess
let aws: AwsCli
let home: Home

const profiles = [
  { name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' },
  { name: 'prod', accountId: PRODUCTION, roleName: 'AdministratorAccess' },
]

beforeAll(async () => {
  server = await ServerProcess.start()
  aws = await AwsCli.pointAt(server.origin)
})
afterAll(async () => {
  await aws?.stop()
  await server?.stop()
})
beforeEach((context) => {
  context.skip(!hasAwsCli, 'there is no AWS CLI at /usr/bin/aws (Debian: apt-get install awscli)')
  home = new Home()
})
afterEach(() => {
  home?.remove()
  expect(aws.trap.asked, 'the AWS CLI reached for another host').toEqual([])
})

test('configure sso, then get-caller-identity with the profile that it wrote', async () => {
  const configured = await aws.runInTerminal(
    home,
    ['configure', 'sso'],
    [
      ['SSO session name (Recommended):', 'acme\r'],
      ['SSO start URL [None]:', `${server.startUrl}\r`],
      ['SSO region [None]:', 'us-east-1\r'],
      ['SSO registration scopes [sso:account:access]:', '\r'],
      ['AWS accounts available to you', '\r'],
      ['roles available to you', '\r'],
      ['CLI default client Region [None]:', 'us-east-1\r'],
      ['CLI default output format [None]:', 'json\r'],
      ['CLI profile name [', 'first\r'],
    ],
  )
  expect(configured.status, configured.shown).toBe(0)
  expect(home.read('.aws/config')).toContain('[profile first]\nsso_session = acme\n')
  expect(home.read('.aws/config')).toContain(`[sso-session acme]\nsso_start_url = ${server.startUrl}\n`)

  const identity = await aws.run(home, ['sts', 'get-caller-identity', '--profile', 'first'])
  expect(identity.status, identity.stderr).toBe(0)
  expect(JSON.parse(identity.stdout)).toEqual({
    UserId: expect.stringMatching(/^AROA[A-Z0-9]{17}:alice$/),
    Account: expect.stringMatching(/^\d{12}$/),
    Arn: expect.stringMatching(/^arn:aws:sts::\d{12}:assumed-role\/AWSReservedSSO_\w+_[0-9a-f]{16}\/alice$/),
  })
})

test('configure sso in the legacy form', async () => {
  const configured = await aws.runInTerminal(
    home,
    ['configure', 'sso', '--profile', 'legacy'],
    [
      ['SSO session name (Recommended):', '\r'],
      ['SSO start URL [None]:', `${server.startUrl}\r`],
      ['SSO region [None]:', 'us-east-1\r'],
      ['AWS accounts available to you', '\r'],
      ['roles available to you', '\r'],
      ['CLI default client Region [None]:', 'us-east-1\r'],
      ['CLI default output format [None]:', '\r'],
    ],
  )
  expect(configured.status, configured.shown).toBe(0)
  const identity = await aws.run(home, ['sts', 'get-caller-identity', '--profile', 'legacy'])
  expect(identity.status, identity.stderr).toBe(0)
})

test('configure sso-session, then sso login with that session', async () => {
  const configured = await aws.runInTerminal(
    home,
    ['configure', 'sso-session'],
    [
      ['SSO session name:', 'acme\r'],
      ['SSO start URL [None]:', `${server.startUrl}\r`],
      ['SSO region [None]:', 'us-east-1\r'],
      ['SSO registration scopes [sso:account:access]:', '\r'],
    ],
  )
  expect(configured.status, configured.shown).toBe(0)
  expect(configured.shown).toContain('Completed configuring SSO session: acme')
  const login = await aws.run(home, ['sso', 'login', '--sso-session', 'acme'])
  expect(login.status, login.stderr).toBe(0)
  expect(login.stdout).toContain(`Successfully logged into Start URL: ${server.startUrl}`)
})

test('sso login, two accounts, list-profiles, export-credentials in every format, sso logout', async () => {
  home.writeConfig(server.startUrl, profiles)
  const login = await aws.run(home, ['sso', 'login', '--profile', 'dev'])
  expect(login.status, login.stderr).toBe(0)

  for (const { name, accountId } of profiles) {
    const identity = await aws.run(home, ['sts', 'get-caller-identity', '--profile', name])
    expect(identity.status, identity.stderr).toBe(0)
    expect(JSON.parse(identity.stdout).Account).toBe(accountId)
  }
  const list = await aws.run(home, ['configure', 'list-profiles'])
  expect(list.stdout).toBe('dev\nprod\n')
  for (const format of ['process', 'env', 'env-no-export', 'powershell', 'windows-cmd']) {
    const exported = await aws.run(home, ['configure', 'export-credentials', '--profile', 'dev', '--format', format])
    expect(exported.status, exported.stderr).toBe(0)
    expect(exported.stdout).toMatch(/ASIA[A-Z2-7]{16}/)
  }

  const token = readToken(home)?.accessToken ?? ''
  const logout = await aws.run(home, ['sso', 'logout', '--profile', 'dev'])
  expect(logout.status, logout.stderr).toBe(0)
  expect(home.files('.aws/sso/cache').some((file) => file === tokenFile())).toBe(false)
  const afterwards = await fetch(`${server.origin}/assignment/accounts`, {
    headers: { 'x-amz-sso_bearer_token': token },
  })
  expect(afterwards.status).toBe(401)
  expect(await afterwards.json()).toMatchObject({ message: 'Session token not found or invalid' })
})

test('a token near its end is refreshed silently, and mayfly goes on with what the AWS CLI wrote', async () => {
  home.writeConfig(server.startUrl, profiles)
  await aws.run(home, ['sso', 'login', '--profile', 'dev'])
  const before = readToken(home)
  makeTokenExpireIn(home, 60)
  const identity = await aws.run(home, ['sts', 'get-caller-identity', '--profile', 'dev'])
  expect(identity.status, identity.stderr).toBe(0)
  const refreshed = readToken(home)
  expect(refreshed?.accessToken).not.toBe(before?.accessToken)
  expect(home.opened()).toHaveLength(1)

  makeTokenExpireIn(home, 60)
  const whoami = await runMayfly(home, ['whoami', '--profile', 'prod', '--json'])
  expect(whoami.status, whoami.stderr).toBe(0)
  expect(JSON.stringify(JSON.parse(whoami.stdout))).toContain(PRODUCTION)
  expect(readToken(home)?.accessToken).not.toBe(refreshed?.accessToken)
  expect(home.opened()).toHaveLength(1)
})

test('the AWS CLI goes on with what mayfly signed in, refreshes it, and mayfly goes on with that', async () => {
  home.writeConfig(server.startUrl, profiles)
  const login = await runMayfly(home, ['sso', 'login', '--profile', 'dev'])
  expect(login.status, login.stderr).toBe(0)
  makeTokenExpireIn(home, 60)
  const identity = await aws.run(home, ['sts', 'get-caller-identity', '--profile', 'dev'])
  expect(identity.status, identity.stderr).toBe(0)
  makeTokenExpireIn(home, -60)
  const whoami = await runMayfly(home, ['whoami', '--profile', 'dev'])
  expect(whoami.status, whoami.stderr).toBe(0)
  expect(home.opened()).toHaveLength(1)
})

test('a withdrawn session is answered as the AWS CLI expects it', async () => {
  home.writeConfig(server.startUrl, profiles)
  await aws.run(home, ['sso', 'login', '--profile', 'dev'])
  const token = readToken(home)
  await fetch(`${server.origin}/logout`, {
    method: 'POST',
    headers: { 'x-amz-sso_bearer_token': token?.accessToken ?? '' },
  })
  const identity = await aws.run(home, ['sts', 'get-caller-identity', '--profile', 'dev'])
  expect(identity.status).toBe(255)
  expect(identity.stderr).toContain('The SSO session associated with this profile has expired or is otherwise invalid.')
})

test('the AWS CLI administers with the keys that mayfly hands it as its credential_process', async () => {
  home.writeConfig(server.startUrl, [{ name: 'management', accountId: MANAGEMENT, roleName: 'AdministratorAccess' }])
  const login = await runMayfly(home, ['login', '--profile', 'management'])
  expect(login.status, login.stderr).toBe(0)
  const byProcess = `credential_process = ${process.execPath} ${MAYFLY} credentials --profile management`
  home.write('.aws/config', `${home.read('.aws/config')}[profile administrator]\nregion = us-east-1\n${byProcess}\n`)
  const administer = async (...words: string[]): Promise<string> => {
    const run = await aws.run(home, [...words, '--profile', 'administrator', '--output', 'text'])
    expect(run.status, run.stderr).toBe(0)
    return run.stdout.trim()
  }
  const instance = await administer('sso-admin', 'list-instances', '--query', 'Instances[0].InstanceArn')
  expect(instance).toMatch(/^arn:aws:sso:::instance\/ssoins-[0-9a-f]{16}$/)
  const store = await administer('sso-admin', 'list-instances', '--query', 'Instances[0].IdentityStoreId')
  const oneByOne = ['--page-size', '1', '--query', 'Users[].UserName']
  expect(await administer('identitystore', 'list-users', '--identity-store-id', store, ...oneByOne)).toBe('alice\nbob')
  expect(await administer('organizations', 'list-roots', '--query', 'Roots[0].Name')).toBe('Root')
  const policies = await administer('iam', 'list-policies', '--scope', 'Local', '--query', 'length(Policies)')
  expect(policies).toBe('0')
  const unknown = await aws.run(home, ['iam', 'list-groups', '--profile', 'administrator'])
  expect(unknown.status).toBe(254)
  expect(unknown.stderr).toContain('(InvalidAction) when calling the ListGroups operation')
})
