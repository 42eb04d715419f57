/** GetRoleCredentials: a portal token becomes the short-lived keys of one role. */

import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { Operations } from '@mayfly/wire/model/operations'
import { getUserCaller, type OperationContext } from '../../operation/operation-context.ts'
import { createPersonSession } from '../../role-credentials/person-session.ts'
import { noAccess } from './no-access.ts'

type Sso = Operations<typeof import('@aws-sdk/client-sso'), OperationContext>

export const roleCredentials = {
  async GetRoleCredentials({ accountId, roleName }, context) {
    const { user, session, asOf } = getUserCaller(context)
    const role = await context.store.effectiveAccess.findRole(user.id, accountId as AccountId, roleName)
    if (!role) throw noAccess()
    const instance = await context.instance()
    const roleSession = createPersonSession({ user, session, role, instance, tags: {} }, asOf)
    const credentials = await context.issuer.issue(roleSession)
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = credentials
    return { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAt.getTime() } }
  },
} satisfies Partial<Sso>
