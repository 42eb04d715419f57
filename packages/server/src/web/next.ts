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

/** The sign-in page, with the way back. */
export const signInPath = (next: string): string => `/sign-in?next=${encodeURIComponent(next)}`
