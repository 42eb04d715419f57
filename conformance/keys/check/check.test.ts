/** `keys check` as it is shipped, asking a running server about keys of its IAM users. */

import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { DEVELOPMENT } from '../../harness/example.ts'
import { Home } from '../../harness/home.ts'
import { runMayfly } from '../../harness/mayfly.ts'
import { ServerProcess } from '../../harness/server-process.ts'
import { credentialsFile, type IamAccount, type MadeKey, openIamAccount } from './iam-account.ts'

let server: ServerProcess
let home: Home
let account: IamAccount
let key: MadeKey
let count = 0
let userName: string

beforeAll(async () => {
  server = await ServerProcess.start()
})
afterAll(() => server?.stop())
beforeEach(async () => {
  home = new Home()
  home.writeConfig(server.startUrl, [{ name: 'dev', accountId: DEVELOPMENT, roleName: 'AdministratorAccess' }])
  await runMayfly(home, ['login', '--profile', 'dev'])
  account = await openIamAccount(home, server.origin, 'dev')
  count += 1
  userName = `deploy-${count}`
  key = await account.createUser(userName, ['s3:GetObject', 'sqs:*'])
  home.write('.aws/credentials', credentialsFile({ old: key }))
})
afterEach(() => home?.remove())

/** Every run: no secret in what it prints. */
async function check(...words: string[]) {
  const run = await runMayfly(home, ['keys', 'check', ...words], { env: { AWS_ENDPOINT_URL: server.origin } })
  expect(run.stdout + run.stderr).not.toContain(key.secret.slice(0, 20))
  return run
}

async function checkOne(...words: string[]) {
  const { stdout, stderr, status } = await check(...words, '--json')
  expect(stderr).toBe('')
  const { keys } = JSON.parse(stdout)
  return { status, ...keys.find(({ accessKeyId }: { accessKeyId: string }) => accessKeyId === key.id) }
}

const lastUse = async () => {
  const { AccessKeyLastUsed } = await account.call('GetAccessKeyLastUsed', { AccessKeyId: key.id })
  return (AccessKeyLastUsed as { LastUsedDate?: Date }).LastUsedDate
}

test('asked as a role of the account, everything is known and the key is not used', async () => {
  const found = await checkOne()
  expect(found).toMatchObject({
    status: 1,
    accountId: DEVELOPMENT,
    state: 'live',
    isRoot: false,
    userName,
    arn: `arn:aws:iam::${DEVELOPMENT}:user/${userName}`,
    lastUsed: { at: null },
    policies: [{ name: 'own', way: 'inline', arn: null, groupName: null }],
    isEveryPolicyKnown: true,
    cannot: [],
    askedAs: [`ReadOnlyAccess in ${DEVELOPMENT}`],
    places: [{ type: 'file', path: `${home.path}/.aws/credentials`, line: 2 }],
  })
  expect(await lastUse()).toBeUndefined()
})

test('signed out, the key itself is asked with, and the next check knows that the use was ours', async () => {
  await runMayfly(home, ['logout'])
  expect(await checkOne('old')).toMatchObject({
    state: 'live',
    userName,
    lastUsed: null,
    askedAs: ['the key itself'],
  })
  expect(await lastUse()).toBeInstanceOf(Date)
  await runMayfly(home, ['login', '--profile', 'dev'])
  expect(await checkOne('old', '--as', 'dev')).toMatchObject({ lastUsed: { isOurs: true }, askedAs: ['profile dev'] })
  expect((await check('old')).stdout).toContain('by Mayfly')
})

