/** What lies on the computer: configuration, precedence, cache. Each fault is made for real and must be named. */

import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DEVELOPMENT } from '../harness/example.ts'
import { root } from '../harness/root.ts'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { makeTokenExpireIn, readToken, tokenFile } from '../harness/tokens.ts'
import { faultsOf, type Patient, patientOf, toldOf } from './patient.ts'

let server: ServerProcess
let patient: Patient
beforeAll(async () => {
  server = await ServerProcess.start()
})
afterAll(() => server?.stop())
beforeEach(() => {
  patient = patientOf(server)
})
afterEach(() => patient.remove())

test('a healthy profile has nothing named, with the network and without', async () => {
  await patient.signIn()
  expect(await patient.ask()).toEqual({
    profile: 'dev',
    verdict: 'healthy',
    causes: [],
    nearest: null,
    checked: ['files', 'profile', 'precedence', 'cache', 'network', 'session', 'role'],
  })
  expect(await patient.ask(['dev', '--offline'])).toMatchObject({ verdict: 'unchecked', causes: [] })
  expect(await patient.ask([], { env: { AWS_PROFILE: 'dev' } })).toMatchObject({ profile: 'dev', verdict: 'healthy' })
})

describe('configuration', () => {
  test('config-unparsable: the line is named', async () => {
    patient.edit(['sso_account_id', 'sso_account_id\nsso_account_id'])
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['config-unparsable'])
    expect(toldOf(answer, 'config-unparsable')).toContain('~/.aws/config:3: This line is neither a header nor')
    expect(answer.checked).toEqual(['files'])
  })

  test('config-unparsable: the credentials file counts as well', async () => {
    patient.home.write('.aws/credentials', 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n')
    expect(toldOf(await patient.ask(), 'config-unparsable')).toContain('~/.aws/credentials:1')
  })

  test('config-unreadable: a folder lies there', async () => {
    rmSync(join(patient.home.path, '.aws/config'))
    mkdirSync(join(patient.home.path, '.aws/config'))
    expect(await patient.faults()).toEqual(['config-unreadable'])
  })

  test('profile-missing: the nearest is named, and who named this one', async () => {
    patient.home.writeConfig(server.startUrl, [
      { name: 'dev-readonly', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' },
    ])
    const typed = await patient.ask(['dev-readonyl'])
    expect(faultsOf(typed)).toEqual(['profile-missing'])
    expect(typed.causes[0]?.next).toBe('mayfly why dev-readonly')
    const named = await patient.ask([], { env: { AWS_PROFILE: 'dev-readonyl' } })
    expect(toldOf(named, 'profile-missing')).toContain('AWS_PROFILE in the environment names it')
  })

  test.each([
    ['[dev]', 'dev', '[profile dev]'],
    ['[profile my dev]', 'my dev', "[profile 'my dev']"],
  ])('profile-missing: %s in the config file is no header of a profile', async (header, name, right) => {
    patient.edit(['[profile dev]', header])
    const answer = await patient.ask([name])
    expect(faultsOf(answer)).toEqual(['profile-missing'])
    expect(answer.causes[0]?.next).toBe(`Write ${right} at ~/.aws/config:1`)
  })

  test('a profile that is broken is no reason to call another one so', async () => {
    patient.edit([/^/, '[profile broken]\nsso_session = nowhere\nsso_account_id = 1\nsso_role_name = x\n'])
    await patient.signIn()
    expect(await patient.faults(['broken'])).toEqual(['session-missing'])
    expect(await patient.ask()).toMatchObject({ verdict: 'healthy', causes: [] })
  })

  test('session-missing: the nearest is named, with the line to change', async () => {
    patient.edit(['sso_session = acme', 'sso_session = acne'])
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['session-missing'])
    expect(answer.causes[0]?.next).toBe('Write sso_session = acme into ~/.aws/config:2')
  })

  test('session-missing: a header of several words without quotes is none', async () => {
    patient.edit(['sso_session = acme', 'sso_session = acme corp'], ['[sso-session acme]', '[sso-session acme corp]'])
    const answer = await patient.ask()
    expect(answer.causes).toMatchObject([
      {
        cause: 'session-missing',
        next: expect.stringMatching(/^Write \[sso-session 'acme corp'\] at ~\/\.aws\/config:\d+$/),
      },
    ])
  })

  test('keys-missing: which, and below which header', async () => {
    patient.edit(['sso_region = us-east-1\n', ''])
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['keys-missing'])
    expect(toldOf(answer, 'keys-missing')).toContain('~/.aws/config:6: no sso_region below')
  })

  test('keys-inconsistent: both values, and both places', async () => {
    patient.edit(['sso_session = acme', 'sso_session = acme\nsso_region = eu-west-1'])
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['keys-inconsistent'])
    expect(answer.causes[0]?.evidence).toEqual([
      '~/.aws/config:3: sso_region = eu-west-1',
      '~/.aws/config:9: sso_region = us-east-1',
    ])
  })

  test.each(['nonsense', 'http://sign-in.example.com/start'])('start-url-invalid: %s', async (startUrl) => {
    patient.edit([server.startUrl, startUrl])
    expect(await patient.faults()).toEqual(['start-url-invalid'])
  })

  test('kind-not-read: an assumed role leads to its source, a console sign-in to the AWS CLI', async () => {
    patient.edit([
      /^/,
      '[profile ops]\nrole_arn = arn:aws:iam::1:role/Ops\nsource_profile = dev\n[profile web]\nlogin_session = x\n',
    ])
    const role = await patient.ask(['ops'])
    expect([faultsOf(role), role.causes[0]?.next]).toEqual([['kind-not-read'], 'mayfly why dev'])
    expect(await patient.faults(['web'])).toEqual(['kind-not-read'])
  })

  test('no-credentials: what the profile has instead', async () => {
    patient.edit([/^/, '[profile bare]\nregion = us-east-1\noutput = json\n'])
    const answer = await patient.ask(['bare'])
    expect(toldOf(answer, 'no-credentials')).toContain('~/.aws/config:1: it has region, output.')
  })

  test('name-needs-quotes is a warning', async () => {
    patient.edit(['[profile dev]', "[profile 'my dev']"])
    const answer = await patient.ask(['my dev', '--offline'])
    expect(answer.causes.map(({ cause, severity }) => [cause, severity])).toContainEqual([
      'name-needs-quotes',
      'warning',
    ])
  })
})

