/** The actions of identitystore, and of what Mayfly adds to it, with their resources. */

import type { GroupMembershipId } from '@mayfly/identity-center/identifiers'
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

/** What the input calls by something else than its id, which is all that a policy knows. */
type Found = Readonly<Partial<Record<Kind, string | undefined>>>

async function findNamed({ operation, input, store }: Asking): Promise<Found> {
  const membershipId = input.text('MembershipId')
  if (membershipId !== undefined) {
    const membership = await store.groupMemberships.findById(membershipId as GroupMembershipId)
    return membership ? { group: membership.groupId, user: membership.userId } : {}
  }
  const identifier = input.object('AlternateIdentifier')
  const attribute = identifier.object('UniqueAttribute')
  const [path, value] = [attribute.text('AttributePath')?.toLowerCase(), attribute.text('AttributeValue') ?? '']
  const external = identifier.object('ExternalId')
  const externalId = { issuer: external.text('Issuer') ?? '', id: external.text('Id') ?? '' }
  if (operation === 'GetGroupId') {
    if (path === undefined) return { group: await store.groups.findByExternalId(externalId) }
    return { group: (await store.groups.findByDisplayName(value))?.id }
  }
  if (operation !== 'GetUserId') return {}
  if (path === undefined) return { user: await store.users.findByExternalId(externalId) }
  return {
    user: (await (path === 'username' ? store.users.findByUserName(value) : store.users.findByEmail(value)))?.id,
  }
}

/** Twice what an id has: hundreds of long ones would keep the evaluator busy before the model refuses them. */
const LONGEST_ID = 100

function resourcesOf(kind: Kind, found: Found, { input, partition }: Asking): string[] {
  const named = MEMBERS[kind].flatMap((member) => input.texts(member))
  const member = kind === 'user' ? input.object('MemberId').texts('UserId') : []
  const asked = [...named, ...member, ...(found[kind] === undefined ? [] : [found[kind]])]
  const ids = asked.filter((id) => id.length <= LONGEST_ID)
  return (ids.length === 0 ? ['*'] : ids).map((id) => `arn:${partition}:identitystore:::${kind}/${id}`)
}

export const identityStoreActions: ActionMapping = async (asking) => {
  const { operation, input, instance, partition } = asking
  const id = input.text('IdentityStoreId') ?? '*'
  const store = `arn:${partition}:identitystore::${instance.ownerAccountId}:identitystore/${id}`
  const found = await findNamed(asking)
  const kinds = KINDS[operation] ?? []
  const resources = [store, ...kinds.flatMap((kind) => resourcesOf(kind, found, asking))]
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
