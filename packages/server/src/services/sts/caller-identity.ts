/** GetCallerIdentity and GetAccessKeyInfo: whose credentials these are. */

import { accountOfAccessKeyId } from '@mayfly/identity-center/account-access/role-credentials'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Operations } from '@mayfly/wire/model/operations'
import { getAccountCaller, type OperationContext } from '../../operation/operation-context.ts'

type Sts = Operations<typeof import('@aws-sdk/client-sts'), OperationContext>

export const callerIdentity = {
  GetCallerIdentity(_input, context) {
    const caller = getAccountCaller(context)
    const userId = caller.type === 'iam-user' ? caller.iamUserId : `${caller.roleId}:${caller.sessionName}`
    return { UserId: userId, Account: caller.accountId, Arn: caller.arn }
  },

  GetAccessKeyInfo({ AccessKeyId }) {
    // The key id carries the account (§0.3), so every key has an answer, also one that has expired.
    const account = accountOfAccessKeyId(AccessKeyId)
    if (account === undefined) throw new Refusal('invalid', 'The access key id carries no account.')
    return { Account: account }
  },
} satisfies Partial<Sts>
