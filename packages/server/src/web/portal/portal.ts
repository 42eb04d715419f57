/** The portal's endpoints: JSON by session cookie, with the anti-forgery header on everything that is not a GET. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { UserCaller } from '../../caller/caller.ts'
import { findSessionCaller, findSignedIn } from '../../caller/session-cookie.ts'
import { describeError } from '../../context/log.ts'
import { contextOf } from '../../context/request.ts'
import { STATUS } from '../error-page.ts'
import { dataHeaders } from '../headers.ts'
import type { WebContext } from '../pages.ts'
import { listApplications } from './applications.ts'
import { showMe } from './me.ts'
import {
  beginEnrolment,
  createNewRecoveryCodes,
  deleteMfaDevice,
  endEnrolment,
  listMfaDevices,
  renameMfaDevice,
  resyncMfaDevice,
} from './mfa-devices.ts'
import { changePassword } from './password.ts'
import type { Endpoint, PortalCall } from './portal-call.ts'
import { endClient, endOneSession, listSessions } from './sessions.ts'

const BODY_LIMIT = 64 * 1024

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

const ENDPOINTS: readonly (readonly [Method, string, Endpoint])[] = [
  ['GET', '/portal/me', showMe],
  ['GET', '/portal/applications', listApplications],
  ['GET', '/portal/sessions', listSessions],
  ['DELETE', '/portal/sessions/:id', endOneSession],
  ['DELETE', '/portal/clients/:id', endClient],
  ['POST', '/portal/password', changePassword],
  ['GET', '/portal/mfa-devices', listMfaDevices],
  ['POST', '/portal/mfa-devices', beginEnrolment],
  ['POST', '/portal/mfa-devices/confirm', endEnrolment],
  ['PATCH', '/portal/mfa-devices/:id', renameMfaDevice],
  ['DELETE', '/portal/mfa-devices/:id', deleteMfaDevice],
  ['POST', '/portal/mfa-devices/:id/resync', resyncMfaDevice],
  ['POST', '/portal/recovery-codes', createNewRecoveryCodes],
]

/** Adds every endpoint to `app`, which reads JSON and nothing else from then on. */
export function addPortal(app: FastifyInstance, web: WebContext): void {
  app.removeAllContentTypeParsers()
  // JSON alone: a form of another site can send every other kind of body without being asked (CORS).
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
    done(null, body),
  )
  app.setErrorHandler((error, request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    const visitors = status >= 400 && status < 500
    sendError(visitors ? new Refusal('invalid', 'The request could not be read.') : error, request, reply, web)
  })
  for (const [method, url, endpoint] of ENDPOINTS) {
    app.route({ method, url, handler: (request, reply) => answer(endpoint, request, reply, web) })
  }
}

async function answer(
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
  web: WebContext,
): Promise<FastifyReply> {
  try {
    const caller = await findCaller(request, web)
    if (!caller) return sendNotSignedIn(request, reply)
    const output = await endpoint(createCall(request, caller, web))
    reply.headers(dataHeaders(request))
    return output === undefined ? reply.code(204).send() : reply.send(JSON.stringify(output))
  } catch (error) {
    return sendError(error, request, reply, web)
  }
}

const findCaller = (request: FastifyRequest, { server }: WebContext): Promise<UserCaller | undefined> =>
  request.method === 'GET' || request.method === 'HEAD'
    ? findSignedIn(request, server)
    : findSessionCaller(request, server)

function createCall(request: FastifyRequest, caller: UserCaller, { server, hasher }: WebContext): PortalCall {
  const body = parseBody(request.body)
  return {
    ...contextOf(request, server),
    hasher,
    request,
    caller,
    id: idOf(request.params as Record<string, string>),
    text(name) {
      const value = Object.hasOwn(body, name) ? body[name] : undefined
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the very characters that are refused
      if (typeof value === 'string' && !/[\u0000-\u001f\u007f]/.test(value)) return value
      throw new Refusal('invalid', `The member ${name} must be a text.`)
    },
  }
}

/** What cannot be one of our ids names nothing; no database is asked about it. */
function idOf({ id = '' }: Readonly<Record<string, string>>): string {
  if (id === '' || /^[\w-]{1,64}$/.test(id)) return id
  throw new Refusal('not-found', 'There is nothing of that name.')
}

function parseBody(text: unknown): Readonly<Record<string, unknown>> {
  if (typeof text !== 'string' || text === '') return {}
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>
  } catch (error) {
    throw new Refusal('invalid', 'The body is not JSON.', { cause: error })
  }
  throw new Refusal('invalid', 'The body is not a JSON object.')
}

const sendNotSignedIn = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply
    .code(401)
    .headers(dataHeaders(request))
    .send(JSON.stringify({ error: 'forbidden', message: 'You are not signed in.', hint: 'Sign in and try again.' }))

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply, { server }: WebContext): FastifyReply {
  reply.headers(dataHeaders(request))
  if (error instanceof Refusal) {
    const { code, message, hint } = error
    return reply.code(STATUS[code]).send(JSON.stringify({ error: code, message, hint }))
  }
  const { requestId } = contextOf(request, server)
  server.log.error('A portal endpoint failed.', { requestId, ...describeError(error) })
  const message = 'The fault is ours.'
  return reply
    .code(500)
    .send(JSON.stringify({ error: 'fault', message, hint: `Tell your administrator: ${requestId}` }))
}
