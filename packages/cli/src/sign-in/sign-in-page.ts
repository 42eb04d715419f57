/** Tells the person where to sign in, in the words of the AWS CLI. */

import type { Machine } from '../machine/machine.ts'
import type { SignInPage } from './issued-token.ts'

export interface PageOptions {
  /** Whether to open it; otherwise the address is only printed. */
  readonly opensBrowser: boolean
  /** Where the words go: away from standard output when another program reads that. */
  readonly prints: 'stdout' | 'stderr'
}

/** Prints a sign-in page's address, and opens it. */
export function showPage(machine: Machine, page: SignInPage, { opensBrowser, prints }: PageOptions): void {
  const text = opensBrowser ? formatOpening(page) : formatAddress(page)
  if (prints === 'stdout') machine.terminal.write(text)
  else machine.terminal.writeError(text)
  if (opensBrowser) void machine.browser.open(page.grant === 'device_code' ? page.verificationUriComplete : page.url)
}

function formatOpening(page: SignInPage): string {
  if (page.grant === 'authorization_code') {
    return `Attempting to open your default browser. If the browser does not open, open the following URL.
If you are unable to open the URL on this device, run this command again with the '--use-device-code' option.

${page.url}

`
  }
  return `Attempting to open your default browser.
If the browser does not open or you wish to use a different device to authorize this request, open the following URL:

${printable(page.verificationUri)}

Then enter the code:

${printable(page.userCode)}
`
}

function formatAddress(page: SignInPage): string {
  const start = 'Browser will not be automatically opened.\nPlease visit the following URL:\n\n'
  if (page.grant === 'authorization_code') return `${start}${page.url}\n`
  return `${start}${printable(page.verificationUri)}

Then enter the code:

${printable(page.userCode)}

Alternatively, you may visit the following URL which will autofill the code upon loading:
${printable(page.verificationUriComplete)}
`
}

/** A server's words without control characters: they must not move the cursor. */
const printable = (text: string): string => text.replace(/\p{Cc}/gu, '')
