/** Where to go after signing in: a page of ours, and nothing else. */

const START = '/start'
const PAGES = /^\/(?:start(?=[/?#]|$)|authorize\?|device(?=[?#]|$))/
const MAX_LENGTH = 8192

/** The path in `text` when it is one of the pages that send people to sign in; otherwise the access portal. */
export function safeNext(text: string | null | undefined): string {
  if (!text || text.length > MAX_LENGTH || !PAGES.test(text)) return START
  // Parsed as a browser parses it: what then lies elsewhere, or is no longer one of these pages, is not followed.
  const base = 'http://this.invalid'
  const url = URL.parse(text, base)
  if (url?.origin !== base) return START
  const path = url.pathname + url.search + url.hash
  return PAGES.test(path) ? path : START
}

/** The way back that a page of the sign-in was given, in its address or its form. */
export const nextOf = ({ form, query }: { form: URLSearchParams; query: URLSearchParams }): string =>
  safeNext(form.get('next') ?? query.get('next'))

/** A page of the sign-in, with the way back. It travels in the address: it may be longer than a cookie can hold. */
export const withNext = (path: string, next: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}next=${encodeURIComponent(next)}`

/** The sign-in page, with the way back. */
export const signInPath = (next: string): string => withNext('/sign-in', next)
