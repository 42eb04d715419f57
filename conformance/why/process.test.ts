/** Profiles whose credentials come from another program, or are long-term access keys; and the table of causes is whole. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { CAUSES } from '../../packages/cli/src/diagnosis/causes.ts'
import { root } from '../harness/root.ts'
import { ServerProcess } from '../harness/server-process.ts'
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

const withProcess = (command: string): void =>
  patient.home.write('.aws/config', `[profile dev]\nregion = us-east-1\ncredential_process = ${command}\n`)

test('helper-missing: the program is not there', async () => {
  withProcess('/opt/nowhere/keys --role x')
  const answer = await patient.ask()
  expect(faultsOf(answer)).toEqual(['helper-missing'])
  expect(toldOf(answer, 'helper-missing')).toContain('/opt/nowhere/keys')
})

test('process-failed: the first line of what it said, without what may be a secret', async () => {
  const secret = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY'
  withProcess(`/bin/sh -c "echo 'no session for ${secret}' >&2; echo more >&2; exit 3"`)
  const answer = await patient.ask()
  expect(faultsOf(answer)).toEqual(['process-failed'])
  expect(toldOf(answer, 'process-failed')).toContain('no session for [hidden]')
  expect(JSON.stringify(answer)).not.toContain(secret)
  expect(toldOf(answer, 'process-failed')).not.toContain('more')
})

test.each([
  ["/bin/echo 'nothing of that kind'", 'did not print JSON'],
  [`/bin/echo '{"Version": 2}'`, "Unsupported version '2'"],
])('process-failed: %s', async (command, said) => {
  withProcess(command)
  expect(toldOf(await patient.ask(), 'process-failed')).toContain(said)
})

test('process-failed: a program that waits for somebody is not waited for', async () => {
  withProcess('/bin/sleep 14')
  expect(await patient.faults()).toEqual(['process-failed'])
}, 45_000)

test('a program that hands out credentials is healthy, and is not run offline', async () => {
  withProcess(`/bin/echo '{"Version": 1, "AccessKeyId": "AKIAX", "SecretAccessKey": "hush"}'`)
  const answer = await patient.ask()
  expect(answer).toMatchObject({ verdict: 'healthy', causes: [] })
  withProcess('/opt/nowhere/keys')
  expect(await patient.ask(['dev', '--offline'])).toMatchObject({ verdict: 'unchecked', causes: [] })
})

test('keys-refused: in the words of STS', async () => {
  patient.home.write('.aws/config', '[profile dev]\nregion = us-east-1\n')
  patient.home.write(
    '.aws/credentials',
    '[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = hush\n',
  )
  const answer = await patient.ask(['dev'], { env: { AWS_ENDPOINT_URL_STS: server.origin } })
  expect(faultsOf(answer)).toEqual(['keys-refused'])
  expect(toldOf(answer, 'keys-refused')).toContain('InvalidClientTokenId')
  expect(toldOf(answer, 'keys-refused')).toContain('AKIA…MPLE')
})

test('every cause that can be named is produced by a test here', () => {
  const folder = join(root, 'conformance/why')
  const tests = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
  const silent = Object.keys(CAUSES).filter((cause) => !tests.includes(`'${cause}'`))
  expect(silent).toEqual([])
})
