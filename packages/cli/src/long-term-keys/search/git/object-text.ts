/** The text of an object, where it may hold a key at all. */

/**
 * What every key of a text has near it, in some spelling: the first letters of an id (plain, in base64 at each of its three
 * places, with a zero behind each as in UTF-16), or the word by which a secret is known.
 */
const SIGNS = ['AKIA', 'QUtJQ', 'FLSU', 'BS0lB', 'ecret', 'ECRET', 'ccess', 'CCESS', 'A\0K\0I\0A', '\\u0041', '%41']

/** Looks for the signs alone: nine of ten objects hold none, and are not even made into a text. */
export const mayHoldKey = (bytes: Buffer): boolean => SIGNS.some((sign) => bytes.indexOf(sign, 0, 'latin1') >= 0)

/** UTF-8, or UTF-16 where the bytes say so. Wrong bytes are replaced. */
export function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder().decode(bytes)
}

/** What a commit or a tag says, without the lines above: who, when, and the signature. */
export function messageOf(bytes: Buffer): string {
  const text = textOf(bytes)
  const gap = text.indexOf('\n\n')
  return gap < 0 ? '' : text.slice(gap + 2)
}