describe('precedence', () => {
  const keys = {
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  }

  test('environment-keys-win, unless the profile is named: then it is a warning', async () => {
    await patient.signIn()
    const answer = await patient.ask([], { env: { ...keys, AWS_PROFILE: 'dev' } })
    expect(faultsOf(answer)).toEqual(['environment-keys-win'])
    expect(toldOf(answer, 'environment-keys-win')).toContain('AKIA…MPLE')
    expect(JSON.stringify(answer)).not.toContain(keys.AWS_SECRET_ACCESS_KEY)
    expect(await patient.ask(['dev'], { env: keys })).toMatchObject({
      verdict: 'healthy',
      causes: [{ cause: 'environment-keys-win', severity: 'warning' }],
    })
  })

  test('long-term-keys-win: beside the sign-in, in either file', async () => {
    await patient.signIn()
    patient.home.write(
      '.aws/credentials',
      `[dev]\naws_access_key_id = ${keys.AWS_ACCESS_KEY_ID}\naws_secret_access_key = ${keys.AWS_SECRET_ACCESS_KEY}\n`,
    )
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['long-term-keys-win'])
    expect(toldOf(answer, 'long-term-keys-win')).toContain('~/.aws/credentials:2: aws_access_key_id = AKIA…MPLE')
    expect(JSON.stringify(answer)).not.toContain(keys.AWS_SECRET_ACCESS_KEY)
  })

  test('process-beside-sign-in: both places', async () => {
    await patient.signIn()
    patient.edit(['[profile dev]', '[profile dev]\ncredential_process = /opt/keys'])
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['process-beside-sign-in'])
    expect(toldOf(answer, 'process-beside-sign-in')).toContain('~/.aws/config:2: credential_process')
  })

  test('other-profile-in-environment is a warning', async () => {
    await patient.signIn()
    expect(await patient.ask(['dev'], { env: { AWS_PROFILE: 'other' } })).toMatchObject({
      verdict: 'healthy',
      causes: [{ cause: 'other-profile-in-environment', severity: 'warning', next: 'unset AWS_PROFILE' }],
    })
  })
})

