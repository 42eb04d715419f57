/** Every operation of identitystore. */

import { notImplemented, type Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { Service } from '../../operation/service.ts'

type Identitystore = Operations<typeof import('@aws-sdk/client-identitystore'), OperationContext>

const operations: Identitystore = {
  ...notImplemented(
    'CreateGroup',
    'CreateGroupMembership',
    'CreateUser',
    'DeleteGroup',
    'DeleteGroupMembership',
    'DeleteUser',
    'DescribeGroup',
    'DescribeGroupMembership',
    'DescribeUser',
    'GetGroupId',
    'GetGroupMembershipId',
    'GetUserId',
    'IsMemberInGroups',
    'ListGroupMemberships',
    'ListGroupMembershipsForMember',
    'ListGroups',
    'ListUsers',
    'UpdateGroup',
    'UpdateUser',
  ),
}

export const identitystore: Service = {
  eventSource: 'identitystore.amazonaws.com',
  operations,
  audiences: {},
  readOnly: new Set([]),
  unknownOperation: 'UnknownOperationException',
}
