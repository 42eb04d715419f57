/** The tables of the organization: its units, its policies, its delegated administrators. */

import type { CreateAccountRequest } from '@mayfly/identity-center/organization/create-account-request'
import type {
  DelegatedAdministrator,
  ServiceAccess,
} from '@mayfly/identity-center/organization/delegated-administrator'
import type { Handshake } from '@mayfly/identity-center/organization/handshake'
import type { Organization } from '@mayfly/identity-center/organization/organization'
import type { OrganizationPolicy, PolicyAttachment } from '@mayfly/identity-center/organization/organization-policy'
import type { OrganizationalUnit } from '@mayfly/identity-center/organization/organizational-unit'
import type { RowOf } from '../codec.ts'

export interface OrganizationSchema {
  organizations: RowOf<Organization>
  organizational_units: RowOf<OrganizationalUnit>
  organization_policies: RowOf<OrganizationPolicy>
  policy_attachments: RowOf<PolicyAttachment>
  service_access: RowOf<ServiceAccess>
  delegated_administrators: RowOf<DelegatedAdministrator>
  create_account_requests: RowOf<CreateAccountRequest>
  handshakes: RowOf<Handshake>
}
