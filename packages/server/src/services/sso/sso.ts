/** Every operation of sso, the access portal's API. */

import type { Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { Service } from '../../operation/service.ts'
import { accounts } from './accounts.ts'
import { logout } from './logout.ts'
import { roleCredentials } from './role-credentials.ts'

export type Sso = Operations<typeof import('@aws-sdk/client-sso'), OperationContext>

const operations: Sso = { ...accounts, ...roleCredentials, ...logout }

export const sso: Service = {
  eventSource: 'sso.amazonaws.com',
  operations,
  audiences: { ListAccounts: 'user', ListAccountRoles: 'user', GetRoleCredentials: 'user', Logout: 'user' },
  readOnly: new Set(['ListAccounts', 'ListAccountRoles', 'GetRoleCredentials']),
  unknownOperation: 'UnknownOperationException',
}