describe('cache', () => {
  /** The AWS CLI's own writer, with a disk that takes no more than so many bytes. */
  async function tearByAwsCli(bytes: number): Promise<void> {
    const script = [
      'import json, resource, signal, sys',
      'from awscli.botocore.utils import JSONFileCache',
      'folder, key, size = sys.argv[1], sys.argv[2], int(sys.argv[3])',
      "value = json.load(open(folder + '/' + key + '.json'))",
      'signal.signal(signal.SIGXFSZ, signal.SIG_IGN)',
      'resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))',
      'JSONFileCache(folder)[key] = value',
    ].join('\n')
    const name = tokenFile().split('/').at(-1)?.replace('.json', '') ?? ''
    const folder = join(patient.home.path, '.aws/sso/cache')
    const run = await runProgram('/usr/bin/python3', ['-c', script, folder, name, String(bytes)], {
      env: patient.home.env(),
    })
    expect(run.stderr).toContain('File too large')
  }

  test.each([
    [0, '0 bytes'],
    [150, '150 bytes and is no JSON: it ends too early'],
  ])('cache-damaged: torn by the AWS CLI after %i bytes', async (bytes, said) => {
    await patient.signIn()
    const secrets = patient.secrets()
    await tearByAwsCli(bytes)
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['cache-damaged'])
    expect(toldOf(answer, 'cache-damaged')).toContain(said)
    for (const secret of secrets) expect(JSON.stringify(answer)).not.toContain(secret)
    expect(answer.causes[0]?.next).toBe('mayfly sso login --sso-session acme')
  })

  test('cache-foreign: a token of another start URL, and what another program left', async () => {
    await patient.signIn()
    const token = readToken(patient.home)
    patient.home.write(tokenFile(), JSON.stringify({ ...token, startUrl: 'https://other.awsapps.com/start' }))
    const answer = await patient.ask()
    expect(faultsOf(answer)).toEqual(['cache-foreign'])
    expect(toldOf(answer, 'cache-foreign')).toContain('https://other.awsapps.com/start')
    patient.home.write(
      tokenFile(),
      JSON.stringify({ ProviderType: 'sso', Credentials: { SecretAccessKey: 'hush-hush' } }),
    )
    const left = await patient.ask()
    expect(toldOf(left, 'cache-foreign')).toContain('Its members: ProviderType, Credentials')
    expect(JSON.stringify(left)).not.toContain('hush-hush')
  })

  test('cache-not-accessible: a folder lies where the token should', async () => {
    mkdirSync(join(patient.home.path, tokenFile()), { recursive: true })
    expect(await patient.faults()).toEqual(['cache-not-accessible'])
  })

  test('cache-not-accessible: a file that keeps the person out, as sudo leaves them behind', async () => {
    await patient.signIn()
    const { path } = patient.home
    if (process.getuid?.() !== 0) {
      // Nobody but root can give a file away; a mode that keeps its owner out does as well.
      await runProgram('/bin/chmod', ['000', join(path, tokenFile())], { env: {} })
      expect(toldOf(await patient.ask(), 'cache-not-accessible')).toContain('Its mode is 0000.')
      return
    }
    await runProgram('/bin/chmod', ['-R', 'a+rX', path], { env: {} })
    await runProgram('/bin/chmod', ['600', join(path, tokenFile())], { env: {} })
    const as = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath]
    const program = join(root, 'packages/cli/bin/mayfly.cjs')
    const run = await runProgram('/usr/bin/setpriv', [...as, program, 'why', 'dev', '--json'], {
      env: patient.home.env(),
    })
    expect(run.status, run.stderr).toBe(1)
    const answer = JSON.parse(run.stdout)
    expect(faultsOf(answer)).toEqual(['cache-not-accessible'])
    expect(toldOf(answer, 'cache-not-accessible')).toContain('It belongs to another user. Its mode is 0755.')
    expect(toldOf(answer, 'cache-not-accessible')).toContain('sudo chown')
  })

  test('cache-open-to-others is a warning', async () => {
    await patient.signIn()
    await runProgram('/bin/chmod', ['644', join(patient.home.path, tokenFile())], { env: {} })
    expect(await patient.ask()).toMatchObject({
      verdict: 'healthy',
      causes: [{ cause: 'cache-open-to-others', severity: 'warning', evidence: ['Its mode is 0644.'] }],
    })
  })

  test('without a network, what the token says is still told', async () => {
    expect(await patient.faults(['dev', '--offline'])).toEqual(['signed-out'])
    await patient.signIn()
    makeTokenExpireIn(patient.home, -60)
    expect(await patient.ask(['dev', '--offline'])).toMatchObject({ verdict: 'unchecked', causes: [] })
  })
})
