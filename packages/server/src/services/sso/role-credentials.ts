/** GetRoleCredentials: a portal token becomes the short-lived keys of one role. */

import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { Operations } from '@mayfly/wire/model/operations'
import { findIssuableSession } from '../../caller/person-session.ts'
import { getUserCaller, type OperationContext } from '../../operation/operation-context.ts'
import { describeIssued } from '../../role-credentials/issued-session.ts'
import { noAccess } from './no-access.ts'

type Sso = Operations<typeof import('@aws-sdk/client-sso'), OperationContext>

export const roleCredentials = {
  async GetRoleCredentials({ accountId, roleName }, context) {
    const wanted = { accountId: accountId as AccountId, roleName }
    const session = await findIssuableSession(wanted, getUserCaller(context), context)
    if (!session) throw noAccess()
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = await context.issuer.issue(session)
    context.actingFor.issued = describeIssued(session, accessKeyId)
    return { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAt.getTime() } }
  },
} satisfies Partial<Sso>
