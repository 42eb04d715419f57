/** exec, env and console as they are typed, on a machine made of memory. */

import { expect, test } from 'vitest'
import type { Environment } from '../machine/machine.ts'
import { run } from '../main.ts'
import { createTestMachine, jsonAnswer, type TestMachine, type TestMachineOptions } from '../testing/test-machine.ts'

const CONFIG = `[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = ReadOnly
region = eu-west-1
[profile keys]
aws_access_key_id = AKIA1
aws_secret_access_key = secret
output = text
[sso-session corp]
sso_start_url = https://d-1.awsapps.com/start
sso_region = us-east-1
`
const TOKEN = JSON.stringify({
  startUrl: 'https://d-1.awsapps.com/start',
  region: 'us-east-1',
  accessToken: 'token',
  expiresAt: '2026-11-21T09:00:00Z',
})
/** SHA-1 of "corp". */
const TOKEN_PATH = '~/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json'

interface Run {
  readonly program: string
  readonly parameters: readonly string[]
  readonly env: Environment
}

function createMachine(options: TestMachineOptions = {}): { machine: TestMachine; runs: Run[] } {
  const runs: Run[] = []
  const machine = createTestMachine({
    runProgram: (program, parameters, env) => {
      runs.push({ program, parameters, env })
      return { exitCode: 3, stdout: 'printed\n', stderr: '' }
    },
    ...options,
    files: { '~/.aws/config': CONFIG, [TOKEN_PATH]: TOKEN, ...options.files },
  })
  return { machine, runs }
}

test('a program gets its words, the keys, the settings of its profile, and answers with its own exit code', async () => {
  const { machine, runs } = createMachine({ env: { PATH: '/bin', AWS_PROFILE: 'dev', AWS_SESSION_TOKEN: 'old' } })
  expect(await run(['exec', 'keys', '--region', 'us-west-2', '--', 'aws', '--profile', 'x', '-h'], machine)).toBe(3)
  expect(runs).toEqual([
    {
      program: 'aws',
      parameters: ['--profile', 'x', '-h'],
      env: {
        PATH: '/bin',
        AWS_ACCESS_KEY_ID: 'AKIA1',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_REGION: 'us-west-2',
        AWS_DEFAULT_REGION: 'us-west-2',
        AWS_DEFAULT_OUTPUT: 'text',
        MAYFLY_PROFILE: 'keys',
        MAYFLY_ALSO_SET: 'AWS_REGION=us-west-2&AWS_DEFAULT_REGION=us-west-2&AWS_DEFAULT_OUTPUT=text',
      },
    },
  ])
  expect(machine.stdout()).toBe('printed\n')
  expect(machine.stderr()).toBe('')
})

test('keys of the environment are nobody’s profile', async () => {
  const { machine, runs } = createMachine({ env: { AWS_ACCESS_KEY_ID: 'AKIA2', AWS_SECRET_ACCESS_KEY: 's' } })
  expect(await run(['exec', '--', 'true'], machine)).toBe(3)
  expect(runs[0]?.env).toEqual({ AWS_ACCESS_KEY_ID: 'AKIA2', AWS_SECRET_ACCESS_KEY: 's' })
})

test('without a program the shell of the person is opened', async () => {
  const { machine, runs } = createMachine({ env: { SHELL: '/usr/bin/fish' } })
  expect(await run(['exec', 'keys'], machine)).toBe(3)
  expect(runs[0]).toMatchObject({ program: '/usr/bin/fish', parameters: [] })
  expect(machine.stderr()).toBe('This shell is keys. To leave it: exit\n')
  const windows = createMachine({ platform: 'win32', home: 'C:\\Users\\alice', files: {}, env: {} })
  windows.machine.disk.set('C:\\Users\\alice\\.aws\\config', { content: Buffer.from(CONFIG), mode: 0o600 })
  await run(['exec', 'keys'], windows.machine)
  expect(windows.runs[0]?.program).toBe('cmd.exe')
})

test('a program that is missing is told before anything is asked', async () => {
  const missing = createTestMachine({ files: { '~/.aws/config': CONFIG } })
  expect(await run(['exec', 'dev', '--', 'nope\u001b[2J'], missing)).toBe(127)
  expect(missing.stderr()).toBe('\nmayfly: [ERROR]: There is no such program: nope[2J\n')
  const denied = createTestMachine({ files: { '~/.aws/config': CONFIG }, missingProgram: 'not-executable' })
  expect(await run(['exec', 'dev', '--', 'data'], denied)).toBe(126)
})

