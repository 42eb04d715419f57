/** One place in the network: as much of an address as one subscriber holds. */

/**
 * What attempts from one place have in common. An IPv4 address is one place, however it is written; of an IPv6 address
 * only the first 64 bits count, since whoever has one has all 2^64 below them (RFC 6177). Anything else is its own place.
 */
export function placeOf(address: string): string {
  const bare = address
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/%.*$/, '')
    .toLowerCase()
  const four = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?$/.exec(bare)?.[1]
  if (four !== undefined) return four
  if (!/^[0-9a-f:.]+$/.test(bare) || !bare.includes(':')) return address.slice(0, LONGEST)
  return bare === '::1' ? bare : `${firstHalf(bare)}::/64`
}

/** What is no address came from a proxy's header, and is kept as a key. */
const LONGEST = 64

/** The first four of the eight groups, each without leading zeros. */
function firstHalf(address: string): string {
  const [head = '', tail] = address.split('::')
  const before = groupsOf(head)
  const after = tail === undefined ? [] : groupsOf(tail)
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

/** An embedded IPv4 address stands for two groups; none of them is among the first four. */
const groupsOf = (text: string): string[] =>
  text === '' ? [] : text.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]))
