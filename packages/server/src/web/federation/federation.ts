/** /federation: role credentials become a sign-in token, a sign-in token becomes a page (sign-in.md). */

import { timingSafeEqual } from 'node:crypto'
import { after, seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { isConsoleDestination } from '@mayfly/identity-center/sign-in/console-destination'
import { createRoleCaller } from '../../caller/role-caller.ts'
import { roleIdentity } from '../../caller/role-identity.ts'
import { type Audited, createAuditEvent } from '../../context/audit.ts'
import { createConsoleSignInToken, openConsoleSignInToken } from '../../role-credentials/console-sign-in-token.ts'
import type { RoleSession } from '../../role-credentials/issuer.ts'
import type { Answer, Visit } from '../visit.ts'
import { showConsoleRole } from './console-role.ts'

/** GET and POST /federation */
export async function federate(visit: Visit): Promise<Answer> {
  if (!visit.unsignedCalls.take(visit.requester.address)) {
    throw new Refusal('throttled', 'Too many requests from this address. Try again in a minute.')
  }
  const parameter = (name: string): string => visit.form.get(name) ?? visit.query.get(name) ?? ''
  switch (parameter('Action')) {
    case 'getSigninToken':
      return await answerSignInToken(parameter('Session'), parameter('SessionDuration'), visit)
    case 'login':
      return await signIn(parameter('SigninToken'), parameter('Destination'), visit)
    default:
      throw new Refusal('invalid', 'Action must be getSigninToken or login.')
  }
}

async function answerSignInToken(shown: string, duration: string, visit: Visit): Promise<Answer> {
  const session = findSession(shown, visit)
  const now = visit.clock.now()
  const token = createConsoleSignInToken({ ...session, expiresAt: endOf(session, duration, now) }, now, visit.keys)
  await record({ eventName: 'GetSigninToken', responseElements: { GetSigninToken: 'Success' } }, session, visit)
  return { data: { SigninToken: token } }
}

/** `{"sessionId","sessionKey","sessionToken"}`: credentials of ours, still good. One answer for everything else. */
function findSession(shown: string, { issuer, clock }: Visit): RoleSession {
  const { sessionId, sessionKey, sessionToken } = parseSession(shown)
  const known = issuer.find(sessionId, sessionToken, clock.now())
  if (known.are === 'valid' && isSame(sessionKey, known.secretAccessKey)) return notOfAKey(known.session)
  throw new Refusal(
    'invalid',
    'These are no credentials that can sign in: they are unknown here, wrong or have ended.',
    {
      hint: 'Get new credentials and try again.',
    },
  )
}

/** What a long-term key opens has no pages. */
function notOfAKey(session: RoleSession): RoleSession {
  if (session.longTermKeyId === undefined) return session
  throw new Refusal('forbidden', 'This role was taken with a long-term access key, which signs in to no console.', {
    hint: 'Sign in, and take the role from there.',
  })
}

type ShownSession = Readonly<Record<'sessionId' | 'sessionKey' | 'sessionToken', string>>

function parseSession(text: string): ShownSession {
  let session: unknown
  try {
    session = JSON.parse(text)
  } catch {
    session = undefined
  }
  const members = typeof session === 'object' && session !== null ? (session as Record<string, unknown>) : {}
  const of = (name: string): string => {
    const value = members[name]
    return typeof value === 'string' ? value : ''
  }
  return { sessionId: of('sessionId'), sessionKey: of('sessionKey'), sessionToken: of('sessionToken') }
}

function isSame(shown: string, secret: string): boolean {
  const [one, other] = [Buffer.from(shown), Buffer.from(secret)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Never later than the credentials'. Those of a chained role last what is left of them, and say no duration (§6.1). */
function endOf({ expiresAt, chain }: RoleSession, duration: string, now: Date): Date {
  if (duration === '') return expiresAt
  const length = /^\d{3,5}$/.test(duration) ? Number(duration) : 0
  if (length < 900 || length > 43_200) {
    throw new Refusal('invalid', 'SessionDuration must be between 900 and 43200 seconds.')
  }
  if (chain)
    throw new Refusal('invalid', 'SessionDuration cannot be given for a role that was assumed from another one.')
  const end = after(now, seconds(length))
  return end < expiresAt ? end : expiresAt
}

async function signIn(token: string, destination: string, visit: Visit): Promise<Answer> {
  if (!isConsoleDestination(destination)) {
    throw new Refusal('invalid', 'This link does not lead to the AWS console, so it was not followed.', {
      hint: 'Be careful with whoever sent it to you.',
    })
  }
  const session = openConsoleSignInToken(token, visit.clock.now(), visit)
  if (!session) {
    throw new Refusal('invalid', 'This link has run out, or was never made here.', { hint: 'Ask for a new one.' })
  }
  const event = { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Success' } }
  await record({ ...event, additionalEventData: { LoginTo: destination } }, session, visit)
  return await showConsoleRole(session, destination, visit)
}

async function record(
  event: Pick<Audited, 'eventName' | 'responseElements' | 'additionalEventData'>,
  session: RoleSession,
  visit: Visit,
): Promise<void> {
  const instance = await visit.instance()
  const caller = createRoleCaller(session, { by: 'signature', accessKeyId: '', region: instance.region })
  const userIdentity = roleIdentity(caller, instance)
  const about = { ...event, eventSource: 'signin.amazonaws.com', userIdentity, readOnly: false }
  await visit.store.auditEvents.insert(createAuditEvent(about, visit))
}
