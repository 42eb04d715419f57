/**
 * Adds an organization of a size to the example that a database holds, through the store's own classes: run with the
 * database's address and the thousandths of the design point.
 */

import type { AccountAssignment, Principal } from '@mayfly/identity-center/account-access/account-assignment'
import { systemClock } from '@mayfly/identity-center/clock'
import { before, days, hours, minutes } from '@mayfly/identity-center/duration'
import type {
  AccountId,
  GroupId,
  GroupMembershipId,
  IdentityStoreId,
  InstanceArn,
  PermissionSetArn,
  UserId,
} from '@mayfly/identity-center/identifiers'
import { openStore, type Store } from '@mayfly/store'
import * as organization from './organization.ts'

const [url = '', thousandths = ''] = process.argv.slice(2)
const size = organization.sizeOf(Number(thousandths) as organization.Scale)
const { accountId, groupId, permissionSetArn, userId } = organization

const identityStoreId = organization.IDENTITY_STORE as IdentityStoreId
const instanceArn = organization.INSTANCE_ARN as InstanceArn
const createdAt = new Date()
/** Young enough to be kept while it is measured, and older than all that happens meanwhile. */
const OLDEST_EVENT = before(createdAt, days(80))

const EVENTS: readonly (readonly [source: string, name: string])[] = [
  ['sso.amazonaws.com', 'GetRoleCredentials'],
  ['sso.amazonaws.com', 'ListAccounts'],
  ['sso-oauth.amazonaws.com', 'CreateToken'],
  ['sso.amazonaws.com', 'ListAccountRoles'],
  ['signin.amazonaws.com', 'UserAuthentication'],
  ['sts.amazonaws.com', 'GetCallerIdentity'],
  ['sso.amazonaws.com', 'CreateAccountAssignment'],
]

const store = await openStore({ url, clock: systemClock })
try {
  await insertAccounts(store)
  await insertDirectory(store)
  await insertAssignments(store)
  await insertAuditEvents(store)
} finally {
  await store.close()
}
console.log('ready loaded')

/** Single inserts that come together are committed together, on either engine. */
async function inParts(count: number, insert: (number: number) => Promise<unknown>, size = 2000): Promise<void> {
  for (let start = 0; start < count; start += size) {
    const part = Array.from({ length: Math.min(size, count - start) }, (_, index) => insert(start + index))
    await Promise.all(part)
  }
}

async function insertAccounts({ accounts, organizations, permissionSets }: Store): Promise<void> {
  const founded = await organizations.find()
  if (!founded) throw new Error('there is no organization to add to')
  await inParts(size.accounts, (number) =>
    accounts.insert({
      id: accountId(number) as AccountId,
      name: `Workload ${String(number).padStart(5, '0')}`,
      email: `aws-workload-${number}@acme.example`,
      parentId: founded.rootId,
      joinedMethod: 'CREATED',
      createdAt,
    }),
  )
  await inParts(size.permissionSets, (number) =>
    permissionSets.insert({
      arn: permissionSetArn(number) as PermissionSetArn,
      instanceArn,
      name: `Work-${String(number).padStart(4, '0')}`,
      description: 'What one kind of work needs',
      sessionDuration: hours(4),
      managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      customerManagedPolicies: [],
      createdAt,
      version: 1,
    }),
  )
}

async function insertDirectory({ users, groups, groupMemberships }: Store): Promise<void> {
  const common = { identityStoreId, createdAt, updatedAt: createdAt }
  await inParts(size.users, (number) =>
    users.insert({
      ...common,
      id: userId(number) as UserId,
      userName: organization.userName(number),
      displayName: `Given${number} Family${number % 5000}`,
      givenName: `Given${number}`,
      familyName: `Family${number % 5000}`,
      email: `user-${number}@acme.example`,
      status: 'ENABLED',
    }),
  )
  await inParts(size.groups, (number) =>
    groups.insert({ ...common, id: groupId(number) as GroupId, displayName: `Team ${number}`, description: 'A team' }),
  )
  const join = (group: number, member: number, id = userId(member)) =>
    groupMemberships.insert({
      id: organization.membershipId(group, member) as GroupMembershipId,
      identityStoreId,
      groupId: groupId(group) as GroupId,
      userId: id as UserId,
      createdAt,
    })
  await inParts(size.members, (member) => join(0, member))
  await inParts(size.groups * 10, (number) => {
    const group = Math.floor(number / 10)
    return group === 0 ? Promise.resolve() : join(group, (group * 7 + (number % 10) * 11) % size.users)
  })
  const alice = await users.findByUserName('alice')
  if (alice) await join(0, -1, alice.id)
}

/** The largest group holds one set everywhere; the rest is spread over users, groups and sets. */
async function insertAssignments(store: Store): Promise<void> {
  const assigned = (account: number, set: number, principal: Principal): AccountAssignment => ({
    instanceArn,
    accountId: accountId(account) as AccountId,
    permissionSetArn: permissionSetArn(set) as PermissionSetArn,
    principal,
    createdAt,
  })
  const user = (number: number): Principal => ({ type: 'USER', id: userId(number % size.users) as UserId })
  const group = (number: number): Principal => ({ type: 'GROUP', id: groupId(number) as GroupId })
  const spread = (account: number, number: number): AccountAssignment => {
    const set = 1 + ((account * 7 + (number % 9)) % (size.permissionSets - 1))
    const place = account * size.assignmentsPerAccount + number
    return assigned(account, set, number % 4 === 0 ? user(place) : group(1 + (place % (size.groups - 1))))
  }
  const insertAll = (assignments: readonly AccountAssignment[]) =>
    store.transaction(async (tx) => {
      for (const assignment of assignments) await tx.accountAssignments.insert(assignment)
    })
  await inParts(
    size.accounts,
    (account) => {
      const others = Array.from({ length: size.assignmentsPerAccount - 1 }, (_, index) => spread(account, index + 1))
      return insertAll([assigned(account, organization.COMMON_SET, group(0)), ...others])
    },
    8,
  )
  await insertAll(Array.from({ length: size.holders }, (_, number) => assigned(0, organization.HOT_SET, user(number))))
}

async function insertAuditEvents({ auditEvents }: Store): Promise<void> {
  const step = (days(80) - minutes(10)) / size.auditEvents
  await inParts(size.auditEvents, (number) => {
    const [eventSource, eventName] = EVENTS[number % EVENTS.length] ?? ['', '']
    const id = userId(number % size.users)
    return auditEvents.insert({
      eventId: crypto.randomUUID(),
      eventTime: new Date(OLDEST_EVENT.getTime() + Math.floor(number * step)),
      eventSource,
      eventName,
      requestId: crypto.randomUUID(),
      sourceAddress: '192.0.2.1',
      userAgent: 'aws-cli/2.36.7 md/awscrt#0.29.2 ua/2.1 os/linux',
      userIdentity: {
        type: 'IdentityCenterUser',
        onBehalfOf: { userId: id, identityStoreArn: `arn:aws:identitystore::${organization.MANAGEMENT}:identitystore` },
      },
      requestParameters: { accountId: accountId(number % size.accounts), roleName: 'Work-0000' },
      readOnly: number % 7 !== 6,
      ...(number % 50 === 0 ? { errorCode: 'ForbiddenException', errorMessage: 'No access' } : {}),
    })
  })
}
