/** The AWS services over HTTP: route, authenticate, read, perform, write. */

import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { Route, WireRequest, WireResponse } from '@mayfly/wire/serve'
import { authenticate, portalTokenOf } from './caller/authenticate.ts'
import type { Caller } from './caller/caller.ts'
import type { CookieRequest } from './caller/cookie.ts'
import type { RequestContext, ServerContext } from './context/context.ts'
import { describeError } from './context/log.ts'
import { faultException } from './services/exceptions.ts'
import { perform } from './services/services.ts'
import type { Signed } from './signed-request.ts'

/** A request for an AWS service, as it came in. */
export interface AwsRequest {
  /** The path without the public URL's prefix. */
  readonly request: WireRequest
  /** Its path and its headers as the client signed them. */
  readonly signed: Signed
  readonly browser: CookieRequest
}

export interface AwsAnswer extends WireResponse {
  /** For the log: `sso:ListAccounts`, or undefined when no operation was found. */
  readonly operation?: string
}

/** Whether an AWS service answers this, told from all but the body. Everything else is for the pages. */
export function isForAws(request: WireRequest, { wire }: ServerContext): boolean {
  const { method, rawPath, headers } = request
  // In no model, although extensions ask it with the portal's token (§1.15).
  if (rawPath === '/federation/console') return false
  if (isSigned(request) || MARKS.some((name) => headers[name] !== undefined)) return true
  // The root is where form requests go; a browser that asks for it wants the portal.
  if (rawPath === '' || rawPath === '/') return (method !== 'GET' && method !== 'HEAD') || wire.isAwsRequest(request)
  const path = rawPath.endsWith('/') ? rawPath.slice(0, -1) : rawPath
  return wire.isAwsRequest({ ...request, rawPath: path })
}

/** What only AWS clients send: SDKs, and extensions that ask the portal for what no model lists (§1.15). */
const MARKS = ['x-amz-target', 'amz-sdk-invocation-id', 'x-amz-sso_bearer_token', 'x-amz-sso-bearer-token']

/** A request for a service that is not here must get an AWS error and no page (§1.6). */
const isSigned = ({ headers, rawQuery }: WireRequest): boolean =>
  String(headers['authorization'] ?? '').startsWith('AWS4-') || rawQuery.includes('X-Amz-Signature=')

/** Answers whatever was sent, a fault of our own included. */
export async function answerAws(
  asked: AwsRequest,
  requestContext: RequestContext,
  server: ServerContext,
): Promise<AwsAnswer> {
  const { wire, clock, log } = server
  const { requestId } = requestContext
  let route: Route | undefined
  try {
    route = wire.route(asked.request)
    if (!route) return wire.writeRefusal(asked.request, requestId, clock.now())
    const output = await performRoute(route, asked, requestContext, server)
    return { ...wire.writeOutput(route, output, requestId, clock.now()), operation: nameOf(route) }
  } catch (error) {
    const known = error instanceof ServiceException
    if (!known) log.error('A request failed.', { requestId, ...describeError(error) })
    const exception = known ? error : faultException(route?.service, requestId)
    if (!route) return wire.writeRefusal(asked.request, requestId, clock.now(), exception)
    return { ...wire.writeError(route, exception, requestId, clock.now()), operation: nameOf(route) }
  }
}

async function performRoute(
  route: Route,
  { request, signed, browser }: AwsRequest,
  requestContext: RequestContext,
  server: ServerContext,
): Promise<unknown> {
  const { service, operation } = route
  refuseFlood(route, requestContext, server)
  const caller = await authenticate(route, { request, signed, browser }, server)
  refuseRush(caller, requestContext, server)
  const input = server.wire.readInput(route, request)
  if (service === 'sso') {
    // The model wants a token; the hyphenated header and the session cookie stand in for it.
    input['accessToken'] = portalTokenOf(request) ?? 'cookie'
  }
  return await perform({ ...requestContext, service, operation, input, caller }, server)
}

/** What anybody may ask for as often as he likes, and costs a signature or a row. */
const LIMITED = new Set(['RegisterClient', 'StartDeviceAuthorization', 'AssumeRoleWithWebIdentity'])

function refuseFlood(
  { service, operation }: Route,
  { requester }: RequestContext,
  { unsignedCalls }: ServerContext,
): void {
  if (!LIMITED.has(operation) || unsignedCalls.take(requester.address)) return
  if (service === 'sts') throw new ServiceException('Throttling', 'Rate exceeded', { statusCode: 400 })
  throw new ServiceException('SlowDownException', 'Too many requests from this address. Try again in a minute.')
}

/** What SDKs wait and try again for: a script that runs away must not take the portal from everybody else. */
function refuseRush(caller: Caller, { requester }: RequestContext, { portalCalls }: ServerContext): void {
  const userId = personOf(caller)
  if (userId === undefined || portalCalls.take(requester.address, userId)) return
  throw new ServiceException('TooManyRequestsException', 'Too many requests of this user. Try again in a second.')
}

/** Who asks with a token or from a browser; what is signed is a program's, and was never limited by person. */
function personOf(caller: Caller): string | undefined {
  if (caller.type === 'user') return caller.user.id
  return caller.type === 'role' && caller.by === 'cookie' ? caller.userId : undefined
}

const nameOf = ({ service, operation }: Route): string => `${service}:${operation}`
