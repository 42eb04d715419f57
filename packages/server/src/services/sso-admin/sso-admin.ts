/** Every operation of sso-admin. */

import { notImplemented, type Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { Service } from '../../operation/service.ts'
import { applicationAccessScopes } from './application-access-scopes.ts'
import { applicationAssignments } from './application-assignments.ts'
import { applicationAuthenticationMethods } from './application-authentication-methods.ts'
import { applicationGrants } from './application-grants.ts'
import { applicationProviders } from './application-providers.ts'
import { applications } from './applications.ts'
import { trustedTokenIssuers } from './trusted-token-issuers.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>

/** Whoever signs with role credentials; what they allow is asked centrally. */
const answered = {
  ...applicationAccessScopes,
  ...applicationAssignments,
  ...applicationAuthenticationMethods,
  ...applicationGrants,
  ...applicationProviders,
  ...applications,
  ...trustedTokenIssuers,
}

const operations: SsoAdmin = {
  ...answered,
  ...notImplemented(
    'AddRegion',
    'AttachCustomerManagedPolicyReferenceToPermissionSet',
    'AttachManagedPolicyToPermissionSet',
    'CreateAccountAssignment',
    'CreateInstance',
    'CreateInstanceAccessControlAttributeConfiguration',
    'CreatePermissionSet',
    'DeleteAccountAssignment',
    'DeleteInlinePolicyFromPermissionSet',
    'DeleteInstance',
    'DeleteInstanceAccessControlAttributeConfiguration',
    'DeletePermissionSet',
    'DeletePermissionsBoundaryFromPermissionSet',
    'DescribeAccountAssignmentCreationStatus',
    'DescribeAccountAssignmentDeletionStatus',
    'DescribeInstance',
    'DescribeInstanceAccessControlAttributeConfiguration',
    'DescribePermissionSet',
    'DescribePermissionSetProvisioningStatus',
    'DescribeRegion',
    'DetachCustomerManagedPolicyReferenceFromPermissionSet',
    'DetachManagedPolicyFromPermissionSet',
    'GetApplicationSessionConfiguration',
    'GetInlinePolicyForPermissionSet',
    'GetPermissionsBoundaryForPermissionSet',
    'ListAccountAssignmentCreationStatus',
    'ListAccountAssignmentDeletionStatus',
    'ListAccountAssignments',
    'ListAccountAssignmentsForPrincipal',
    'ListAccountsForProvisionedPermissionSet',
    'ListCustomerManagedPolicyReferencesInPermissionSet',
    'ListInstances',
    'ListManagedPoliciesInPermissionSet',
    'ListPermissionSetProvisioningStatus',
    'ListPermissionSets',
    'ListPermissionSetsProvisionedToAccount',
    'ListRegions',
    'ListTagsForResource',
    'ProvisionPermissionSet',
    'PutApplicationSessionConfiguration',
    'PutInlinePolicyToPermissionSet',
    'PutPermissionsBoundaryToPermissionSet',
    'RemoveRegion',
    'TagResource',
    'UntagResource',
    'UpdateInstance',
    'UpdateInstanceAccessControlAttributeConfiguration',
    'UpdatePermissionSet',
  ),
}

export const ssoAdmin: Service = {
  eventSource: 'sso.amazonaws.com',
  operations,
  audiences: Object.fromEntries(Object.keys(answered).map((name) => [name, 'role' as const])),
  readOnly: new Set(Object.keys(answered).filter((name) => /^(Describe|Get|List)/.test(name))),
  unknownOperation: 'UnknownOperationException',
}
