/** Logout: the access token and the portal session behind it end at once. */

import type { Operations } from '@mayfly/wire/model/operations'
import { endSession } from '../../caller/session-end.ts'
import { getUserCaller, type OperationContext } from '../../operation/operation-context.ts'

type Sso = Operations<typeof import('@aws-sdk/client-sso'), OperationContext>

export const logout = {
  async Logout(_input, context) {
    // Role credentials live on until they expire, as they do at AWS (§2.10).
    await endSession(getUserCaller(context).session.id, { roleCredentials: 'live-on' }, context)
    return {}
  },
} satisfies Partial<Sso>
