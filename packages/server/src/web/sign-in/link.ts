/** /link/<token>: a one-time link, followed. Looking at it uses nothing up; only the form does. */

import { settingsOf } from '@mayfly/identity-center/instance'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { OneTimeLink } from '@mayfly/identity-center/sign-in/one-time-link'
import { describePasswordRules } from '@mayfly/identity-center/sign-in/password'
import { checkNewPerson, type NewPerson } from '../../sign-in/first-administrator.ts'
import {
  countLink,
  findOneTimeLink,
  followFirstAdministratorLink,
  followPasswordLink,
  getUserOfLink,
  usedLink,
} from '../../sign-in/one-time-link.ts'
import type { AfterPassword } from '../../sign-in/password-sign-in.ts'
import { createAnonymousToken, isOurAnonymousForm } from '../anti-forgery.ts'
import { alert, button, field, form } from '../components/form.ts'
import { html, type Markup } from '../components/html.ts'
import { STATUS } from '../error-page.ts'
import type { Answer, Visit } from '../visit.ts'
import { answerAfterPassword } from './sign-in.ts'

const USE = 'link'

/** GET /link/:token */
export async function showLink(visit: Visit): Promise<Answer> {
  return linkPage(visit, await getLink(visit), {})
}

/** POST /link/:token */
export async function followLink(visit: Visit): Promise<Answer> {
  await countLink(visit)
  const link = await getLink(visit)
  const person = personOf(visit)
  const password = visit.form.get('newPassword') ?? ''
  const wrong = findFault(visit, link, person)
  if (wrong) return linkPage(visit, link, { person, ...wrong })
  try {
    return answerAfterPassword(await follow(visit, link, person, password), '/start', visit)
  } catch (error) {
    // The link is gone for whoever came second: there is no form to show again.
    if (!(error instanceof Refusal) || error.code === 'not-found') throw error
    const message = [error.message, error.hint].filter(Boolean).join(' ')
    return linkPage(visit, link, { person, message, status: STATUS[error.code] })
  }
}

async function getLink(visit: Visit): Promise<OneTimeLink> {
  const link = await findOneTimeLink(visit.parameters['token'] ?? '', visit)
  if (!link) throw usedLink()
  return link
}

function follow(visit: Visit, link: OneTimeLink, person: NewPerson, password: string): Promise<AfterPassword> {
  const token = visit.parameters['token'] ?? ''
  return link.purpose === 'first-administrator'
    ? followFirstAdministratorLink(token, person, password, visit)
    : followPasswordLink(token, link, password, visit)
}

const personOf = ({ form: sent }: Visit): NewPerson => ({
  userName: (sent.get('userName') ?? '').trim(),
  givenName: (sent.get('givenName') ?? '').trim(),
  familyName: (sent.get('familyName') ?? '').trim(),
  email: (sent.get('email') ?? '').trim(),
})

type Faults = Partial<Record<keyof NewPerson, string>>

interface Shown {
  readonly person?: NewPerson
  readonly message?: string
  readonly faults?: Faults
  readonly status?: number
}

function findFault(visit: Visit, { purpose }: OneTimeLink, person: NewPerson): Shown | undefined {
  if (!isOurAnonymousForm(visit, USE)) {
    return { message: 'This page was open for too long. Send the form again.', status: 403 }
  }
  if (visit.form.get('newPassword') !== visit.form.get('newPasswordAgain')) {
    return { message: 'The two passwords are not the same.', status: 400 }
  }
  const faults = purpose === 'first-administrator' ? checkNewPerson(person) : {}
  return Object.keys(faults).length > 0 ? { faults, status: 400 } : undefined
}

const TITLES: Readonly<Record<OneTimeLink['purpose'], string>> = {
  'first-administrator': 'Welcome to Mayfly',
  invitation: 'Welcome',
  'password-reset': 'Choose a new password',
}

async function linkPage(
  visit: Visit,
  link: OneTimeLink,
  { person, message, faults = {}, status = 200 }: Shown,
): Promise<Answer> {
  const { antiForgery, cookies } = createAnonymousToken(visit, USE)
  const isFirst = link.purpose === 'first-administrator'
  const userName = isFirst ? undefined : (await getUserOfLink(link, visit)).userName
  const lead = isFirst
    ? html`You are the first administrator. Say who you are and choose a password; your second factor comes next.`
    : html`Choose the password with which <strong>${userName ?? ''}</strong> signs in from now on.`
  const body = html`<p class="lead">${lead}</p>
${alert(message)}
${form({
  action: visit.path,
  antiForgery,
  body: [
    isFirst ? personFields(person, faults) : userNameField(userName ?? ''),
    passwordFields(describePasswordRules(settingsOf(await visit.instance()))),
    html`<div class="actions">${button({ label: isFirst ? 'Create the administrator' : 'Set the password' })}</div>`,
  ],
})}`
  return { show: { title: TITLES[link.purpose], body }, status, cookies }
}

const personFields = (person: NewPerson | undefined, faults: Faults): Markup[] => [
  field({
    name: 'userName',
    label: 'User name',
    hint: 'You sign in with it.',
    autocomplete: 'username',
    autofocus: true,
    maxLength: 128,
    ...shown(person?.userName, faults.userName),
  }),
  field({
    name: 'givenName',
    label: 'Given name',
    autocomplete: 'given-name',
    ...shown(person?.givenName, faults.givenName),
  }),
  field({
    name: 'familyName',
    label: 'Family name',
    autocomplete: 'family-name',
    ...shown(person?.familyName, faults.familyName),
  }),
  field({
    name: 'email',
    label: 'E-mail address',
    type: 'email',
    autocomplete: 'email',
    ...shown(person?.email, faults.email),
  }),
]

/** For the password manager, which would otherwise store a password of nobody. */
const userNameField = (userName: string): Markup =>
  html`<input class="unseen" type="text" name="userName" autocomplete="username" value="${userName}" readonly tabindex="-1" aria-hidden="true">`

const passwordFields = (hint: string): Markup[] => [
  field({
    name: 'newPassword',
    label: 'New password',
    hint,
    type: 'password',
    autocomplete: 'new-password',
    maxLength: 256,
  }),
  field({
    name: 'newPasswordAgain',
    label: 'New password, once more',
    type: 'password',
    autocomplete: 'new-password',
    maxLength: 256,
  }),
]

const shown = (value: string | undefined, fault: string | undefined) => ({
  ...(value === undefined ? {} : { value }),
  ...(fault === undefined ? {} : { errors: [fault] }),
})
