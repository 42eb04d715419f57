import { expect, test } from 'vitest'
import type { AccountId, ApplicationArn, InstanceArn } from '../identifiers.ts'
import { TestRandom } from '../testing/test-random.ts'
import {
  createApplicationArn,
  createSignInOptions,
  DEFAULT_APPLICATION_SCOPES,
  grantScopes,
  isApplicationArn,
  isAuthorizedTarget,
} from './application.ts'

const accountId = '111122223333' as AccountId
const instanceArn = 'arn:aws-cn:sso:::instance/ssoins-0123456789abcdef' as InstanceArn

test("an application's ARN lies in the instance's partition, and is told from a client id", () => {
  const arn = createApplicationArn({ accountId, instanceArn }, new TestRandom())
  expect(arn).toMatch(/^arn:aws-cn:sso::111122223333:application\/ssoins-0123456789abcdef\/apl-[0-9a-f]{16}$/)
  expect(isApplicationArn(arn)).toBe(true)
  for (const other of ['', 'x'.repeat(80), `${arn}0`, ` ${arn}`, `${arn}\n`])
    expect(isApplicationArn(other)).toBe(false)
})

test('sign-in at the application needs to know where that is', () => {
  expect(() => createSignInOptions('APPLICATION')).toThrow(expect.objectContaining({ code: 'invalid' }))
  expect(createSignInOptions('APPLICATION', 'https://a.example/')).toHaveProperty('applicationUrl')
  expect(createSignInOptions('IDENTITY_CENTER')).toEqual({ origin: 'IDENTITY_CENTER' })
})

test('no token is without a scope, and none has more than may be had', () => {
  expect(grantScopes(undefined, [])).toEqual(DEFAULT_APPLICATION_SCOPES)
  expect(grantScopes([], ['a:b'])).toEqual([...DEFAULT_APPLICATION_SCOPES, 'a:b'])
  expect(grantScopes(['a:b', 'a:b'], ['a:b', 'c:d'])).toEqual(['a:b', ...DEFAULT_APPLICATION_SCOPES])
  expect(grantScopes(['openid'], ['a:b'])).toEqual(['openid', 'aws', 'sts:identity_context'])
  expect(grantScopes(['a:b'], [])).toBeUndefined()
})

test('a scope without targets may not be passed on; the instance as a target means every application', () => {
  const one = { arn: 'one' as ApplicationArn, instanceArn }
  expect(isAuthorizedTarget({ scope: 's', authorizedTargets: [] }, one)).toBe(false)
  expect(isAuthorizedTarget({ scope: 's', authorizedTargets: ['two'] }, one)).toBe(false)
  expect(isAuthorizedTarget({ scope: 's', authorizedTargets: ['two', 'one'] }, one)).toBe(true)
  expect(isAuthorizedTarget({ scope: 's', authorizedTargets: [instanceArn] }, one)).toBe(true)
})
