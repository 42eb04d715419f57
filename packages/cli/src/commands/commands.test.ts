/** The commands that read, run as they are typed, against what AWS CLI 2.36.7 was recorded to print. */

import { hours, minutes } from '@mayfly/identity-center/duration'
import { expect, test } from 'vitest'
import { commands } from '../commands.ts'
import { ConnectionRefusal } from '../machine/connection.ts'
import type { HttpRequest, HttpResponse } from '../machine/http.ts'
import { run } from '../main.ts'
import { createTestMachine, jsonAnswer, type TestMachine, type TestMachineOptions } from '../testing/test-machine.ts'

const NAME = 'AdministratorAccess-123456789012'
const CONFIG = `[profile ${NAME}]
sso_session = my-sso
sso_account_id = 123456789012
sso_role_name = AdministratorAccess
region = us-west-2
[sso-session my-sso]
sso_start_url = https://d-9067aaaaaa.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access
`
const TOKEN_PATH = '~/.aws/sso/cache/0ad374308c5a4e22f723adf10145eafad7c4031c.json'
const ROLE_PATH = '~/.aws/cli/cache/c61222fe4c86bb5d3638873744d4cab00a0bf176.json'
const TOKEN =
  '{"startUrl": "https://d-9067aaaaaa.awsapps.com/start", "region": "us-east-1", "accessToken": "aoaAAAAAG2b3f", "expiresAt": "2026-11-21T09:28:53Z"}'
const ROLE =
  '{"ProviderType": "sso", "Credentials": {"AccessKeyId": "ASIAEXAMPLE1234", "SecretAccessKey": "stubSecret", "SessionToken": "IQoJstub//token==", "Expiration": "2026-11-21T02:29:33Z", "AccountId": "123456789012"}}'
const PROCESS = `{
  "Version": 1,
  "AccessKeyId": "ASIAEXAMPLE1234",
  "SecretAccessKey": "stubSecret",
  "SessionToken": "IQoJstub//token==",
  "Expiration": "2026-11-21T02:29:33+00:00"
}
`

/** The portal and STS, as the recorded stub answered them. */
function answer(request: HttpRequest): HttpResponse {
  if (request.url.startsWith('https://portal.sso.us-east-1.amazonaws.com/federation/credentials?')) {
    const roleCredentials = {
      accessKeyId: 'ASIAEXAMPLE1234',
      secretAccessKey: 'stubSecret',
      sessionToken: 'IQoJstub//token==',
      expiration: Date.parse('2026-11-21T02:29:33Z') + 123,
    }
    return jsonAnswer(200, { roleCredentials })
  }
  const body =
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_ReadOnly_abc/alice</Arn><UserId>AROAX:alice</UserId><Account>123456789012</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>x</RequestId></ResponseMetadata></GetCallerIdentityResponse>'
  return { status: 200, headers: { 'content-type': 'text/xml' }, body }
}

const signedIn = (options: TestMachineOptions = {}): TestMachine =>
  createTestMachine({ answer, ...options, files: { '~/.aws/config': CONFIG, [TOKEN_PATH]: TOKEN, ...options.files } })

async function type(line: string, machine: TestMachine): Promise<{ code: number; stdout: string; stderr: string }> {
  const [before, errors] = [machine.stdout().length, machine.stderr().length]
  const code = await run(line.split(' ').slice(1), machine)
  return { code, stdout: machine.stdout().slice(before), stderr: machine.stderr().slice(errors) }
}

test('export-credentials asks the portal once, prints the recorded JSON, and leaves the recorded file', async () => {
  const machine = signedIn()
  expect(await type(`mayfly configure export-credentials --profile ${NAME} --format process`, machine)).toEqual({
    code: 0,
    stdout: PROCESS,
    stderr: '',
  })
  expect(await type(`mayfly configure export-credentials --profile ${NAME}`, machine)).toMatchObject({
    stdout: PROCESS,
  })
  expect(machine.requests).toMatchObject([
    {
      method: 'GET',
      url: 'https://portal.sso.us-east-1.amazonaws.com/federation/credentials?role_name=AdministratorAccess&account_id=123456789012',
      headers: { 'x-amz-sso_bearer_token': 'aoaAAAAAG2b3f' },
    },
  ])
  expect(machine.text(ROLE_PATH)).toBe(ROLE)
})

