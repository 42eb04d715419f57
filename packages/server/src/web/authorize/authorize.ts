/** /authorize: the browser side of an authorization code with PKCE. */

import { createAuthorizationCode } from '@mayfly/identity-center/oauth/authorization-code'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { UserCaller } from '../../caller/caller.ts'
import { findTokenHolder } from '../../caller/token-holder.ts'
import { createPersonalEvent } from '../../sign-in/sign-in-events.ts'
import { createSessionToken, refuseForeignForm } from '../anti-forgery.ts'
import { button, facts, form } from '../components/form.ts'
import { html, type Markup } from '../components/html.ts'
import { describeApplicationScopes, describeScopes, describeTime, describeUserAgent } from '../components/words.ts'
import { signInPath } from '../next.ts'
import type { Answer, Visit } from '../visit.ts'
import { type AuthorizationRequest, checkAuthorizationRequest } from './authorization-request.ts'
import { answerAddress, formActionSource } from './redirect.ts'

/** GET /authorize: asks the person. It never says yes by itself. */
export async function showConsent(visit: Visit): Promise<Answer> {
  const asked = await checkAuthorizationRequest(visit.query, visit)
  if (asked.is === 'bad') return tellClient(asked, visit)
  const caller = await visit.findSignedIn()
  if (!caller) return { goTo: signInPath(here(visit)) }
  await refuseUnassigned(asked.request, caller, visit)
  return consentPage(asked.request, caller, visit)
}

/** POST /authorize: the person's decision about the very request that the page showed. */
export async function decide(visit: Visit): Promise<Answer> {
  const asked = await checkAuthorizationRequest(visit.query, visit)
  if (asked.is === 'bad') return tellClient(asked, visit)
  const caller = await visit.findSignedIn()
  if (!caller) return { goTo: signInPath(here(visit)) }
  refuseForeignForm(visit, useOf(visit))
  await refuseUnassigned(asked.request, caller, visit)
  const decision = visit.form.get('decision')
  if (decision === 'deny') return deny(asked.request, caller, visit)
  if (decision !== 'allow') throw new Refusal('invalid', 'The decision is neither to allow nor to deny.')
  return allow(asked.request, caller, visit)
}

const here = ({ rawQuery }: Visit): string => `/authorize?${rawQuery}`

/** Binds the form to the request: what is allowed is what was shown. */
const useOf = ({ rawQuery }: Visit): string => `authorize?${rawQuery}`

/** An application of the organization is for those who are assigned to it: asked here, and again when the code comes. */
async function refuseUnassigned(
  { client, scopes }: AuthorizationRequest,
  caller: UserCaller,
  visit: Visit,
): Promise<void> {
  const { applicationArn: arn } = client
  if (arn === undefined) return
  const claim = { userId: caller.user.id, sessionId: caller.session.id, application: { arn, scopes } }
  const holder = await findTokenHolder(claim, visit.store, visit.clock.now())
  if (holder.may) return
  throw new Refusal('forbidden', `You may not use the application ${client.clientName}.`, {
    hint: 'Ask your administrator to assign you to it.',
  })
}

async function allow(request: AuthorizationRequest, caller: UserCaller, visit: Visit): Promise<Answer> {
  const { random, clock, store, origin } = visit
  const { user, session } = caller
  const { client, redirectUri, codeChallenge, scopes } = request
  const { code, authorizationCode } = createAuthorizationCode(
    { clientId: client.clientId, userId: user.id, sessionId: session.id, redirectUri, codeChallenge, scopes },
    clock.now(),
    random,
  )
  const event = await createDecisionEvent('Authorize', request, caller, visit)
  await store.transaction(async (tx) => {
    await tx.authorizationCodes.insert(authorizationCode)
    await tx.auditEvents.insert(event)
  })
  // RFC 9207: the client sees who answered it.
  return { goTo: answerAddress(redirectUri, { code, state: request.state, iss: origin }) }
}

