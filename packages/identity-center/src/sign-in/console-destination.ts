/** Where a sign-in to the console may lead: pages of the AWS console and nothing else, or the link is an open redirect (§6.2). */

/** Hosts, or what hosts end with. */
export const CONSOLE_HOSTS: readonly string[] = [
  'console.aws.amazon.com',
  'console.amazonaws.cn',
  'console.amazonaws-us-gov.com',
  'console.amazonaws.eu',
]

/** Whether it is an https page whose host is one of the console's, or lies below one of them. */
export function isConsoleDestination(destination: string): boolean {
  // The URL parser drops tabs and newlines and turns `\` into `/`; a reader of the link sees another host than we do.
  if (!/^https:\/\/[\x21-\x5b\x5d-\x7e]{1,2048}$/i.test(destination)) return false
  const url = URL.parse(destination)
  if (url === null || url.port !== '' || url.username !== '' || url.password !== '') return false
  return CONSOLE_HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
}