const FORMATS: readonly (readonly [string, string])[] = [
  [
    'env',
    'export AWS_ACCESS_KEY_ID=ASIAEXAMPLE1234\nexport AWS_SECRET_ACCESS_KEY=stubSecret\nexport AWS_SESSION_TOKEN=IQoJstub//token==\nexport AWS_CREDENTIAL_EXPIRATION=2026-11-21T02:29:33+00:00\n',
  ],
  [
    'env-no-export',
    'AWS_ACCESS_KEY_ID=ASIAEXAMPLE1234\nAWS_SECRET_ACCESS_KEY=stubSecret\nAWS_SESSION_TOKEN=IQoJstub//token==\nAWS_CREDENTIAL_EXPIRATION=2026-11-21T02:29:33+00:00\n',
  ],
  [
    'powershell',
    '$Env:AWS_ACCESS_KEY_ID="ASIAEXAMPLE1234"\n$Env:AWS_SECRET_ACCESS_KEY="stubSecret"\n$Env:AWS_SESSION_TOKEN="IQoJstub//token=="\n$Env:AWS_CREDENTIAL_EXPIRATION="2026-11-21T02:29:33+00:00"\n',
  ],
  [
    'windows-cmd',
    'set AWS_ACCESS_KEY_ID=ASIAEXAMPLE1234\nset AWS_SECRET_ACCESS_KEY=stubSecret\nset AWS_SESSION_TOKEN=IQoJstub//token==\nset AWS_CREDENTIAL_EXPIRATION=2026-11-21T02:29:33+00:00\n',
  ],
  [
    'fish',
    'set -gx AWS_ACCESS_KEY_ID "ASIAEXAMPLE1234"\nset -gx AWS_SECRET_ACCESS_KEY "stubSecret"\nset -gx AWS_SESSION_TOKEN "IQoJstub//token=="\nset -gx AWS_CREDENTIAL_EXPIRATION "2026-11-21T02:29:33+00:00"\n',
  ],
]

for (const [format, text] of FORMATS) {
  test(`the ${format} format is the recorded one`, async () => {
    const machine = signedIn({ files: { [ROLE_PATH]: ROLE } })
    expect(await type(`mayfly configure export-credentials --profile ${NAME} --format ${format}`, machine)).toEqual({
      code: 0,
      stdout: text,
      stderr: '',
    })
    expect(machine.requests).toEqual([])
  })
}

test('while cached role credentials are good, no access token is needed', async () => {
  const machine = createTestMachine({ files: { '~/.aws/config': CONFIG, [ROLE_PATH]: ROLE } })
  expect(await type(`mayfly credentials --profile ${NAME}`, machine)).toMatchObject({ code: 0, stdout: PROCESS })
  await machine.clock.advance(minutes(45))
  expect(await type(`mayfly credentials --profile ${NAME} --no-sign-in`, machine)).toMatchObject({ code: 255 })
})

test('fifty at once ask the portal once', async () => {
  const machine = signedIn()
  await Promise.all(Array.from({ length: 50 }, () => run(['credentials', '--profile', NAME], machine)))
  expect(machine.requests).toHaveLength(1)
})

test('configure list is the recorded table', async () => {
  expect(
    (await type(`mayfly configure list --profile ${NAME}`, signedIn())).stdout,
  ).toBe(`NAME       : VALUE                    : TYPE             : LOCATION
profile    : AdministratorAccess-123456789012 : manual           : --profile
access_key : ****************1234     : sso              :
secret_key : ****************cret     : sso              :
region     : us-west-2                : config-file      : ~/.aws/config
`)
})

