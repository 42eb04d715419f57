/** Where the endpoint may listen, and how its address is written. */

import { Refusal } from '@mayfly/identity-center/refusal'

/** The address that ECS has: SDKs take it, and a network of containers can have it as its gateway. */
export const ECS_ADDRESS = '169.254.170.2'

/**
 * The address to listen on, as it was typed (`localhost` is 127.0.0.1). Refuses what is no address of loopback or of
 * 169.254.170.x, unless `allowsNetwork`; every address at once is refused always.
 */
export function parseListenAddress(typed: string, allowsNetwork: boolean): string {
  const host = typed.toLowerCase() === 'localhost' ? '127.0.0.1' : typed.replace(/^\[(.*)\]$/, '$1')
  if (!isIpv4(host) && !isIpv6(host)) {
    throw new Refusal('invalid', `--host takes an address of this computer, not a name: ${typed}`, {
      hint: `127.0.0.1 for programs here, ${ECS_ADDRESS} for containers on a network with that gateway.`,
    })
  }
  if (host === '0.0.0.0' || /^[0:]+$/.test(host)) {
    throw new Refusal('invalid', `Credentials are not served on every address of this computer (${typed}).`, {
      hint: `Name the one address that the clients reach, as 127.0.0.1 or ${ECS_ADDRESS}.`,
    })
  }
  if (isLoopback(host) || host.startsWith('169.254.170.') || allowsNetwork) return host
  throw new Refusal('forbidden', `${typed} can be reached from other computers.`, {
    hint:
      'Credentials would cross the network unencrypted, and most SDKs refuse such an address. ' +
      `Serve on ${ECS_ADDRESS} for containers, use --ssh for another host, or insist with --allow-network.`,
  })
}

const isIpv4 = (host: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(host) && host.split('.').every((part) => Number(part) <= 255)
const isIpv6 = (host: string): boolean => /^[0-9a-f:]*:[0-9a-f:.]*$/i.test(host)
const isLoopback = (host: string): boolean => host === '::1' || (isIpv4(host) && host.startsWith('127.'))

/** How requests may name the address, the form that goes into addresses first. Clients leave port 80 out. */
export function authoritiesOf(host: string, port: number): readonly [string, ...string[]] {
  const name = host.includes(':') ? `[${host.toLowerCase()}]` : host
  return port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]
}

/** The path of a client. Only characters that neither an address, a shell nor an env file takes for something else. */
export function pathOf(name: string): string {
  if (name === '' || name === '.' || name === '..')
    throw new Refusal('invalid', `A client cannot be called "${name}": addresses lose it.`)
  const encoded = encodeURIComponent(name).replace(/[!'()*~]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
  })
  return `/credentials/${encoded}`
}
