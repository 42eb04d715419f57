/** Signing out of this browser. */

import { findSessionCaller } from '../../caller/session-cookie.ts'
import { endSession } from '../../caller/session-end.ts'
import { createPersonalEvent } from '../../sign-in/sign-in-events.ts'
import { createSessionToken, refuseForeignForm } from '../anti-forgery.ts'
import { button, form } from '../components/form.ts'
import { html } from '../components/html.ts'
import type { Answer, Visit } from '../visit.ts'
import { endPending, endSessionCookie } from './cookies.ts'

const USE = 'sign-out'

/** GET /sign-out asks; a link from elsewhere signs nobody out. */
export async function showSignOut(visit: Visit): Promise<Answer> {
  const caller = await visit.findSignedIn()
  if (!caller) return signedOut(visit)
  const body = html`<p class="lead">This ends your session in this browser, and signs out the command line tools that you signed in with it. Role credentials that were handed out already run until their end.</p>
${form({
  action: '/sign-out',
  antiForgery: createSessionToken(visit, USE),
  body: html`<div class="actions">${button({ label: 'Sign out' })}</div>`,
})}
<p class="small other"><a href="/start">Back to the access portal</a></p>`
  return { show: { title: 'Sign out?', body, userName: caller.user.userName } }
}

/** POST /sign-out */
export async function signOut(visit: Visit): Promise<Answer> {
  const caller = await visit.findSignedIn()
  if (!caller) return signedOut(visit)
  // The access portal sends the header that it sends with everything.
  if (!(await findSessionCaller(visit.request, visit))) refuseForeignForm(visit, USE)
  const { user, session } = caller
  const event = await createPersonalEvent({ eventName: 'Logout', userId: user.id, sessionId: session.id }, visit)
  await visit.store.auditEvents.insert(event)
  await endSession(session.id, { roleCredentials: 'live-on' }, visit)
  return signedOut(visit)
}

const signedOut = ({ request }: Visit): Answer => ({
  show: {
    title: 'You are signed out',
    sign: 'done',
    body: html`<p class="lead">This browser holds no session any more.</p>
<p><a class="button-link" href="/sign-in">Sign in</a></p>`,
  },
  cookies: [endSessionCookie(request), endPending(request)],
})
