/** Every operation of sso-admin. */

import { notImplemented, type Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { Service } from '../../operation/service.ts'
import { accountAssignmentRequests } from './account-assignment-requests.ts'
import { accountAssignments } from './account-assignments.ts'
import { applicationAccessScopes } from './application-access-scopes.ts'
import { applicationAssignments } from './application-assignments.ts'
import { applicationAuthenticationMethods } from './application-authentication-methods.ts'
import { applicationGrants } from './application-grants.ts'
import { applicationProviders } from './application-providers.ts'
import { applications } from './applications.ts'
import { instanceAccessControlAttributes } from './instance-access-control-attributes.ts'
import { instances } from './instances.ts'
import { permissionSetPolicies } from './permission-set-policies.ts'
import { permissionSets } from './permission-sets.ts'
import { permissionsBoundary } from './permissions-boundary.ts'
import { provisioning } from './provisioning.ts'
import { tags } from './tags.ts'
import { trustedTokenIssuers } from './trusted-token-issuers.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>

/** Whoever signs with role credentials; what they allow is asked centrally. */
const answered = {
  ...accountAssignmentRequests,
  ...accountAssignments,
  ...instanceAccessControlAttributes,
  ...instances,
  ...permissionSetPolicies,
  ...permissionSets,
  ...permissionsBoundary,
  ...provisioning,
  ...tags,
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
    'DescribeRegion',
    'GetApplicationSessionConfiguration',
    'ListRegions',
    'PutApplicationSessionConfiguration',
    'RemoveRegion',
  ),
}

export const ssoAdmin: Service = {
  eventSource: 'sso.amazonaws.com',
  operations,
  audiences: Object.fromEntries(Object.keys(answered).map((name) => [name, 'role' as const])),
  readOnly: new Set(Object.keys(answered).filter((name) => /^(Describe|Get|List)/.test(name))),
  unknownOperation: 'UnknownOperationException',
}
