/** StartDeviceAuthorization: a code for the screen, and one for the client to poll with (docs/explanation/sign-in.md). */

import { between, inSeconds } from '@mayfly/identity-center/duration'
import { createDeviceAuthorization } from '@mayfly/identity-center/oauth/device-authorization'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import type { Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import { authenticateClient, refuseOtherGrants } from './client-authentication.ts'
import { DEVICE_CODE } from './grant-type.ts'
import { getInstanceOf } from './start-url.ts'

type SsoOidc = Operations<typeof import('@aws-sdk/client-sso-oidc'), OperationContext>

export const deviceAuthorization = {
  async StartDeviceAuthorization(input, context) {
    const client = await authenticateClient(input, context)
    refuseOtherGrants(client, DEVICE_CODE)
    const instance = await getInstanceOf(input.startUrl, context)
    if (!instance.deviceGrantEnabled) {
      throw new OAuthError(
        'unauthorized_client',
        'Sign-in by device code is switched off here. Sign in with a browser.',
      )
    }
    const now = context.clock.now()
    const { authorization, deviceCode } = createDeviceAuthorization(client, context.requester, now, context.random)
    await context.store.deviceAuthorizations.insert(authorization)
    const { userCode, expiresAt, interval } = authorization
    const verificationUri = `${context.origin}/device`
    return {
      deviceCode,
      userCode,
      verificationUri,
      verificationUriComplete: `${verificationUri}?user_code=${userCode}`,
      expiresIn: inSeconds(between(now, expiresAt)),
      interval: inSeconds(interval),
    }
  },
} satisfies Partial<SsoOidc>