async function deny(request: AuthorizationRequest, caller: UserCaller, visit: Visit): Promise<Answer> {
  await visit.store.auditEvents.insert(await createDecisionEvent('DenyAuthorization', request, caller, visit))
  const { redirectUri, state } = request
  const description = 'The person who was asked said no.'
  return { goTo: errorAddress({ redirectUri, state, error: 'access_denied', description }, visit) }
}

const createDecisionEvent = (eventName: string, request: AuthorizationRequest, caller: UserCaller, visit: Visit) =>
  createPersonalEvent(
    {
      eventSource: 'sso-oauth.amazonaws.com',
      eventName,
      userId: caller.user.id,
      sessionId: caller.session.id,
      requestParameters: {
        clientName: request.client.clientName,
        scopes: request.scopes,
        redirectUri: request.redirectUri,
        grantType: 'authorization_code',
      },
    },
    visit,
  )

interface ErrorAnswer {
  readonly redirectUri: string
  readonly state: string | undefined
  readonly error: string
  readonly description: string
}

/**
 * Nobody has said yes to the client so far, and anybody may register one: a redirect to a site of its choice would lend
 * it our name (RFC 9700 §4.11.2). A client on this computer waits for the answer and gets it.
 */
function tellClient(asked: ErrorAnswer, visit: Visit): Answer {
  if (isThisComputer(asked.redirectUri)) return { goTo: errorAddress(asked, visit) }
  throw new Refusal('invalid', `The application asked in a wrong way: ${asked.description}`, {
    hint: 'Start the sign-in again from the application; if it stays, tell whoever makes it.',
  })
}

const errorAddress = ({ redirectUri, state, error, description }: ErrorAnswer, { origin }: Visit): string =>
  answerAddress(redirectUri, { error, error_description: description, state, iss: origin })

function consentPage(request: AuthorizationRequest, { user }: UserCaller, visit: Visit): Answer {
  const { client, scopes, redirectUri } = request
  const { requester, clock } = visit
  const isApplication = client.applicationArn !== undefined
  const sentences = isApplication ? describeApplicationScopes(scopes) : describeScopes(scopes)
  const body = html`<p class="lead">An application wants to act in your name. Allow this only if you have just started it yourself.</p>
${facts([
  ['Application', describeClient(client)],
  ['Browser', html`<bdi>${describeUserAgent(requester.userAgent)}</bdi>`],
  ['Address', requester.address],
  ['Asked', describeTime(clock.now(), clock.now())],
  ['Answer goes to', describeTarget(redirectUri)],
])}
<h2>It will be able to</h2>
<ul class="scopes">${sentences.map((scope) => html`<li>${scope}</li>`)}</ul>
${form({
  action: here(visit),
  antiForgery: createSessionToken(visit, useOf(visit)),
  body: html`<div class="actions">${button({ label: 'Allow', name: 'decision', value: 'allow' })}${button({ label: 'Deny', kind: 'normal', name: 'decision', value: 'deny' })}</div>`,
})}`
  return {
    show: {
      title: isApplication ? 'Allow the application to act in your name?' : 'Allow access to your accounts?',
      body,
      userName: user.userName,
      wide: true,
    },
    formAction: [formActionSource(redirectUri)],
  }
}

/** Who registered itself can call itself what it likes; an application was named by an administrator. */
const describeClient = ({ clientName, applicationArn }: AuthorizationRequest['client']): Markup =>
  applicationArn === undefined
    ? html`<bdi>${clientName}</bdi><span class="tag">not verified</span>`
    : html`<bdi>${clientName}</bdi>`

const isThisComputer = (redirectUri: string): boolean =>
  ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(redirectUri).hostname)

function describeTarget(redirectUri: string): string {
  const { host, protocol } = new URL(redirectUri)
  if (isThisComputer(redirectUri)) return `This computer (${host})`
  return protocol === 'https:' ? host : `An application on this computer (${protocol})`
}
