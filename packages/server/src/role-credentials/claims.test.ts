import type {
  AccountId,
  GroupId,
  InstanceArn,
  PermissionSetArn,
  SessionId,
  UserId,
} from '@mayfly/identity-center/identifiers'
import { expect, test } from 'vitest'
import { fromClaims, toClaims } from './claims.ts'
import type { RoleSession } from './issuer.ts'

const person = {
  instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef' as InstanceArn,
  accountId: '222233334444' as AccountId,
  permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef' as PermissionSetArn,
  roleName: 'AWSReservedSSO_AdministratorAccess_0123456789abcdef',
  roleId: 'AROAABCDEFGHIJKLMNOPQ',
  sessionName: 'alice',
  userId: '1234567890-00000000-0000-8000-a000-000000000001' as UserId,
  sessionId: '00000000-0000-4000-8000-000000000002' as SessionId,
  issuedAt: new Date('2030-01-01T00:00:00Z'),
  expiresAt: new Date('2030-01-01T01:00:00Z'),
}
const { accountId, permissionSetArn, userId } = person
const own: RoleSession = { ...person, assignment: { accountId, permissionSetArn, through: [userId] } }

const again = (session: RoleSession): RoleSession => fromClaims(JSON.parse(JSON.stringify(toClaims(session))))

test('a session of each kind comes back as it was', () => {
  const byGroups: RoleSession = {
    ...person,
    assignment: { accountId, permissionSetArn, through: [userId, 'g-1' as GroupId] },
    tags: { Team: 'blue', ['__proto__']: 'x' },
    sourceIdentity: 'alice',
  }
  const { permissionSetArn: _, ...rest } = byGroups
  const chained: RoleSession = {
    ...rest,
    accountId: '333344445555' as AccountId,
    rolePath: '/team/',
    transitiveTagKeys: ['Team'],
    sessionPolicies: { inline: '{}', arns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
    chain: [{ accountId, roleId: person.roleId, issuedAt: person.issuedAt }],
  }
  const { userId: _user, sessionId: _session, assignment: _assignment, chain: _chain, ...outside } = chained
  const webIdentity: RoleSession = {
    ...outside,
    webIdentity: { provider: 'id.example/x', audience: 'aud', subject: 'sub' },
  }
  for (const session of [own, byGroups, chained, webIdentity]) expect(again(session)).toEqual(session)
})

test('what a server of before sealed is a session that its person holds by an assignment of their own', () => {
  const before = { i: person.instanceArn, a: accountId, p: permissionSetArn, r: person.roleName, d: person.roleId }
  const rest = {
    n: 'alice',
    u: userId,
    s: person.sessionId,
    t: person.issuedAt.getTime(),
    e: person.expiresAt.getTime(),
  }
  expect(fromClaims({ ...before, ...rest })).toEqual(own)
})

test('the plain session of a person costs no more than it did before', () => {
  expect(JSON.stringify(toClaims(own)).length).toBeLessThan(420)
})