test('configure list says which variables it looked at, as AWS CLI 2.9.19 was asked', async () => {
  const files = { '~/.aws/config': '[profile z]\nregion = q\n' }
  const env = { AWS_PROFILE: 'z', AWS_REGION: 'eu-west-1' }
  expect(
    (await type('mayfly configure list', createTestMachine({ files, env }))).stdout,
  ).toBe(`NAME       : VALUE                    : TYPE             : LOCATION
profile    : z                        : env              : ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']
access_key : <not set>                : None             : None
secret_key : <not set>                : None             : None
region     : eu-west-1                : env              : ['AWS_REGION', 'AWS_DEFAULT_REGION']
`)
})

test('list-profiles has the order of the config file, then what only the credentials file knows', async () => {
  const files = {
    '~/.aws/config': `[profile b]\n[default]\n[profile a]\n[sso-session s]\n[profile two words]\n`,
    '~/.aws/credentials': '[z]\n[a]\n',
  }
  expect((await type('mayfly configure list-profiles', createTestMachine({ files }))).stdout).toBe('b\ndefault\na\nz\n')
  expect((await type('mayfly profiles --json', createTestMachine({ files }))).stdout).toBe(
    '[\n  "b",\n  "default",\n  "a",\n  "z"\n]\n',
  )
  expect(await type('mayfly profiles', createTestMachine())).toEqual({ code: 0, stdout: '', stderr: '' })
})

test('whoami asks STS with signed role credentials', async () => {
  const machine = signedIn()
  expect((await type(`mayfly whoami --profile ${NAME}`, machine)).stdout).toBe(`Account  123456789012
ARN      arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_ReadOnly_abc/alice
User ID  AROAX:alice
Expires  2026-11-21T02:29:33Z (59 min left)
`)
  const asked = machine.requests.at(-1)
  expect(asked).toMatchObject({
    method: 'POST',
    url: 'https://sts.us-west-2.amazonaws.com/',
    body: 'Action=GetCallerIdentity&Version=2011-06-15',
  })
  expect(asked?.headers['authorization']).toMatch(
    /^AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE1234\/20261121\/us-west-2\/sts\/aws4_request/,
  )
  expect(JSON.parse((await type(`mayfly whoami --profile ${NAME} --json`, machine)).stdout)).toEqual({
    profile: NAME,
    account: '123456789012',
    arn: 'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_ReadOnly_abc/alice',
    userId: 'AROAX:alice',
    expiration: '2026-11-21T02:29:33Z',
  })
})

test('whoami asks an Identity Center that is not AWS at its own address', async () => {
  const files = {
    '~/.aws/config': CONFIG.replace('https://d-9067aaaaaa.awsapps.com', 'http://127.0.0.1:7373'),
    [ROLE_PATH]: ROLE,
  }
  const machine = signedIn({ files })
  await type(`mayfly whoami --profile ${NAME}`, machine)
  expect(machine.requests.map(({ url }) => url)).toEqual(['http://127.0.0.1:7373/'])
})

test('status shows sessions and profiles with the time that they have left', async () => {
  const machine = signedIn({
    files: {
      [ROLE_PATH]: ROLE,
      '~/.aws/config': `${CONFIG}[sso-session other]\nsso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\n`,
    },
  })
  expect((await type('mayfly status', machine)).stdout).toBe(`SESSION  STATE                       START URL
my-sso   signed in, 7 h 58 min left  d-9067aaaaaa.awsapps.com
other    signed out                  x.awsapps.com

To sign in:
  mayfly login --sso-session other

PROFILE                           ACCOUNT       ROLE                 SESSION  CREDENTIALS
AdministratorAccess-123456789012  123456789012  AdministratorAccess  my-sso   59 min left
`)
  await machine.clock.advance(hours(8))
  const { sessions, profiles } = JSON.parse((await type('mayfly status --json', machine)).stdout)
  expect(sessions).toMatchObject([
    { session: 'my-sso', state: 'expired', refreshes: false, expiresAt: '2026-11-21T09:28:53Z' },
    { session: 'other', state: 'signed-out', expiresAt: null },
  ])
  expect(profiles).toMatchObject([
    { profile: NAME, accountId: '123456789012', session: 'my-sso', expiresAt: '2026-11-21T02:29:33Z' },
  ])
})

