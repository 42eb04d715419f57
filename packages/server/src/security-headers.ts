/** Headers that keep browsers from doing more with an answer than showing it, unless a page has set better ones. */

import type { FastifyInstance, FastifyRequest } from 'fastify'

const OF_PAGES: readonly [string, string][] = [
  ['referrer-policy', 'no-referrer'],
  ['x-frame-options', 'DENY'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"],
]

/** Two years: what browsers' preload lists ask for at least is one. */
const HSTS = 'max-age=63072000'
const OF_ALL = { 'x-content-type-options': 'nosniff' }
const OF_ALL_ON_TLS = { ...OF_ALL, 'strict-transport-security': HSTS }

/** What every answer carries. */
export function securityHeadersOf({ protocol }: Pick<FastifyRequest, 'protocol'>): Readonly<Record<string, string>> {
  return protocol === 'https' ? OF_ALL_ON_TLS : OF_ALL
}

/** Added as the answer is sent, so that nothing a page says is overwritten. API answers, at `apiPath`, need fewer. */
export function addSecurityHeaders(app: FastifyInstance, apiPath: string): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    reply.headers(securityHeadersOf(request))
    if (request.url !== apiPath) {
      for (const [name, value] of OF_PAGES) if (!reply.hasHeader(name)) reply.header(name, value)
    }
    done(null, payload)
  })
}
