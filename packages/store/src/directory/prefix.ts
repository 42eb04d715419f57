/** All keys that begin alike, as a range that an index answers. */

// Sorts behind every other character on both engines, which compare the bytes of UTF-8.
const LAST = '\u{10ffff}'

export const prefixRange = (beginning: string): { from: string; to: string } => ({
  from: beginning,
  to: `${beginning}${LAST}`,
})
