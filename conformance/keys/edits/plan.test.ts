/** `mayfly keys plan` against the example server: what it shows of a key that lies in many files, and what it leaves alone. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { AwsCli, hasAwsCli } from '../../harness/aws-cli.ts'
import { DEVELOPMENT } from '../../harness/example.ts'
import { Home } from '../../harness/home.ts'
import { runMayfly } from '../../harness/mayfly.ts'
import { ServerProcess } from '../../harness/server-process.ts'

let server: ServerProcess
let aws: AwsCli
let home: Home
let key: { readonly id: string; readonly secret: string }
let laidOut: Readonly<Record<string, string>>

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
  const { AccessKey } = await asAlice('create-access-key', '--user-name', 'deploy')
  key = { id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey }
  laidOut = {
    '.aws/credentials': `[default]\naws_access_key_id = ${key.id}\naws_secret_access_key = ${key.secret}\n`,
    '.bashrc': `export AWS_ACCESS_KEY_ID=${key.id}\nexport AWS_SECRET_ACCESS_KEY="${key.secret}"\n`,
    'shop/.env': `PORT=1\nAWS_ACCESS_KEY_ID=${key.id}\nAWS_SECRET_ACCESS_KEY=${key.secret}\n`,
    '.s3cfg': `[default]\naccess_key = ${key.id}\nsecret_key = ${key.secret}\n`,
  }
  mkdirSync(join(home.path, 'shop'))
  for (const [name, text] of Object.entries(laidOut)) home.write(name, text)
})
afterEach(async () => {
  await asAlice('delete-access-key', '--user-name', 'deploy', '--access-key-id', key.id)
  await asAlice('delete-user', '--user-name', 'deploy')
  home?.remove()
})

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the test expects of it.
async function asAlice(...words: string[]): Promise<any> {
  const output = ['--profile', 'dev', '--region', 'us-east-1', '--output', 'json']
  const { status, stdout, stderr } = await aws.run(home, ['iam', ...words, ...output])
  if (status !== 0) throw new Error(stderr)
  return stdout.trim() === '' ? {} : JSON.parse(stdout)
}

const pathOf = (edit: { readonly foundAs: string }): string => edit.foundAs.slice(home.path.length)

test('it shows the profile, every line, what is by hand and what comes next, and changes no file', async () => {
  const { status, stdout, stderr } = await runMayfly(home, ['keys', 'plan', key.id])
  expect(stderr).toBe('')
  expect(status, stdout).toBe(0)
  expect(stdout).toContain(`Becomes    profile default: ReadOnlyAccess in ${DEVELOPMENT}`)
  expect(stdout).toContain('    ~/.aws/config\n')
  expect(stdout).toContain('+    2  AWS_PROFILE=default\n')
  expect(stdout).toContain('-    1  export AWS_ACCESS_KEY_ID=')
  expect(stdout).toContain(`="…${key.secret.slice(-4)}"\n`)
  expect(stdout).toContain('mayfly exec default -- s3cmd ls')
  expect(stdout).toContain(`mayfly keys retire ${key.id}`)
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  expect(stdout).not.toContain(key.secret.slice(-5))
  expect(stdout).not.toContain('\u001b')
  expect(stdout).toContain(`mayfly keys plan ${key.id} --snippets`)
  for (const [name, text] of Object.entries(laidOut)) expect(home.read(name)).toBe(text)
})

test('as JSON it has every member, no secret, and the same without asking anybody', async () => {
  const { stdout } = await runMayfly(home, ['keys', 'plan', '--json'])
  expect(stdout).not.toContain(key.secret.slice(-5))
  const [plan] = JSON.parse(stdout).plans
  expect(plan).toMatchObject({
    accessKeyId: key.id,
    accountId: DEVELOPMENT,
    state: 'live',
    userName: 'deploy',
    replacement: { profile: 'default', roleName: 'ReadOnlyAccess', session: 'acme' },
    obstacles: [],
    steps: [{ step: 'swap' }, { step: 'soak' }, { step: 'deactivate' }, { step: 'delete' }],
  })
  expect(plan.edits.map(pathOf).sort()).toEqual(['/.aws/config', '/.aws/credentials', '/.bashrc', '/shop/.env'])
  const offline = await runMayfly(home, ['keys', 'plan', 'default', '--offline', '--json'])
  const unasked = JSON.parse(offline.stdout).plans[0]
  expect(unasked).toMatchObject({ state: 'unknown', obstacles: [] })
  expect(unasked.edits.map(pathOf)).toEqual(plan.edits.map(pathOf))
})

test('a word that is neither a key nor a profile that has one is refused', async () => {
  const { status, stderr } = await runMayfly(home, ['keys', 'plan', 'dev'])
  expect([status, stderr]).toEqual([252, expect.stringContaining('neither the id of a long-term key')])
})
