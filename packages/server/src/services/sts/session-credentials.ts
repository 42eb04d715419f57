/** What only long-term keys may ask of STS: nobody has one here, so every caller gets AWS's answer for a session. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Operations } from '@mayfly/wire/model/operations'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { OperationContext } from '../../operation/operation-context.ts'

type Sts = Operations<typeof import('@aws-sdk/client-sts'), OperationContext>

export const sessionCredentials = {
  GetSessionToken() {
    throw new Refusal('forbidden', 'Cannot call GetSessionToken with session credentials')
  },

  GetFederationToken() {
    throw new Refusal('forbidden', 'Cannot call GetFederationToken with session credentials')
  },

  /** No answer of this server holds an encoded message: a denial says in plain words what was missing. */
  DecodeAuthorizationMessage() {
    throw new ServiceException('InvalidAuthorizationMessageException', 'The message was not encoded by this server.', {
      statusCode: 400,
    })
  },
} satisfies Partial<Sts>
