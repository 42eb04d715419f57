/** Every account and role is read once, also when somebody pulls the plug. */

import { hours, minutes } from '@mayfly/identity-center/duration'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { expect, test } from 'vitest'
import type { CachedToken } from '../sign-in/token-cache.ts'
import { createTestMachine, type TestMachine } from '../testing/test-machine.ts'
import { type Enumeration, enumerateAccess } from './enumeration.ts'
import { openPartialAccess } from './partial-access.ts'
import type { Portal } from './portal.ts'

const SESSION = { sessionName: 'acme', startUrl: 'https://acme.awsapps.com/start' }
const TOKEN: CachedToken = {
  startUrl: SESSION.startUrl,
  region: 'us-east-1',
  accessToken: 'access-1',
  refreshToken: 'refresh-1',
  expiresAt: new Date('2026-11-21T09:00:00Z'),
}

const idOf = (number: number): string => String(100_000_000_000 + number)

/** A portal of forty accounts that fails as told; `asked` are the accounts whose roles were asked for. */
function createPortal(fail: (accountId: string, time: number) => Error | undefined = () => undefined) {
  const asked: string[] = []
  const portal: Portal = {
    listAccounts: async () => Array.from({ length: 40 }, (_, number) => ({ accountId: idOf(number) })),
    async listRoles(accountId) {
      asked.push(accountId)
      const error = fail(accountId, asked.length)
      if (error) throw error
      return ['Admin', 'ReadOnly']
    },
  }
  return { portal, asked }
}

const read = async (machine: TestMachine, portal: Portal, token = TOKEN): Promise<Enumeration> =>
  enumerateAccess({ portal, partial: await openPartialAccess(machine, SESSION, token), onProgress: () => undefined })

test('every account has its roles, in the order of their ids', async () => {
  const { portal } = createPortal()
  const { accounts, unread } = await read(createTestMachine(), portal)
  expect(accounts).toHaveLength(40)
  expect(accounts[3]).toEqual({ accountId: idOf(3), roles: ['Admin', 'ReadOnly'] })
  expect(unread).toEqual([])
})

const CUT = new Error('connection cut')

test('a run after one that was cut off asks for the rest alone', async () => {
  const machine = createTestMachine()
  const first = createPortal((_, time) => (time > 20 ? CUT : undefined))
  await expect(read(machine, first.portal)).rejects.toBe(CUT)
  const second = createPortal()
  const { accounts } = await read(machine, second.portal)
  expect(second.asked).toHaveLength(20)
  expect(accounts.every(({ roles }) => roles.length === 2)).toBe(true)
})

test.each([
  ['after an hour', TOKEN, hours(1)],
  ['by somebody who has signed in since', { ...TOKEN, accessToken: 'access-2', refreshToken: 'refresh-2' }, minutes(1)],
] as const)('%s everything is asked again', async (_, token, later) => {
  const machine = createTestMachine()
  await read(machine, createPortal((_account, time) => (time > 20 ? CUT : undefined)).portal).catch(() => undefined)
  await machine.clock.advance(later)
  const { portal, asked } = createPortal()
  await read(machine, portal, token)
  expect(asked).toHaveLength(40)
})

test('a refreshed token is the same sign-in, and what is kept says nothing of any token', async () => {
  const machine = createTestMachine()
  await read(machine, createPortal((_account, time) => (time > 20 ? CUT : undefined)).portal).catch(() => undefined)
  for (const [path, { content }] of machine.disk)
    expect(Buffer.from(content).toString(), path).not.toMatch(/access-1|refresh-1/)
  const { portal, asked } = createPortal()
  await read(machine, portal, { ...TOKEN, accessToken: 'access-2' })
  expect(asked).toHaveLength(20)
})

test('a torn or foreign file is as none, and what a killed run left is taken away', async () => {
  const machine = createTestMachine()
  await read(machine, createPortal((_account, time) => (time > 20 ? CUT : undefined)).portal).catch(() => undefined)
  const [path = ''] = [...machine.disk.keys()].filter((name) => name.endsWith('.partial.json'))
  const leftover = path.replace(/([^/]+)$/, '.$1.1234.tmp')
  machine.disk.set(leftover, { content: Buffer.from('{'), mode: 0o600 })
  machine.disk.set(path, { content: Buffer.from('{"version":1,"roles":{'), mode: 0o600 })
  const { portal, asked } = createPortal()
  await read(machine, portal)
  expect(asked).toHaveLength(40)
  expect(machine.disk.has(leftover)).toBe(false)
})

test('an account that the portal says no to does not hold up the others', async () => {
  const { portal } = createPortal((accountId) =>
    accountId === idOf(7) ? new ServiceException('ForbiddenException', 'No access') : undefined,
  )
  const { accounts, unread } = await read(createTestMachine(), portal)
  expect(unread).toEqual([{ accountId: idOf(7), reason: 'ForbiddenException: No access' }])
  expect(accounts.filter(({ roles }) => roles.length === 2)).toHaveLength(39)
})

test('an ended session ends the reading, and a portal that fails for everybody is not asked to the last', async () => {
  for (const name of ['UnauthorizedException', 'InternalServerException']) {
    const { portal, asked } = createPortal(() => new ServiceException(name, 'no'))
    await expect(read(createTestMachine(), portal)).rejects.toMatchObject({ name })
    expect(asked.length).toBeLessThan(40)
  }
})
