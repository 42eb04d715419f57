import { describe, expect, test } from 'vitest'
import { checkInput, createValidationException } from './constraints.ts'
import { loadModel } from './models.ts'

const ssoAdmin = await loadModel('sso-admin')
const identitystore = await loadModel('identitystore')
const oidc = await loadModel('sso-oidc')
const portal = await loadModel('sso')
const organizations = await loadModel('organizations')

const InstanceArn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef'
const IdentityStoreId = 'd-0123456789'

describe('an input that breaks its model is refused in AWS’s words', () => {
  test('nothing to say about a good one', () => {
    const input = { InstanceArn, Name: 'ReadOnly', SessionDuration: 'PT8H', Tags: [{ Key: 'team', Value: '' }] }
    expect(checkInput(ssoAdmin, 'CreatePermissionSet', input)).toEqual([])
  })

  test('a required member that is missing', () => {
    expect(checkInput(ssoAdmin, 'CreatePermissionSet', { InstanceArn })).toEqual([
      "Value null at 'name' failed to satisfy constraint: Member must not be null",
    ])
  })

  test('pattern and length', () => {
    expect(checkInput(ssoAdmin, 'CreatePermissionSet', { InstanceArn, Name: 'a b'.repeat(11) })).toEqual([
      `Value '${'a b'.repeat(11)}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+`,
      `Value '${'a b'.repeat(11)}' at 'name' failed to satisfy constraint: Member must have length less than or equal to 32`,
    ])
    expect(checkInput(ssoAdmin, 'CreatePermissionSet', { InstanceArn, Name: '' })).toEqual([
      "Value '' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
      "Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ])
  })

  test('a set of values', () => {
    const input = {
      InstanceArn,
      TargetId: '111122223333',
      TargetType: 'ACCOUNT',
      PermissionSetArn: `arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef`,
      PrincipalType: 'USER',
      PrincipalId: '12345678-1234-1234-1234-123456789012',
    }
    expect(checkInput(ssoAdmin, 'CreateAccountAssignment', input)).toEqual([
      "Value 'ACCOUNT' at 'targetType' failed to satisfy constraint: Member must satisfy enum value set: [AWS_ACCOUNT]",
    ])
  })

  test('a range', () => {
    expect(checkInput(portal, 'ListAccounts', { accessToken: 't', maxResults: 101 })).toEqual([
      "Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    ])
    expect(checkInput(portal, 'ListAccounts', { accessToken: 't', maxResults: 0 })).toEqual([
      "Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ])
  })

  test('a member inside a list of structures, by its number', () => {
    const Tags = [{ Key: 'good', Value: '' }, { Key: '*', Value: '' }, { Value: '' }]
    expect(checkInput(ssoAdmin, 'CreatePermissionSet', { InstanceArn, Name: 'n', Tags })).toEqual([
      "Value '*' at 'tags.2.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: ([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)",
      "Value null at 'tags.3.member.key' failed to satisfy constraint: Member must not be null",
    ])
  })

  test('an item of a list of strings', () => {
    const input = { ResourceArn: InstanceArn, InstanceArn, TagKeys: ['good', ''] }
    expect(checkInput(ssoAdmin, 'UntagResource', input)).toEqual([
      "Value '[good, ]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: ([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)]",
    ])
  })

  test('a union with two members set, or none', () => {
    const user = { UserId: '12345678-1234-1234-1234-123456789012' }
    const input = (MemberId: unknown) => ({ IdentityStoreId, GroupId: user.UserId, MemberId })
    expect(checkInput(identitystore, 'GetGroupMembershipId', input(user))).toEqual([])
    expect(checkInput(identitystore, 'GetGroupMembershipId', input({}))).toEqual([
      "Value at 'memberId' failed to satisfy constraint: Member must have exactly one of its members set",
    ])
  })
})

describe('what is not echoed', () => {
  test('a secret', () => {
    const input = { IdentityStoreId, UserName: 'alice smith', DisplayName: 'Alice\u0001' }
    const messages = checkInput(identitystore, 'CreateUser', input)
    expect(messages.length).toBeGreaterThan(0)
    expect(messages.join()).not.toContain('alice smith')
    expect(messages.join()).not.toContain('Alice')
    expect(messages.join()).toMatch(/Value at 'userName' failed to satisfy constraint: Member must satisfy/)
  })

  test('more than the beginning of a long value', () => {
    const [message = ''] = checkInput(organizations, 'DescribeAccount', { AccountId: 'x'.repeat(100_000) })
    expect(message.length).toBeLessThan(500)
    expect(message).toContain(`${'x'.repeat(256)}...'`)
  })

  test('a list of structures', () => {
    const Tags = Array.from({ length: 76 }, (_, index) => ({ Key: `k${index}`, Value: '' }))
    expect(checkInput(ssoAdmin, 'CreatePermissionSet', { InstanceArn, Name: 'n', Tags })).toEqual([
      "Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 75",
    ])
  })

  test('more than a handful of a thousand mistakes', () => {
    const Tags = Array.from({ length: 1000 }, () => ({ Key: '', Value: '' }))
    expect(checkInput(ssoAdmin, 'CreatePermissionSet', { InstanceArn, Name: 'n', Tags })).toHaveLength(25)
  })
})

describe('what the models spell oddly', () => {
  test('a pattern is for the whole value, whatever anchors it has', () => {
    const refused = (id: string) => checkInput(identitystore, 'ListUsers', { IdentityStoreId: id }).length > 0
    expect(refused('d-0123456789')).toBe(false)
    expect(refused('12345678-1234-1234-1234-123456789012')).toBe(false)
    expect(refused('xd-0123456789')).toBe(true)
    expect(refused('d-0123456789\n')).toBe(true)
    const parent = (ParentId: string) => checkInput(organizations, 'ListAccountsForParent', { ParentId }).length > 0
    expect(parent('r-abcd')).toBe(false)
    expect(parent('r-abcd and more')).toBe(true)
  })

  test('length counts characters as people do, not halves of them', () => {
    const name = (Name: string) => checkInput(ssoAdmin, 'CreateInstance', { Name }).length
    expect(name('a'.repeat(255))).toBe(0)
    const note = { Target: { Id: 'x', Type: 'ACCOUNT' }, Notes: '😀'.repeat(1024) }
    expect(checkInput(organizations, 'InviteAccountToOrganization', note)).toEqual([])
  })

  test('names of members that every object has are names like any other', () => {
    const missing = "Value null at 'clientName' failed to satisfy constraint: Member must not be null"
    expect(checkInput(oidc, 'RegisterClient', Object.create({ clientName: 'inherited' }))).toContain(missing)
  })
})

test.each([
  ['sso-admin', 'ValidationException'],
  ['identitystore', 'ValidationException'],
  ['sso', 'InvalidRequestException'],
  ['sso-oidc', 'InvalidRequestException'],
  ['sts', 'ValidationError'],
  ['organizations', 'InvalidInputException'],
] as const)('%s refuses it with %s', (service, name) => {
  const one = createValidationException(service, ['first'])
  expect(one).toMatchObject({ name, message: '1 validation error detected: first' })
  expect(createValidationException(service, ['first', 'second']).message).toBe(
    '2 validation errors detected: first; second',
  )
})
