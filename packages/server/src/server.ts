/** A fastify instance; nothing listens here. */

import { readFile } from 'node:fs/promises'
import type { IncomingMessage, Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { withoutTokens } from '@mayfly/identity-center/oauth/token-format'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { WireRequest } from '@mayfly/wire/serve'
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import { answerAws, isForAws } from './aws-api.ts'
import type { ServerContext } from './context/context.ts'
import { describeError } from './context/log.ts'
import { requestContextOf } from './context/request.ts'
import { createHostCheck, onlyHost } from './host-check.ts'
import { addMetrics } from './metrics/add-metrics.ts'
import { addSecurityHeaders, securityHeadersOf } from './security-headers.ts'
import { linesOf, type Signed } from './signed-request.ts'
import { registerWeb } from './web/web.ts'

/** Nobody sends more: the largest published input is a policy of 32 KB. */
const BODY_LIMIT = 256 * 1024
/** Where AWS requests are routed to, whatever their path is: fastify's router would decode it, and it is signed. */
const AWS_PATH = '/~aws'

/** Longer than the minute that load balancers keep a connection for. */
const TIMEOUTS = { requestTimeout: 30_000, keepAliveTimeout: 65_000 }

const EMPTY = new Uint8Array()

/** The whole server, ready to listen or to be injected with requests. */
export async function createServer(context: ServerContext): Promise<FastifyInstance> {
  const app = await createApp(context)
  app.addHook('onClose', () => context.accessKeyUses.settled())
  // Bodies stay the bytes that were signed; whoever wants a form or JSON reads it.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  refuseForeignHosts(app, context)
  keepToPublicScheme(app, context)
  app.setErrorHandler((error, request, reply) => refusePlainly(error, request, reply, context))
  addSecurityHeaders(app, AWS_PATH)
  nameRequests(app, context)
  logRequests(app, context)
  addMetrics(app, context)
  app.get('/healthz', async (_request, reply) => {
    const error = await context.store.ready().then(
      () => undefined,
      (failure: unknown) => failure,
    )
    if (error !== undefined) context.log.error('The database does not answer.', describeError(error))
    return reply
      .code(error === undefined ? 200 : 503)
      .type('text/plain; charset=utf-8')
      .send(error === undefined ? 'ok\n' : 'The database does not answer.\n')
  })
  // Its own error handler: a body that is too large for an AWS client is told in its protocol.
  await app.register(async (aws) => {
    aws.setErrorHandler((error, request, reply) => refuseAws(error, request, reply, context))
    aws.route({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url: AWS_PATH,
      handler: (request, reply) => handleAws(request, reply, context),
    })
  })
  await app.register(async (pages) => registerWeb(pages, context))
  return app
}

async function createApp(context: ServerContext): Promise<FastifyInstance> {
  const { config, log } = context
  const prefix = config.publicUrl === undefined ? '' : new URL(config.publicUrl).pathname.replace(/\/+$/, '')
  const options = {
    logger: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    ...TIMEOUTS,
    return503OnClosing: false,
    rewriteUrl: (raw: Pick<IncomingMessage, 'url' | 'method' | 'headers'>): string => {
      const { path, query } = splitUrl(raw.url ?? '/', prefix)
      const request = { method: raw.method ?? 'GET', rawPath: path, rawQuery: query, headers: raw.headers, body: EMPTY }
      if (isForAws(request, context)) return AWS_PATH
      return query === '' ? path || '/' : `${path || '/'}?${query}`
    },
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply): void => {
      const { requestId } = requestContextOf(request, context)
      // Without the address, which may hold a code.
      log.warn('A request could not be routed: its address is malformed.', { requestId })
      const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-amzn-requestid': requestId }
      void reply.code(400).headers(headers).send('The address of this request is malformed.\n')
    },
  }
  return await createListener(config, options, prefix)
}

async function createListener(
  { tls }: ServerContext['config'],
  options: FastifyServerOptions,
  prefix: string,
): Promise<FastifyInstance> {
  if (!tls) return Fastify(options).decorate('pathPrefix', prefix)
  const [cert, key] = await Promise.all([readFile(tls.certificate), readFile(tls.key)])
  const server = createHttpsServer({ cert, key, minVersion: 'TLSv1.2' })
  Object.assign(server, TIMEOUTS)
  const app = Fastify({
    ...options,
    // The one way to hand fastify a TLS server whose type is that of a plain one, which every page takes.
    serverFactory: (handler) => server.on('request', handler) as unknown as Server,
  })
  return app.decorate('pathPrefix', prefix)
}

declare module 'fastify' {
  interface FastifyInstance {
    /** The path of the public URL, without a trailing slash; '' when there is none. */
    readonly pathPrefix: string
  }
}

/** The path without the prefix, and the query without `?`, both as received. */
function splitUrl(url: string, prefix: string): { signedPath: string; path: string; query: string } {
  const mark = url.indexOf('?')
  const signedPath = mark < 0 ? url : url.slice(0, mark)
  const query = mark < 0 ? '' : url.slice(mark + 1)
  const isUnder = prefix !== '' && (signedPath === prefix || signedPath.startsWith(`${prefix}/`))
  return { signedPath, path: isUnder ? signedPath.slice(prefix.length) : signedPath, query }
}

interface Received {
  readonly request: WireRequest
  readonly signed: Signed
}

function received(request: FastifyRequest): Received {
  const { signedPath, path, query } = splitUrl(request.originalUrl, request.server.pathPrefix)
  const body = Buffer.isBuffer(request.body) ? request.body : EMPTY
  return {
    signed: { rawPath: signedPath, headers: linesOf(request.raw) },
    request: { method: request.method, rawPath: path, rawQuery: query, headers: request.headers, body },
  }
}

