/** The actions of organizations and their resources. */

import { organizationResourceArn } from '@mayfly/identity-center/organization/organization'
import { type ActionMapping, type Asking, keyed, requestTagKeys } from './asked-actions.ts'

/** Every member that names a resource, whatever the operation. */
const MEMBERS = [
  'AccountId',
  'OrganizationalUnitId',
  'RootId',
  'ParentId',
  'SourceParentId',
  'DestinationParentId',
  'TargetId',
  'ChildId',
  'PolicyId',
  'ResourceId',
  'HandshakeId',
]

/** An id tells what it is of by its form (§0.3). */
function arnOf(id: string, { organization, partition }: Asking): string | undefined {
  if (!organization) return undefined
  if (/^\d{12}$/.test(id)) return organizationResourceArn(organization, 'account', id)
  if (id.startsWith('ou-')) return organizationResourceArn(organization, 'ou', id)
  if (id.startsWith('r-')) return organizationResourceArn(organization, 'root', id)
  if (id.startsWith('p-FullAWS')) return `arn:${partition}:organizations::aws:policy/service_control_policy/${id}`
  if (id.startsWith('h-')) return organizationResourceArn(organization, 'handshake/invite', id)
  if (id.startsWith('p-')) return organizationResourceArn(organization, 'policy/service_control_policy', id)
  return undefined
}

export const organizationsActions: ActionMapping = (asking) => {
  const { operation, input, organization } = asking
  const ids = [...MEMBERS.flatMap((member) => input.texts(member)), ...input.object('Target').texts('Id')]
  const named = ids.flatMap((id) => arnOf(id, asking) ?? [])
  const created =
    operation === 'CreatePolicy' && organization
      ? [organizationResourceArn(organization, 'policy/service_control_policy', '*')]
      : []
  const resources = [...named, ...created]
  const type =
    input.text('PolicyType') ?? input.text('Type') ?? (/Polic/.test(operation) ? input.text('Filter') : undefined)
  const keys = {
    ...requestTagKeys(input),
    ...keyed('organizations:policytype', type),
    ...keyed('organizations:serviceprincipal', input.text('ServicePrincipal')),
  }
  return [{ action: `organizations:${operation}`, resources: resources.length === 0 ? ['*'] : resources, keys }]
}
