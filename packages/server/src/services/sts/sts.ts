/** Every operation of sts. */

import { notImplemented, type Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { Service } from '../../operation/service.ts'
import { callerIdentity } from './caller-identity.ts'

type Sts = Operations<typeof import('@aws-sdk/client-sts'), OperationContext>

const operations: Sts = {
  ...callerIdentity,
  ...notImplemented(
    'AssumeRole',
    'AssumeRoleWithSAML',
    'AssumeRoleWithWebIdentity',
    'AssumeRoot',
    'DecodeAuthorizationMessage',
    'GetDelegatedAccessToken',
    'GetFederationToken',
    'GetSessionToken',
    'GetWebIdentityToken',
  ),
}

export const sts: Service = {
  eventSource: 'sts.amazonaws.com',
  operations,
  audiences: { GetCallerIdentity: 'role', GetAccessKeyInfo: 'role' },
  readOnly: new Set(['GetCallerIdentity', 'GetAccessKeyInfo']),
  unknownOperation: 'InvalidAction',
}
