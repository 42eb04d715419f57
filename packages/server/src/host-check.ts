/** Which names the server answers to: loopback with its own port, and the public URL's. */

import type { Config } from './context/settings.ts'

export type HostVerdict = 'ours' | 'malformed' | 'foreign'

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']

/**
 * A check of `Host` headers. A page of a name that points here (DNS rebinding) is refused before anything is read.
 * `port` is asked each time, since port 0 is settled only by listening.
 */
export function createHostCheck({ publicUrl }: Config, port: () => number): (host: string | undefined) => HostVerdict {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host
  return (host) => {
    if (host === undefined || !/^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:.]+\](:\d{1,5})?$/i.test(host)) return 'malformed'
    const asked = host.toLowerCase()
    if (asked === publicHost || withoutDefaultPort(asked) === publicHost) return 'ours'
    return LOOPBACK_NAMES.some((name) => matches(asked, name, port())) ? 'ours' : 'foreign'
  }
}

/** The one `Host` of a request; undefined when there is none, or when there are two and a proxy may have read the other. */
export function onlyHost(rawHeaders: readonly string[]): string | undefined {
  let host: string | undefined
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]
    if (name?.length !== 4 || name.toLowerCase() !== 'host') continue
    // RFC 9112 §3.2: more than one is answered with 400.
    if (host !== undefined) return undefined
    host = rawHeaders[at + 1]
  }
  return host
}

const matches = (asked: string, name: string, port: number): boolean =>
  asked === `${name}:${port}` || (asked === name && (port === 80 || port === 443))

const withoutDefaultPort = (host: string): string => host.replace(/:(80|443)$/, '')
