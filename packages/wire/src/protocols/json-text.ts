/** JSON text from a stranger: bounded in depth, each key once. */

import { decodeUtf8, unreadable } from './text.ts'

const MOST_DEPTH = 32

/** The JSON value in a body. An empty body is an empty object. Throws `SerializationException`. */
export function parseJsonBody(body: Uint8Array): unknown {
  if (body.length === 0) return {}
  return parseJson(decodeUtf8(body))
}

/** As `parseJsonBody`, from text. */
export function parseJson(text: string): unknown {
  checkNesting(text)
  try {
    return JSON.parse(text)
  } catch {
    // The engine's message quotes the text, and the text may hold a secret.
    throw unreadable('The body is not JSON.')
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Refuses what `JSON.parse` lets through: nesting without end, and a key given twice, where two readers of one request
 * could each believe another value.
 */
function checkNesting(text: string): void {
  const open: (Set<string> | undefined)[] = []
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      const end = endOfString(text, at)
      checkKey(text, at, end, open.at(-1))
      at = end
    } else if (code === 0x7b || code === 0x5b) {
      open.push(code === 0x7b ? new Set() : undefined)
      if (open.length > MOST_DEPTH) throw unreadable('The body is nested too deeply.')
    } else if (code === 0x7d || code === 0x5d) {
      open.pop()
    }
    at += 1
  }
}

/** The position of the quote that closes the string opened at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1
  return at
}

function checkKey(text: string, start: number, end: number, keys: Set<string> | undefined): void {
  if (keys === undefined || !isFollowedByColon(text, end + 1)) return
  const raw = text.slice(start + 1, end)
  const key = raw.includes('\\') ? unescaped(text.slice(start, end + 1)) : raw
  if (keys.has(key)) throw unreadable('The body holds a key twice.')
  keys.add(key)
}

function isFollowedByColon(text: string, from: number): boolean {
  let at = from
  while (at < text.length && ' \t\n\r'.includes(text.charAt(at))) at += 1
  return text.charCodeAt(at) === 0x3a
}

function unescaped(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    throw unreadable('The body is not JSON.')
  }
}
