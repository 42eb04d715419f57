/** The headers of every page: what a browser may do with it. */

import type { CookieRequest } from '../caller/cookie.ts'

const COMMON: Readonly<Record<string, string>> = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
}

const withTransportSecurity = ({ protocol }: CookieRequest): Record<string, string> =>
  protocol === 'https' ? { ...COMMON, 'strict-transport-security': 'max-age=31536000' } : { ...COMMON }

/** Those of a plain page. Chromium holds the redirect after a form to `form-action` too, so a page names where it leads. */
export const plainPageHeaders = (
  request: CookieRequest,
  formAction: readonly string[] = [],
): Record<string, string> => ({
  ...withTransportSecurity(request),
  'cache-control': 'no-store',
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    `default-src 'none'`,
    `style-src 'self'`,
    `img-src 'self' data:`,
    `form-action ${["'self'", ...formAction].join(' ')}`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
  ].join('; '),
})

const CONSOLE_POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self' data: blob:`,
  `font-src 'self' data:`,
  `connect-src 'self'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
  `base-uri 'none'`,
  `require-trusted-types-for 'script'`,
].join('; ')

/** Those of the console's page. */
export const consoleHeaders = (request: CookieRequest): Record<string, string> => ({
  ...withTransportSecurity(request),
  'cache-control': 'no-cache',
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CONSOLE_POLICY,
})

/** Those of what a page is built from: its name changes with its content. */
export const assetHeaders = (request: CookieRequest, contentType: string): Record<string, string> => ({
  ...withTransportSecurity(request),
  'cache-control': 'public, max-age=31536000, immutable',
  'content-type': contentType,
})

/** Those of the portal's data. */
export const dataHeaders = (request: CookieRequest): Record<string, string> => ({
  ...withTransportSecurity(request),
  'cache-control': 'no-store',
  'content-type': 'application/json; charset=utf-8',
  'content-security-policy': `default-src 'none'; frame-ancestors 'none'`,
})
