/** Every operation of sts. */

import { notImplemented, type Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { Service } from '../../operation/service.ts'
import { assumeRole } from './assume-role.ts'
import { callerIdentity } from './caller-identity.ts'
import { sessionCredentials } from './session-credentials.ts'
import { webIdentity } from './web-identity.ts'

type Sts = Operations<typeof import('@aws-sdk/client-sts'), OperationContext>

const operations: Sts = {
  ...callerIdentity,
  ...assumeRole,
  ...sessionCredentials,
  ...webIdentity,
  ...notImplemented('AssumeRoleWithSAML', 'AssumeRoot', 'GetDelegatedAccessToken', 'GetWebIdentityToken'),
}

export const sts: Service = {
  eventSource: 'sts.amazonaws.com',
  operations,
  audiences: {
    AssumeRole: 'account',
    AssumeRoleWithWebIdentity: 'anyone',
    DecodeAuthorizationMessage: 'account',
    GetAccessKeyInfo: 'account',
    GetCallerIdentity: 'account',
    GetFederationToken: 'account',
    GetSessionToken: 'account',
  },
  readOnly: new Set(['GetCallerIdentity', 'GetAccessKeyInfo', 'DecodeAuthorizationMessage']),
  unknownOperation: 'InvalidAction',
}
