/** Which address a portal link may lead to: pages of the AWS console and nothing else, or the link is an open redirect. */

/**
 * Says whether `destination` is an https page whose host is one of `allowedHosts` or lies below one of them.
 * A host may be written with a leading dot. Never throws.
 */
export function isConsoleDestination(destination: string, allowedHosts: readonly string[]): boolean {
  // The URL parser drops tabs and newlines and turns `\` into `/`; a reader of the link sees another host than we do.
  if (!/^https:\/\/[\x21-\x7e]*$/i.test(destination) || destination.includes('\\')) return false
  if (!URL.canParse(destination)) return false
  const { protocol, hostname, port, username, password } = new URL(destination)
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false
  return allowedHosts.some((allowed) => {
    const host = allowed.replace(/^\./, '').toLowerCase()
    return host !== '' && (hostname === host || hostname.endsWith(`.${host}`))
  })
}
