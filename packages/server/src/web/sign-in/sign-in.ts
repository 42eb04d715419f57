/** User name and password. */

import { settingsOf } from '@mayfly/identity-center/instance'
import { Refusal } from '@mayfly/identity-center/refusal'
import { formatCookie } from '../../caller/cookie.ts'
import { type AfterPassword, signInWithPassword } from '../../sign-in/password-sign-in.ts'
import { createAnonymousToken, isOurAnonymousForm } from '../anti-forgery.ts'
import { alert, button, field, form } from '../components/form.ts'
import { type HtmlValue, html } from '../components/html.ts'
import { STATUS } from '../error-page.ts'
import { nextOf, withNext } from '../next.ts'
import type { Answer, Visit } from '../visit.ts'
import { findKnownBrowser, pendingCookie, sessionCookies } from './cookies.ts'

const USE = 'sign-in'

/** GET /sign-in */
export async function showSignIn(visit: Visit): Promise<Answer> {
  const next = nextOf(visit)
  if (await visit.findSignedIn()) return { goTo: next }
  return signInPage(visit, { next })
}

/** POST /sign-in */
export async function signIn(visit: Visit): Promise<Answer> {
  const next = nextOf(visit)
  const userName = (visit.form.get('userName') ?? '').slice(0, 256)
  const password = visit.form.get('password') ?? ''
  if (!isOurAnonymousForm(visit, USE)) {
    return signInPage(visit, { next, userName, status: 403, wrong: 'This page was open for too long. Sign in again.' })
  }
  if (userName.trim() === '' || password === '') {
    return signInPage(visit, { next, userName, status: 400, wrong: 'Enter your user name and your password.' })
  }
  try {
    const asked = { userName, password, knownBrowser: findKnownBrowser(visit) }
    return answerAfterPassword(await signInWithPassword(asked, visit), next, visit)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const wrong = [error.message, error.hint].filter(Boolean).join(' ')
    return signInPage(visit, { next, userName, status: STATUS[error.code], wrong })
  }
}

/** Signed in, or on to the second step; used wherever a password was right or was just chosen. */
export function answerAfterPassword(after: AfterPassword, next: string, visit: Visit): Answer {
  if (after.is === 'signed-in') return { goTo: next, cookies: sessionCookies(visit, after.started) }
  const { pending } = after
  return {
    goTo: withNext(pending.missing === 'registration' ? '/sign-in/mfa/register' : '/sign-in/mfa', next),
    cookies: [pendingCookie(visit.request, pending, visit)],
  }
}

interface SignInPage {
  readonly next: string
  readonly userName?: string
  readonly status?: number
  readonly wrong?: string
}

async function signInPage(visit: Visit, { next, userName, status = 200, wrong }: SignInPage): Promise<Answer> {
  const { passwordResetByEmail, emailCodeForFirstSignIn } = settingsOf(await visit.instance())
  const others = [
    ...(passwordResetByEmail
      ? [html`<a href="${withNext('/sign-in/forgot-password', next)}">Forgot password</a>`]
      : []),
    ...(emailCodeForFirstSignIn ? [html`<a href="${withNext('/sign-in/first', next)}">First sign-in</a>`] : []),
  ]
  const { antiForgery, cookies } = createAnonymousToken(visit, USE)
  const body = html`<p class="lead">${reason(next)}</p>
${alert(wrong)}
${form({
  action: '/sign-in',
  antiForgery,
  hidden: { next },
  body: [
    field({
      name: 'userName',
      label: 'User name',
      autocomplete: 'username',
      autofocus: userName === undefined,
      maxLength: 128,
      ...(userName === undefined ? {} : { value: userName }),
    }),
    field({
      name: 'password',
      label: 'Password',
      type: 'password',
      autocomplete: 'current-password',
      autofocus: userName !== undefined,
      maxLength: 256,
    }),
    html`<div class="actions">${button({ label: 'Sign in' })}</div>`,
  ],
})}
${others.length === 0 ? '' : html`<p class="small other">${others.flatMap((link, index) => (index === 0 ? [link] : [' · ', link]))}</p>`}`
  return {
    show: { title: 'Sign in', body },
    status,
    cookies: [...cookies, formatCookie(visit.request, 'sign-in', '', 0)],
  }
}

function reason(next: string): HtmlValue {
  if (next.startsWith('/authorize'))
    return 'An application on your computer asks for access. Sign in to see what it wants.'
  if (next.startsWith('/device')) return 'A device asks for access. Sign in to see what it wants.'
  return 'Your accounts and roles, with credentials that live for a day.'
}
