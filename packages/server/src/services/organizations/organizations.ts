/** Every operation of organizations. */

import { notImplemented } from '@mayfly/wire/model/operations'
import type { Audience, Service } from '../../operation/service.ts'
import { accountCreation } from './account-creation.ts'
import { accounts } from './accounts.ts'
import type { OrganizationsApi } from './change.ts'
import { delegatedAdministrators } from './delegated-administrators.ts'
import { handshakes } from './handshakes.ts'
import { organization } from './organization.ts'
import { policies } from './policies.ts'
import { policyAttachments } from './policy-attachments.ts'
import { rootsAndUnits } from './roots-and-units.ts'
import { serviceAccess } from './service-access.ts'
import { tags } from './tags.ts'

const answered = {
  ...accountCreation,
  ...accounts,
  ...delegatedAdministrators,
  ...handshakes,
  ...organization,
  ...policies,
  ...policyAttachments,
  ...rootsAndUnits,
  ...serviceAccess,
  ...tags,
} satisfies Partial<OrganizationsApi>

const operations: OrganizationsApi = {
  ...answered,
  ...notImplemented(
    'AcceptHandshake',
    'CancelHandshake',
    'CreateGovCloudAccount',
    'DeclineHandshake',
    'DeleteResourcePolicy',
    'DescribeEffectivePolicy',
    'DescribeResourcePolicy',
    'DescribeResponsibilityTransfer',
    'EnableAllFeatures',
    'InviteOrganizationToTransferResponsibility',
    'LeaveOrganization',
    'ListAccountsWithInvalidEffectivePolicy',
    'ListEffectivePolicyValidationErrors',
    'ListHandshakesForAccount',
    'ListHandshakesForOrganization',
    'ListInboundResponsibilityTransfers',
    'ListOutboundResponsibilityTransfers',
    'PutResourcePolicy',
    'TerminateResponsibilityTransfer',
    'UpdateResponsibilityTransfer',
  ),
}

const names = Object.keys(answered)

export const organizations: Service = {
  eventSource: 'organizations.amazonaws.com',
  operations,
  audiences: Object.fromEntries(names.map((name): [string, Audience] => [name, 'role'])),
  readOnly: new Set(names.filter((name) => /^(Describe|List)/.test(name))),
  unknownOperation: 'UnknownOperationException',
}
