/** The first sign-in of a user who has no password: a code by e-mail, and then a password. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { followFirstSignIn, openFirstSignIn, requestFirstSignIn } from '../../sign-in/mail-request.ts'
import { createAnonymousToken, isOurAnonymousForm } from '../anti-forgery.ts'
import { alert, button, field, form } from '../components/form.ts'
import { html, type Markup } from '../components/html.ts'
import { STATUS } from '../error-page.ts'
import { nextOf, signInPath } from '../next.ts'
import type { Answer, Visit } from '../visit.ts'

const USE = 'first-sign-in'

/** GET /sign-in/first */
export const showFirstSignIn = async (visit: Visit): Promise<Answer> => page(visit, nameStep(''), {})

/** POST /sign-in/first: the user name, then the code. */
export async function firstSignIn(visit: Visit): Promise<Answer> {
  const begun = visit.form.get('begun')
  const userName = (visit.form.get('userName') ?? '').trim().slice(0, 128)
  if (!isOurAnonymousForm(visit, USE)) {
    return page(visit, nameStep(userName), { status: 403, wrong: 'This page was open for too long. Begin again.' })
  }
  try {
    if (begun !== null) return await enterCode(visit, begun)
    if (userName === '') return page(visit, nameStep(''), { status: 400, wrong: 'Enter your user name.' })
    return page(visit, codeStep(await requestFirstSignIn(userName, visit)), {})
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const wrong = [error.message, error.hint].filter(Boolean).join(' ')
    return page(visit, nameStep(userName), { status: STATUS[error.code], wrong })
  }
}

async function enterCode(visit: Visit, begun: string): Promise<Answer> {
  const workflowId = openFirstSignIn(begun, visit)
  const token = workflowId && (await followFirstSignIn(workflowId, visit.form.get('code') ?? '', visit))
  if (token) return { goTo: `/link/${token}` }
  const wrong = 'That code is not right, has run out, or was tried too often. A new one comes when you begin again.'
  return page(visit, codeStep(begun), { status: 403, wrong })
}

interface Step {
  readonly lead: string
  readonly hidden: Readonly<Record<string, string>>
  readonly fields: readonly Markup[]
  readonly label: string
}

const nameStep = (userName: string): Step => ({
  lead: 'You have no password yet? A code comes by e-mail, if your administrator has set it up so.',
  hidden: {},
  fields: [
    field({
      name: 'userName',
      label: 'User name',
      autocomplete: 'username',
      autofocus: true,
      maxLength: 128,
      value: userName,
    }),
  ],
  label: 'Send the code',
})

const codeStep = (begun: string): Step => ({
  lead: 'If you may sign in this way, a code is on its way to your e-mail address. Enter it within ten minutes.',
  hidden: { begun },
  fields: [
    field({
      name: 'code',
      label: 'Six-digit code',
      autocomplete: 'one-time-code',
      numeric: true,
      autofocus: true,
      maxLength: 16,
    }),
  ],
  label: 'Continue',
})

interface Shown {
  readonly status?: number
  readonly wrong?: string
}

function page(visit: Visit, { lead, hidden, fields, label }: Step, { status = 200, wrong }: Shown): Answer {
  const { antiForgery, cookies } = createAnonymousToken(visit, USE)
  const next = nextOf(visit)
  const body = html`<p class="lead">${lead}</p>
${alert(wrong)}
${form({
  action: '/sign-in/first',
  antiForgery,
  hidden: { next, ...hidden },
  body: [...fields, html`<div class="actions">${button({ label })}</div>`],
})}
<p class="small other"><a href="${signInPath(next)}">Back to sign in</a></p>`
  return { show: { title: 'First sign-in', body }, status, cookies }
}
