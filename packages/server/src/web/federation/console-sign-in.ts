/** GET /federation/console: the portal's way to the console, and browser extensions' (§1.15; sign-in.md). */

import type { AccountId } from '@mayfly/identity-center/identifiers'
import { CONSOLE_HOSTS, isConsoleDestination } from '@mayfly/identity-center/sign-in/console-destination'
import { personIdentity } from '@mayfly/identity-center/user-identity'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { portalTokenOf } from '../../caller/authenticate.ts'
import { findTokenCaller } from '../../caller/bearer-token.ts'
import type { UserCaller } from '../../caller/caller.ts'
import { findIssuableSession } from '../../caller/person-session.ts'
import { findSessionCaller } from '../../caller/session-cookie.ts'
import { createAuditEvent } from '../../context/audit.ts'
import type { Context, ServerContext } from '../../context/context.ts'
import { describeError } from '../../context/log.ts'
import { contextOf } from '../../context/request.ts'
import { createConsoleSignInToken } from '../../role-credentials/console-sign-in-token.ts'
import { describeIssued } from '../../role-credentials/issued-session.ts'
import { dataHeaders } from '../headers.ts'

/** By the portal's token in its header, or by the session cookie with the anti-forgery header: it hands something out. */
export async function answerConsoleSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  server: ServerContext,
): Promise<FastifyReply> {
  const context = contextOf(request, server)
  reply.headers(dataHeaders(request))
  try {
    return reply.send(JSON.stringify(await createSignIn(request, context)))
  } catch (error) {
    return sendError(error, reply, context)
  }
}

async function createSignIn(request: FastifyRequest, context: Context): Promise<object> {
  const caller = await findCaller(request, context)
  if (!caller)
    throw new ServiceException('UnauthorizedException', 'Session token not found or invalid', { statusCode: 401 })
  const query = new URLSearchParams(request.originalUrl.split('?')[1] ?? '')
  const accountId = (query.get('account_id') ?? '') as AccountId
  const roleName = query.get('role_name') ?? ''
  const session = await findIssuableSession({ accountId, roleName }, caller, context)
  // As GetRoleCredentials says it (§3.3).
  if (!session) throw new ServiceException('ForbiddenException', 'No access', { statusCode: 403 })
  const set = session.permissionSetArn && (await context.store.permissionSets.find(session.permissionSetArn))
  const destination = destinationOf(query.get('destination') ?? '', set?.relayState)
  const identity = personIdentity({ userId: caller.user.id, sessionId: caller.session.id }, await context.instance())
  const event = { eventSource: 'sso.amazonaws.com', eventName: 'Federate', userIdentity: identity, readOnly: false }
  const requestParameters = { account_id: accountId, role_name: roleName, destination }
  const details = { requestParameters, additionalEventData: describeIssued(session) }
  await context.store.auditEvents.insert(createAuditEvent({ ...event, ...details }, context))
  return {
    signInToken: createConsoleSignInToken(session, context.clock.now(), context.keys),
    signInFederationLocation: `${context.origin}${request.server.pathPrefix}/federation`,
    destination,
  }
}

/** A token that was sent counts alone. */
async function findCaller(request: FastifyRequest, context: Context): Promise<UserCaller | undefined> {
  const token = portalTokenOf(request)
  if (token === undefined) return await findSessionCaller(request, context)
  const caller = await findTokenCaller(token, context)
  return caller.type === 'user' ? caller : undefined
}

/** What was asked for, the permission set's relay state, or the console's first page. Throws where it leads elsewhere. */
function destinationOf(asked: string, relayState = ''): string {
  if (asked !== '') {
    if (isConsoleDestination(asked)) return asked
    throw new ServiceException('InvalidRequestException', 'The destination is no page of the AWS console.', {
      statusCode: 400,
    })
  }
  return isConsoleDestination(relayState) ? relayState : `https://${CONSOLE_HOSTS[0]}/`
}

function sendError(error: unknown, reply: FastifyReply, { log, requestId }: Context): FastifyReply {
  const known = error instanceof ServiceException
  if (!known) log.error('A console sign-in failed.', { requestId, ...describeError(error) })
  const name = known ? error.name : 'InternalServerException'
  const message = known ? error.message : `The server failed to answer. Its log says why under request ${requestId}.`
  return reply
    .code(known ? (error.statusCode ?? 400) : 500)
    .header('x-amzn-errortype', name)
    .send(JSON.stringify({ message, __type: `com.amazonaws.switchboard.portal#${name}` }))
}
