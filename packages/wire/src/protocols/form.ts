/** `application/x-www-form-urlencoded`, in bodies and in queries: each name once. */

import { unreadable } from './text.ts'

const MOST_FIELDS = 2000

/** The fields of a form or a query, by name. Throws `SerializationException` on a name given twice or a broken `%`. */
export function parseForm(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  if (text === '') return fields
  for (const pair of text.split('&', MOST_FIELDS + 1)) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    if (fields.has(name)) throw unreadable('A parameter was sent twice.')
    fields.set(name, equals < 0 ? '' : decode(pair.slice(equals + 1)))
    if (fields.size > MOST_FIELDS) throw unreadable('Too many parameters.')
  }
  return fields
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw unreadable('A parameter is not percent-encoded UTF-8.')
  }
}

/** One component, encoded as signatures want it: only unreserved characters stay (RFC 3986 §2.3). */
export function encodeComponent(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}
