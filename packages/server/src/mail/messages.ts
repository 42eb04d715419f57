/** What our mails say: plain text, and the same as simple HTML. */

import type { Duration } from '@mayfly/identity-center/duration'
import { days, hours, minutes } from '@mayfly/identity-center/duration'
import type { Mail } from '@mayfly/identity-center/mail'
import { EMAIL_CODE_LIFETIME } from '@mayfly/identity-center/sign-in/email-code'

/** How long the link of an invitation works (§4.1). */
export const INVITATION_LIFETIME = days(7)
/** How long the link to choose a new password works (§4.1). */
export const PASSWORD_RESET_LIFETIME = hours(1)

interface Addressed {
  readonly to: string
  /** As the person is called. */
  readonly name: string
  readonly userName: string
  /** What the access portal is called. */
  readonly portal: string
}

/** Welcomes somebody who has no password yet; `lifetime` is how long this very link works. */
export const invitationMail = ({
  link,
  lifetime,
  ...addressed
}: Addressed & { readonly link: string; readonly lifetime: Duration }): Mail =>
  compose(addressed, `You are invited to ${addressed.portal}`, [
    `You now have access to ${addressed.portal}. Your user name is ${addressed.userName}.`,
    'Choose a password to sign in with:',
    { link },
    `The link works once, for ${lengthOf(lifetime)}. Who did not expect this mail may delete it.`,
  ])

/** For whoever forgot the password. */
export const passwordResetMail = ({ link, ...addressed }: Addressed & { readonly link: string }): Mail =>
  compose(addressed, `Choose a new password for ${addressed.portal}`, [
    `Somebody asked for a new password for ${addressed.userName}. To choose one, open:`,
    { link },
    `The link works once, for ${lengthOf(PASSWORD_RESET_LIFETIME)}. If it was not you, do nothing: your password stays.`,
  ])

/** A code for a sign-in that is on its way. */
export const emailCodeMail = ({ code, ...addressed }: Addressed & { readonly code: string }): Mail =>
  compose(addressed, `Your code for ${addressed.portal}`, [
    'Enter this code on the page where you sign in:',
    { code },
    `It works once, for ${lengthOf(EMAIL_CODE_LIFETIME)}. Nobody will ever ask you for it. If you are not signing in, do nothing.`,
  ])

type Part = string | { readonly link: string } | { readonly code: string }

function compose({ to, name, portal }: Addressed, subject: string, parts: readonly Part[]): Mail {
  const all: readonly Part[] = [`Hello ${name},`, ...parts, portal]
  const text = all.map((part) => (typeof part === 'string' ? part : Object.values(part)[0])).join('\n\n')
  const body = all.map(htmlOf).join('\n')
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${toHtml(subject)}</title>
<body style="font:16px/1.5 system-ui,sans-serif;max-width:36em;margin:2em auto;padding:0 1em">
${body}
</body></html>`
  return { to, subject, text: `${text}\n`, html }
}

function htmlOf(part: Part): string {
  if (typeof part === 'string') return `<p>${toHtml(part)}</p>`
  if ('code' in part) return `<p style="font:bold 28px monospace;letter-spacing:4px">${toHtml(part.code)}</p>`
  return `<p><a href="${toHtml(part.link)}">${toHtml(part.link)}</a></p>`
}

const toHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function lengthOf(length: Duration): string {
  if (length >= days(2)) return `${Math.round(length / days(1))} days`
  return length >= hours(1) ? `${Math.round(length / hours(1))} hour` : `${Math.round(length / minutes(1))} minutes`
}
