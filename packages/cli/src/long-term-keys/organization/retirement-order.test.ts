import { expect, test } from 'vitest'
import type { AuditedAccount, AuditedKey, AuditedUser } from './audited-account.ts'
import { rankKeys, TIER_WORDS, TIERS } from './retirement-order.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const ago = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000)

let made = 0
const key = (age: number, used?: number | 'unknown', status: AuditedKey['status'] = 'Active'): AuditedKey => {
  made += 1
  return {
    accessKeyId: `AKIA${String(made).padStart(16, 'Q')}`,
    status,
    createdAt: ago(age),
    ...(used !== 'unknown' && {
      lastUsed: used === undefined ? {} : { at: ago(used), service: 's3', region: 'eu-west-1' },
    }),
  }
}
const user = (userName: string, keys: readonly AuditedKey[], more: Partial<AuditedUser> = {}): AuditedUser => ({
  userName,
  password: 'no',
  breadth: 'narrow',
  keys,
  ...more,
})
const account = (users: readonly AuditedUser[], more: Partial<AuditedAccount> = {}): AuditedAccount => ({
  accountId: '111122223333',
  roleName: 'ReadOnlyAccess',
  readAt: NOW,
  hasRootKeys: false,
  users,
  cannot: [],
  ...more,
})
const order = (...accounts: readonly AuditedAccount[]): readonly string[] =>
  rankKeys(accounts, NOW).map(({ rank, tier, userName = 'root' }) => `${rank} ${tier} ${userName}`)

test('root first; then what nobody uses, wide before narrow; then off, spare, persons, machines, new ones', () => {
  const users = [
    user('machine', [key(200, 1)]),
    user('new', [key(3)]),
    user('person', [key(200, 1)], { password: 'yes' }),
    user('two', [key(300, 40), key(10, 0)]),
    user('off', [key(500, 100, 'Inactive')], { breadth: 'everything' }),
    user('unused', [key(100)]),
    user('wide', [key(100, 95)], { breadth: 'wide' }),
  ]
  expect(order(account(users), account([], { accountId: '999900001111', hasRootKeys: true }))).toEqual([
    '1 root root',
    '2 unused-wide wide',
    '3 unused unused',
    '4 inactive off',
    '5 spare two',
    '6 person person',
    '7 machine machine',
    '8 machine two',
    '9 new new',
  ])
})

test('within a step: what may do most, then what was used least lately, then what is oldest', () => {
  const users = [
    user('a-narrow-longest', [key(900, 800)]),
    user('b-unknown', [key(300, 200)], { breadth: 'unknown' }),
    user('c-narrow', [key(300, 200)]),
    user('d-narrow-never', [key(300)]),
    user('e-narrow-older', [key(400, 200)]),
  ]
  expect(order(account(users)).map((line) => line.split(' ')[2])).toEqual([
    'b-unknown',
    'd-narrow-never',
    'a-narrow-longest',
    'e-narrow-older',
    'c-narrow',
  ])
})

test('the same keys in another order of accounts and users are ranked alike', () => {
  const users = ['b', 'a', 'c'].map((name) => user(name, [{ ...key(100, 5), accessKeyId: `AKIA${name}` }]))
  expect(order(account(users))).toEqual(order(account(users.toReversed())))
})

test('a key of which nobody can say when it was used is not called unused', () => {
  const [ranked] = rankKeys([account([user('x', [key(500, 'unknown')])])], NOW)
  expect(ranked).toMatchObject({
    tier: 'machine',
    reasons: expect.arrayContaining(['nobody could say when it was last used']),
  })
})

test('a key that was used in the future, by a clock that differs, was used today', () => {
  const [ranked] = rankKeys([account([user('x', [key(-1, -1)])])], NOW)
  expect(ranked).toMatchObject({ tier: 'machine', age: 0, idle: 0 })
  expect(ranked?.reasons[0]).toBe('last used today for s3 in eu-west-1')
})

test('each key says why, in sentences', () => {
  const [ranked] = rankKeys([account([user('x', [key(800, 400)], { breadth: 'everything', password: 'yes' })])], NOW)
  expect(ranked?.reasons).toEqual([
    'last used 400 days ago for s3 in eu-west-1',
    'its user may do everything',
    'a person signs in as its user',
    'made 800 days ago',
  ])
})

test('two keys that were used on the same day are both in use', () => {
  expect(order(account([user('x', [key(300, 1), key(20, 0.5)])])).every((line) => line.includes('machine'))).toBe(true)
})

test('every step has its words', () => {
  for (const tier of TIERS) for (const text of Object.values(TIER_WORDS[tier])) expect(text.length).toBeGreaterThan(5)
})
