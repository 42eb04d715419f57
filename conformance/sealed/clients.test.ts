/** AWS's own tools take credentials through sealed profiles, and never look at a plain file. */

import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AwsCli, hasAwsCli } from '../harness/aws-cli.ts'
import { DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { root } from '../harness/root.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'
import { missingSecretService } from '../harness/secret-service.ts'
import { SealedHome } from './sealed-home.ts'

const PYTHON = '/usr/bin/python3'
const hasBoto3 = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import boto3']).status === 0

const ROLES = [
  ['dev', DEVELOPMENT],
  ['prod', PRODUCTION],
  ['two words', DEVELOPMENT],
  ['legacy', PRODUCTION],
] as const

let place: SealedHome
let aws: AwsCli

beforeAll(async () => {
  if (missingSecretService !== undefined) return
  place = await SealedHome.open({ keychain: true })
  aws = await AwsCli.pointAt(place.server.origin)
  const section = `sso_account_id = ${DEVELOPMENT}\nsso_role_name = ReadOnlyAccess\nregion = us-east-1\n`
  place.home.write(
    '.aws/config',
    `${place.home.read('.aws/config')}[profile 'two words']\nsso_session = acme\n${section}` +
      `[profile legacy]\nsso_start_url = ${place.server.startUrl}\nsso_region = us-east-1\nsso_account_id = ${PRODUCTION}\nsso_role_name = AdministratorAccess\nregion = us-east-1\n`,
  )
  for (const words of ['login --profile dev', 'login --profile legacy', 'storage sealed']) {
    const run = await place.mayfly(words)
    expect(run.status, run.stderr).toBe(0)
  }
})
afterAll(async () => {
  await aws?.stop()
  await place?.close()
})

const env = (): Record<string, string> => place.home.env(place.env({ PATH: `${root}/node_modules/.bin:/usr/bin:/bin` }))

const PROGRAMS: Readonly<Record<string, (profile: string) => Promise<ProgramRun>>> = {
  'the AWS CLI': (profile) => aws.run(place.home, ['sts', 'get-caller-identity', '--profile', profile], env()),
  boto3: (profile) => {
    const program = `
import sys, boto3
session = boto3.Session(profile_name=sys.argv[1])
assert session.get_credentials().method == "custom-process"
print(session.client("sts", endpoint_url=sys.argv[2]).get_caller_identity()["Arn"])
`
    return runProgram(PYTHON, ['-c', program, profile, place.server.origin], { env: aws.env(place.home, env()) })
  },
  'the SDK for JavaScript': (profile) => {
    const program = `
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromIni } from '@aws-sdk/credential-providers'
const sts = new STSClient({ region: 'us-east-1', credentials: fromIni({ profile: process.argv[2] }) })
console.log((await sts.send(new GetCallerIdentityCommand({}))).Arn)
`
    const file = join(root, '.build', `sealed-sdk-${process.pid}.mjs`)
    writeFileSync(file, program)
    return runProgram(process.execPath, [file, profile], { env: { ...env(), AWS_ENDPOINT_URL: place.server.origin } })
  },
}

const MISSING: Readonly<Record<string, string | undefined>> = {
  'the AWS CLI': hasAwsCli ? undefined : 'there is no /usr/bin/aws (Debian: apt-get install awscli)',
  boto3: hasBoto3 ? undefined : 'this Python has no boto3 (Debian: apt-get install python3-boto3)',
}

for (const [name, run] of Object.entries(PROGRAMS)) {
  test(`${name} takes credentials through sealed profiles, and nothing is left in plain text`, async (context) => {
    const reason = missingSecretService ?? MISSING[name]
    context.skip(reason !== undefined, reason)
    for (const [profile, account] of ROLES) {
      // Names that need quotes are not found by this SDK, whatever the mode.
      if (profile === 'two words' && name.includes('JavaScript')) continue
      const { status, stdout, stderr } = await run(profile)
      expect([profile, status], stderr).toEqual([profile, 0])
      expect(stdout).toContain(`arn:aws:sts::${account}:assumed-role/`)
    }
    expect(place.search().filter(({ place: path }) => path.startsWith(place.home.path))).toEqual([])
    expect(aws.trap.asked).toEqual([])
  })
}
