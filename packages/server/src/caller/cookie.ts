/** Cookies: their names on https and on plain-http loopback, read and written. */

/** As much of a request as cookies need; a fastify request is one. */
export interface CookieRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** `https` when the client reached us by TLS, ours or a trusted proxy's. */
  readonly protocol: string
}

const MAX_LENGTH = 4096

/** On https the prefix keeps sibling hosts and plain-http pages from setting it (RFC 6265bis §4.1.3.2). */
const cookieName = ({ protocol }: CookieRequest, name: string): string =>
  protocol === 'https' ? `__Host-mayfly-${name}` : `mayfly-${name}`

/** The value of our cookie `name`, or undefined when it is absent, empty, or there twice with different values. */
export function cookieOf(request: CookieRequest, name: string): string | undefined {
  const { cookie } = request.headers
  const wanted = `${cookieName(request, name)}=`
  const values = (Array.isArray(cookie) ? cookie.join(';') : (cookie ?? ''))
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(wanted))
    .map((part) => part.slice(wanted.length))
  const [value] = values
  return value && value.length <= MAX_LENGTH && values.every((other) => other === value) ? value : undefined
}

/** A `Set-Cookie` value. Without `seconds` the cookie goes with the browser's window; 0 takes it away. */
export function formatCookie(request: CookieRequest, name: string, value: string, seconds?: number): string {
  const age = seconds === undefined ? '' : `; Max-Age=${Math.max(0, Math.floor(seconds))}`
  const secure = request.protocol === 'https' ? '; Secure' : ''
  return `${cookieName(request, name)}=${value}; Path=/; HttpOnly; SameSite=Lax${age}${secure}`
}
