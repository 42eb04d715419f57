/** A portal that bears so many calls in any second, counts them all, and refuses the others with 429. */

import type { CountingProxy, OwnAnswer, Passed } from '../harness/counting-proxy.ts'

export class PortalLimit {
  /** Milliseconds at which calls arrived, refused ones among them. */
  readonly arrivals: number[] = []
  refused = 0
  /** The most calls that arrived within any second. */
  busiest = 0
  readonly #most: number

  constructor(proxy: CountingProxy, most: number) {
    this.#most = most
    proxy.instead = (request) => this.#judge(request)
  }

  #judge({ path }: Passed): OwnAnswer | undefined {
    if (!path.startsWith('/assignment/')) return undefined
    const now = performance.now()
    this.arrivals.push(now)
    const inSecond = this.arrivals.length - this.arrivals.findIndex((moment) => moment > now - 1000)
    this.busiest = Math.max(this.busiest, inSecond)
    if (inSecond <= this.#most) return undefined
    this.refused += 1
    return {
      status: 429,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'TooManyRequestsException' },
      body: Buffer.from('{"message":"HTTP 429 Unknown Code"}'),
    }
  }
}