test('inactive, deleted, and with another secret: each is told apart', async () => {
  await account.call('UpdateAccessKey', { UserName: userName, AccessKeyId: key.id, Status: 'Inactive' })
  expect(await checkOne()).toMatchObject({ status: 0, state: 'inactive' })
  const second = await account.createKey(userName)
  expect(await checkOne()).toMatchObject({ otherKeys: [{ accessKeyId: second.id, status: 'Active' }] })
  await account.call('DeleteAccessKey', { UserName: userName, AccessKeyId: key.id })
  const gone = await checkOne()
  expect(gone).toMatchObject({ status: 0, state: 'dead' })
  expect(gone.reason).toContain('InvalidClientTokenId')
  expect(await checkOne('--no-signing')).toMatchObject({
    state: 'dead',
    reason: expect.stringContaining('none of the'),
  })
  home.write('.aws/credentials', credentialsFile({ old: { id: second.id, secret: key.secret } }))
  await runMayfly(home, ['logout'])
  const { stdout } = await check('old')
  expect(stdout).toContain('SignatureDoesNotMatch')
})

test('a person reads a card of one key, a table of several, and the next command', async () => {
  const one = await check(key.id)
  expect(one.status).toBe(1)
  expect(one.stdout).toContain(`Account    ${DEVELOPMENT}`)
  expect(one.stdout).toContain('Lies in    ~/.aws/credentials:2')
  expect(one.stdout).toContain(`mayfly keys plan ${key.id}`)
  const other = await account.createUser(`reader-${count}`, ['s3:*'])
  home.write('.aws/credentials', credentialsFile({ old: key, other }))
  const { stdout } = await check()
  expect(stdout.split('\n')[0]).toMatch(/^KEY +STATE +USER +AGE +LAST USED$/)
  expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true)
})

test('a server that does not answer is told, with exit code 255', async () => {
  await runMayfly(home, ['logout'])
  const { status, stdout } = await runMayfly(home, ['keys', 'check', 'old'], {
    env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
  })
  expect(status).toBe(255)
  expect(stdout).toContain('not reached: Could not connect to the endpoint URL')
})

test('a server that answers nonsense is told, and even --debug holds no secret', async () => {
  await runMayfly(home, ['logout'])
  const nonsense = createServer((_, response) => response.writeHead(500, { 'x-amzn-errortype': 'Odd' }).end('<a'))
  await new Promise<void>((resolve) => nonsense.listen(0, '127.0.0.1', resolve))
  const { port } = nonsense.address() as AddressInfo
  try {
    const env = { AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` }
    const { status, stdout, stderr } = await runMayfly(home, ['keys', 'check', 'old', '--debug'], {
      env,
      timeout: 60_000,
    })
    expect(status).toBe(255)
    expect(stdout).toContain('State      unknown')
    expect(stdout + stderr).not.toContain(key.secret.slice(0, 20))
  } finally {
    nonsense.close()
  }
})

test('two checks at once both note their use', async () => {
  await runMayfly(home, ['logout'])
  await Promise.all([check('old'), check('old'), check('old')])
  const { uses } = JSON.parse(home.read('.mayfly/own-uses.json') ?? '{}')
  expect(uses[key.id]).toHaveLength(3)
})

test('what keys find printed is checked, the secret read from its place again', async () => {
  const { stdout } = await runMayfly(home, ['keys', 'find', '--json'])
  home.write('found.json', stdout)
  expect(stdout).not.toContain(key.secret.slice(0, 20))
  expect(await checkOne('--from', `${home.path}/found.json`)).toMatchObject({ state: 'live' })
})

test('a key that only a history of Git holds is checked, as keys find has found it', async () => {
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd: join(home.path, 'shop') })
  home.write('shop/main.tf', `access_key = "${key.id}"\nsecret_key = "${key.secret}"\n`)
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'one')
  git('rm', '-q', 'main.tf')
  git('commit', '-qm', 'two')
  home.write('.aws/credentials', '')
  const { stdout, status } = await check()
  expect([status, stdout]).toEqual([1, expect.stringMatching(/live[\s\S]*Lies in +main\.tf:1 in commit/)])
})

test('a word that names nothing is refused', async () => {
  const { status, stderr } = await check('nope')
  expect(status).toBe(252)
  expect(stderr).toContain('mayfly keys find')
  expect((await check('dev')).stderr).toContain('holds no long-term access key')
})
