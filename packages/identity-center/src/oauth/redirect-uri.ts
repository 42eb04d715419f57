/** Redirect addresses: which may be registered, and which is the registered one (RFC 8252 §7, §8.4; RFC 9700 §2.1; §2.2, §2.4). */

/** A longer one is nobody's. */
const LONGEST = 2048

/** Visible ASCII alone, and none of the characters that browsers and servers read differently. */
const PLAIN = /^[!#-;=?-[\]_a-z~]+$/

/** Only these three name this very machine; `http://127.0.0.2` or a name that resolves to it does not. */
const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d{1,5}))?(?=[/?]|$)/

/** `com.example.app:/callback`: a reversed domain name, so there is a dot (RFC 8252 §7.1). */
const PRIVATE_SCHEME = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:\/{1,3}[^/]/

/**
 * Whether a client may register it: http on a loopback address, https, or a private scheme with a dot.
 * Never with a fragment (RFC 6749 §3.1.2), user information, a backslash or a space.
 */
export function isRedirectUri(uri: string): boolean {
  if (uri.length > LONGEST || !PLAIN.test(uri) || uri.includes('#') || hasDotSegment(uri)) return false
  if (LOOPBACK.test(uri)) return hasValidPort(uri)
  if (uri.startsWith('https://')) return isHttps(uri)
  return PRIVATE_SCHEME.test(uri) && !authorityOf(uri).includes('@') && URL.canParse(uri)
}

/** Whether the address asked for is a registered one: letter for letter, but for the port on a loopback address. */
export function matchesRedirectUri(registered: readonly string[], asked: string): boolean {
  if (!isRedirectUri(asked)) return false
  return registered.some((one) => one === asked || (LOOPBACK.test(one) && withoutPort(one) === withoutPort(asked)))
}

function isHttps(uri: string): boolean {
  const authority = authorityOf(uri)
  // A host becomes a part of the consent page's Content-Security-Policy, where `;` and `,` mean something.
  if (!/^[a-z0-9.:[\]-]+$/i.test(authority) || !URL.canParse(uri)) return false
  return new URL(uri).host === hostAsWritten(authority)
}

/** What stands between `//` and the path. */
const authorityOf = (uri: string): string => /^[^:]+:\/\/([^/?]*)/.exec(uri)?.[1] ?? ''

/** Without the default port, which a parser drops. A host that a parser would rewrite (`0x7f.1`) is not as written. */
const hostAsWritten = (authority: string): string => authority.toLowerCase().replace(/:443$/, '')

/** `/callback/../elsewhere` would be sent somewhere else than it says. */
const hasDotSegment = (uri: string): boolean => /\/(?:\.|%2e){1,2}(?:[/?]|$)/i.test(uri)

function hasValidPort(uri: string): boolean {
  const port = LOOPBACK.exec(uri)?.[1]
  return port === undefined || (Number(port) >= 1 && Number(port) <= 65_535)
}

/** Compares the host too: `localhost` and `127.0.0.1` are two addresses. */
const withoutPort = (uri: string): string => uri.replace(LOOPBACK, (match) => match.replace(/:\d{1,5}$/, ''))
