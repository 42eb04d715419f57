/** The bytes of a file as a text, and back again without a byte of difference. */

/** `latin1`: some bytes are no UTF-8; each byte is a character then, which is right for every format whose syntax is ASCII. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1'

export interface TextOfFile {
  /** With its byte order mark, when there is one. */
  readonly text: string
  readonly encoding: Encoding
}

/** Nothing for what is no text: it has a NUL. */
export function readText(bytes: Uint8Array): TextOfFile | undefined {
  const [first, second] = bytes
  const marked: readonly Encoding[] =
    first === 0xff && second === 0xfe ? ['utf-16le'] : first === 0xfe && second === 0xff ? ['utf-16be'] : []
  for (const encoding of marked.length > 0 ? marked : (['utf-8', 'latin1'] as const)) {
    const text = decodeAs(bytes, encoding)
    if (text !== undefined) return text.includes('\0') ? undefined : { text, encoding }
  }
  return undefined
}

/** Nothing for bytes that are not of this encoding. */
export function decodeAs(bytes: Uint8Array, encoding: Encoding): string | undefined {
  if (encoding === 'latin1') return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** What is added to a `latin1` text is UTF-8 in the file: `encodeAddition` makes it fit in first. */
export function writeText(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(text)
  if (encoding === 'latin1') return Buffer.from(text, 'latin1')
  const bytes = Buffer.from(text, 'utf16le')
  return encoding === 'utf-16be' ? bytes.swap16() : bytes
}

/** A text that is put into one of this encoding. */
export const encodeAddition = (text: string, encoding: Encoding): string =>
  encoding === 'latin1' ? Buffer.from(text).toString('latin1') : text
