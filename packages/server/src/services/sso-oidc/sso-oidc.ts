/** Every operation of sso-oidc. */

import type { Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { Service } from '../../operation/service.ts'
import { clientRegistration } from './client-registration.ts'
import { createToken } from './create-token.ts'
import { createTokenWithIam } from './create-token-with-iam.ts'
import { deviceAuthorization } from './device-authorization.ts'

export type SsoOidc = Operations<typeof import('@aws-sdk/client-sso-oidc'), OperationContext>

const operations: SsoOidc = {
  ...clientRegistration,
  ...deviceAuthorization,
  ...createToken,
  ...createTokenWithIam,
}

export const ssoOidc: Service = {
  eventSource: 'sso-oauth.amazonaws.com',
  operations,
  // Public clients prove nothing but what their codes and tokens prove.
  audiences: {
    RegisterClient: 'anyone',
    StartDeviceAuthorization: 'anyone',
    CreateToken: 'anyone',
    CreateTokenWithIAM: 'role',
  },
  readOnly: new Set(),
  unknownOperation: 'UnauthorizedClientException',
}
