/** Which proxy a request goes through, decided as the AWS CLI decides it. */

import { BlockList, isIP } from 'node:net'
import { Refusal } from '@mayfly/identity-center/refusal'

type Environment = Readonly<Record<string, string | undefined>>

/** The proxy for an address, or nothing: what stays on this computer is not shown to another. Refuses one that is no address, or of a kind that nobody here speaks (SOCKS). */
export function findProxy(url: URL, env: Environment): URL | undefined {
  const scheme = url.protocol.slice(0, -1)
  const chosen = findVariable(env, `${scheme}_proxy`)
  if (!chosen || isBypassed(url, findVariable(env, 'no_proxy') ?? '')) return undefined
  const address = chosen.includes('://') ? chosen : `http://${chosen}`
  const proxy = URL.canParse(address) ? new URL(address) : undefined
  if (proxy && ['http:', 'https:'].includes(proxy.protocol))
    return staysHere(url) && !staysHere(proxy) ? undefined : proxy
  // Without a user and password that it may hold.
  throw new Refusal('invalid', `Failed to connect to proxy URL: "${address.replace(/\/\/.*@/, '//')}"`, {
    hint: `Look at ${scheme.toUpperCase()}_PROXY: a proxy is written http://HOST:PORT.`,
  })
}

/**
 * Whether an address never leaves this computer. A proxy elsewhere could not reach it, and would read the tokens that are
 * sent there over plain http; the AWS CLI asks it all the same.
 */
const staysHere = ({ hostname }: URL): boolean => /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

/**
 * A variable in lower case wins over one in capitals, an empty one in lower case switches it off (Python's getproxies).
 * Under a CGI server HTTP_PROXY would come from a request's `Proxy:` header, so it does not count there (httpoxy).
 */
function findVariable(env: Environment, name: string): string | undefined {
  if (env[name] !== undefined) return env[name]
  if (name === 'http_proxy' && env['REQUEST_METHOD'] !== undefined) return undefined
  return env[name.toUpperCase()]
}

/**
 * Whether NO_PROXY names the host: `*` for all, a name for itself and all below it, with a port for that port alone,
 * an address for itself, and a network (`10.0.0.0/8`) for its addresses. Capitals do not matter.
 */
export function isBypassed(url: URL, noProxy: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const names = noProxy.split(',').map((name) => name.trim().toLowerCase())
  return names.some(
    (name) => name !== '' && (name === '*' || matchesName(name, host, port) || matchesNetwork(name, host)),
  )
}

function matchesName(entry: string, host: string, port: string): boolean {
  const [, name = entry, onlyPort] = /^(.+?):(\d+)$/.exec(isIP(entry) === 6 ? '' : entry) ?? []
  if (onlyPort !== undefined && onlyPort !== port) return false
  const plain = name.replace(/^\*?\.+/, '').replace(/^\[|\]$/g, '')
  return plain !== '' && (host === plain || (isIP(host) === 0 && host.endsWith(`.${plain}`)))
}

function matchesNetwork(entry: string, host: string): boolean {
  const [, network = '', length = ''] = /^([\d.]+|[\da-f:.]+)\/(\d{1,3})$/.exec(entry) ?? []
  const family = isIP(network)
  if (family === 0 || family !== isIP(host) || Number(length) > (family === 4 ? 32 : 128)) return false
  const list = new BlockList()
  const type = family === 4 ? 'ipv4' : 'ipv6'
  list.addSubnet(network, Number(length), type)
  return list.check(host, type)
}

/** `Basic …` for a proxy address that carries a user; nothing otherwise. */
export function proxyAuthorization(proxy: URL): string | undefined {
  if (proxy.username === '' && proxy.password === '') return undefined
  const [user, password] = [percentDecode(proxy.username), percentDecode(proxy.password)]
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

/** A password with a bare percent sign stands for itself. */
function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