test.each([
  ['exec dev --json -- true', '--json goes with --match.'],
  ['exec dev --dry-run -- true', '--dry-run goes with --match.'],
  ['exec --match * --endpoint -- true', '--endpoint does not go with --match.'],
  ['exec --match * --profile dev -- true', '--match finds the profiles'],
  ['env dev --shell tcsh', "Found invalid choice 'tcsh'"],
  ['env dev --shell fish --file .env', '--file writes a .env file, not words for fish.'],
  ['env --unset --shell dotenv', 'A .env file clears no variables.'],
  ['console dev --duration 60', '--duration goes with --federate'],
  ['console dev --federate --duration 10', 'must be from 15 to 720 minutes'],
  ['console --account-id 1 --role-name x', 'must be 12 digits'],
  ['console --account-id 111122223333', '--account-id and --role-name go together.'],
  ['console dev --portal --federate', 'are two ways'],
])('mayfly %s is refused: exit code 252', async (line, said) => {
  const { machine, runs } = createMachine()
  expect(await run(line.split(' '), machine)).toBe(252)
  expect(machine.stderr()).toContain(said)
  expect(runs).toEqual([])
})

test('one word for the console is a profile before it is a service', async () => {
  const print = async (config: string, ...words: readonly string[]) => {
    const { machine } = createMachine({ files: { '~/.aws/config': config }, env: { AWS_PROFILE: 'dev' } })
    expect(await run(['console', ...words, '--print'], machine)).toBe(0)
    return machine.stdout()
  }
  const link = 'https://d-1.awsapps.com/start/#/console?account_id=111122223333&role_name=ReadOnly'
  expect(await print(CONFIG, 's3')).toBe(
    `${link}&destination=https%3A%2F%2Fconsole.aws.amazon.com%2Fs3%2Fhome%3Fregion%3Deu-west-1\n`,
  )
  expect(await print(CONFIG.replace('[profile dev]', '[profile s3]'), 's3')).toBe(`${link}\n`)
  expect(await print(CONFIG, '--portal')).toBe('https://d-1.awsapps.com/start/\n')
  expect(await print(CONFIG, '--account-id', '999988887777', '--role-name', 'Admin')).toBe(
    'https://d-1.awsapps.com/start/#/console?account_id=999988887777&role_name=Admin\n',
  )
})

test('what is printed with --json has the members that the help names', async () => {
  const { machine } = createMachine()
  expect(await run(['env', 'keys', '--json'], machine)).toBe(0)
  expect(Object.keys(JSON.parse(machine.stdout()))).toEqual(['variables', 'unset'])
  const other = createMachine().machine
  expect(await run(['exec', '--match', 'dev', '--dry-run', '--json'], other)).toBe(0)
  expect(other.stdout()).toBe('{"profile":"dev","accountId":"111122223333","account":null,"role":"ReadOnly"}\n')
})

test('a portal that refuses every role is told for every role, and nothing is run', async () => {
  const { machine, runs } = createMachine({
    answer: () => jsonAnswer(403, { message: 'No access' }, 'ForbiddenException'),
  })
  expect(await run(['exec', '--match', 'dev', '--no-sign-in', '--', 'true'], machine)).toBe(1)
  expect(machine.stderr()).toMatch(/0 of 1 ended well\.\n {2}dev: /)
  expect(runs).toEqual([])
})

test('a token that the portal refused, and that somebody has replaced meanwhile, opens no page for many roles', async () => {
  const { machine, runs } = createMachine({
    answer: ({ url, headers }) => {
      if (!url.includes('/federation/credentials')) throw new Error(`nobody was to ask ${url}`)
      if (headers['x-amz-sso_bearer_token'] === 'newer') {
        const expiration = Date.parse('2026-11-21T02:30:00Z')
        const roleCredentials = { accessKeyId: 'ASIA', secretAccessKey: 's', sessionToken: 't', expiration }
        return jsonAnswer(200, { roleCredentials })
      }
      const path = TOKEN_PATH.replace('~', '/home/alice')
      machine.disk.set(path, { content: Buffer.from(TOKEN.replace('"token"', '"newer"')), mode: 0o600 })
      return jsonAnswer(401, { message: 'Session token not found or invalid' }, 'UnauthorizedException')
    },
  })
  expect(await run(['exec', '--match', 'dev', '--', 'true'], machine), machine.stderr()).not.toBe(255)
  expect(machine.stderr()).not.toContain('browser')
  expect(runs).toMatchObject([{ env: { AWS_ACCESS_KEY_ID: 'ASIA' } }])
})

test('a role that is powerful by its name, or tagged to be confirmed, takes --yes where nobody can be asked', async () => {
  const tags = '[profile dev]\nconfirm = yes\n'
  const line = ['exec', '--match', 'dev', '--no-sign-in', '--', 'true']
  const { machine } = createMachine({ files: { '~/.mayfly/tags.ini': tags } })
  expect(await run(line, machine)).toBe(255)
  expect(machine.stderr()).toContain('1 of 1 role may change things, or are to be asked about.')
  const admin = createMachine({ files: { '~/.aws/config': CONFIG.replace('ReadOnly', 'Administrator') } }).machine
  expect(await run(line, admin)).toBe(255)
})
