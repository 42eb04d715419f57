/** What one HTTP request adds to the server's context. */

import { randomUuid } from '@mayfly/identity-center/random'
import type { FastifyRequest } from 'fastify'
import type { Context, RequestContext, ServerContext } from './context.ts'

/** Longer ones are cut: they are kept with sessions and shown to people. */
const LONGEST_USER_AGENT = 512

/** An IPv6 address with a zone and a port. */
const LONGEST_ADDRESS = 64

const requests = new WeakMap<FastifyRequest, RequestContext>()

/** The request's own part of the context; the same for the whole life of one request. */
export function requestContextOf(request: FastifyRequest, server: ServerContext): RequestContext {
  const known = requests.get(request)
  if (known) return known
  const made = createRequestContext(request, server)
  requests.set(request, made)
  return made
}

/** Everything that a page or an operation may touch while it answers this request. */
export function contextOf(request: FastifyRequest, server: ServerContext): Context {
  return { ...server, ...requestContextOf(request, server) }
}

function createRequestContext(request: FastifyRequest, { config, random }: ServerContext): RequestContext {
  const { publicUrl } = config
  // A Host that is not ours was refused before. Addresses and schemes come from a header only when
  // fastify trusts the peer (--trust-proxy); the name never does.
  const origin = publicUrl === undefined ? `${request.protocol}://${request.headers.host}` : new URL(publicUrl).origin
  return {
    requestId: randomUuid(random),
    requester: {
      // A proxy may pass on what is no address at all.
      address: request.ip.slice(0, LONGEST_ADDRESS),
      userAgent: (request.headers['user-agent'] ?? '').slice(0, LONGEST_USER_AGENT),
    },
    origin,
  }
}
