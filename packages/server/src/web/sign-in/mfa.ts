/** The second factor: a code from an authenticator app, or a recovery code. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { PendingSignIn } from '../../sign-in/pending-sign-in.ts'
import { signInWithSecondFactor } from '../../sign-in/second-factor.ts'
import { createAnonymousToken, isOurAnonymousForm } from '../anti-forgery.ts'
import { alert, button, field, form } from '../components/form.ts'
import { html } from '../components/html.ts'
import { STATUS } from '../error-page.ts'
import { nextOf, signInPath, withNext } from '../next.ts'
import type { Answer, Visit } from '../visit.ts'
import { endPending, findPending, sessionCookies } from './cookies.ts'

const USE = 'mfa'

/** GET /sign-in/mfa */
export async function showMfa(visit: Visit): Promise<Answer> {
  const pending = findPending(visit)
  if (!pending || pending.missing === 'registration') return { goTo: signInPath(nextOf(visit)) }
  return mfaPage(visit, { kind: kindOf(pending, visit.query) })
}

/** POST /sign-in/mfa */
export async function signInWithMfa(visit: Visit): Promise<Answer> {
  const pending = findPending(visit)
  if (!pending || pending.missing === 'registration') return { goTo: signInPath(nextOf(visit)) }
  const kind = kindOf(pending, visit.form)
  if (!isOurAnonymousForm(visit, USE)) {
    return mfaPage(visit, { kind, status: 403, wrong: 'This page was open for too long. Enter a new code.' })
  }
  try {
    return await answerCode(pending, kind, visit)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const wrong = [error.message, error.hint].filter(Boolean).join(' ')
    return mfaPage(visit, { kind, status: STATUS[error.code], wrong })
  }
}

async function answerCode(pending: PendingSignIn, kind: Kind, visit: Visit): Promise<Answer> {
  const after = await signInWithSecondFactor(pending, visit.form.get('code') ?? '', visit)
  if (after.is === 'signed-in') return { goTo: nextOf(visit), cookies: sessionCookies(visit, after.started) }
  if (after.is === 'wrong') {
    return mfaPage(visit, { kind, status: 403, wrong: WORDS[kind].wrong })
  }
  const body = html`<p class="lead">There were too many wrong codes, so this sign-in has ended.</p>
<p><a class="button-link" href="${signInPath(nextOf(visit))}">Sign in again</a></p>`
  return {
    show: { title: 'Start again', sign: 'stop', body },
    status: 403,
    cookies: [endPending(visit.request)],
  }
}

type Kind = 'app' | 'recovery-code' | 'email'

const kindOf = ({ missing }: PendingSignIn, asked: URLSearchParams): Kind =>
  missing === 'email-code' ? 'email' : asked.get('with') === 'recovery-code' ? 'recovery-code' : 'app'

const WORDS: Readonly<Record<Kind, { readonly title: string; readonly lead: string; readonly wrong: string }>> = {
  app: {
    title: 'Second factor',
    lead: 'Enter the code that your authenticator app shows now.',
    wrong: 'That code is not right. Wait for the next one, and check that the time on your phone is right.',
  },
  'recovery-code': {
    title: 'Recovery code',
    lead: 'Enter one of the recovery codes that you kept. Each works once.',
    wrong: 'That recovery code is not right, or was used before.',
  },
  email: {
    title: 'Code by e-mail',
    lead: 'A code is on its way to your e-mail address. Enter it within ten minutes.',
    wrong: 'That code is not right, or has run out.',
  },
}

interface MfaPage {
  readonly kind: Kind
  readonly status?: number
  readonly wrong?: string
}

function mfaPage(visit: Visit, { kind, status = 200, wrong }: MfaPage): Answer {
  const { antiForgery, cookies } = createAnonymousToken(visit, USE)
  const next = nextOf(visit)
  const recovery = kind === 'recovery-code'
  const other = {
    app: html`<a href="${withNext('/sign-in/mfa?with=recovery-code', next)}">Use a recovery code</a> · `,
    'recovery-code': html`<a href="${withNext('/sign-in/mfa', next)}">Use the authenticator app</a> · `,
    email: '',
  }[kind]
  const body = html`<p class="lead">${WORDS[kind].lead}</p>
${alert(wrong)}
${form({
  action: '/sign-in/mfa',
  antiForgery,
  hidden: { next, ...(recovery ? { with: 'recovery-code' } : {}) },
  body: [recovery ? recoveryField : codeField, html`<div class="actions">${button({ label: 'Continue' })}</div>`],
})}
<p class="small other">${other}<a href="${signInPath(next)}">Start again</a></p>`
  return { show: { title: WORDS[kind].title, body }, status, cookies }
}

const codeField = field({
  name: 'code',
  label: 'Six-digit code',
  autocomplete: 'one-time-code',
  numeric: true,
  autofocus: true,
  maxLength: 16,
})

const recoveryField = field({
  name: 'code',
  label: 'Recovery code',
  autocomplete: 'off',
  code: true,
  autofocus: true,
  maxLength: 64,
})
