/** Answers to a client, sent through the browser to its redirect URI. */

/** The redirect URI with the members of the answer; what its query held already stays. */
export function answerAddress(redirectUri: string, members: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries(members)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}

/**
 * What `form-action` must name so that a form may end at `redirectUri`. A policy cannot say an IPv6 address or a
 * private scheme with a path, so that those are named by scheme.
 */
export function formActionSource(redirectUri: string): string {
  const { protocol, host, hostname } = new URL(redirectUri)
  const isWeb = protocol === 'http:' || protocol === 'https:'
  return isWeb && !hostname.startsWith('[') ? `${protocol}//${host}` : protocol
}
