/** A request as its signer saw it: the whole path, and each line of a header that came more than once. */

import type { IncomingMessage } from 'node:http'
import type { WireRequest } from '@mayfly/wire/serve'

/** What a signature covers beside method, query and body. */
export type Signed = Pick<WireRequest, 'rawPath' | 'headers'>

/**
 * Node joins the lines of a repeated header with a comma and a space, Signature Version 4 with a comma alone, so the
 * lines are taken from before. Of a header that may come once only Node keeps the first line, and so do we: what is
 * verified is what is read.
 */
export function linesOf({ headers, rawHeaders }: Pick<IncomingMessage, 'headers' | 'rawHeaders'>): Signed['headers'] {
  const names = Object.keys(headers)
  // Nothing came twice, as in nearly every request.
  if (names.length * 2 === rawHeaders.length) return headers
  const lines = new Map<string, string[]>()
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = String(rawHeaders[index]).toLowerCase()
    const line = String(rawHeaders[index + 1])
    const before = lines.get(name)
    if (before) before.push(line)
    else lines.set(name, [line])
  }
  const all: Record<string, string | string[] | undefined> = { ...headers }
  for (const [name, values] of lines) if (values.length > 1 && headers[name] !== values[0]) all[name] = values
  return all
}
