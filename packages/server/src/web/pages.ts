/** Pages on fastify: a request becomes a visit, an answer becomes a reply. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findSignedIn } from '../caller/session-cookie.ts'
import type { ServerContext } from '../context/context.ts'
import { contextOf } from '../context/request.ts'
import type { PasswordHasher } from '../sign-in/password-hasher.ts'
import { layout } from './components/layout.ts'
import { answerError } from './error-page.ts'
import { dataHeaders, plainPageHeaders } from './headers.ts'
import type { Answer, Visit, Visited } from './visit.ts'

const FORM_LIMIT = 64 * 1024

export interface WebContext {
  readonly server: ServerContext
  readonly hasher: PasswordHasher
}

export type AddPage = (method: 'GET' | 'POST', path: string, visited: Visited) => void

/** Makes `app` read forms, and returns what adds pages to it. */
export function createPages(app: FastifyInstance, web: WebContext): AddPage {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: FORM_LIMIT },
    (_request, body, done) => done(null, body),
  )
  app.setErrorHandler(async (error, request, reply) => {
    return send(answerError(asRefusal(error), contextOf(request, web.server)), request, reply, web)
  })
  return (method, path, visited) => {
    app.route({
      method,
      url: path,
      handler: async (request, reply) => send(await answer(visited, request, web), request, reply, web),
    })
  }
}

/** What fastify refuses by itself (no form, one too large) is the visitor's, not ours. */
function asRefusal(error: unknown): unknown {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  const visitors = typeof status === 'number' && status >= 400 && status < 500
  return visitors ? new Refusal('invalid', 'The request could not be read.', { cause: error }) : error
}

async function answer(visited: Visited, request: FastifyRequest, web: WebContext): Promise<Answer> {
  try {
    return await visited(await createVisit(request, web))
  } catch (error) {
    return answerError(error, contextOf(request, web.server))
  }
}

async function createVisit(request: FastifyRequest, { server, hasher }: WebContext): Promise<Visit> {
  const [path = '/', ...rest] = request.url.split('?')
  const rawQuery = rest.join('?')
  return {
    ...contextOf(request, server),
    hasher,
    request,
    path,
    rawQuery,
    query: parseForm(rawQuery),
    form: parseForm(typeof request.body === 'string' ? request.body : ''),
    parameters: request.params as Record<string, string>,
    instanceName: (await server.instance()).name,
    findSignedIn: () => findSignedIn(request, server),
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters that are refused
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** Names and values of a form or a query. Throws `invalid` for control characters, which no form of ours sends. */
function parseForm(text: string): URLSearchParams {
  const form = new URLSearchParams(text)
  for (const [name, value] of form) {
    if (CONTROLS.test(name) || CONTROLS.test(value)) throw new Refusal('invalid', 'The request could not be read.')
  }
  return form
}

async function send(answer: Answer, request: FastifyRequest, reply: FastifyReply, web: WebContext): Promise<unknown> {
  if (answer.cookies?.length) reply.header('set-cookie', [...answer.cookies])
  if ('goTo' in answer) {
    // 303 turns a form into a GET, so that no password and no decision is sent on (RFC 9700 §4.12).
    const headers = { ...plainPageHeaders(request), 'content-type': 'text/plain; charset=utf-8', location: answer.goTo }
    return reply.code(303).headers(headers).send('')
  }
  if ('data' in answer) return reply.headers(dataHeaders(request)).send(JSON.stringify(answer.data))
  const instanceName = answer.show.instanceName ?? (await web.server.instance()).name
  return reply
    .code(answer.status ?? 200)
    .headers(plainPageHeaders(request, answer.formAction))
    .send(layout({ ...answer.show, instanceName }))
}
