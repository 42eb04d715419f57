/** Registering an authenticator app in the middle of signing in, and the recovery codes, shown once. */

import type { User } from '@mayfly/identity-center/directory/user'
import { Refusal } from '@mayfly/identity-center/refusal'
import { confirmEnrolment, createEnrolment, type Enrolment, findEnrolment } from '../../sign-in/mfa-registration.ts'
import type { PendingSignIn } from '../../sign-in/pending-sign-in.ts'
import { findUserOf } from '../../sign-in/second-factor.ts'
import { startSession } from '../../sign-in/session-start.ts'
import { createAnonymousToken, isOurAnonymousForm } from '../anti-forgery.ts'
import { alert, button, caution, field, form } from '../components/form.ts'
import { html, Markup } from '../components/html.ts'
import { STATUS } from '../error-page.ts'
import { nextOf, signInPath } from '../next.ts'
import type { Answer, Visit } from '../visit.ts'
import { findPending, sessionCookies } from './cookies.ts'

const USE = 'mfa-registration'

/** GET /sign-in/mfa/register */
export async function showMfaRegistration(visit: Visit): Promise<Answer> {
  const found = await findRegistering(visit)
  if (!found) return { goTo: signInPath(nextOf(visit)) }
  return registrationPage(visit, { enrolment: await createEnrolment(found.user, visit) })
}

/** POST /sign-in/mfa/register */
export async function registerMfa(visit: Visit): Promise<Answer> {
  const found = await findRegistering(visit)
  if (!found) return { goTo: signInPath(nextOf(visit)) }
  const { user, pending } = found
  const enrolment = await findEnrolment(visit.form.get('enrolment') ?? '', user, visit)
  const name = visit.form.get('name') ?? ''
  if (!isOurAnonymousForm(visit, USE)) {
    return registrationPage(visit, {
      enrolment,
      name,
      status: 403,
      wrong: 'This page was open for too long. Try again.',
    })
  }
  try {
    const code = visit.form.get('code') ?? ''
    const proof = { enrolment: enrolment.enrolment, name, code, mustBeFirst: true }
    const { recoveryCodes = [] } = await confirmEnrolment(proof, user, visit)
    const { workflowId } = pending
    const started = await startSession({ workflowId, user, credentials: ['PASSWORD', 'TOTP'] }, visit)
    return {
      show: recoveryCodesPage(recoveryCodes, nextOf(visit)),
      cookies: sessionCookies(visit, started),
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const wrong = [error.message, error.hint].filter(Boolean).join(' ')
    return registrationPage(visit, { enrolment, name, status: STATUS[error.code], wrong })
  }
}

interface Registering {
  readonly pending: PendingSignIn
  readonly user: User
}

/** Who is to register now. Whoever has a device by now shows it instead of adding another with the password alone. */
async function findRegistering(visit: Visit): Promise<Registering | undefined> {
  const pending = findPending(visit)
  if (pending?.missing !== 'registration') return undefined
  const user = await findUserOf(pending, visit)
  if (!user || (await visit.store.mfaDevices.listOfUser(user.id)).length > 0) return undefined
  return { pending, user }
}

interface RegistrationPage {
  readonly enrolment: Enrolment
  readonly name?: string
  readonly status?: number
  readonly wrong?: string
}

function registrationPage(visit: Visit, { enrolment, name = '', status = 200, wrong }: RegistrationPage): Answer {
  const { antiForgery, cookies } = createAnonymousToken(visit, USE)
  const body = html`<p class="lead">Your organization asks for a second factor. Scan this picture with an authenticator app on your phone, then enter the code that it shows.</p>
${alert(wrong)}
<div class="qr" role="img" aria-label="QR code for your authenticator app">${new Markup(enrolment.qrSvg)}</div>
<details><summary>Enter a key instead of scanning</summary>
<p class="small">Choose “time based”, six digits, thirty seconds.</p>
<p class="secret">${enrolment.secret.replace(/(.{4})(?=.)/g, '$1 ')}</p></details>
${form({
  action: '/sign-in/mfa/register',
  antiForgery,
  hidden: { enrolment: enrolment.enrolment, next: nextOf(visit) },
  body: [
    field({
      name: 'code',
      label: 'Six-digit code',
      autocomplete: 'one-time-code',
      numeric: true,
      autofocus: true,
      maxLength: 16,
    }),
    field({
      name: 'name',
      label: 'Name of this device',
      autocomplete: 'off',
      optional: true,
      maxLength: 100,
      value: name,
    }),
    html`<div class="actions">${button({ label: 'Register' })}</div>`,
  ],
})}`
  return { show: { title: 'Set up your second factor', body }, status, cookies }
}

/** Shown once: the server keeps hashes alone. */
const recoveryCodesPage = (codes: readonly string[], next: string) => ({
  title: 'Keep your recovery codes',
  wide: true,
  body: html`<p class="lead">If you lose your phone, one of these codes signs you in. Each works once.</p>
<ul class="codes">${codes.map((code) => html`<li>${code}</li>`)}</ul>
${caution(html`<strong>They are not shown again.</strong> Print them or put them into your password manager now.`)}
<p><a class="button-link" href="${next}">I have kept them, continue</a></p>`,
})
