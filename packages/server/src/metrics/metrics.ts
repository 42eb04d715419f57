/** What Prometheus reads: requests by operation and kind of answer, and what the server has waiting. */

import { between, inSeconds } from '@mayfly/identity-center/duration'
import type { Histogram, Registry } from 'prom-client'
import type { ServerContext } from '../context/context.ts'

/** An answered request. */
export interface Answered {
  /** `sso`, `sts`, …, or `page`. */
  readonly service: string
  /** One of the model's, or the path of a page as it is registered: never what a client wrote. */
  readonly operation: string
  readonly status: number
  readonly milliseconds: number
}

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

type Requests = Histogram<'service' | 'operation' | 'status'>

/** Counts nothing until it is opened: what Prometheus wants is loaded when the server listens, or is first read. */
export class Metrics {
  readonly #context: Pick<ServerContext, 'store' | 'clock'>
  readonly #observers = new Map<string, (seconds: number) => void>()
  #requests: Requests | undefined
  #registry: Promise<Registry> | undefined

  constructor(context: Pick<ServerContext, 'store' | 'clock'>) {
    this.#context = context
  }

  /** Loads what counts. */
  open(): Promise<Registry> {
    this.#registry ??= this.#load()
    return this.#registry
  }

  /** Takes less than a microsecond. */
  observe({ service, operation, status, milliseconds }: Answered): void {
    if (this.#requests === undefined) return
    const key = `${service} ${operation} ${status >= 500 ? '5xx' : status >= 400 ? '4xx' : status >= 300 ? '3xx' : '2xx'}`
    let observe = this.#observers.get(key)
    if (observe === undefined) {
      const child = this.#requests.labels(service, operation, key.slice(-3))
      observe = (seconds) => child.observe(seconds)
      this.#observers.set(key, observe)
    }
    observe(milliseconds / 1000)
  }

  /** The text that Prometheus reads. */
  async read(): Promise<string> {
    return await (await this.open()).metrics()
  }

  async #load(): Promise<Registry> {
    const { Gauge, Histogram, Registry } = await import('prom-client')
    const registry = new Registry()
    const registers = [registry]
    this.#requests = new Histogram({
      name: 'mayfly_request_duration_seconds',
      help: 'How long requests took, by service, operation and kind of answer.',
      labelNames: ['service', 'operation', 'status'],
      buckets: BUCKETS,
      registers,
    })
    for (const [name, help, measure] of GAUGES) {
      const context = this.#context
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          this.set(await measure(context))
        },
      })
    }
    return registry
  }
}

type Measure = (context: Pick<ServerContext, 'store' | 'clock'>) => Promise<number>

const GAUGES: readonly (readonly [name: string, help: string, measure: Measure])[] = [
  ['mayfly_sessions', 'Browsers that are signed in.', ({ store, clock }) => store.sessions.countLive(clock.now())],
  ['mayfly_outbox_mails', 'Mails that wait to be sent.', ({ store }) => store.outbox.count()],
  [
    'mayfly_audit_chain_lag_seconds',
    'How long the oldest audit event has waited for its seal.',
    async ({ store, clock }) => {
      const head = await store.auditSeals.findCheckpoint('head')
      const [oldest] = await store.auditEvents.listTexts({ behind: head?.position ?? 0, limit: 1 })
      return oldest === undefined ? 0 : Math.max(0, inSeconds(between(oldest.eventTime, clock.now())))
    },
  ],
  [
    'mayfly_database_latency_seconds',
    'How long the database took to answer the simplest question.',
    async ({ store, clock }) => {
      const begun = clock.now()
      await store.ready()
      return between(begun, clock.now()) / 1000
    },
  ],
]
