/** Every operation of identitystore. */

import type { Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { Service } from '../../operation/service.ts'
import { groupMemberships } from './group-memberships.ts'
import { groups } from './groups.ts'
import { users } from './users.ts'

type Identitystore = Operations<typeof import('@aws-sdk/client-identitystore'), OperationContext>

const operations: Identitystore = { ...users, ...groups, ...groupMemberships }

const names = Object.keys(operations)

export const identitystore: Service = {
  eventSource: 'identitystore.amazonaws.com',
  operations,
  audiences: Object.fromEntries(names.map((name) => [name, 'role'])),
  readOnly: new Set(names.filter((name) => /^(Describe|Get|Is|List)/.test(name))),
  unknownOperation: 'UnknownOperationException',
}
