/** Which version of Mayfly this is. */

/** `1.2.3`, from the package. */
export async function readVersion(): Promise<string> {
  // `as string` keeps the compiler from pulling in a file that lies outside of the sources; a bundler embeds it.
  const { default: manifest } = await import('../../package.json' as string, { with: { type: 'json' } })
  return String(manifest.version)
}

/** True when `version` comes before `other`. What is no version of ours comes before everything. */
export function isOlder(version: string, other: string): boolean {
  const [one, two] = [version, other].map((text) => /^(\d+)\.(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number))
  if (!one || !two) return !one && two !== undefined
  const differs = one.findIndex((part, index) => part !== two[index])
  return differs >= 0 && (one[differs] ?? 0) < (two[differs] ?? 0)
}
