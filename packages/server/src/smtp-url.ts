/** Reads `--smtp-url` and `--mail-from`. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { SmtpServer } from './context/settings.ts'

/** Whatever is wrong with it, the message holds nothing of it: there may be a password in it. */
export function parseSmtpUrl(text: string | undefined): SmtpServer | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text)
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '' || url.pathname.length > 1) {
    throw new Refusal('invalid', '--smtp-url wants an address such as smtps://user:password@mail.example.com:465.', {
      hint: 'Write what is special in a password as % and two digits: @ as %40, : as %3A, / as %2F, # as %23, % as %25.',
    })
  }
  const always = url.protocol === 'smtps:'
  const off = url.searchParams.get('tls') === 'off' || ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return {
    host: url.hostname.replace(/[[\]]/g, ''),
    port: url.port === '' ? (always ? 465 : 587) : Number(url.port),
    tls: always ? 'always' : off ? 'off' : 'starttls',
    ...(url.username === ''
      ? {}
      : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }),
  }
}

/** An address, or a name and an address as `Acme <no-reply@example.com>`. */
export function parseMailFrom(text: string | undefined): string | undefined {
  if (text === undefined || /^[^\p{C}<>@]*<?[^\s<>@\p{C}]+@[^\s<>@\p{C}]+>?$/u.test(text)) return text
  throw new Refusal('invalid', '--mail-from wants an address such as no-reply@example.com.')
}
