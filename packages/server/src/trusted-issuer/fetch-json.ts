/** Fetches a small JSON document from a stranger's server: no redirect, no private address, not for long, not much. */

import { promises as dns, type LookupAddress } from 'node:dns'
import { request as requestHttp } from 'node:http'
import { type RequestOptions, request as requestHttps } from 'node:https'
import { isLoopbackName } from '@mayfly/identity-center/applications/trusted-token-issuer'
import type { Clock } from '@mayfly/identity-center/clock'
import { seconds } from '@mayfly/identity-center/duration'
import { type ReachableRules, reachOf } from './reachable.ts'

/** What went wrong; for the log, since a caller could learn from it what answers in our network. */
export class FetchFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'FetchFault'
  }
}

export interface FetchRules extends ReachableRules {
  readonly clock: Clock
}

/** For the name, the connection and the answer together. */
const TIME_LIMIT = seconds(5)
/** A hundred keys with certificate chains need less. */
const SIZE_LIMIT = 256 * 1024

/** The parsed document. Throws a `FetchFault` for anything that is not a 200 with a JSON object in time. */
export async function fetchJson(url: URL, rules: FetchRules): Promise<Readonly<Record<string, unknown>>> {
  const limit = new AbortController()
  const done = new AbortController()
  rules.clock.sleep(TIME_LIMIT, done.signal).then(
    () => limit.abort(new FetchFault('It took too long.')),
    () => undefined,
  )
  try {
    const addresses = await untilAborted(findAddresses(url, rules), limit.signal)
    return parseObject(await readText(url, addresses, limit.signal))
  } catch (error) {
    if (error instanceof FetchFault) throw error
    throw new FetchFault(`${url.host} cannot be reached.`, error)
  } finally {
    done.abort()
  }
}

/** Every address of the name must be allowed; the connection is made to these and to none that a later look-up gives. */
async function findAddresses(url: URL, rules: FetchRules): Promise<readonly LookupAddress[]> {
  const { protocol, hostname, port } = url
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopbackName(hostname))) {
    throw new FetchFault(`${url.host} is not asked by ${protocol}//.`)
  }
  const addresses = await dns.lookup(hostname.replace(/^\[(.*)\]$/, '$1'), { all: true })
  const reaches = addresses.map(({ address }) => reachOf(address, rules))
  if (addresses.length === 0 || reaches.includes('refused')) {
    throw new FetchFault(`${url.host} stands for an address that is not public, and not among the issuer networks.`)
  }
  // As AWS has it (§2.7): what listens elsewhere is rarely meant for strangers.
  if (reaches.includes('public') && port !== '') throw new FetchFault(`${url.host} names a port of its own.`)
  return addresses
}

function readText(url: URL, addresses: readonly LookupAddress[], signal: AbortSignal): Promise<string> {
  const options: RequestOptions = {
    agent: false,
    signal,
    headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'mayfly-server' },
    lookup: (_hostname, { all }, answer) => {
      const [first] = addresses
      if (all) answer(null, [...addresses])
      else answer(null, first?.address ?? '', first?.family)
    },
  }
  return new Promise((resolve, reject) => {
    const ask = url.protocol === 'https:' ? requestHttps : requestHttp
    const request = ask(url, options, (response) => {
      const refuse = (reason: string): void => {
        response.destroy()
        reject(new FetchFault(`${url.host} ${reason}`))
      }
      const { statusCode, headers } = response
      // A redirect could lead to where the address itself may not.
      if (statusCode !== 200) return refuse(`answered ${statusCode}.`)
      if ((headers['content-encoding'] ?? 'identity') !== 'identity') return refuse('answered compressed.')
      const parts: Buffer[] = []
      let size = 0
      response.on('data', (part: Buffer) => {
        size += part.length
        if (size > SIZE_LIMIT) return refuse('answered more than a key set needs.')
        parts.push(part)
      })
      response.on('end', () => resolve(Buffer.concat(parts).toString()))
      response.on('error', reject)
    })
    request.on('error', (error) => reject(signal.aborted ? signal.reason : error))
    request.end()
  })
}

/** A look-up of a name cannot be called off, but nobody has to wait for it. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new FetchFault('The answer is not a JSON object.')
  }
  return value as Readonly<Record<string, unknown>>
}
