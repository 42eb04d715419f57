/** Signs in through the browser and back to the loopback (RFC 8252, with PKCE of RFC 7636). */

import { createHash } from 'node:crypto'
import { minutes } from '@mayfly/identity-center/duration'
import { type Random, randomText, randomUuid } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { Callback, CallbackListener } from '../machine/loopback.ts'
import type { Machine } from '../machine/machine.ts'
import {
  type ClientRegistration,
  DEFAULT_SCOPE,
  findRegistration,
  findScopes,
  forgetRegistration,
  obtainRegistration,
} from './client-registration.ts'
import { expired, isExpired, type SignIn, tokenOf } from './issued-token.ts'
import type { ShownPage } from './shown-page.ts'
import { signInHint } from './sign-in-required.ts'
import type { CachedToken } from './token-cache.ts'

const CALLBACK_PATH = '/oauth/callback'

/** How long a browser may take to come back: the AWS CLI's limit. */
const SIGN_IN_TIME = minutes(10)

/** The characters of a code verifier (RFC 7636 §4.1). */
const VERIFIER_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'

/** A new code verifier, as long as the AWS CLI's. */
export const createCodeVerifier = (random: Random): string => randomText(random, VERIFIER_ALPHABET, 64)

/** The S256 challenge of a verifier. */
const codeChallengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

export interface AuthorizationRequest {
  /** Below which address the page lies. */
  readonly pages: string
  readonly clientId: string
  readonly redirectUri: string
  readonly state: string
  readonly scopes: readonly string[]
  readonly codeChallenge: string
}

/** The page that the browser opens: parameters in the AWS CLI's order, and `scopes` as it calls them (§6.3). */
export function authorizationUrl(request: AuthorizationRequest): string {
  const parameters: readonly (readonly [string, string])[] = [
    ['response_type', 'code'],
    ['client_id', request.clientId],
    ['redirect_uri', request.redirectUri],
    ['state', request.state],
    ['code_challenge_method', 'S256'],
    ['scopes', request.scopes.join(' ')],
    ['code_challenge', request.codeChallenge],
  ]
  const query = parameters.map(([name, value]) => `${name}=${percentEncode(value)}`).join('&')
  return `${request.pages}/authorize?${query}`
}

/** Percent-encoded but for the unreserved characters of RFC 3986 §2.3. */
const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)

/** Signs in with the browser on this machine. Refuses when the person says no, or does not come back in time. */
export async function signInWithAuthorizationCode(machine: Machine, signIn: SignIn): Promise<CachedToken> {
  const state = randomUuid(machine.random)
  // Bound before anything else: a browser that is signed in already comes back at once.
  const listener = await listen(machine, state)
  try {
    return await authorize(machine, signIn, listener, state)
  } finally {
    await listener.close()
  }
}

async function listen(machine: Machine, state: string): Promise<CallbackListener> {
  try {
    return await machine.loopback.listen({ path: CALLBACK_PATH, state })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Refusal('invalid', `Unable to initialize the OAuth 2.0 authorization callback handler: ${reason}`, {
      hint: 'Sign in with a code instead: mayfly sso login --use-device-code',
      cause: error,
    })
  }
}

async function authorize(
  machine: Machine,
  signIn: SignIn,
  listener: CallbackListener,
  state: string,
): Promise<CachedToken> {
  const { sso } = signIn
  const codeVerifier = createCodeVerifier(machine.random)
  const pageFor = ({ clientId }: ClientRegistration): string =>
    authorizationUrl({
      pages: signIn.pages,
      clientId,
      redirectUri: listener.redirectUri,
      state,
      scopes: findScopes(sso) ?? [DEFAULT_SCOPE],
      codeChallenge: codeChallengeOf(codeVerifier),
    })
  const registration = await chooseRegistration(machine, signIn, pageFor)
  const { redirectUri } = listener
  const shown = signIn.show({ grant: 'authorization_code', url: pageFor(registration), redirectUri, state })
  const code = await waitForCode(machine, signIn, { listener, shown }).finally(() => shown.close())
  return redeem(machine, signIn, registration, { redirectUri, codeVerifier, code })
}

/** The person would rather approve a code on another device. */
export class WantsCode extends Error {
  override readonly name = 'WantsCode'
}

/** What a page answers that does not know its client. Any other status may have other reasons. */
const REFUSED = [400, 401]

/** The cached registration, unless the server says that it does not know it; otherwise a new one. */
async function chooseRegistration(
  machine: Machine,
  { client, sso, issuerUrl, findStatus }: SignIn,
  pageFor: (registration: ClientRegistration) => string,
): Promise<ClientRegistration> {
  const request = { sso, grant: 'authorization_code', issuerUrl } as const
  const cached = await findRegistration(machine, request)
  // A server that was set up anew refuses the page, and the person would look at that until the time is up.
  const isRefused = cached && findStatus && REFUSED.includes((await findStatus(pageFor(cached))) ?? 200)
  return obtainRegistration(machine, client, request, { fresh: isRefused === true })
}

/** The browser's own visit, or its address brought by hand: what comes first counts. */
async function waitForCode(
  machine: Machine,
  signIn: SignIn,
  { listener, shown }: { readonly listener: CallbackListener; readonly shown: ShownPage },
): Promise<string> {
  const done = new AbortController()
  const givenUp = signIn.signal ? [done.signal, signIn.signal] : [done.signal]
  const timeUp = machine.clock.sleep(SIGN_IN_TIME, AbortSignal.any(givenUp)).then(() => 'time is up' as const)
  // When the callback comes first the clock is stopped, and its rejection is no news.
  timeUp.catch(() => undefined)
  const byHand = shown.byHand.then((brought) => (brought.is === 'callback' ? brought.callback : 'wants a code'))
  const answer: Callback | 'wants a code' | 'time is up' = await Promise.race([
    listener.callback,
    byHand,
    timeUp,
  ]).finally(() => done.abort())
  if (answer === 'wants a code') throw new WantsCode()
  if (answer === 'time is up') {
    // The page may have said that it does not know this client: the next attempt registers anew.
    await forgetRegistration(machine, signIn.sso)
    throw expired(signIn.sso, machine)
  }
  if (answer.answer === 'code') return answer.code
  if (['invalid_client', 'unauthorized_client'].includes(answer.error)) await forgetRegistration(machine, signIn.sso)
  throw new Refusal(
    answer.error === 'access_denied' ? 'forbidden' : 'invalid',
    `Error loading authorization code: Failed to retrieve an authorization code. The server said: ${saying(answer)}`,
    { hint: signInHint(signIn.sso, undefined, machine.platform) },
  )
}

const saying = ({ error, description }: Extract<Callback, { answer: 'error' }>): string =>
  // Words from the network: nothing in them may move the cursor.
  (description === undefined ? error : `${error}: ${description}`).replace(/\p{Cc}/gu, ' ').slice(0, 300)

async function redeem(
  machine: Machine,
  { client, sso }: SignIn,
  { clientId, clientSecret, expiresAt }: ClientRegistration,
  proof: { readonly redirectUri: string; readonly codeVerifier: string; readonly code: string },
): Promise<CachedToken> {
  try {
    const grant = { grantType: 'authorization_code', clientId, clientSecret, ...proof }
    const output = await client.call('CreateToken', grant)
    return tokenOf(output, sso, { clientId, clientSecret, registrationExpiresAt: expiresAt }, machine.clock.now())
  } catch (error) {
    if (error instanceof ServiceException && error.name === 'InvalidClientException')
      await forgetRegistration(machine, sso)
    throw isExpired(error) ? expired(sso, machine) : error
  }
}