async function handleAws(request: FastifyRequest, reply: FastifyReply, context: ServerContext): Promise<void> {
  const asked = { ...received(request), browser: request }
  const { operation, status, headers, body } = await answerAws(asked, requestContextOf(request, context), context)
  request.operation = operation
  // Past fastify, which adds a charset that AWS does not send: head and body as one text, which is one write.
  reply.hijack()
  // Fastify's own word on it, when the server is about to stop.
  const connection = reply.hasHeader('connection') ? { connection: 'close' } : {}
  const length = { 'content-length': Buffer.byteLength(body) }
  reply.raw.writeHead(status, { ...headers, ...length, ...connection, ...securityHeadersOf(request) }).end(body)
}

/** What fastify itself refuses (a body too large, cut off, or of a wrong length), said in an AWS protocol. */
function refuseAws(error: unknown, request: FastifyRequest, reply: FastifyReply, context: ServerContext): void {
  const { requestId } = requestContextOf(request, context)
  const status = statusOf(error)
  if (status >= 500) context.log.error('A request failed.', { requestId, ...describeError(error) })
  const exception =
    status === 413
      ? new ServiceException('RequestEntityTooLargeException', 'The request is too large.', { statusCode: 413 })
      : status < 500
        ? new ServiceException('SerializationException', 'The request could not be read.', { statusCode: 400 })
        : new ServiceException('InternalServerException', `The log says why under ${requestId}.`, { statusCode: 500 })
  sendAwsRefusal(exception, request, reply, context)
}

function sendAwsRefusal(
  exception: ServiceException,
  request: FastifyRequest,
  reply: FastifyReply,
  context: ServerContext,
): void {
  const { requestId } = requestContextOf(request, context)
  const answer = context.wire.writeRefusal(received(request).request, requestId, context.clock.now(), exception)
  void reply.code(answer.status).headers(answer.headers).send(Buffer.from(answer.body))
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' ? status : 500
}

function refuseForeignHosts(app: FastifyInstance, context: ServerContext): void {
  const { config } = context
  // Settled once, by listening: asking the socket anew would cost every request.
  let port = config.port
  app.server.once('listening', () => {
    const address = app.server.address()
    if (address !== null && typeof address === 'object') port = address.port
  })
  const check = createHostCheck(config, () => port)
  app.addHook('onRequest', (request, reply, done) => {
    const verdict = check(onlyHost(request.raw.rawHeaders))
    if (verdict === 'ours') return done()
    // 421: RFC 9110 §15.5.20, a request for a name that this server does not answer for.
    const status = verdict === 'foreign' ? 421 : 400
    const message = 'This server does not answer for that name. Its operator can set one with --public-url.'
    if (request.url === AWS_PATH) {
      return sendAwsRefusal(
        new ServiceException('MisdirectedRequest', message, { statusCode: status }),
        request,
        reply,
        context,
      )
    }
    void reply.code(status).type('text/plain; charset=utf-8').send(`${message}\n`)
  })
}

/**
 * A public URL of https is reached by TLS, whether or not --trust-proxy lets the proxy say so: else one forgotten option
 * would send the cookies without `Secure`.
 */
function keepToPublicScheme(app: FastifyInstance, { config }: ServerContext): void {
  const url = config.publicUrl === undefined ? undefined : new URL(config.publicUrl)
  if (url?.protocol !== 'https:') return
  const names = [url.host, `${url.hostname}:443`]
  app.addHook('onRequest', (request, _reply, done) => {
    const isPublic = names.includes(request.headers.host?.toLowerCase() ?? '')
    if (isPublic) Object.defineProperty(request, 'protocol', { value: 'https' })
    done()
  })
}

/** What fails outside of the pages and the services. The log says why: a stranger learns nothing of what lies behind. */
function refusePlainly(error: unknown, request: FastifyRequest, reply: FastifyReply, context: ServerContext): void {
  const status = statusOf(error)
  const { requestId } = requestContextOf(request, context)
  if (status >= 500) context.log.error('A request failed.', { requestId, ...describeError(error) })
  const text = status < 500 ? 'The request could not be read.' : `The server cannot answer now: ${requestId}`
  void reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`)
}

declare module 'fastify' {
  interface FastifyRequest {
    /** For the log: `sso:ListAccounts`. */
    operation: string | undefined
  }
}

/** Every answer says under which number the log knows it: of a page too, and of what was refused before it was read. */
function nameRequests(app: FastifyInstance, context: ServerContext): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const name = 'x-amzn-requestid'
    if (!reply.hasHeader(name)) reply.header(name, requestContextOf(request, context).requestId)
    done(null, payload)
  })
}

const LONGEST_LOGGED_PATH = 128

function logRequests(app: FastifyInstance, context: ServerContext): void {
  app.decorateRequest('operation', undefined)
  app.addHook('onResponse', (request, reply, done) => {
    const { requestId, requester } = requestContextOf(request, context)
    context.log.info('request', {
      requestId,
      method: request.method,
      path: loggedPath(request.originalUrl),
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime * 10) / 10,
      address: requester.address,
      ...(request.operation === undefined ? {} : { operation: request.operation }),
    })
    done()
  })
}

/** Without the query, which may hold codes, and without the token of a one-time link. */
const loggedPath = (url: string): string =>
  withoutTokens((url.split('?', 1)[0] ?? '').replace(/(\/link\/).+/, '$1…')).slice(0, LONGEST_LOGGED_PATH)