test('status names profiles that other tools cannot read', async () => {
  const machine = createTestMachine({ files: { '~/.aws/config': "[profile 'x y']\nregion = z\n" } })
  expect((await type('mayfly status', machine)).stderr).toContain('cannot read the name "x y"')
})

interface Failure {
  readonly line: string
  readonly code: number
  readonly said: string
  readonly hint?: string
  readonly options?: TestMachineOptions
}

const withConfig = (config: string, more: TestMachineOptions = {}): TestMachineOptions => ({
  ...more,
  files: { '~/.aws/config': config },
})
const portalSays = (status: number, name: string, message: string): TestMachineOptions => ({
  answer: () => jsonAnswer(status, { message }, name),
})

const FAILURES: Readonly<Record<string, Failure>> = {
  'somebody who is not signed in is told so, and what to type': {
    line: `mayfly configure export-credentials --profile ${NAME}`,
    code: 255,
    said: 'Error loading SSO Token: Token for new does not exist',
    hint: 'Run: mayfly sso login --sso-session new',
    options: withConfig(CONFIG.replaceAll('my-sso', 'new')),
  },
  'a session that the portal ended asks for a sign-in': {
    line: `mayfly whoami --profile ${NAME}`,
    code: 255,
    said: 'The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run mayfly sso login with the corresponding profile.',
    options: portalSays(401, 'UnauthorizedException', 'Session token not found or invalid'),
  },
  'a role that is not assigned is told with the operation': {
    line: `mayfly whoami --profile ${NAME}`,
    code: 254,
    said: 'An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access',
    hint: 'The account or the role is not assigned to you',
    options: portalSays(403, 'ForbiddenException', 'No access'),
  },
  'an unreachable portal is named': {
    line: `mayfly whoami --profile ${NAME}`,
    code: 255,
    said: 'Could not connect to the endpoint URL: "https://portal"',
    options: {
      answer: () => {
        throw new ConnectionRefusal('Could not connect to the endpoint URL: "https://portal"')
      },
    },
  },
  'an unknown profile': {
    line: 'mayfly whoami --profile nope',
    code: 255,
    said: 'The config profile (nope) could not be found',
    hint: 'list-profiles',
  },
  'a missing sso-session, when exporting': {
    line: `mayfly configure export-credentials --profile ${NAME}`,
    code: 253,
    said: 'An error occurred (Configuration): Unable to retrieve credentials: The specified sso-session does not exist: "my-sso"',
    options: withConfig(CONFIG.replace('[sso-session my-sso]', '[sso-session other]')),
  },
  'a missing sso-session, in use': {
    line: `mayfly whoami --profile ${NAME}`,
    code: 255,
    said: 'The specified sso-session does not exist: "my-sso"',
    options: withConfig(CONFIG.replace('[sso-session my-sso]', '[sso-session other]')),
  },
  'a missing key': {
    line: `mayfly whoami --profile ${NAME}`,
    code: 255,
    said: `The profile "${NAME}" is configured to use SSO but is missing required configuration: sso_region`,
    options: withConfig(CONFIG.replace('sso_region = us-east-1\n', '')),
  },
  'profile and session that contradict each other': {
    line: `mayfly whoami --profile ${NAME}`,
    code: 255,
    said: 'The value for sso_region is inconsistent between profile (eu-west-1) and sso-session (us-east-1).',
    options: withConfig(CONFIG.replace('region = us-west-2', 'sso_region = eu-west-1')),
  },
  'no credentials anywhere': {
    line: 'mayfly whoami',
    code: 253,
    said: 'An error occurred (NoCredentials): Unable to locate credentials.',
    hint: 'Name one with --profile; see them all: mayfly profiles',
  },
  'no credentials to export': {
    line: 'mayfly configure export-credentials',
    code: 253,
    said: 'Unable to retrieve credentials: no credentials found',
  },
  'a config file that cannot be parsed': {
    line: 'mayfly profiles',
    code: 255,
    said: 'Unable to parse config file: /home/alice/.aws/config\n  line 2:',
    options: withConfig('[default]\nregion\n'),
  },
  'a wrong format': {
    line: 'mayfly configure export-credentials --format xml',
    code: 252,
    said: "Found invalid choice 'xml'",
  },
  'an unknown option': { line: 'mayfly whoami --jason', code: 252, said: 'Unknown options: --jason' },
  'a missing value': { line: 'mayfly whoami --profile', code: 252, said: 'argument --profile: expected one argument' },
  'an unknown command': {
    line: 'mayfly configure list-profile',
    code: 252,
    said: 'There is no command "configure list-profile"',
    hint: 'mayfly configure list-profiles',
  },
  'a profile that another tool must read': {
    line: 'mayfly whoami --profile x',
    code: 255,
    said: 'takes its credentials from role_arn',
    options: withConfig('[profile x]\nrole_arn = y\n'),
  },
}

