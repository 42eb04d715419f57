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
  if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le')
  if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be')
  const read = decode(bytes, 'utf-8') ?? {
    text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
    encoding: 'latin1' as const,
  }
  return read.text.includes('\0') ? undefined : read
}

function decode(bytes: Uint8Array, encoding: Exclude<Encoding, 'latin1'>): TextOfFile | undefined {
  try {
    return { text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes), encoding }
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
