/** Every operation of the own service: what AWS shows in its console and publishes no API for. */

import { notImplemented } from '@mayfly/wire/model/operations'
import type { Service } from '../../operation/service.ts'
import { audit } from './audit.ts'
import { effectiveAccess } from './effective-access.ts'
import type { Mayfly } from './mayfly-handlers.ts'
import { settings } from './settings.ts'

/** All that is answered: a file's handlers are spread in here, and their names leave the list below. */
const answered = { ...audit, ...effectiveAccess, ...settings } satisfies Partial<Mayfly>

const operations: Mayfly = {
  ...answered,
  ...notImplemented(
    'DeleteUserMfaDevice',
    'DescribeUserAccess',
    'EndUserSession',
    'EndUserSessions',
    'InviteUser',
    'ListUserSessions',
    'ResetUserMfa',
    'ResetUserPassword',
    'Search',
    'SetUserStatus',
    'UnlockUser',
  ),
}

const names = Object.keys(answered)

export const mayfly: Service = {
  eventSource: 'mayfly',
  operations,
  audiences: Object.fromEntries(names.map((name) => [name, 'role'])),
  readOnly: new Set(names.filter((name) => /^(Describe|Get|List|Search)/.test(name))),
  eventNames: {
    DeleteUserMfaDevice: 'DeleteMfaDeviceForUser',
    ResetUserMfa: 'DeleteMfaDevicesOfUser',
    EndUserSession: 'BatchDeleteSession',
    EndUserSessions: 'BatchDeleteSession',
    ListUserSessions: 'ListSessions',
    InviteUser: 'CreateInvitationLink',
    ResetUserPassword: 'CreatePasswordResetLink',
    SetUserStatus: ({ Status }) => (Status === 'ENABLED' ? 'EnableUser' : 'DisableUser'),
    UpdateSettings: 'UpdateSSOConfiguration',
  },
  unknownOperation: 'UnknownOperationException',
}
