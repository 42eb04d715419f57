/** Which addresses the server may be sent to: the names of issuers are chosen by administrators, not by the operator. */

import { BlockList, isIP } from 'node:net'

export interface ReachableRules {
  /** Networks in CIDR notation that the operator lets issuers be in, although they are private. */
  readonly networks: readonly string[]
  /** Whether an issuer may be on this very machine: of the example organization alone. */
  readonly loopback: boolean
}

type Kind = 'ipv4' | 'ipv6'

/** Addresses that lead into somebody's own network, to this machine, or to nobody (RFC 6890). */
const NOT_PUBLIC: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  // Of IPv6 only 2000::/3 is given out; within it these stand for something else, some for an IPv4 address.
  '::/3',
  '4000::/2',
  '8000::/1',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
]

const LOOPBACK: readonly string[] = ['127.0.0.0/8', '::1/128']

/** Whether an address may be asked, and whether it is one of the operator's own. */
export type Reach = 'public' | 'own' | 'refused'

export function reachOf(address: string, { networks, loopback }: ReachableRules): Reach {
  // `::ffff:10.0.0.1` is 10.0.0.1, whatever it looks like; a list of networks knows that.
  const kind = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(address) === 0) return 'refused'
  if (isIn(networks, address, kind)) return 'own'
  if (loopback && isIn(LOOPBACK, address, kind)) return 'own'
  return isIn(NOT_PUBLIC, address, kind) ? 'refused' : 'public'
}

function isIn(networks: readonly string[], address: string, kind: Kind): boolean {
  const list = new BlockList()
  for (const network of networks) {
    const [base = '', length] = network.split('/')
    const family = isIP(base) === 6 ? 'ipv6' : 'ipv4'
    // The list takes an IPv4 address for one of ::ffff:0:0/96, which lies in networks that are not meant.
    if (family === 'ipv6' && kind === 'ipv4') continue
    if (length === undefined) list.addAddress(base, family)
    else list.addSubnet(base, Number(length), family)
  }
  return list.check(address, kind)
}
