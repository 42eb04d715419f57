/** GetRoleCredentials: a portal token becomes the short-lived keys of one role. */

import { roleSessionName } from '@mayfly/identity-center/account-access/role-credentials'
import { after } from '@mayfly/identity-center/duration'
import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { Operations } from '@mayfly/wire/model/operations'
import { getUserCaller, type OperationContext } from '../../operation/operation-context.ts'
import { noAccess } from './no-access.ts'

type Sso = Operations<typeof import('@aws-sdk/client-sso'), OperationContext>

export const roleCredentials = {
  async GetRoleCredentials({ accountId, roleName }, context) {
    const { user, session } = getUserCaller(context)
    const role = await context.store.effectiveAccess.findRole(user.id, accountId as AccountId, roleName)
    if (!role) throw noAccess()
    const { arn } = await context.instance()
    const issuedAt = context.clock.now()
    const credentials = await context.issuer.issue({
      instanceArn: arn,
      accountId: role.accountId,
      permissionSetArn: role.permissionSetArn,
      roleName: role.roleName,
      roleId: role.roleId,
      ...roleSessionName(user),
      userId: user.id,
      sessionId: session.id,
      issuedAt,
      // The whole session duration, however little is left of the portal session (§3.2).
      expiresAt: after(issuedAt, role.sessionDuration),
    })
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = credentials
    return { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAt.getTime() } }
  },
} satisfies Partial<Sso>
