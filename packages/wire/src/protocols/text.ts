/** What text from a stranger may hold, whatever the protocol. */

import { ServiceException } from '../model/service-exception.ts'

/** Why a request cannot be read at all; each service says it with its own exception. */
export function unreadable(message: string): ServiceException {
  return new ServiceException('SerializationException', message)
}

// Tab, line feed and carriage return occur in descriptions and policies; every other control character only serves to
// confuse logs, terminals and databases.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what this expression looks for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

// On a terminal these move the cursor too (C1, carriage return), or make a text read as another (bidirectional marks).
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what this expression looks for
const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** The text itself, or `SerializationException` when it holds control characters or half a surrogate pair. */
export function checkedText(text: string): string {
  if (CONTROL.test(text)) throw unreadable('A string may not hold control characters.')
  if (!text.isWellFormed()) throw unreadable('A string must be well-formed Unicode.')
  return text
}

/**
 * The text with replacement characters where `checkedText` refuses, and more: what a service answers ends in terminals and files of
 * the person who asked, and one odd account name must not cost them the whole list.
 */
export function harmlessText(text: string): string {
  return text.replace(HARMFUL, '\ufffd').toWellFormed()
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Throws `SerializationException` for what is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw new ServiceException('SerializationException', 'The body is not UTF-8.', { cause })
  }
}

/** A header's one value; undefined when it is absent. Sent twice, it is refused: which of the two counts is a guess. */
export function findHeader(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
): string | undefined {
  const value = headers[name]
  if (value === undefined || typeof value === 'string') return value
  if (value.length > 1) throw unreadable(`The header ${name} may be sent once.`)
  return value[0]
}
