/** The device grant: polling until somebody has allowed it or said no (RFC 8628 §3.4; docs/explanation/sign-in.md). */

import type { ClientRegistration } from '@mayfly/identity-center/oauth/client-registration'
import { type DeviceAuthorization, poll } from '@mayfly/identity-center/oauth/device-authorization'
import type { WhyNoToken } from '@mayfly/identity-center/oauth/may-have-token'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import { hashOf } from '@mayfly/identity-center/secret'
import { findTokenHolder } from '../../../caller/token-holder.ts'
import type { OperationContext } from '../../../operation/operation-context.ts'
import { beginFamily, refusalOf, type TokenAnswer } from './tokens.ts'

/** Throws `authorization_pending`, `slow_down`, `expired_token` or `access_denied` as RFC 8628 §3.5 has them, otherwise `invalid_grant`. */
export async function redeemDeviceCode(
  { deviceCode }: { deviceCode: string },
  client: ClientRegistration,
  context: OperationContext,
): Promise<TokenAnswer> {
  const { store, clock } = context
  const authorization = await store.deviceAuthorizations.findByDeviceCode(hashOf(deviceCode))
  // One client's code is worth nothing to another (authentik PR #20828).
  if (!authorization || authorization.clientId !== client.clientId) throw invalidDeviceCode()
  const polled = poll(authorization, clock.now())
  switch (polled.answer) {
    case 'granted':
      return await redeem(authorization, client, context)
    case 'authorization_pending':
    case 'slow_down':
      await store.deviceAuthorizations.recordPoll(authorization.deviceCodeHash, polled.authorization)
      throw new OAuthError(polled.answer, MESSAGES[polled.answer])
    case 'expired_token':
    case 'access_denied':
      throw new OAuthError(polled.answer, MESSAGES[polled.answer])
    case 'invalid_grant':
      throw invalidDeviceCode()
  }
}

const MESSAGES = {
  authorization_pending: 'Nobody has allowed the sign-in yet. Ask again after the interval.',
  slow_down: 'Asked too early. The interval is five seconds longer from now on.',
  expired_token: 'The device code has expired. Start the sign-in again.',
  access_denied: 'The sign-in was denied in the browser.',
} as const

const invalidDeviceCode = (): OAuthError =>
  new OAuthError('invalid_grant', 'The device code is unknown, was used, or belongs to another client.')

type Redeemed = { readonly answer: TokenAnswer } | { readonly because: WhyNoToken } | undefined

async function redeem(
  { deviceCodeHash, scopes }: DeviceAuthorization,
  client: ClientRegistration,
  context: OperationContext,
): Promise<TokenAnswer> {
  const { store, clock, actingFor } = context
  const now = clock.now()
  const { deviceGrantEnabled } = await context.instance()
  const redeemed = await store.transaction(async (tx): Promise<Redeemed> => {
    const consumed = await tx.deviceAuthorizations.consume(deviceCodeHash)
    if (consumed?.state.is !== 'granted') return undefined
    const { userId, sessionId } = consumed.state
    Object.assign(actingFor, { userId, sessionId })
    const holder = await findTokenHolder({ userId, sessionId, deviceGrantEnabled }, tx, now)
    if (!holder.may) return holder
    return await beginFamily({ client, session: holder.session, grant: 'device_code', scopes }, tx, context)
  })
  if (!redeemed) throw invalidDeviceCode()
  if ('because' in redeemed) throw refusalOf(redeemed.because)
  return redeemed.answer
}
