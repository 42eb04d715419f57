import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hashOf } from '@mayfly/identity-center/secret'
import { openStore } from '@mayfly/store'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { refresh, roleCredentials, signInWithPkce } from '../testing/journeys.ts'
import { startTestServer, type TestServer } from '../testing/test-server.ts'
import type { CommandContext } from './command.ts'
import { COMMANDS, findCommand } from './commands.ts'

let server: TestServer
let folder: string
let printed: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mayfly-'))
  server = await startTestServer({ databaseUrl: `sqlite:${join(folder, 'mayfly.db')}` })
  printed = []
})
afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

/** As an operator does it: in a process of its own, while the server runs. */
async function run(line: string): Promise<void> {
  const words = line.split(' ')
  const command = findCommand(words)
  if (!command) throw new Error(`There is no command ${line}.`)
  const { config, clock, random } = server.context
  const context: CommandContext = {
    words: words.slice(command.words.length),
    config,
    clock,
    random,
    print: (text) => void printed.push(text),
    openStore: () => openStore({ url: config.databaseUrl, clock, random }),
  }
  await command.run(context)
}

test('no two commands begin with the same words', () => {
  for (const command of COMMANDS) expect(findCommand(command.words)).toBe(command)
})

test('users list prints every user and whether it is enabled', async () => {
  await run('users list')
  expect(printed).toEqual(['alice\tAlice Anders\tENABLED', 'bob\tBob Brandt\tENABLED'])
})

test('users disable ends what a user has, and users enable lets it sign in again', async () => {
  const { client, tokens } = await signInWithPkce(server, 'bob')
  const role = { accountId: '222233334444', roleName: 'ReadOnlyAccess' }
  const credentials = await roleCredentials(server.client('sso'), tokens.accessToken, role)
  await run('users disable BOB')
  expect(printed).toEqual(['bob is disabled.'])
  await expect(refresh(server, client, tokens.refreshToken)).rejects.toMatchObject({ name: 'InvalidGrantException' })
  await server.context.revocations.refresh()
  const identify = server.client('sts', { credentials }).call('GetCallerIdentity', {})
  await expect(identify).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  await run('users enable bob')
  const { items } = await server.context.store.auditEvents.list({ page: { limit: 50 } })
  expect(items.map(({ eventName }) => eventName)).toEqual(expect.arrayContaining(['DisableUser', 'EnableUser']))
  await expect(signInWithPkce(server, 'bob')).resolves.toHaveProperty('tokens')
})

test('users unlock forgets what was counted against a user, whatever its name is written like', async () => {
  const { signInAttempts, users } = server.context.store
  const bob = await users.findByUserName('bob')
  const subjects = ['user:bob', `mfa:${bob?.id}`, `user-code:${bob?.id}`] as const
  for (const subject of subjects) await signInAttempts.count(subject, server.context.clock.now())
  await signInAttempts.count('user:alice', server.context.clock.now())
  await run('users unlock Bob')
  expect(printed).toEqual(['bob may try again.'])
  for (const subject of subjects) expect(await signInAttempts.find(subject)).toBeUndefined()
  expect(await signInAttempts.find('user:alice')).toMatchObject({ count: 1 })
})

test('a user that is not there is refused with what to do', async () => {
  await expect(run('users disable carol')).rejects.toMatchObject({
    code: 'not-found',
    hint: 'mayfly-server users list',
  })
})

test('users first-administrator prints a link whose token only its holder knows; an earlier one is void', async () => {
  await run('users first-administrator')
  await run('users first-administrator')
  const [first, second] = printed.map((link) => link.replace('http://localhost:7373/link/', ''))
  const { oneTimeLinks } = server.context.store
  expect(await oneTimeLinks.find(hashOf(first ?? ''))).toBeUndefined()
  expect(await oneTimeLinks.find(hashOf(second ?? ''))).toMatchObject({ purpose: 'first-administrator' })
})

test('client-files writes rule sets whose one rule leads here', async () => {
  await run(`client-files ${folder}`)
  for (const service of ['sso/2019-06-10', 'sso-oidc/2019-06-10', 'sts/2011-06-15']) {
    const ruleSet = JSON.parse(await readFile(join(folder, service, 'endpoint-rule-set-1.json'), 'utf8'))
    expect(ruleSet.version).toBe('1.0')
    expect(ruleSet.rules).toMatchObject([
      { conditions: [], endpoint: { url: 'http://localhost:7373' }, type: 'endpoint' },
    ])
  }
})