for (const [claim, { line, code, said, hint, options }] of Object.entries(FAILURES)) {
  test(`${claim}: exit code ${code}`, async () => {
    const result = await type(line, signedIn(options))
    expect(result).toMatchObject({ code, stdout: '' })
    expect(result.stderr).toContain(`\nmayfly: [ERROR]: `)
    expect(result.stderr).toContain(said)
    if (hint !== undefined) expect(result.stderr.trimEnd().split('\n').at(-1)).toContain(hint)
  })
}

test('stack traces are shown with --debug alone', async () => {
  expect((await type('mayfly whoami --profile nope', signedIn())).stderr).not.toContain('    at ')
  expect((await type('mayfly whoami --profile nope --debug', signedIn())).stderr).toContain('    at ')
})

test('keys of the environment go before AWS_PROFILE, but not before --profile', async () => {
  const env = { AWS_PROFILE: NAME, AWS_ACCESS_KEY_ID: 'AKIAX', AWS_SECRET_ACCESS_KEY: 's' }
  expect((await type('mayfly configure export-credentials --format env', signedIn({ env }))).stdout).toBe(
    'export AWS_ACCESS_KEY_ID=AKIAX\nexport AWS_SECRET_ACCESS_KEY=s\n',
  )
  expect((await type(`mayfly configure export-credentials --profile ${NAME}`, signedIn({ env }))).stdout).toBe(PROCESS)
})

test('a profile with both takes the sign-in, not the long-term keys, as the AWS CLI does', async () => {
  const files = { '~/.aws/credentials': `[${NAME}]\naws_access_key_id = AKIAX\naws_secret_access_key = s\n` }
  expect((await type(`mayfly configure export-credentials --profile ${NAME}`, signedIn({ files }))).stdout).toBe(
    PROCESS,
  )
})

test('a credential_process is run without a shell, and told which profiles led to it', async () => {
  const runs: unknown[] = []
  const machine = createTestMachine({
    files: { '~/.aws/config': `[default]\ncredential_process = /opt/tool --name "a b"\n` },
    runProgram: (program, parameters, env) => {
      runs.push([program, parameters, env['_AWS_CLI_PROFILE_CHAIN']])
      return { exitCode: 0, stdout: '{"Version": 1, "AccessKeyId": "A", "SecretAccessKey": "B"}', stderr: '' }
    },
  })
  expect((await type('mayfly configure export-credentials --format env-no-export', machine)).stdout).toBe(
    'AWS_ACCESS_KEY_ID=A\nAWS_SECRET_ACCESS_KEY=B\n',
  )
  expect(runs).toEqual([['/opt/tool', ['--name', 'a b'], 'default']])
})

