/** The message of a commit or a tag. */

/** Without the lines above it: who, when, and the signature. */
export function messageOf(text: string): string {
  const gap = text.indexOf('\n\n')
  return gap < 0 ? '' : text.slice(gap + 2)
}
