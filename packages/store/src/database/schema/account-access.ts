/** The tables of permission sets, their provisioning and their assignments that the first step did not make. */

import type { AccessControlAttributeConfiguration } from '@mayfly/identity-center/account-access/access-control-attributes'
import type {
  AccountAssignmentRequest,
  ProvisioningRequest,
} from '@mayfly/identity-center/account-access/account-assignment-request'
import type { PermissionSetVersion } from '@mayfly/identity-center/account-access/permission-set'
import type { Tag } from '@mayfly/identity-center/tag'
import type { RowOf } from '../codec.ts'

/** A request with its principal in two columns. */
export interface FlatAssignmentRequest extends Omit<AccountAssignmentRequest, 'principal'> {
  readonly principalType: 'USER' | 'GROUP'
  readonly principalId: string
}

/** A tag, and the ARN of what carries it. */
export interface FlatTag extends Tag {
  readonly resourceArn: string
}

export interface AccountAccessSchema {
  permission_set_versions: RowOf<PermissionSetVersion>
  account_assignment_requests: RowOf<FlatAssignmentRequest>
  provisioning_requests: RowOf<ProvisioningRequest>
  tags: RowOf<FlatTag>
  access_control_attribute_configurations: RowOf<AccessControlAttributeConfiguration>
}
