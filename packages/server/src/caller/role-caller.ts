/** A role session becomes a caller. */

import { assumedRoleArn, reservedRolePath } from '@mayfly/identity-center/account-access/role-credentials'
import type { RoleSession } from '../role-credentials/issuer.ts'
import type { RoleCaller } from './caller.ts'

interface Shown {
  readonly by: RoleCaller['by']
  readonly accessKeyId: string
  /** The instance's, which is in the path of every reserved role. */
  readonly region: string
}

/** Whoever holds the session, as every operation sees it. */
export function createRoleCaller(session: RoleSession, { by, accessKeyId, region }: Shown): RoleCaller {
  const { accountId, roleName, roleId, sessionName, permissionSetArn, userId, sessionId, sourceIdentity } = session
  return {
    type: 'role',
    by,
    accountId,
    roleName,
    rolePath: session.rolePath ?? reservedRolePath(region),
    roleId,
    sessionName,
    arn: assumedRoleArn(session),
    ...(permissionSetArn === undefined ? {} : { permissionSetArn }),
    ...(userId === undefined ? {} : { userId }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    ...(session.webIdentity === undefined ? {} : { webIdentity: session.webIdentity }),
    tags: session.tags ?? {},
    transitiveTagKeys: session.transitiveTagKeys ?? [],
    ...(session.sessionPolicies === undefined ? {} : { sessionPolicies: session.sessionPolicies }),
    chained: session.chain !== undefined,
    accessKeyId,
    issuedAt: session.issuedAt,
    expiresAt: session.expiresAt,
    session,
  }
}
