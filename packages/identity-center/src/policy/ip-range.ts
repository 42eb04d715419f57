/** Addresses and ranges of addresses, as `IpAddress` compares them. */

interface Address {
  readonly bits: 32 | 128
  readonly value: bigint
}

export interface IpRange extends Address {
  readonly prefix: number
}

function parseFour(text: string): bigint | undefined {
  const octets = text.split('.')
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256)) return undefined
  return octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n)
}

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'))

function parseSix(text: string): bigint | undefined {
  const four = /^(.*:)([^:]*\..*)$/.exec(text)
  const embedded = four?.[2] === undefined ? undefined : parseFour(four[2])
  if (four && embedded === undefined) return undefined
  const hex =
    embedded === undefined ? text : `${four?.[1]}${(embedded >> 16n).toString(16)}:${(embedded & 0xffffn).toString(16)}`
  const halves = hex.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')]
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n)
}

const MAPPED = 0xffffn << 32n

/** An IPv4 address in an IPv6 socket is still that IPv4 address. */
function parseAddress(text: string): Address | undefined {
  const bare = text.replace(/%.*$/, '')
  const four = parseFour(bare)
  if (four !== undefined) return { bits: 32, value: four }
  const six = bare.includes(':') ? parseSix(bare) : undefined
  if (six === undefined) return undefined
  return six >> 32n === MAPPED >> 32n ? { bits: 32, value: six & 0xffffffffn } : { bits: 128, value: six }
}

/** `203.0.113.0/24`, `2001:db8::/32`, or one address; undefined for anything else. */
export function parseIpRange(text: string): IpRange | undefined {
  const [host = '', length, ...rest] = text.split('/')
  const address = parseAddress(host)
  if (!address || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined
  const prefix = length === undefined ? address.bits : Number(length)
  return prefix > address.bits ? undefined : { ...address, prefix }
}

/** Whether the address lies in the range; what is no address lies nowhere. */
export function isInRange(text: string, { bits, value, prefix }: IpRange): boolean {
  const address = parseAddress(text)
  if (address?.bits !== bits) return false
  const rest = BigInt(bits - prefix)
  return address.value >> rest === value >> rest
}
