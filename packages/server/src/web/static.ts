/** Serves the built console, the plain pages' stylesheet, and what is asked of the start URL. */

import { resolvedStartUrl } from '@mayfly/identity-center/start-url'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ServerContext } from '../context/context.ts'
import { html } from './components/html.ts'
import { layout } from './components/layout.ts'
import { stylesheet, stylesheetPath } from './components/stylesheet.ts'
import { type ConsoleFile, ConsoleFiles } from './console-files.ts'
import { assetHeaders, consoleHeaders, plainPageHeaders } from './headers.ts'

/** Adds the portal's files, the stylesheet, the start URL with its probe, and the answer to whatever is not there. */
export function addStatic(app: FastifyInstance, server: ServerContext, files = new ConsoleFiles()): void {
  app.get(stylesheetPath, (request, reply) =>
    reply.headers(assetHeaders(request, 'text/css; charset=utf-8')).send(stylesheet),
  )
  app.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
    const file = await files.findAsset(request.params.name, acceptEncodingOf(request))
    if (!file) return notFound(request, reply, server)
    return sendFile(file, assetHeaders(request, file.contentType), reply)
  })
  app.route({
    method: 'GET',
    url: '/',
    exposeHeadRoute: false,
    handler: (_request, reply) => reply.redirect('/start', 303),
  })
  // The bare origin is a start URL too, and new AWS CLIs follow one redirect and no second (§2.3, §2.8).
  app.head('/', answerProbe(server))
  for (const path of ['/start', '/start/']) addStart(path, app, server, files)
  app.setNotFoundHandler((request, reply) => notFound(request, reply, server))
}

function addStart(path: string, app: FastifyInstance, server: ServerContext, files: ConsoleFiles): void {
  app.head(path, answerProbe(server))
  app.route({
    method: 'GET',
    url: path,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const page = await files.findPage(acceptEncodingOf(request))
      if (page) return sendFile(page, consoleHeaders(request), reply)
      const body = html`<p class="lead">The access portal was not built with this server. Signing in tools works without it.</p>`
      const { name } = await server.instance()
      return reply
        .headers(plainPageHeaders(request))
        .send(layout({ title: 'No access portal here', sign: 'stop', body, instanceName: name }))
    },
  })
}

/** New AWS CLIs ask whether the start URL leads to a name of AWS's, and follow nothing further (§2.8). */
const answerProbe = (server: ServerContext) => async (_request: FastifyRequest, reply: FastifyReply) =>
  reply.redirect(resolvedStartUrl(await server.instance()), 302)

const acceptEncodingOf = ({ headers }: FastifyRequest): string => String(headers['accept-encoding'] ?? '')

function sendFile(
  { bytes, encoding }: ConsoleFile,
  headers: Record<string, string>,
  reply: FastifyReply,
): FastifyReply {
  const packed = encoding === undefined ? {} : { 'content-encoding': encoding }
  return reply.headers({ ...headers, ...packed, vary: 'accept-encoding' }).send(Buffer.from(bytes))
}

async function notFound(request: FastifyRequest, reply: FastifyReply, server: ServerContext): Promise<FastifyReply> {
  const { name } = await server.instance()
  const body = html`<p class="lead">This address leads nowhere. Perhaps it was not copied whole.</p>
<p><a class="button-link" href="/start">Go to the access portal</a></p>`
  return reply
    .code(404)
    .headers(plainPageHeaders(request))
    .send(layout({ title: 'There is nothing here', sign: 'stop', body, instanceName: name }))
}
