/** The address at which a browser on another computer ended, pasted by the person: as good as the browser's own visit. */

import { answerCallback, type Callback } from '../machine/loopback.ts'

/** What was pasted: what the browser brought back, the beginning of it, or something else. */
export type Pasted =
  | { readonly is: 'callback'; readonly callback: Callback }
  | { readonly is: 'unfinished' }
  | { readonly is: 'refused'; readonly sentence: string }

/** The address that is waited for. */
export interface ExpectedAddress {
  /** With its port: `http://127.0.0.1:40000/oauth/callback`. */
  readonly redirectUri: string
  readonly state: string
}

/** Characters that no such address has; a code is some hundred characters long. */
const MOST = 16_384

/**
 * Decides about a pasted text. Blanks and line ends are what a terminal or a mail put in between: none is part of an
 * address. The state is checked as it is when the browser comes by itself; a code without one is not taken.
 */
export function parsePasted(text: string, expected: ExpectedAddress): Pasted {
  if (text.length > MOST) return refused('That is too long for the address of a page.')
  const joined = text.replace(/[\s\p{Cc}]+/gu, '').replace(/^[<"'`“]+|[>"'`”]+$/gu, '')
  const wanted = new URL(expected.redirectUri)
  const url = URL.parse(/^127\.0\.0\.1[:/]/.test(joined) ? `http://${joined}` : joined)
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    return isBeginning(joined, wanted)
      ? { is: 'unfinished' }
      : refused(`That is no address. Copy all of it, from ${wanted.origin} to its end.`)
  }
  if (url.searchParams.has('redirect_uri'))
    return refused('That is the page to sign in at. The address to copy is where the browser ends after it.')
  if (url.host !== wanted.host && isBeginning(joined, wanted)) return { is: 'unfinished' }
  if (url.hostname !== wanted.hostname)
    return refused(`That page is elsewhere. The address to copy begins with ${wanted.origin}.`)
  if (url.port !== wanted.port)
    return refused(`That address is of another sign-in: this one waits at ${wanted.origin}.`)
  return parseVisit(url, wanted.pathname, expected.state)
}

function parseVisit(url: URL, path: string, state: string): Pasted {
  if (url.pathname !== path) {
    return path.startsWith(url.pathname) && url.search === ''
      ? { is: 'unfinished' }
      : refused(`That page is none of this sign-in. Its address has ${path} in it.`)
  }
  const brought = url.searchParams.get('state') ?? ''
  if (brought !== state) {
    return state.startsWith(brought)
      ? { is: 'unfinished' }
      : refused('That address is of another sign-in. Copy the one to which the address above has led.')
  }
  const { callback } = answerCallback({ method: 'GET', target: `${url.pathname}${url.search}` }, { path, state })
  return callback ? { is: 'callback', callback } : { is: 'unfinished' }
}

const isBeginning = (text: string, { href, host }: URL): boolean =>
  text !== '' && (href.startsWith(text) || `${host}/`.startsWith(text))

const refused = (sentence: string): Pasted => ({ is: 'refused', sentence })
