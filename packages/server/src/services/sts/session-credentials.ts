/** What only long-term keys may ask of STS: a session gets AWS's answer, and a key is told that it is here to be retired. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Operations } from '@mayfly/wire/model/operations'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { OperationContext } from '../../operation/operation-context.ts'

type Sts = Operations<typeof import('@aws-sdk/client-sts'), OperationContext>

export const sessionCredentials = {
  GetSessionToken(_input, context) {
    throw refuse('GetSessionToken', context)
  },

  GetFederationToken(_input, context) {
    throw refuse('GetFederationToken', context)
  },

  /** No answer of this server holds an encoded message: a denial says in plain words what was missing. */
  DecodeAuthorizationMessage() {
    throw new ServiceException('InvalidAuthorizationMessageException', 'The message was not encoded by this server.', {
      statusCode: 400,
    })
  },
} satisfies Partial<Sts>

function refuse(operation: string, { caller }: OperationContext): Refusal {
  return caller.type === 'iam-user'
    ? new Refusal('forbidden', `This server answers no ${operation}: take a role with AssumeRole.`)
    : new Refusal('forbidden', `Cannot call ${operation} with session credentials`)
}
