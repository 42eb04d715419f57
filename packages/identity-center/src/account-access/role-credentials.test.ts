import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccountId, InstanceArn, UserId } from '../identifiers.ts'
import { systemRandom } from '../random.ts'
import { TestRandom } from '../testing/test-random.ts'
import {
  accountOfAccessKeyId,
  assumedRoleArn,
  createAccessKeyId,
  createRoleId,
  createRoleName,
  roleArn,
  roleSessionName,
} from './role-credentials.ts'

const accountId = '111122223333' as AccountId

test('a key id of AWS tells its account', () => {
  expect(accountOfAccessKeyId('ASIAQNZGKIQY56JQ7WML')).toBe('029608264753')
})

test('our key ids look like those of AWS and tell their account in the same way', () => {
  const account = fc.integer({ min: 0, max: 999_999_999_999 }).map((number) => String(number).padStart(12, '0'))
  fc.assert(
    fc.property(account, fc.constantFrom('AKIA' as const, 'ASIA' as const), (id, prefix) => {
      const accessKeyId = createAccessKeyId(id as AccountId, systemRandom, prefix)
      expect(accessKeyId).toMatch(/^(AKIA|ASIA)[A-Z2-7]{16}$/)
      expect(accountOfAccessKeyId(accessKeyId)).toBe(id)
    }),
  )
})

test('the way that tools decode a key id offline gives the account too', () => {
  const letters = createAccessKeyId(accountId, new TestRandom()).slice(4)
  const bits = [...letters].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  const firstSixBytes = BigInt(`0b${bits.join('').slice(0, 48)}`)
  expect(Number((firstSixBytes & 0x7fffffffff80n) >> 7n)).toBe(111_122_223_333)
})

test('key ids of one account differ', () => {
  const ids = Array.from({ length: 2000 }, () => createAccessKeyId(accountId, systemRandom))
  expect(new Set(ids).size).toBe(2000)
})

test('what is no key id has no account', () => {
  for (const text of [
    '',
    'ASIA',
    'AROAQNZGKIQY56JQ7WML',
    'ASIAQNZGKIQY56JQ7WM',
    'asiaqnzgkiqy56jq7wml',
    'ASIAQNZGKIQY56JQ7WM1',
    'ASIA7777777777777777',
  ])
    expect(accountOfAccessKeyId(text), text).toBeUndefined()
  fc.assert(
    fc.property(fc.string({ maxLength: 24 }), (text) => {
      const found = accountOfAccessKeyId(text)
      expect(found === undefined || /^\d{12}$/.test(found)).toBe(true)
    }),
  )
})

test('a role is named after its permission set, with a suffix that is new each time', () => {
  const random = new TestRandom()
  const [one, other] = [createRoleName('Admin', random), createRoleName('Admin', random)]
  expect(one).toMatch(/^AWSReservedSSO_Admin_[0-9a-f]{16}$/)
  expect(one).not.toBe(other)
  expect(createRoleName('a'.repeat(32), random)).toHaveLength(64)
  expect(createRoleId(random)).toMatch(/^AROA[A-Z2-7]{17}$/)
})

test('a role’s ARN names the region of every instance outside us-east-1, and the caller’s ARN no path', () => {
  const roleName = 'AWSReservedSSO_Admin_0123456789abcdef'
  expect(roleArn({ accountId, roleName, region: 'eu-west-1' })).toBe(
    `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/${roleName}`,
  )
  expect(roleArn({ accountId, roleName, region: 'us-east-1' })).toBe(
    `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/${roleName}`,
  )
  const instanceArn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef' as InstanceArn
  expect(assumedRoleArn({ instanceArn, accountId, roleName, sessionName: 'alice' })).toBe(
    `arn:aws:sts::111122223333:assumed-role/${roleName}/alice`,
  )
})

test('roles lie in the partition of their instance', () => {
  const roleName = 'AWSReservedSSO_Admin_0123456789abcdef'
  expect(roleArn({ accountId, roleName, region: 'cn-north-1' })).toMatch(
    /^arn:aws-cn:iam::111122223333:role\/.*\/cn-north-1\//,
  )
  const instanceArn = 'arn:aws-us-gov:sso:::instance/ssoins-0123456789abcdef' as InstanceArn
  expect(assumedRoleArn({ instanceArn, accountId, roleName, sessionName: 'alice' })).toMatch(/^arn:aws-us-gov:sts::/)
})

test('a role session is named after the user, and after the user’s id too when the name cannot be said', () => {
  const id = 'd0123456789-00000000-0000-4000-8000-000000000000' as UserId
  expect(roleSessionName({ userName: 'alice@example.com', id })).toEqual({ sessionName: 'alice@example.com' })
  expect(roleSessionName({ userName: 'zoë/admin', id })).toEqual({ sessionName: 'zo--admin', sourceIdentity: id })
  expect(roleSessionName({ userName: '😀', id })).toEqual({ sessionName: '--', sourceIdentity: id })
  expect(roleSessionName({ userName: 'a'.repeat(70), id })).toEqual({ sessionName: 'a'.repeat(64), sourceIdentity: id })
})

test('whatever the user name, STS takes the session name', () => {
  const id = 'user' as UserId
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 128, unit: 'binary' }), (userName) => {
      expect(roleSessionName({ userName, id }).sessionName).toMatch(/^[\w+=,.@-]{2,64}$/)
    }),
  )
})
