/** The pages that must cost the same however large the organization is. Either one fills each page of these sizes. */

import {
  accountId,
  COMMON_SET,
  groupId,
  HOT_SET,
  IDENTITY_STORE,
  INSTANCE_ARN,
  permissionSetArn,
  type Size,
  userId,
} from './organization.ts'
import type { JsonCall, JsonService } from './signed-calls.ts'

export interface PageCase {
  readonly name: string
  /** Undefined: ListAccounts of the portal. */
  readonly call?: (size: Size) => JsonCall
  /** Items in a page; undefined where there are no pages. */
  readonly items?: number
  /** Eight, unless it says otherwise. */
  readonly connections?: number
}

const page =
  (service: JsonService, operation: string, input: (size: Size) => Record<string, unknown>) =>
  (size: Size): JsonCall => ({ service, operation, input: input(size) })

const inStore = { IdentityStoreId: IDENTITY_STORE }
const ofInstance = { InstanceArn: INSTANCE_ARN }
const ofHotSet = { ...ofInstance, AccountId: accountId(0), PermissionSetArn: permissionSetArn(HOT_SET) }
const ofCommonSet = { ...ofInstance, PermissionSetArn: permissionSetArn(COMMON_SET) }

const identityStore = (operation: string, input: object) =>
  page('identitystore', operation, () => ({ ...inStore, ...input }))
const admin = (operation: string, input: object) => page('sso-admin', operation, () => ({ ...input }))
const events = (filter: object) => page('mayfly', 'ListAuditEvents', () => ({ ...filter }))
const search = (Text: string) => page('mayfly', 'Search', () => ({ Text }))

/** The last user is in two small groups, and not in the largest. */
const lastUser = ({ users }: Size): string => userId(users - 1)
/** The first is in the largest group, which gets into every account. */
const firstUser = (): string => userId(0)

export const PAGE_CASES: readonly PageCase[] = [
  { name: 'ListUsers', call: identityStore('ListUsers', {}), items: 100 },
  { name: 'ListGroups', call: identityStore('ListGroups', {}), items: 20 },
  {
    name: 'ListGroupMemberships (the largest group)',
    call: identityStore('ListGroupMemberships', { GroupId: groupId(0) }),
    items: 20,
  },
  {
    name: 'ListGroupMembershipsForMember',
    call: page('identitystore', 'ListGroupMembershipsForMember', (size) => ({
      ...inStore,
      MemberId: { UserId: lastUser(size) },
    })),
    items: 2,
  },
  { name: 'ListAccounts (organizations)', call: page('organizations', 'ListAccounts', () => ({})), items: 10 },
  { name: 'ListAccounts (portal, all accounts)', items: 10 },
  { name: 'ListAccountAssignments', call: admin('ListAccountAssignments', ofHotSet), items: 10 },
  {
    name: 'ListAccountAssignmentsForPrincipal (user)',
    call: page('sso-admin', 'ListAccountAssignmentsForPrincipal', () => ({
      ...ofInstance,
      PrincipalType: 'USER',
      PrincipalId: firstUser(),
    })),
    items: 5,
  },
  { name: 'ListPermissionSets', call: admin('ListPermissionSets', ofInstance), items: 10 },
  {
    name: 'ListPermissionSetsProvisionedToAccount',
    call: admin('ListPermissionSetsProvisionedToAccount', { ...ofInstance, AccountId: accountId(0) }),
    items: 5,
  },
  {
    name: 'ListAccountsForProvisionedPermissionSet',
    call: admin('ListAccountsForProvisionedPermissionSet', ofCommonSet),
    items: 5,
  },
  {
    name: 'ListEffectiveAccessForUser (some)',
    call: page('mayfly', 'ListEffectiveAccessForUser', (size) => ({ UserId: lastUser(size) })),
    items: 5,
  },
  {
    name: 'ListEffectiveAccessForUser (everywhere)',
    call: page('mayfly', 'ListEffectiveAccessForUser', () => ({ UserId: firstUser() })),
    items: 5,
  },
  {
    name: 'ListEffectiveAccessForAccount',
    call: page('mayfly', 'ListEffectiveAccessForAccount', () => ({ AccountId: accountId(0) })),
    items: 20,
  },
  { name: 'Search (a user by the name)', call: search('user-9') },
  { name: 'Search (one account)', call: search(accountId(3)) },
  { name: 'Search (what is not there)', call: search('zzzz') },
  { name: 'ListAuditEvents', call: events({}), items: 50 },
  { name: 'ListAuditEvents (of a name)', call: events({ EventName: 'CreateAccountAssignment' }), items: 50 },
  { name: 'ListAuditEvents (of a source)', call: events({ EventSource: 'signin.amazonaws.com' }), items: 50 },
  { name: 'ListAuditEvents (errors)', call: events({ ErrorsOnly: true }), items: 10 },
  { name: 'ListAuditEvents (of a user)', call: events({ UserId: userId(1) }), items: 10 },
  {
    name: 'ListAuditEvents (of a name and a user)',
    call: events({ UserId: userId(1), EventName: 'ListAccounts' }),
    items: 1,
  },
  // Three megabytes, which the console fetches for one page of its own.
  { name: 'GetAccessMatrix', call: page('mayfly', 'GetAccessMatrix', () => ({})), connections: 1 },
]