test('credentials of a program that have expired are refused, not handed out', async () => {
  const printed = { Version: 1, AccessKeyId: 'A', SecretAccessKey: 'S', Expiration: '2026-11-21T01:00:00Z' }
  const machine = signedIn({
    ...withConfig('[profile x]\ncredential_process = /bin/keys\n'),
    runProgram: () => ({ exitCode: 0, stdout: JSON.stringify(printed), stderr: '' }),
  })
  expect(await type('mayfly credentials --profile x', machine)).toMatchObject({
    code: 255,
    stdout: '',
    stderr: expect.stringContaining('the refreshed credentials are still expired'),
  })
})

test('a circle of credential processes ends', async () => {
  const asked = (chain: string): Promise<{ code: number; stderr: string }> =>
    type(
      'mayfly configure export-credentials --profile a',
      createTestMachine({ env: { _AWS_CLI_PROFILE_CHAIN: chain }, files: { '~/.aws/config': '[profile a]\n' } }),
    )
  expect(await asked('a')).toMatchObject({
    code: 253,
    stderr: expect.stringContaining('Credential process resolution detected an infinite loop, profile cycle: a -> a'),
  })
  expect(await asked('b,"c,d",e,f')).toMatchObject({
    code: 253,
    stderr: expect.stringContaining(
      'Maximum recursive credential process resolution reached (4).\nProfiles seen: b -> c,d -> e -> f',
    ),
  })
})

test('what a program prints cannot break out of a shell', async () => {
  const evil = '$(touch /tmp/x)\'"`'
  const machine = createTestMachine({
    files: { '~/.aws/config': '[default]\ncredential_process = tool\n' },
    runProgram: () => ({
      exitCode: 0,
      stdout: JSON.stringify({ Version: 1, AccessKeyId: evil, SecretAccessKey: 's' }),
      stderr: '',
    }),
  })
  const first = async (format: string): Promise<string> =>
    (await type(`mayfly configure export-credentials --format ${format}`, machine)).stdout.split('\n')[0] ?? ''
  expect(await first('env')).toBe(`export AWS_ACCESS_KEY_ID='$(touch /tmp/x)'\\''"\`'`)
  expect(await first('powershell')).toBe(`$Env:AWS_ACCESS_KEY_ID='$(touch /tmp/x)''"\`'`)
  expect(await first('fish')).toBe(`set -gx AWS_ACCESS_KEY_ID "\\$(touch /tmp/x)'\\"\`"`)
  expect(await type('mayfly configure export-credentials --format windows-cmd', machine)).toMatchObject({
    code: 255,
    stdout: '',
  })
})

test('every command has help with an example that begins with its words', async () => {
  const machine = createTestMachine()
  for (const { words, shortFor } of commands) {
    const { code, stdout } = await type(`mayfly ${words} --help`, machine)
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^Usage: mayfly ${words} `))
    expect(stdout).toContain(`Example:\n  mayfly ${shortFor ?? words}`)
  }
  expect((await type('mayfly --help', machine)).stdout).toContain('configure export-credentials')
  expect((await type('mayfly configure --help', machine)).stdout).not.toContain('whoami')
  expect(await type('mayfly', machine)).toMatchObject({ code: 252, stdout: '' })
  expect((await type('mayfly --version', machine)).stdout).toMatch(/^mayfly\/\d+\.\d+\.\d+\n$/)
})

test('options may stand before the words, and with an equals sign', async () => {
  expect(
    (await type(`mayfly --profile ${NAME} configure export-credentials --format=process`, signedIn())).stdout,
  ).toBe(PROCESS)
})

test('options of the AWS CLI that change nothing here are taken', async () => {
  expect(
    (await type(`mayfly configure export-credentials --profile ${NAME} --output text --no-cli-pager`, signedIn()))
      .stdout,
  ).toBe(PROCESS)
})
