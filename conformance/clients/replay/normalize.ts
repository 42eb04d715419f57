/** Takes out of a recorded and a replayed session what no two runs have in common: ids, times, ports, codes, paths. */

import type { Exchange, Snapshot } from './recording.ts'

/** A text that the two must share, character by character. */
export const normalize = (text: string): string =>
  text
    .replace(/(127\.0\.0\.1(?::|%3A))\d+/g, '$1<port>')
    .replace(/\bstate=[0-9a-f-]{36}/g, 'state=<id>')
    .replace(/\bcode_challenge=[\w-]{43}\b/g, 'code_challenge=<code>')
    .replace(/"codeVerifier":"[\w.~-]{64}"/g, '"codeVerifier":"<code>"')
    .replace(/botocore-client-\d{10}/g, 'botocore-client-<time>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?=Z|\+00:00)/g, '<time>')
    .replace(/[ \t]+$/gm, '')
    .trim()

/** A snapshot in the form of the recordings, which the two must share as well. */
export const formatSnapshot = (snapshot: Snapshot): string =>
  normalize(
    [...snapshot]
      .map(([path, { mode, content }]) => `--- ${path} mode ${mode}\n${content === undefined ? '' : `${content}\n`}`)
      .join(''),
  )

/** The requests of a program, one a line; what a person's browser asked is left out. */
export const formatRequests = (exchanges: readonly Exchange[]): string =>
  normalize(
    exchanges
      .filter(({ target }) => !/^\/(authorize|device)(\?|$)/.test(target))
      .map(({ method, target, headers, body }) => {
        const token = headers['x-amz-sso_bearer_token']
        return `${method} ${sortQuery(target)}${token ? ` token ${token}` : ''}${body === '' ? '' : ` ${plainBody(body)}`}`
      })
      .join('\n'),
  )

function sortQuery(target: string): string {
  const url = new URL(target, 'http://replay')
  url.searchParams.sort()
  return `${url.pathname}${url.search}`
}

/** The same JSON however it is spaced and ordered. */
function plainBody(body: string): string {
  if (!body.startsWith('{')) return body
  const members: [string, unknown][] = Object.entries(JSON.parse(body))
  return JSON.stringify(Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1))))
}
