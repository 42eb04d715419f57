/** Forgot password: a user name, and the same answer whoever it belongs to; what follows comes by e-mail. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { requestPasswordReset } from '../../sign-in/mail-request.ts'
import { createAnonymousToken, isOurAnonymousForm } from '../anti-forgery.ts'
import { alert, button, field, form } from '../components/form.ts'
import { html } from '../components/html.ts'
import { STATUS } from '../error-page.ts'
import { nextOf, signInPath } from '../next.ts'
import type { Answer, Visit } from '../visit.ts'

const USE = 'forgot-password'

/** GET /sign-in/forgot-password */
export const showForgotPassword = async (visit: Visit): Promise<Answer> => page(visit, {})

/** POST /sign-in/forgot-password */
export async function forgotPassword(visit: Visit): Promise<Answer> {
  const userName = (visit.form.get('userName') ?? '').trim().slice(0, 128)
  if (!isOurAnonymousForm(visit, USE)) {
    return page(visit, { userName, status: 403, wrong: 'This page was open for too long. Send the form again.' })
  }
  if (userName === '') return page(visit, { status: 400, wrong: 'Enter your user name.' })
  try {
    await requestPasswordReset(userName, visit)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const wrong = [error.message, error.hint].filter(Boolean).join(' ')
    return page(visit, { userName, status: STATUS[error.code], wrong })
  }
  const body = html`<p class="lead">If there is a user of this name who has a password and an e-mail address, a mail with a link is on its way. The link works once, for an hour.</p>
<p>Nothing came? Look among the unwanted mail, or ask your administrator.</p>
<p><a class="button-link" href="${signInPath(nextOf(visit))}">Back to sign in</a></p>`
  return { show: { title: 'Look at your mail', body } }
}

interface Shown {
  readonly userName?: string
  readonly status?: number
  readonly wrong?: string
}

function page(visit: Visit, { userName, status = 200, wrong }: Shown): Answer {
  const { antiForgery, cookies } = createAnonymousToken(visit, USE)
  const next = nextOf(visit)
  const body = html`<p class="lead">Say who you are. A link to choose a new password comes by e-mail.</p>
${alert(wrong)}
${form({
  action: '/sign-in/forgot-password',
  antiForgery,
  hidden: { next },
  body: [
    field({
      name: 'userName',
      label: 'User name',
      autocomplete: 'username',
      autofocus: true,
      maxLength: 128,
      ...(userName === undefined ? {} : { value: userName }),
    }),
    html`<div class="actions">${button({ label: 'Send the link' })}</div>`,
  ],
})}
<p class="small other"><a href="${signInPath(next)}">Back to sign in</a></p>`
  return { show: { title: 'Forgot password', body }, status, cookies }
}
