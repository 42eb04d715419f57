/** The actions of identitystore, and of what Mayfly adds to it, with their resources. */

import type { ActionMapping, Asking } from './asked-actions.ts'

type Kind = 'user' | 'group' | 'membership'

/** What each operation is about besides its identity store; an id that the input does not tell is `*`. */
const KINDS: Readonly<Record<string, readonly Kind[]>> = {
  CreateGroupMembership: ['group', 'user'],
  DeleteGroup: ['group'],
  DeleteGroupMembership: ['group', 'membership', 'user'],
  DeleteUser: ['user'],
  DescribeGroup: ['group'],
  DescribeGroupMembership: ['group', 'membership', 'user'],
  DescribeUser: ['user'],
  GetGroupId: ['group'],
  GetGroupMembershipId: ['group', 'membership', 'user'],
  GetUserId: ['user'],
  IsMemberInGroups: ['membership', 'group', 'user'],
  ListGroupMemberships: ['membership', 'group'],
  ListGroupMembershipsForMember: ['membership', 'user'],
  ListGroups: ['group'],
  ListUsers: ['user'],
  UpdateGroup: ['group'],
  UpdateUser: ['user'],
}

const MEMBERS: Readonly<Record<Kind, readonly string[]>> = {
  user: ['UserId'],
  group: ['GroupId', 'GroupIds'],
  membership: ['MembershipId'],
}

function resourcesOf(kind: Kind, { input, partition }: Asking): string[] {
  const named = MEMBERS[kind].flatMap((member) => input.texts(member))
  const member = kind === 'user' ? input.object('MemberId').texts('UserId') : []
  const ids = [...named, ...member]
  return (ids.length === 0 ? ['*'] : ids).map((id) => `arn:${partition}:identitystore:::${kind}/${id}`)
}

export const identityStoreActions: ActionMapping = (asking) => {
  const { operation, input, instance, partition } = asking
  const id = input.text('IdentityStoreId') ?? '*'
  const store = `arn:${partition}:identitystore::${instance.ownerAccountId}:identitystore/${id}`
  const kinds = KINDS[operation] ?? []
  const resources = [store, ...kinds.flatMap((kind) => resourcesOf(kind, asking))]
  return [
    { action: `identitystore:${operation}`, resources, keys: { 'identitystore:primaryregion': [instance.region] } },
  ]
}

/** The own service is about a user, an account, or everything. */
export const mayflyActions: ActionMapping = (asking) => {
  const { operation, input, partition } = asking
  const user = input.text('UserId')
  const account = input.text('AccountId')
  const resource =
    user !== undefined
      ? `arn:${partition}:identitystore:::user/${user}`
      : account !== undefined
        ? `arn:${partition}:sso:::account/${account}`
        : '*'
  return [{ action: `mayfly:${operation}`, resources: [resource] }]
}
