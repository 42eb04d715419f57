/** GET /metrics: for this machine itself, or for whoever shows the token; and what it counts. */

import { sameSecret } from '@mayfly/identity-center/secret'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ServerContext } from '../context/context.ts'
import { describeError } from '../context/log.ts'
import { Metrics } from './metrics.ts'

/** Adds the page, and counts every answer of `app`. */
export function addMetrics(app: FastifyInstance, context: ServerContext): void {
  const metrics = new Metrics(context)
  app.addHook('onListen', async () => {
    // Not waited for: it would lengthen the start.
    metrics.open().catch((error: unknown) => context.log.error('Metrics cannot be counted.', describeError(error)))
  })
  app.addHook('onResponse', (request, reply, done) => {
    const { service, operation } = namesOf(request)
    metrics.observe({ service, operation, status: reply.statusCode, milliseconds: reply.elapsedTime })
    done()
  })
  app.get('/metrics', async (request, reply) => {
    // As if there were no such page: a stranger need not know that there is one.
    if (!mayRead(request, context)) {
      return reply.code(404).type('text/plain; charset=utf-8').send('There is no such page.\n')
    }
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics.read())
  })
}

/** Names of ours alone, so that nobody can make more and more of them. */
function namesOf(request: FastifyRequest): { readonly service: string; readonly operation: string } {
  const named = request.operation
  const colon = named?.indexOf(':') ?? -1
  if (named !== undefined && colon > 0) return { service: named.slice(0, colon), operation: named.slice(colon + 1) }
  return { service: 'page', operation: `${request.method} ${request.routeOptions.url ?? 'unknown'}`.slice(0, 64) }
}

const LOOPBACK = /^(::1|127\.\d+\.\d+\.\d+|::ffff:127\.\d+\.\d+\.\d+)$/
const LOOPBACK_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i
/** What a proxy on this machine adds: then the request comes from elsewhere. */
const FORWARDED = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via']

function mayRead({ raw, headers }: FastifyRequest, { config }: ServerContext): boolean {
  const shown = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1]
  if (config.metricsToken !== undefined) return shown !== undefined && sameSecret(shown, config.metricsToken)
  const isLocal = LOOPBACK.test(raw.socket.remoteAddress ?? '') && LOOPBACK_NAME.test(headers.host ?? '')
  return isLocal && FORWARDED.every((name) => headers[name] === undefined)
}
