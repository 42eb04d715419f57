/** Every operation of the own service: what AWS shows in its console and publishes no API for. */

import type { Service } from '../../operation/service.ts'
import { audit } from './audit.ts'
import { effectiveAccess } from './effective-access.ts'
import type { Mayfly } from './mayfly-handlers.ts'
import { search } from './search.ts'
import { settings } from './settings.ts'
import { userAccess } from './user-access.ts'
import { userLinks } from './user-links.ts'
import { userSessions } from './user-sessions.ts'

const operations: Mayfly = {
  ...audit,
  ...effectiveAccess,
  ...search,
  ...settings,
  ...userAccess,
  ...userLinks,
  ...userSessions,
}

const names = Object.keys(operations)

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
