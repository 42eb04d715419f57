/** Signs in with a code that the person enters in any browser, and polls until it is approved (RFC 8628). */

import { seconds } from '@mayfly/identity-center/duration'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { Machine } from '../machine/machine.ts'
import { findMember, findNumber } from './answer.ts'
import { type ClientRegistration, obtainRegistration } from './client-registration.ts'
import { expired, isExpired, type SignIn, tokenOf } from './issued-token.ts'
import type { CachedToken } from './token-cache.ts'

const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'

/** Seconds between two polls when the server does not say (RFC 8628 §3.2). */
const USUAL_INTERVAL = 5
/** Seconds that slow_down adds to this and every later wait (RFC 8628 §3.5). */
const SLOW_DOWN = 5

interface DeviceAuthorization {
  readonly deviceCode: string
  readonly interval: number
  readonly registration: ClientRegistration
}

/** Signs in with a user code. Goes on until the server says yes, no or too late. */
export async function signInWithDeviceCode(machine: Machine, signIn: SignIn): Promise<CachedToken> {
  const { output, registration } = await startAuthorization(machine, signIn)
  const deviceCode = findMember(output, 'deviceCode') ?? ''
  const verificationUri = findMember(output, 'verificationUri') ?? ''
  const authorization = { deviceCode, registration, interval: findNumber(output, 'interval') ?? USUAL_INTERVAL }
  // Once before anything is shown: a server may have approved this client beforehand.
  const early = await poll(machine, signIn, authorization)
  if (typeof early === 'object') return early
  const shown = signIn.show({
    grant: 'device_code',
    userCode: findMember(output, 'userCode') ?? '',
    verificationUri,
    verificationUriComplete: findMember(output, 'verificationUriComplete') ?? verificationUri,
  })
  const interval = authorization.interval + (early === 'slow_down' ? SLOW_DOWN : 0)
  return pollUntilApproved(machine, signIn, authorization, interval).finally(() => shown.close())
}

async function pollUntilApproved(
  machine: Machine,
  signIn: SignIn,
  authorization: DeviceAuthorization,
  firstInterval: number,
): Promise<CachedToken> {
  let interval = firstInterval
  for (;;) {
    const answer = await poll(machine, signIn, authorization)
    if (typeof answer === 'object') return answer
    if (answer === 'slow_down') interval += SLOW_DOWN
    await machine.clock.sleep(seconds(interval), signIn.signal)
  }
}

async function startAuthorization(
  machine: Machine,
  { client, sso, issuerUrl }: SignIn,
): Promise<{ readonly output: unknown; readonly registration: ClientRegistration }> {
  const request = { sso, grant: 'device_code', issuerUrl } as const
  const start = async (registration: ClientRegistration) => {
    const { clientId, clientSecret } = registration
    const output = await client.call('StartDeviceAuthorization', { clientId, clientSecret, startUrl: issuerUrl })
    return { output, registration }
  }
  const registration = await obtainRegistration(machine, client, request)
  try {
    return await start(registration)
  } catch (error) {
    if (!(error instanceof ServiceException && error.name === 'InvalidClientException')) throw error
    // A cached registration that the server does not know, because it was set up anew: register again, once.
    return start(await obtainRegistration(machine, client, request, { fresh: true }))
  }
}

/** One attempt: the token, or that it is to be tried again. Any other answer ends the sign-in. */
async function poll(
  machine: Machine,
  { client, sso }: SignIn,
  { deviceCode, registration: { clientId, clientSecret, expiresAt } }: DeviceAuthorization,
): Promise<CachedToken | 'authorization_pending' | 'slow_down'> {
  try {
    const grant = { grantType: DEVICE_CODE_GRANT, clientId, clientSecret, deviceCode }
    const output = await client.call('CreateToken', grant)
    return tokenOf(output, sso, { clientId, clientSecret, registrationExpiresAt: expiresAt }, machine.clock.now())
  } catch (error) {
    if (isExpired(error)) throw expired(sso, machine)
    if (!(error instanceof ServiceException)) throw error
    if (error.name === 'AuthorizationPendingException') return 'authorization_pending'
    if (error.name === 'SlowDownException') return 'slow_down'
    throw error
  }
}
